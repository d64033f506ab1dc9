"""What a push service refuses, and with which status: the token of the sender (RFC 8292) and the form of the request."""

import base64
import json
from typing import Any

import pytest
from py_vapid import Vapid02

from tests.support.push_requests import PushRefusedError, check_form, verify_sender

ORIGIN = "https://updates.push.example"
NOW = 1_800_000_000
DAY = 24 * 3600
CLAIMS = {"aud": ORIGIN, "exp": NOW + 3600, "sub": "mailto:duty@binchuan.example.cn"}
BODY = bytes(20) + b"\x41\x04" + bytes(100)
HEADERS = {"ttl": "900", "content-encoding": "aes128gcm"}


@pytest.fixture(scope="module")
def vapid() -> Vapid02:
    """A sender who signs what no careful sender would."""
    careless = Vapid02(conf={"no-strict": True})
    careless.generate_keys()
    return careless


def signed(vapid: Vapid02, **claims: Any) -> str:
    """Return the Authorization header over the right claims with some set otherwise."""
    header: str = vapid.sign({**CLAIMS, **claims})["Authorization"]
    return header


def verdict(authorization: str | None) -> int:
    """Return the status an Authorization header gets now, 201 for an accepted one."""
    try:
        verify_sender(authorization, ORIGIN, NOW)
    except PushRefusedError as refused:
        return refused.status
    return 201


def test_a_right_token_names_the_sender_and_the_key(vapid):
    claims, key = verify_sender(signed(vapid), ORIGIN, NOW)
    assert claims == CLAIMS
    assert (len(key), key[0]) == (65, 4)


@pytest.mark.parametrize(
    "subject", ["mailto:duty@binchuan.example.cn", "https://binchuan.example.cn/contact"]
)
def test_a_sender_can_be_reached_by_mail_or_on_a_page(vapid, subject):
    assert verdict(signed(vapid, sub=subject)) == 201


@pytest.mark.parametrize(
    "subject", ["mailto:", "mailto:root@localhost", "duty@binchuan.example.cn", "http://a.cn", ""]
)
def test_a_sender_nobody_can_reach_is_forbidden(vapid, subject):
    assert verdict(signed(vapid, sub=subject)) == 403


def test_a_token_is_good_until_its_second_and_for_a_day_at_most(vapid):
    assert verdict(signed(vapid, exp=NOW + 1)) == 201
    assert verdict(signed(vapid, exp=NOW)) == 403
    assert verdict(signed(vapid, exp=NOW + DAY)) == 201
    assert verdict(signed(vapid, exp=NOW + DAY + 1)) == 403
    assert verdict(signed(vapid, exp=str(NOW + 60))) == 403


def test_a_token_for_another_push_service_is_forbidden(vapid):
    assert verdict(signed(vapid, aud="https://other.push.example")) == 403


def test_without_a_token_a_sender_is_unknown_and_with_another_scheme_forbidden(vapid):
    assert verdict(None) == 401
    assert verdict("Bearer " + signed(vapid)) == 403
    assert verdict("vapid t=,k=") == 403
    assert verdict("vapid t=a.b.c,k=d") == 403


def test_a_token_under_the_key_of_another_is_forbidden(vapid):
    other = Vapid02()
    other.generate_keys()
    token, key = signed(vapid).split(",k=")
    others_key = signed(other).split(",k=")[1]
    assert verdict(f"{token},k={key}") == 201
    assert verdict(f"{token},k={others_key}") == 403


def test_a_token_changed_after_signing_is_forbidden(vapid):
    token, key = signed(vapid).split(",k=")
    head, _, signature = token.removeprefix("vapid t=").split(".")
    claims = (
        base64.urlsafe_b64encode(json.dumps({**CLAIMS, "exp": NOW + 7200}).encode()).rstrip(b"=").decode()
    )
    assert verdict(f"vapid t={head}.{claims}.{signature},k={key}") == 403


def form(body: bytes = BODY, **headers: str | None) -> int:
    """Return the status of a right request with some headers set otherwise (None: left out), 201 for an accepted one."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        check_form({name: value for name, value in {**HEADERS, **named}.items() if value is not None}, body)
    except PushRefusedError as refused:
        return refused.status
    return 201


def test_a_request_says_how_long_the_message_may_wait():
    assert [form(), form(ttl="0"), form(ttl=None), form(ttl="-1"), form(ttl="an hour")] == [
        201,
        201,
        400,
        400,
        400,
    ]


def test_urgency_is_one_of_four_words_and_may_be_left_out():
    assert [form(urgency=word) for word in ("very-low", "low", "normal", "high")] == [201] * 4
    assert form(urgency="urgent") == 400


def test_a_topic_has_32_characters_of_base64url_at_most():
    assert [form(topic="a" * 32), form(topic="order-7_x")] == [201, 201]
    assert [form(topic="a" * 33), form(topic="order.7"), form(topic="指令"), form(topic="")] == [400] * 4


def test_a_body_is_encrypted_for_the_browser_and_has_4096_bytes_at_most():
    assert form(BODY + bytes(4096 - len(BODY))) == 201
    assert form(BODY + bytes(4097 - len(BODY))) == 413
    assert form(b"{}" * 40) == 400
    assert form(content_encoding="aesgcm") == 400
    assert form(content_encoding=None) == 400
    assert form(b"", content_encoding=None) == 201
