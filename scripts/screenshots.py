"""Pictures of every page on a throwaway installation with the moving demo: `make screenshots`.

Prints what the pages complain about in the browser's console; a page that breaks its own content policy
makes the command fail.
"""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, sync_playwright

from backend.core.settings import Settings, load_settings
from backend.demo.load import demo_code, demo_password

OUTPUT = Path("test-results/screenshots")
START_SECONDS = 120
SETTLE_MILLISECONDS = 6000
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it; without an account, as somebody who has not signed in."""

    name: str
    path: str
    account: str | None
    size: tuple[int, int]
    scheme: str


PHONE, DESK, WALL = (390, 844), (1440, 900), (1920, 1080)
PICTURES = (
    Picture("phone-sign-in", "/", None, PHONE, "light"),
    Picture("phone", "/", "binchuan.officer1", PHONE, "light"),
    Picture("phone-dark", "/", "binchuan.officer1", PHONE, "dark"),
    Picture("duty", "/duty", "binchuan.duty", DESK, "light"),
    Picture("duty-dark", "/duty", "dali.duty", DESK, "dark"),
    Picture("command", "/command", "binchuan.commander", DESK, "light"),
    Picture("command-wall", "/command", "dali.commander", WALL, "dark"),
)


def free_port() -> int:
    """Return a loopback port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def installation(data: Path) -> Iterator[Settings]:
    """Run a whole installation with the moving demo in `data`; yield its settings."""
    own = {
        "LINGDA_DATA": str(data),
        "LINGDA_HTTP": f"127.0.0.1:{free_port()}",
        "LINGDA_BACKEND": f"127.0.0.1:{free_port()}",
    }
    environment = {**os.environ, **own}
    lingda = str(Path(sys.executable).with_name("lingda"))
    settings = load_settings(own)
    with (data / "output.log").open("wb") as log:
        for act in ("migrate", "demo"):
            subprocess.run([lingda, act], env=environment, stdout=log, stderr=log, check=True)
        running = []
        for act in (["serve"], ["demo", "--simulate"]):
            running.append(subprocess.Popen([lingda, *act], env=environment, stdout=log, stderr=log))
        try:
            wait_until_ready(f"http://{settings.http}/readyz")
            yield settings
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(60)


def wait_until_ready(url: str) -> None:
    """Return once `url` answers; raise OSError when it does not in time."""
    give_up = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)


def sign_in(context: BrowserContext, settings: Settings, account: str) -> None:
    """Open a session of `account` in the browser, with its second factor where it has one."""
    address = f"http://{settings.http}/api/sign-in"
    asked = {"account": account, "password": demo_password(settings)}
    answer = context.request.post(address, data=asked).json()
    if answer["state"] == "second_factor_required":
        code = demo_code(settings, account, datetime.now(UTC))
        context.request.post(
            f"{address}/totp", data={"code": code}, headers={"X-CSRF-Token": answer["csrf_token"]}
        )


def take(browser: Browser, settings: Settings, picture: Picture) -> list[str]:
    """Take one picture; return what the page's console said of errors."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        geolocation={"latitude": 25.827, "longitude": 100.571},
        permissions=["geolocation"],
    )
    if picture.account:
        sign_in(context, settings, picture.account)
    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"http://{settings.http}{picture.path}")
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    page.screenshot(path=str(OUTPUT / f"{picture.name}.png"))
    context.close()
    return complaints


def main() -> int:
    """Take the pictures whose names were given, or all; return the exit code."""
    wanted = [picture for picture in PICTURES if not sys.argv[1:] or picture.name in sys.argv[1:]]
    OUTPUT.mkdir(parents=True, exist_ok=True)
    broken = False
    with tempfile.TemporaryDirectory() as data, installation(Path(data)) as settings, sync_playwright() as it:
        browser = it.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER)
        for picture in wanted:
            complaints = take(browser, settings, picture)
            broken |= any("Content Security Policy" in complaint for complaint in complaints)
            print(f"{OUTPUT / picture.name}.png", *complaints, sep="\n    ", flush=True)
        browser.close()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
