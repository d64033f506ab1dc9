"""What the tests of web push share: a push service of our own, a small site, and a sender as the product will be one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.push.sender import Sender
from tests.push.small_site import SmallSite
from tests.support.firefox import open_firefox
from tests.support.push_service import PushService


@pytest.fixture
def sender() -> Sender:
    """The court's command centre."""
    return Sender()


@pytest.fixture
def push_service() -> Iterator[PushService]:
    """The push service of the browser's vendor."""
    with PushService() as running:
        yield running


@pytest.fixture(scope="module")
def push_service_of_firefox() -> Iterator[PushService]:
    """The push service of the Firefox that tests share."""
    with PushService() as running:
        yield running


@pytest.fixture
def site() -> Iterator[SmallSite]:
    """The site that wants to push."""
    with SmallSite() as running:
        yield running


@pytest.fixture(scope="module")
def firefox_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an officer's Firefox keeps its profile."""
    return tmp_path_factory.mktemp("firefox")


@pytest.fixture(scope="module")
def firefox(
    playwright: Playwright, push_service_of_firefox: PushService, firefox_folder: Path
) -> Iterator[BrowserContext]:
    """An officer's Firefox; it takes seconds to start, so the tests of a module share it, each with a site of its own."""
    context = open_firefox(playwright, firefox_folder, push_service_of_firefox)
    yield context
    context.close()


@pytest.fixture
def page(firefox: BrowserContext) -> Iterator[Page]:
    """A fresh page in it."""
    opened = firefox.new_page()
    yield opened
    opened.close()


def subscribe(page: Page, site: SmallSite, sender: Sender) -> dict[str, Any]:
    """Open the site and let it subscribe to the sender's messages; return what the page would send to its server."""
    page.goto(site.origin)
    page.get_by_text("就绪").wait_for()
    return json.loads(page.evaluate("key => window.subscribe(key)", sender.public_key))
