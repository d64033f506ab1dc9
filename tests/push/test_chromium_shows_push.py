"""The service worker of a Chromium shows a push message and reaches its server, with and without a page of the site."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page

from tests.push.small_site import SmallSite
from tests.support.browsers import LAUNCH
from tests.support.chromium_push import deliver_push

ORDER = {"title": "令达 · 紧急指令", "body": "请打开令达查看并应答：宾川县人民法院", "tag": "directive-7"}
RECALL = {"title": "令达", "body": "指令已撤回", "tag": "directive-7"}


@pytest.fixture
def installed(chromium: BrowserType, tmp_path: Path) -> Iterator[BrowserContext]:
    """A Chromium with a profile of its own, as an officer has installed it, in which sites may show notifications."""
    context = chromium.launch_persistent_context(
        tmp_path / "chromium", **LAUNCH, permissions=["notifications"]
    )
    yield context
    context.close()


def open_site(page: Page, site: SmallSite) -> None:
    """Open the site and wait until its service worker is ready."""
    page.goto(site.origin)
    page.get_by_text("就绪").wait_for()


def test_a_push_is_shown_and_reported_while_the_page_is_open(browser, site):
    context = browser.new_context(permissions=["notifications"])
    page = context.new_page()
    open_site(page, site)
    text = json.dumps(ORDER, ensure_ascii=False)

    deliver_push(context, site.origin, text)

    site.wait_for_reports(1)
    assert site.reports == [{"kind": "push", "text": text}]
    assert page.evaluate("window.shown()") == [ORDER]
    context.close()


def test_with_no_page_open_the_worker_still_reaches_its_server_and_shows_the_last_of_a_tag(installed, site):
    page = installed.pages[0]
    open_site(page, site)
    page.goto("about:blank")

    for number, message in enumerate((ORDER, RECALL), start=1):
        deliver_push(installed, site.origin, json.dumps(message, ensure_ascii=False))
        site.wait_for_reports(number)

    assert [json.loads(report["text"]) for report in site.reports] == [ORDER, RECALL]
    open_site(page, site)
    assert page.evaluate("window.shown()") == [RECALL]
