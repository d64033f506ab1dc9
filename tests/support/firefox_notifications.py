"""The notifications a person before Firefox sees, read from its own windows, and the tap on one."""

import json
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.support.firefox import BRIDGE_ADDRESS

SEEN = """JSON.stringify([...Services.wm.getEnumerator("alert:alert")]
  .filter((alert) => alert.document.readyState === "complete" && !alert.closed)
  .map(({ document }) => ({
    title: document.getElementById("alertTitleLabel").getAttribute("value"),
    body: document.getElementById("alertTextLabel").textContent,
  })))"""
TAP = """[...Services.wm.getEnumerator("alert:alert")]
  .find(({ document }) => document.getElementById("alertTitleLabel").getAttribute("value") === %s)
  .document.getElementById("alertBox").click(), "tapped" """


@dataclass(frozen=True)
class Notification:
    """What stands in one notification on the screen."""

    title: str
    body: str


def notifications_seen(folder: Path) -> list[Notification]:
    """Return the notifications on the screen of the Firefox whose folder this is, oldest first."""
    return [Notification(**found) for found in json.loads(_in_own_windows(folder, SEEN))]


def tap_notification(folder: Path, title: str) -> None:
    """Tap the notification with this title, as a person does: the service worker may then open a window."""
    assert _in_own_windows(folder, TAP % json.dumps(title)) == "tapped"


def _in_own_windows(folder: Path, expression: str) -> str:
    address = (folder / BRIDGE_ADDRESS).read_text(encoding="utf-8")
    answer = requests.post(f"{address}/own-windows", data=expression.encode(), timeout=30)
    assert answer.ok, answer.text
    return answer.text
