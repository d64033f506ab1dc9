"""Whom a record concerns once more is told once more, and has three full days from then (1.11, A8)."""

from datetime import timedelta
from typing import Any

import pytest

from backend.accountability.rules import has_explained
from backend.core.clock import to_wire
from backend.deadlines.events import ClockBreached, ClockDisproved, facts_of
from backend.deadlines.tables import DeadlineClock
from tests.accountability.centre import Centre, matters, reasons
from tests.conftest import TUESDAY_NINE
from tests.support.world import Phone, World


@pytest.fixture
def lead(world: World, centre: Centre) -> dict[str, Any]:
    centre.roster()
    world.register_lead(centre.desk, content="另一条线索", triage="non_urgent", grounds=[])
    return world.register_lead(centre.desk)


@pytest.fixture
def leader(world: World) -> Phone:
    """The leader of the first team."""
    return world.phone("binchuan.teamleader1")


@pytest.fixture
def late(world: World, centre: Centre, lead: dict[str, Any], leader: Phone) -> dict[str, Any]:
    """The first team was ordered out, and nobody of it said anything until the limit had passed."""
    directive = world.order_out(centre.desk, lead_id=lead["id"])
    centre.pass_time(minutes=31)
    centre.contact(leader, directive["id"])
    return directive


def person(record: dict[str, Any], user_id: str) -> dict[str, Any]:
    (found,) = [one for one in record["people"] if one["user"]["id"] == user_id]
    return dict(found)


def test_who_was_released_and_comes_back_is_told_again_and_has_new_days(
    world: World, centre: Centre, late: dict[str, Any], leader: Phone
) -> None:
    record = centre.only_record()
    assert person(record, leader.user_id)["told_at"] == to_wire(world.clock.now())
    second = world.phone("binchuan.officer2")
    taken_at = world.clock.now() - timedelta(minutes=20)
    second.do("directive.accept", late["id"], made_at=taken_at)
    assert person(centre.only_record(), leader.user_id)["released_at"] is not None
    centre.pass_time(hours=5)
    declined = second.do(
        "directive.decline", late["id"], {"reason": "车坏"}, made_at=taken_at + timedelta(minutes=2)
    )
    assert declined["result"] == "applied", declined
    back = person(centre.only_record(), leader.user_id)
    assert (back["released_at"], back["told_at"]) == (None, to_wire(world.clock.now()))
    assert back["heard_until"] == to_wire(world.clock.now() + timedelta(days=3))
    assert matters(leader, record) == ["explain", "released", "explain"]


def test_a_record_that_opens_again_tells_everybody_and_gives_them_new_days(
    world: World, centre: Centre, late: dict[str, Any], leader: Phone
) -> None:
    record = centre.only_record()
    leader.do("record.explain", record["id"], {"words": "已出发。"})
    clock_id = record["evidence"]["clock"]["id"]
    for kind, hours in ((ClockDisproved, 1), (ClockBreached, 100)):
        world.clock.instant += timedelta(hours=hours)
        with world.database.writing() as work:
            work.authorise_by_rule("the limit was counted anew")
            work.raise_event(kind(**facts_of(work.session.get_one(DeadlineClock, clock_id))))
    centre = Centre(world)
    leader = world.phone("binchuan.teamleader1")
    again = centre.record(record["id"])
    assert (again["state"], set(reasons(again))) == ("explained", set(reasons(record)))
    for one in again["people"]:
        assert one["told_at"] == to_wire(world.clock.now())
        assert not one["has_explained"], "what was said of the first limit says nothing of the second"
    assert matters(leader, record) == ["explain"], "the notice of four days ago is shown no more"
    refused = centre.act(centre.commander, again, "decide", decision="reminder")
    assert refused.get_json()["code"] == "409.2"
    world.clock.instant += timedelta(days=3)
    later = Centre(world)
    assert later.act(later.commander, again, "decide", decision="reminder").status_code == 200


@pytest.mark.parametrize(("written", "heard"), [((), False), ((-1,), False), ((0,), True), ((-1, 5), True)])
def test_only_words_since_somebody_was_told_count_as_heard(written: tuple[int, ...], heard: bool) -> None:
    times = [TUESDAY_NINE + timedelta(minutes=minute) for minute in written]
    assert has_explained(TUESDAY_NINE, times) is heard
    assert has_explained(None, times) is False
