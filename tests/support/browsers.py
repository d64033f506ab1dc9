"""Debian's Chromium for journeys: how it is started, what its pages complain about, and its sudden death."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, BrowserType, ConsoleMessage, Page, Request, Response

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
LAUNCH: dict[str, Any] = {"executable_path": CHROMIUM, "args": ARGUMENTS, "headless": True}
ZH: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
PHONE: dict[str, Any] = {
    **ZH,
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "permissions": ["geolocation"],
}
DESK: dict[str, Any] = {**ZH, "viewport": {"width": 1600, "height": 1000}}
WALL: dict[str, Any] = {**ZH, "viewport": {"width": 1920, "height": 1080}}
DEADLINE_MILLISECONDS = 30_000

TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"""


NOBODY_SIGNED_IN = {
    f"{asked} 401"
    for asked in ("GET /api/me", "GET /api/phone", "GET /api/events", "POST /api/commands", "POST /api/fixes")
}
"""How a page learns that it has to sign in, that it has signed out, or that a crash took its cookie: no fault."""


class Witness:
    """Notes what pages complain about, ask of other hosts, or are refused; a journey ends with `testify`.

    `refusals` are `METHOD /path status` of answers from 400 up.
    """

    def __init__(self, origins: set[str]) -> None:
        self.origins = origins
        self.complaints: list[str] = []
        self.strangers: set[str] = set()
        self.refusals: set[str] = set()
        self.network_is_cut = False

    def watch(self, context: BrowserContext) -> BrowserContext:
        """Begin to listen to every page of a context, those opened later too."""
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._note_message)
        context.on("weberror", lambda failure: self.complaints.append(f"uncaught: {failure.error}"))
        context.on("request", self._note_request)
        context.on("response", self._note_response)
        return context

    def network_will_be_cut(self) -> None:
        """From here on, what Chromium says about failed connections is no complaint."""
        self.network_is_cut = True

    def testify(self, *expected: str) -> None:
        """Assert that no page complained, asked another host, or was refused anything but `expected`."""
        assert self.complaints == [], self.complaints
        assert self.strangers == set(), self.strangers
        refusals = self.refusals - NOBODY_SIGNED_IN
        assert refusals == set(expected), refusals

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or "Failed to load resource: the server" in message.text:
            return  # refused requests are counted by their answers, with their reasons
        if self.network_is_cut and ("net::ERR_" in message.text or "WebSocket" in message.text):
            return
        if "GPU stall due to ReadPixels" in message.text or "GL Driver Message" in message.text:
            return  # the software renderer of a machine without a graphics card
        self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" not in self.origins:
            self.strangers.add(request.url)

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            self.refusals.add(f"{response.request.method} {urlsplit(response.url).path} {response.status}")


def open_persistent(
    chromium: BrowserType, folder: Path, witness: Witness, **options: Any
) -> tuple[BrowserContext, Page]:
    """Start a Chromium of its own that keeps its profile in `folder`, as an installed browser does."""
    context = chromium.launch_persistent_context(str(folder), **LAUNCH, **options)
    witness.watch(context).set_default_timeout(DEADLINE_MILLISECONDS)
    return context, context.pages[0]


def kill_chromium(folder: Path) -> None:
    """End the Chromium whose profile is `folder` at once (SIGKILL), as an empty battery does."""
    ours = f"--user-data-dir={folder}"
    pids = [pid for pid, arguments in _processes() if ours in arguments and not _is_child(arguments)]
    assert len(pids) == 1, pids
    os.kill(pids[0], signal.SIGKILL)


def _is_child(arguments: list[str]) -> bool:
    return any(argument.startswith("--type=") for argument in arguments)


def _processes() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield int(folder.name), (folder / "cmdline").read_text(encoding="utf-8").split("\0")
        except (OSError, UnicodeDecodeError):
            continue


def until(page: Page, condition: Callable[[], bool], what: str) -> None:
    """Let the page live on until `condition`, which only looks, or fail with what was waited for."""
    give_up = time.monotonic() + DEADLINE_MILLISECONDS / 1000
    while not condition():
        assert time.monotonic() < give_up, f"it never came to this: {what}"
        page.wait_for_timeout(50)
