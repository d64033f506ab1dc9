"""Web push reaches its browser encrypted, signed for its service, with what it needs to be kept; nothing secret is logged."""

import logging
import time
from datetime import timedelta

import pytest

from backend.channels.message import Result, Verdict
from backend.channels.subscription import Subscription, check_keys
from backend.channels.vapid import VapidKeys
from backend.channels.web_push import LARGEST_PAYLOAD, Push, WebPushChannel, topic_for
from backend.core.clock import FixedClock
from backend.core.problems import Problem
from tests.channels.conftest import SUBJECT, guard, hasty_guard
from tests.support.http_double import (
    Answer,
    RoughServer,
    closes,
    drips_its_body,
    drips_its_head,
    hangs,
    sends_bad_headers,
    streams_for_ever,
)
from tests.support.push_without_browser import Browser, PushService, verify_vapid

PAYLOAD = '{"web_push":8030,"notification":{"title":"令达 · 紧急指令"}}'.encode()


def push(browser: Browser, endpoint: str, **other: object) -> Push:
    given = {"payload": PAYLOAD, "ttl": 900, "urgency": "high", "topic": topic_for("directive-7"), **other}
    return Push(browser.subscription(endpoint), **given)  # type: ignore[arg-type]


def test_the_browser_alone_reads_it_and_the_service_knows_who_sent_it(
    channel: WebPushChannel, keys: VapidKeys, browser: Browser
) -> None:
    with PushService() as service:
        assert channel.send(push(browser, service.endpoint())) == Result(Verdict.SENT, "201")
        assert browser.decrypt(service.last.body) == PAYLOAD
        headers = service.last.headers
        assert (headers["ttl"], headers["urgency"], headers["topic"]) == (
            "900",
            "high",
            topic_for("directive-7"),
        )
        assert headers["content-encoding"] == "aes128gcm"
        vapid = verify_vapid(service.last)
        assert vapid.key == keys.public_key
        assert (vapid.claims["aud"], vapid.claims["sub"]) == (service.url, SUBJECT)
        assert 0 < vapid.claims["exp"] - time.time() <= 86_400, "services refuse a token of more than a day"
        assert "令达".encode() not in service.last.body
        with pytest.raises(Exception, match=r"(?i)decrypt|tag|invalid|^$"):
            Browser().decrypt(service.last.body)


def test_two_services_in_a_row_get_each_a_token_made_out_to_itself(
    channel: WebPushChannel, browser: Browser
) -> None:
    with PushService() as mozilla, PushService() as apple:
        for service in (mozilla, apple, mozilla):
            assert channel.send(push(browser, service.endpoint())).verdict is Verdict.SENT
        assert [verify_vapid(one).claims["aud"] for one in (*mozilla.requests, *apple.requests)] == [
            mozilla.url,
            mozilla.url,
            apple.url,
        ]


@pytest.mark.parametrize(
    ("ttl", "sent"), [(0, "60"), (59, "60"), (61, "61"), (86_400, "86400"), (10**6, "86400")]
)
def test_a_message_is_kept_for_a_minute_at_least_and_a_day_at_most(
    channel: WebPushChannel, browser: Browser, ttl: int, sent: str
) -> None:
    with PushService() as service:
        channel.send(push(browser, service.endpoint(), ttl=ttl))
        assert service.last.headers["ttl"] == sent


MINUTE = timedelta(seconds=60)


@pytest.mark.parametrize(
    ("status", "headers", "result"),
    [
        (200, {}, Result(Verdict.SENT, "200")),
        (404, {}, Result(Verdict.GONE, "404")),
        (410, {}, Result(Verdict.GONE, "410")),
        (401, {}, Result(Verdict.FORBIDDEN, "401")),
        (403, {}, Result(Verdict.FORBIDDEN, "403")),
        (413, {}, Result(Verdict.TOO_LARGE, "413")),
        (400, {}, Result(Verdict.REFUSED, "400")),
        (301, {"Location": "http://127.0.0.1:1/"}, Result(Verdict.REFUSED, "redirect")),
        (429, {}, Result(Verdict.LATER, "429")),
        (429, {"Retry-After": "60"}, Result(Verdict.LATER, "429", MINUTE)),
        (429, {"Retry-After": "Tue, 03 Mar 2026 01:01:00 GMT"}, Result(Verdict.LATER, "429", MINUTE)),
        (429, {"Retry-After": "Tue, 03 Mar 2026 00:59:00 GMT"}, Result(Verdict.LATER, "429", timedelta())),
        (503, {"Retry-After": "9" * 5000}, Result(Verdict.LATER, "503", timedelta(hours=1))),
        (500, {"Retry-After": "soon"}, Result(Verdict.LATER, "500")),
    ],
)
def test_each_answer_of_a_service_has_its_verdict(
    channel: WebPushChannel, browser: Browser, status: int, headers: dict[str, str], result: Result
) -> None:
    with PushService() as service:
        service.answer = Answer(status, b"reason", headers)
        assert channel.send(push(browser, service.endpoint())) == result
        assert len(service.requests) == 1


