"""What the tests of channels share: keys of an installation, and guards whose limits end in a moment."""

from pathlib import Path
from typing import Any

import pytest

from backend.channels.addresses import Allowed
from backend.channels.guard import Guard, trusting_context
from backend.channels.vapid import VapidKeys, make_private_key, read_private_key
from backend.channels.web_push import WebPushChannel
from backend.core.clock import FixedClock
from tests.conftest import TUESDAY_NINE
from tests.support.push_without_browser import Browser

SUBJECT = "mailto:duty@binchuan.gov.cn"
LOOPBACK = Allowed.read(["127.0.0.1"])
CONTEXT = trusting_context()
"""Reading every authority anew for each test would take longer than the tests do."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(TUESDAY_NINE)


@pytest.fixture
def keys() -> VapidKeys:
    """The keys of one installation."""
    private_key = read_private_key(make_private_key())
    assert private_key is not None
    return VapidKeys(private_key, SUBJECT)


@pytest.fixture
def browser() -> Browser:
    return Browser()


def guard(allowed: Allowed = LOOPBACK, **limits: Any) -> Guard:
    """A guard that lets loopback pass and whose limits do not hold a test up."""
    return Guard(allowed, **{"call_seconds": 5.0, "waits": (1.0, 4.0), "context": CONTEXT, **limits})


def hasty_guard(**limits: Any) -> Guard:
    """A guard that gives a whole call three tenths of a second."""
    return guard(call_seconds=0.3, **limits)


@pytest.fixture
def channel(keys: VapidKeys, clock: FixedClock) -> WebPushChannel:
    return WebPushChannel(keys, guard(), clock)


@pytest.fixture
def unset_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An installation of its own, with none of this room's settings; its data folder."""
    for name in ("VAPID_PRIVATE_KEY", "VAPID_SUBJECT", "PUSH_ALLOWED_HOSTS", "GATEWAYS"):
        monkeypatch.delenv(f"LINGDA_{name}", raising=False)
    return tmp_path
