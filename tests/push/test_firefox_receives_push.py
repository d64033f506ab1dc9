"""A message sent with pywebpush reaches the service worker of a real Firefox through a push service, and is shown."""

import json

import pytest
from playwright.sync_api import BrowserContext
from pywebpush import WebPushException

from tests.push.conftest import subscribe
from tests.push.sender import Sender
from tests.push.small_site import SmallSite
from tests.support.push_service import PushService

ORDER = json.dumps(
    {"title": "令达 · 紧急指令", "body": "请打开令达查看并应答：宾川县人民法院", "tag": "directive-7"},
    ensure_ascii=False,
)


def test_the_service_worker_gets_the_text_and_shows_it(
    firefox: BrowserContext, push_service: PushService, site: SmallSite, sender: Sender
) -> None:
    page = firefox.pages[0]
    subscription = subscribe(page, site, sender)
    assert subscription["endpoint"].startswith(push_service.origin)

    answer = sender.send(subscription, ORDER)

    assert answer.status_code == 201
    site.wait_for_reports(1)
    assert site.reports == [{"kind": "push", "text": ORDER}]
    assert page.evaluate("window.shown()") == [json.loads(ORDER)]
    push_service.wait_for(lambda: push_service.verdicts, "Firefox's word on the message")
    version = answer.headers["Location"].rpartition("/")[2]
    assert push_service.verdicts == [(version, 100)]


def test_the_push_service_sees_how_urgent_it_is_and_who_sends_it_but_not_what_it_says(
    firefox: BrowserContext, push_service: PushService, site: SmallSite, sender: Sender
) -> None:
    subscription = subscribe(firefox.pages[0], site, sender)
    sender.send(subscription, ORDER, Topic="order-7")

    (request,) = push_service.requests
    assert (request.ttl, request.urgency, request.topic) == (900, "high", "order-7")
    assert request.headers["content-encoding"] == "aes128gcm"
    assert request.claims["sub"] == "mailto:duty@binchuan.example.cn"
    assert request.claims["aud"] == push_service.origin
    assert "令达".encode() not in request.body


def test_a_sender_is_told_when_the_page_has_unsubscribed(
    firefox: BrowserContext, push_service: PushService, site: SmallSite, sender: Sender
) -> None:
    page = firefox.pages[0]
    subscription = subscribe(page, site, sender)
    assert page.evaluate("window.unsubscribe()") is True
    push_service.wait_for(lambda: not push_service.mailboxes.subscriptions, "Firefox unregisters")

    with pytest.raises(WebPushException) as refused:
        sender.send(subscription, ORDER)

    assert refused.value.response.status_code == 410
    assert site.reports == []
