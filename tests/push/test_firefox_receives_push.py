"""A message sent with pywebpush reaches the service worker of a real Firefox through a push service, and is shown."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright
from pywebpush import WebPushException

from tests.push.conftest import subscribe
from tests.push.sender import Sender
from tests.push.small_site import SmallSite
from tests.support.browsers import until
from tests.support.firefox import open_firefox
from tests.support.firefox_notifications import Notification, notifications_seen, tap_notification
from tests.support.push_service import PushService

ORDER = {"title": "令达 · 紧急指令", "body": "请打开令达查看并应答：宾川县人民法院", "tag": "directive-7"}
TEXT = json.dumps(ORDER, ensure_ascii=False)


@pytest.fixture
def push_service(push_service_of_firefox: PushService) -> PushService:
    """The push service of the Firefox of these tests, with nothing in its notes."""
    push_service_of_firefox.requests.clear()
    push_service_of_firefox.verdicts.clear()
    return push_service_of_firefox


def test_the_service_worker_gets_the_text_and_shows_it(
    page: Page, push_service: PushService, site: SmallSite, sender: Sender
) -> None:
    subscription = subscribe(page, site, sender)
    assert subscription["endpoint"].startswith(push_service.origin)

    answer = sender.send(subscription, TEXT)

    assert answer.status_code == 201
    site.wait_for_reports(1)
    assert site.reports == [{"kind": "push", "text": TEXT}]
    assert page.evaluate("window.shown()") == [ORDER]
    push_service.wait_for(lambda: push_service.verdicts, "Firefox's word on the message")
    version = answer.headers["Location"].rpartition("/")[2]
    assert push_service.verdicts == [(version, 100)]


def test_the_push_service_sees_how_urgent_it_is_and_who_sends_it_but_not_what_it_says(
    page: Page, push_service: PushService, site: SmallSite, sender: Sender
) -> None:
    sender.send(subscribe(page, site, sender), TEXT, Topic="order-7")

    (request,) = push_service.requests
    assert (request.ttl, request.urgency, request.topic) == (900, "high", "order-7")
    assert request.headers["content-encoding"] == "aes128gcm"
    assert request.claims["sub"] == "mailto:duty@binchuan.example.cn"
    assert request.claims["aud"] == push_service.origin
    assert "令达".encode() not in request.body


def test_a_sender_is_told_when_the_page_has_unsubscribed(
    page: Page, push_service: PushService, site: SmallSite, sender: Sender
) -> None:
    subscription = subscribe(page, site, sender)
    assert page.evaluate("window.unsubscribe()") is True
    push_service.wait_for(
        lambda: not push_service.is_subscribed(subscription["endpoint"]), "Firefox gives it up"
    )

    with pytest.raises(WebPushException) as refused:
        sender.send(subscription, TEXT)

    assert refused.value.response.status_code == 410
    assert site.reports == []


def test_a_notification_stands_on_the_screen_and_a_tap_on_it_opens_the_order(
    page: Page, firefox: BrowserContext, firefox_folder: Path, site: SmallSite, sender: Sender
) -> None:
    subscription = subscribe(page, site, sender)
    page.goto("about:blank")
    order = {"title": "令达 · 第九号指令", "body": "请到宾川县人民法院集合", "tag": "directive-9"}
    sender.send(subscription, json.dumps(order, ensure_ascii=False))
    seen = Notification(order["title"], order["body"])
    until(page, lambda: seen in notifications_seen(firefox_folder), "the notification is on the screen")

    with firefox.expect_page() as opened:
        tap_notification(firefox_folder, seen.title)

    opened.value.get_by_text("就绪").wait_for()
    assert opened.value.url == f"{site.origin}/?order=directive-9"
    assert seen not in notifications_seen(firefox_folder)
    opened.value.close()


def test_a_browser_whose_registration_the_push_service_lost_tells_its_service_worker(
    page: Page, push_service: PushService, site: SmallSite, sender: Sender
) -> None:
    subscription = subscribe(page, site, sender)

    push_service.forget_browsers()

    site.wait_for_reports(1)
    lost = {"kind": "pushsubscriptionchange", "old": subscription["endpoint"], "new": None}
    assert site.reports == [lost]
    renewed = subscribe(page, site, sender)
    assert renewed["endpoint"] != subscription["endpoint"]
    assert sender.send(renewed, TEXT).status_code == 201


def test_a_message_that_came_while_firefox_was_closed_is_there_when_it_starts(
    playwright: Playwright, tmp_path: Path, site: SmallSite, sender: Sender
) -> None:
    with PushService() as service:
        firefox = open_firefox(playwright, tmp_path, service)
        subscription = subscribe(firefox.pages[0], site, sender)
        firefox.close()
        sender.send(subscription, TEXT)

        firefox = open_firefox(playwright, tmp_path, service)

        site.wait_for_reports(1)
        assert site.reports == [{"kind": "push", "text": TEXT}]
        firefox.close()
