"""BSS-6: 值班人员应坚守岗位，确保通讯畅通，各种指令立即接听，超过15分钟视为脱岗。

A directive that nobody answers for more than 15 minutes puts down one record for those on duty to explain; whoever
was not on duty is not asked.
"""

from datetime import timedelta
from typing import Any

import pytest

from backend.core.clock import to_wire
from tests.accountability.centre import Centre, facts, reasons
from tests.support.world import World


@pytest.fixture
def unanswered(world: World, centre: Centre) -> dict[str, Any]:
    """A directive of Dali's that reached Binchuan's desk at 09:00, with officer 5 on post."""
    centre.roster()
    return world.directive_from_above(world.sign_in("dali.commander"))


def test_exactly_at_15_minutes_nothing_is_put_down(centre: Centre, unanswered: dict[str, Any]) -> None:
    centre.pass_time(minutes=15)
    centre.desk.post(f"/api/directives/{unanswered['id']}/acknowledge", {"revision": unanswered["revision"]})
    centre.pass_time(seconds=1)
    assert centre.records() == []


def test_one_second_more_and_those_on_duty_are_asked_to_explain(
    world: World, centre: Centre, unanswered: dict[str, Any]
) -> None:
    centre.on_post(
        ("binchuan.officer4", "officer"),
        since=world.clock.now() - timedelta(hours=9),
        until=world.clock.now() - timedelta(hours=1),
    )
    centre.pass_time(minutes=15, seconds=1)
    record = centre.only_record()
    assert (record["ground"], record["clause"], record["state"]) == ("absent_from_post", "BSS-6", "open")
    assert record["opened_as"] == "clock"
    assert record["happened_at"] == "2026-03-03T01:15:00.000Z"
    assert reasons(record) == {world.user("binchuan.officer5").name: "on_duty"}
    assert record["people"][0]["told_at"] == to_wire(world.clock.now())
    assert "15分钟" in record["clause_text"]["zh"]
    assert facts(record, "against") == ["not_done", "warned", "warned"]


def test_it_is_opened_once_however_often_the_limit_is_looked_at(
    centre: Centre, unanswered: dict[str, Any]
) -> None:
    centre.pass_time(minutes=16)
    centre.pass_time(minutes=1)
    late = centre.desk.post(
        f"/api/directives/{unanswered['id']}/acknowledge", {"revision": unanswered["revision"]}
    )
    assert late.status_code == 200
    centre.pass_time(minutes=1)
    assert [row["state"] for row in centre.records()] == ["open"]
    assert centre.only_record()["late_seconds"] == 120


def test_where_the_court_keeps_no_roster_nobody_is_named_and_its_commander_is_told(
    world: World, centre: Centre
) -> None:
    world.directive_from_above(world.sign_in("dali.commander"))
    centre.pass_time(minutes=15, seconds=1)
    (record,) = centre.records()
    assert record["people"] == []
    from backend.core.outbox import sequence_events

    sequence_events(world.database)
    told = centre.commander.get("/api/events", since=0).get_json()["events"]
    assert [event["subject_id"] for event in told if event["kind"] == "record.changed"] == [record["id"]]


def test_a_target_of_ours_opens_nothing(world: World, centre: Centre) -> None:
    """Yunnan's high court has adopted no text with numbers: nothing is counted, nobody is asked."""
    centre.roster()
    centre.pass_time(hours=2)
    assert centre.records() == []


def test_what_is_told_to_phones_says_numbers_and_times_alone(
    world: World, centre: Centre, unanswered: dict[str, Any]
) -> None:
    from backend.core.outbox import sequence_events

    phone = world.phone("binchuan.officer5")
    centre.pass_time(minutes=16)
    sequence_events(world.database)
    told = [
        event
        for event in phone.get("/api/events", since=0).get_json()["events"]
        if event["kind"] == "record.changed"
    ]
    assert [set(event["data"]) for event in told] == [{"id", "number", "state", "clause", "happened_at"}]
