"""Debian's Firefox ESR for journeys with web push: a fresh profile before a push service of our own.

Playwright itself drives it (channel `moz-firefox`, WebDriver BiDi), so tests say the same things as with Chromium. This was
tried with Playwright 1.65 and Firefox ESR 153: only one command is missing, which `firefox_bridge` answers; pages, input,
locators, languages, service workers and notifications work. A Firefox of its own for each push service, because the
service's address is a preference of the whole browser.
"""

import os
import shlex
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright

from tests.support.browsers import DEADLINE_MILLISECONDS
from tests.support.push_service import PushService

FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")
BRIDGE_ADDRESS = "bridge-address"
ROOT = Path(__file__).parents[2]
OF_THE_MACHINE = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY")
"""What a desktop session leaves in the environment: it must make no difference."""


def preferences(service: PushService) -> dict[str, bool | int | str]:
    """Return what Firefox must be told to use this push service and to let sites show notifications."""
    return {
        "dom.push.serverURL": service.websocket_url,
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.push.connection.enabled": True,  # Firefox turns it off while it is driven from outside
        "dom.push.retryBaseInterval": 100,
        "permissions.default.desktop-notification": 1,
        "alerts.useSystemBackend": False,  # there may be no desktop session, and then showNotification fails
    }


def open_firefox(
    playwright: Playwright, folder: Path, service: PushService, **options: Any
) -> BrowserContext:
    """Start a Firefox whose profile is in `folder` (kept when it is opened again); `options` are Playwright's for contexts.

    `firefox_user_prefs` among them come on top of `preferences`: with "permissions.default.desktop-notification" 2 nobody
    may show notifications, and with "dom.storageManager.prompt.testing" and "….allow" storage may persist (else
    `navigator.storage.persist()` waits for somebody to answer). There is no sound card: an AudioContext never starts.
    `service_workers` of the context stays empty; notifications are in `firefox_notifications`.
    """
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    start = folder / "start-firefox"
    bridge = [sys.executable, "-m", "tests.support.firefox_bridge", str(folder / BRIDGE_ADDRESS), FIREFOX]
    start.write_text(f'#!/bin/sh\nexec {shlex.join(bridge)} "$@"\n', encoding="utf-8")
    start.chmod(0o755)
    modules = os.environ.get("PYTHONPATH")
    environment = {name: value for name, value in os.environ.items() if name not in OF_THE_MACHINE}
    context = playwright.firefox.launch_persistent_context(
        folder / "profile",
        channel="moz-firefox",
        executable_path=start,
        args=["--remote-allow-system-access"],
        firefox_user_prefs={**preferences(service), **options.pop("firefox_user_prefs", {})},
        env={
            **environment,
            "HOME": str(home),
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), modules))),
        },
        **options,
    )
    context.set_default_timeout(DEADLINE_MILLISECONDS)
    return context
