"""What all tests with browsers share: the built pages, and one Chromium for the whole run (Playwright cannot start twice)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, Playwright, expect, sync_playwright

from scripts.prepare import STAMPS, steps
from tests.support.browsers import DEADLINE_MILLISECONDS, LAUNCH


@pytest.fixture(scope="session")
def pages() -> None:
    """The pages as they are built from today's sources."""
    *_, step = steps("test")
    if not STAMPS.fresh(step.name, step.inputs, step.outputs):
        step.make(STAMPS.log(step.name))
        STAMPS.done(step.name, step.inputs)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browsers."""
    with sync_playwright() as running:
        running.selectors.set_test_id_attribute("data-test")
        expect.set_options(timeout=DEADLINE_MILLISECONDS)
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> BrowserType:
    """Chromium as a kind of browser, to start one that will be killed."""
    return playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    """The Chromium whose contexts are the people's browsers."""
    running = chromium.launch(**LAUNCH)
    yield running
    running.close()
