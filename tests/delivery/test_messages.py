"""What leaves the house: ids and urgency, never a place, a name, a case; silent where an alarm could betray."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from backend.delivery.messages import Alarm, message_text, push_payload, seconds_to_live

NOW = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
URL = "https://lingda.example.cn"


def alarm(**changes) -> Alarm:
    plain = {
        "subject_kind": "directive",
        "subject_id": "01900000-0000-7000-8000-000000000001",
        "delivery_id": "01900000-0000-7000-8000-000000000002",
        "urgency": "urgent",
        "covert": False,
        "deadline_at": NOW + timedelta(minutes=30),
        "reference": "（2026）云2924执指7号",
    }
    return Alarm(**{**plain, **changes})


def pushed(one: Alarm, *, recall: bool = False) -> dict:
    return json.loads(push_payload(one, "the token", URL, recall=recall))


def test_an_urgent_order_rings_stays_and_leads_to_its_page() -> None:
    message = pushed(alarm())
    shown = message["notification"]
    assert (shown["title"], shown["body"]) == ("令达 · 紧急指令", "请打开令达查看并应答")
    assert (shown["silent"], shown["requireInteraction"]) == (False, True)
    assert shown["navigate"] == f"{URL}/#/order/{alarm().subject_id}"
    assert message["lingda"]["token"] == "the token"
    assert shown["data"]["lingda"] == message["lingda"]
    assert message["web_push"] == 8030


@pytest.mark.parametrize(
    "one", [alarm(covert=True), alarm(urgency="normal"), alarm(subject_kind="link_test", urgency="normal")]
)
def test_what_is_covert_not_urgent_or_a_test_makes_no_sound(one: Alarm) -> None:
    shown = pushed(one)["notification"]
    assert (shown["silent"], shown["requireInteraction"]) == (True, False)


def test_a_covert_push_says_no_more_than_that_something_came() -> None:
    shown = pushed(alarm(covert=True))["notification"]
    assert (shown["title"], shown["body"]) == ("令达", "有新消息")
    assert "指令" not in message_text(alarm(covert=True), URL)


def test_a_recall_takes_the_place_of_what_was_pushed_and_leaves_the_badge_alone() -> None:
    first, second = pushed(alarm()), pushed(alarm(), recall=True)
    assert second["notification"]["tag"] == first["notification"]["tag"]
    assert (second["notification"]["body"], second["lingda"]["kind"]) == ("指令已撤回", "recall")
    assert "app_badge" in first
    assert "app_badge" not in second


def test_it_fits_into_a_push_with_room_to_spare() -> None:
    assert len(push_payload(alarm(), "x" * 80, "https://" + "l" * 200 + ".cn", recall=False)) < 3000


@pytest.mark.parametrize(
    ("one", "seconds"),
    [
        (alarm(), 1800),
        (alarm(deadline_at=NOW + timedelta(seconds=5)), 60),
        (alarm(deadline_at=NOW - timedelta(hours=1)), 60),
        (alarm(deadline_at=None), 86_400),
        (alarm(deadline_at=NOW + timedelta(days=9)), 86_400),
        (alarm(subject_kind="self_check", urgency="normal", deadline_at=None), 120),
    ],
)
def test_a_push_service_keeps_it_until_the_limit_and_never_for_no_time(one: Alarm, seconds: int) -> None:
    assert seconds_to_live(one, NOW) == seconds
