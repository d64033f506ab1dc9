"""What the tests of web push share: a push service of our own, a small site, and a sender as the product will be one."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import BrowserContext, Page, Playwright
from py_vapid import Vapid02
from pywebpush import webpush
from requests import Response

from tests.push.small_site import SmallSite
from tests.support.firefox import open_firefox
from tests.support.push_service import PushService


class Sender:
    """Somebody with a VAPID key of their own, who sends with pywebpush."""

    def __init__(self) -> None:
        self._vapid = Vapid02()
        self._vapid.generate_keys()

    @property
    def public_key(self) -> str:
        """The key a page subscribes with, base64url."""
        point = self._vapid.public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def send(
        self, subscription: dict[str, Any], text: str, topic: str = "order-7", ttl: int = 900
    ) -> Response:
        """Encrypt and send one message; raise WebPushException when the push service refuses it."""
        return webpush(
            subscription,
            text,
            vapid_private_key=self._vapid,
            vapid_claims={"sub": "mailto:duty@binchuan.example.cn"},
            ttl=ttl,
            timeout=(3, 8),
            headers={"Urgency": "high", "Topic": topic},
        )


@pytest.fixture
def sender() -> Sender:
    """The court's command centre."""
    return Sender()


@pytest.fixture
def push_service() -> Iterator[PushService]:
    """The push service of the browser's vendor."""
    with PushService() as running:
        yield running


@pytest.fixture
def site() -> Iterator[SmallSite]:
    """The site that wants to push."""
    with SmallSite() as running:
        yield running


@pytest.fixture
def firefox(playwright: Playwright, push_service: PushService, tmp_path: Path) -> Iterator[BrowserContext]:
    """An officer's Firefox."""
    context = open_firefox(playwright, tmp_path / "firefox", push_service)
    yield context
    context.close()


def subscribe(page: Page, site: SmallSite, sender: Sender) -> dict[str, Any]:
    """Open the site and let it subscribe to the sender's messages; return what the page would send to its server."""
    page.goto(site.origin)
    page.get_by_text("就绪").wait_for()
    return json.loads(page.evaluate("key => window.subscribe(key)", sender.public_key))
