"""The push service of the tests is as strict as the strictest vendor's, or what passes here is refused in the field."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from pywebpush import WebPushException

from tests.push.bare_browser import BareBrowser
from tests.push.sender import Sender
from tests.support.push_service import PushService


@pytest.fixture
def browser(push_service: PushService) -> Iterator[BareBrowser]:
    """Officer Duan's browser, in reach."""
    with BareBrowser(push_service) as running:
        yield running


def refusal(sender: Sender, subscription: dict[str, Any], **wrong: Any) -> requests.Response:
    """Send what must be refused; return the refusal."""
    with pytest.raises(WebPushException) as refused:
        sender.send(subscription, "到宾川", **wrong)
    return refused.value.response


def test_a_message_comes_as_it_was_sent_and_is_kept_until_the_browser_says_so(push_service, browser, sender):
    subscription = browser.subscribe(sender.public_key)
    assert sender.send(subscription, "到宾川县人民法院").status_code == 201
    assert browser.receive() == "到宾川县人民法院"
    push_service.wait_for(lambda: push_service.verdicts, "the browser's word")
    assert browser.has_nothing_to_read()


def test_while_the_browser_is_away_messages_wait_and_the_last_of_a_topic_replaces_the_others(
    push_service, sender
):
    browser = BareBrowser(push_service)
    with browser:
        subscription = browser.subscribe(sender.public_key)
    for text, topic in [("指令", "order-7"), ("另一指令", "order-8"), ("指令已撤回", "order-7")]:
        assert sender.send(subscription, text, Topic=topic).status_code == 201
    with browser:
        assert [browser.receive(), browser.receive()] == ["另一指令", "指令已撤回"]
        assert browser.has_nothing_to_read()


def test_with_ttl_nought_a_message_reaches_only_a_browser_in_reach(push_service, sender):
    browser = BareBrowser(push_service)
    with browser:
        subscription = browser.subscribe(sender.public_key)
        sender.send(subscription, "在线", ttl=0)
        assert browser.receive() == "在线"
    assert sender.send(subscription, "不在线", ttl=0).status_code == 201
    with browser:
        assert browser.has_nothing_to_read()


def test_held_messages_come_when_browsers_are_back_in_reach(push_service, browser, sender):
    subscription = browser.subscribe(sender.public_key)
    push_service.hold()
    sender.send(subscription, "稍候")
    sender.send(subscription, "不再有用", ttl=0)
    assert browser.has_nothing_to_read()
    push_service.release()
    assert browser.receive() == "稍候"
    assert browser.has_nothing_to_read()


def test_a_message_the_browser_never_confirmed_comes_again(push_service, sender):
    browser = BareBrowser(push_service)
    with browser:
        subscription = browser.subscribe(sender.public_key)
        sender.send(subscription, "再来一次")
    with browser:
        assert browser.receive() == "再来一次"


def test_unknown_given_up_and_forgotten_subscriptions_are_gone(push_service, browser, sender):
    given_up = browser.subscribe(sender.public_key)
    browser.unsubscribe()
    forgotten = browser.subscribe(sender.public_key)
    push_service.forget(forgotten["endpoint"])
    unknown = {**forgotten, "endpoint": f"{push_service.origin}/wpush/nobody"}
    assert [refusal(sender, one).status_code for one in (given_up, forgotten, unknown)] == [410, 410, 410]


def test_a_sender_with_another_key_is_forbidden(browser, sender):
    answer = refusal(Sender(), browser.subscribe(sender.public_key))
    assert (answer.status_code, answer.text) == (403, "the subscription belongs to a sender with another key")
    assert browser.has_nothing_to_read()


def test_a_token_for_another_push_service_is_forbidden_and_its_message_goes_nowhere(
    push_service, browser, sender
):
    answer = refusal(
        sender, browser.subscribe(sender.public_key), claims={"aud": "https://updates.push.example"}
    )
    assert answer.status_code == 403
    assert push_service.requests[0].trouble == answer.text
    assert browser.has_nothing_to_read()


def test_it_answers_what_it_is_told_until_it_is_told_otherwise(push_service, browser, sender):
    subscription = browser.subscribe(sender.public_key)
    push_service.answer_with(429, retry_after=30)
    crowded = refusal(sender, subscription)
    assert (crowded.status_code, crowded.headers["Retry-After"]) == (429, "30")
    for status in (403, 500):
        push_service.answer_with(status)
        assert refusal(sender, subscription).status_code == status
    assert browser.has_nothing_to_read()
    push_service.answer_properly()
    assert sender.send(subscription, "终于").status_code == 201
    assert browser.receive() == "终于"
    assert [request.status for request in push_service.requests] == [429, 403, 500, 201]


def test_a_hanging_service_never_answers_and_yet_can_be_stopped(push_service, browser, sender):
    subscription = browser.subscribe(sender.public_key)
    push_service.hang()
    with pytest.raises(requests.Timeout):
        sender.send(subscription, "到宾川", timeout=0.3)
    (request,) = push_service.requests
    assert request.status is None


def test_a_browser_whose_registration_was_lost_gets_another_name(push_service, sender):
    browser = BareBrowser(push_service)
    with browser:
        subscription = browser.subscribe(sender.public_key)
        former = browser.name
    with browser:
        assert browser.name == former
    push_service.forget_browsers()
    with browser:
        assert browser.name != former
    assert refusal(sender, subscription).status_code == 410


def test_senders_reach_it_over_https_when_they_trust_its_certificate(
    tmp_path: Path, sender: Sender, monkeypatch: pytest.MonkeyPatch
):
    with PushService(tmp_path) as service, BareBrowser(service) as browser:
        subscription = browser.subscribe(sender.public_key)
        assert subscription["endpoint"].startswith("https://localhost:")
        with pytest.raises(requests.exceptions.SSLError):
            sender.send(subscription, "无人信任")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(service.authority))
        assert sender.send(subscription, "到宾川").status_code == 201
        assert browser.receive() == "到宾川"