def test_a_payload_over_the_limit_is_refused_before_it_is_sent(
    channel: WebPushChannel, browser: Browser
) -> None:
    with PushService() as service:
        largest = push(browser, service.endpoint(), payload=b"x" * LARGEST_PAYLOAD)
        assert channel.send(largest).verdict is Verdict.SENT
        assert len(service.last.body) == 4096
        one_more = push(browser, service.endpoint(), payload=b"x" * (LARGEST_PAYLOAD + 1))
        assert channel.send(one_more) == Result(Verdict.TOO_LARGE, "payload_too_large")
        assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "result"),
    [
        (hangs, Result(Verdict.LATER, "timeout")),
        (drips_its_head, Result(Verdict.LATER, "timeout")),
        (closes, Result(Verdict.LATER, "connection_failed")),
        # The head of the answer is the service's word; what its body does changes nothing.
        (drips_its_body, Result(Verdict.SENT, "200")),
        (streams_for_ever, Result(Verdict.SENT, "200")),
    ],
)
def test_a_service_that_misbehaves_holds_nobody_for_longer_than_a_call_may_take(
    keys: VapidKeys, clock: FixedClock, browser: Browser, behaviour: object, result: Result
) -> None:
    with RoughServer(behaviour) as service:  # type: ignore[arg-type]
        channel = WebPushChannel(keys, hasty_guard(), clock)
        assert channel.send(push(browser, f"{service.url}/wpush/1")) == result


def test_nobody_listening_is_trouble_that_may_pass(channel: WebPushChannel, browser: Browser) -> None:
    with PushService() as service:
        endpoint = service.endpoint()
    assert channel.send(push(browser, endpoint)) == Result(Verdict.LATER, "connection_failed")


def test_an_endpoint_stored_before_its_host_was_forbidden_is_not_called(
    keys: VapidKeys, clock: FixedClock, browser: Browser
) -> None:
    from backend.channels.addresses import Allowed

    with PushService() as service:
        channel = WebPushChannel(keys, guard(Allowed()), clock)
        assert channel.send(push(browser, service.endpoint())) == Result(Verdict.REFUSED, "bad_endpoint")
        assert not service.requests


def test_without_a_subject_no_push_is_sent(keys: VapidKeys, clock: FixedClock, browser: Browser) -> None:
    with PushService() as service:
        channel = WebPushChannel(VapidKeys(keys.private_key, None), guard(), clock)
        assert not channel.is_set
        assert channel.send(push(browser, service.endpoint())) == Result(Verdict.UNSET, "no_subject")
        assert not service.requests


@pytest.mark.parametrize("wrong", ["", "AAAA", "!" * 87, "B" * 87, "A" * 5000])
def test_keys_that_no_browser_makes_are_refused(
    channel: WebPushChannel, browser: Browser, wrong: str
) -> None:
    right = browser.subscription("https://push.example.com/1")
    check_keys(right.p256dh, right.auth)
    check_keys(right.p256dh + "=", right.auth + "==")
    for p256dh, auth, field in ((wrong, right.auth, "p256dh"), (right.p256dh, wrong, "auth")):
        with pytest.raises(Problem) as refused:
            check_keys(p256dh, auth)
        assert (refused.value.code, refused.value.details) == ("422.1", {"field": field})
        with PushService() as service:
            subscription = Subscription(service.endpoint(), p256dh, auth)
            assert channel.send(Push(subscription, PAYLOAD, 60)) == Result(Verdict.REFUSED, "bad_keys")


def test_a_topic_says_nothing_about_what_it_is_for_and_fits() -> None:
    topic = topic_for("directive-0198d5b0-7a8b-7000-8000-000000000001")
    assert len(topic) == 32 and topic == topic_for("directive-0198d5b0-7a8b-7000-8000-000000000001")
    assert topic != topic_for("directive-0198d5b0-7a8b-7000-8000-000000000002")
    with pytest.raises(ValueError, match="topic"):
        Push(Subscription("", "", ""), PAYLOAD, 60, topic="directive " * 4)


@pytest.mark.parametrize("status", [201, 403, 410, 500])
def test_no_log_holds_the_endpoint_the_keys_or_the_payload(
    channel: WebPushChannel, keys: VapidKeys, browser: Browser, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    with PushService() as service:
        service.answer = Answer(status, b"gAAAAABsecret-capability")
        sent = push(browser, service.endpoint())
        channel.send(sent)
    assert_nothing_secret(caplog.text + repr(sent) + repr(keys), sent)
    assert (f"127.0.0.1:{service.port} #" in caplog.text) == (status != 201), (
        "it says where, and which one by a digest"
    )


def test_a_service_with_a_bad_answer_gets_no_endpoint_into_the_log(
    channel: WebPushChannel, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with RoughServer(sends_bad_headers) as service:
        sent = push(browser, f"{service.url}/wpush/gAAAAABsecret-capability")
        assert channel.send(sent).verdict is Verdict.SENT
    assert_nothing_secret(caplog.text, sent)


def assert_nothing_secret(text: str, sent: Push) -> None:
    for secret in ("secret-capability", sent.subscription.p256dh, sent.subscription.auth, "紧急指令"):
        assert secret not in text
