"""A limit of days is looked at whole: what clears somebody in its first hours counts as what happened in its last (A8)."""

from datetime import timedelta
from typing import Any

import pytest

from backend.people.tables import ContactGap, DeviceContact
from tests.accountability.centre import Centre, court_clock, facts
from tests.support.world import World

BEGAN = court_clock("2026-03-03 09:00:00")
TOOK_OVER = court_clock("2026-03-05 11:00:00")
ENDED = court_clock("2026-03-06 00:00:00")


@pytest.fixture
def record(world: World, centre: Centre) -> dict[str, Any]:
    """Nobody was sent to check in two working days; officer 5 took post A over on the last, after 50 silent hours."""
    quiet, talking = world.phone("binchuan.officer5"), world.phone("binchuan.officer6")
    centre.on_post(("binchuan.leader", "leader"), since=BEGAN - timedelta(hours=1))
    centre.on_post(("binchuan.officer4", "officer"), since=BEGAN - timedelta(hours=1), until=TOOK_OVER)
    centre.on_post(
        ("binchuan.officer5", "officer"), ("binchuan.officer6", "officer"), since=TOOK_OVER, until=None
    )
    with world.database.writing() as work:
        work.session.add_all(
            [
                DeviceContact(device_id=quiet.device_id, at=ENDED),
                DeviceContact(device_id=talking.device_id, at=ENDED),
                ContactGap(device_id=quiet.device_id, began_at=BEGAN, ended_at=TOOK_OVER),
            ]
        )
        work.authorise_by_rule("the test says when the phones were heard from")
    lead = world.register_lead(centre.desk, triage="non_urgent", grounds=[])
    for when in ("2026-03-04 09:00:01", "2026-03-04 17:30:01", "2026-03-05 17:30:01"):
        world.clock.instant = court_clock(when)
        centre.watch()
    world.clock.instant = ENDED + timedelta(minutes=5)
    centre.watch()
    centre = Centre(world)
    (found,) = [one for one in centre.records() if one["subject_id"] == lead["id"]]
    assert found["ground"] == "late_verification"
    return centre.record(found["id"])


def of(world: World, record: dict[str, Any], account: str, code: str) -> list[dict[str, Any]]:
    """Return the facts of this code about a person."""
    person = world.user(account).id
    return [
        fact
        for fact in record["evidence"]["facts"]
        if fact["code"] == code and fact["person"] is not None and fact["person"]["id"] == person
    ]


def test_a_phone_silent_in_the_first_days_is_not_said_to_have_been_in_contact(
    world: World, record: dict[str, Any]
) -> None:
    assert of(world, record, "binchuan.officer5", "in_contact") == []
    (silence,) = of(world, record, "binchuan.officer5", "out_of_contact")
    assert (silence["side"], silence["seconds"]) == ("for", 50 * 3600)
    assert of(world, record, "binchuan.officer6", "in_contact") != []


def test_who_came_on_duty_on_the_last_day_had_not_taken_over_when_it_began(
    world: World, record: dict[str, Any]
) -> None:
    (fact,) = of(world, record, "binchuan.officer5", "took_over_meanwhile")
    assert fact["at"] == "2026-03-03T01:00:00.000Z"
    assert of(world, record, "binchuan.leader", "took_over_meanwhile") == []


def test_a_warning_counts_against_whom_it_reached_alone(world: World, record: dict[str, Any]) -> None:
    given = [one["at"] for one in record["evidence"]["clock"]["warnings"] if one["given"]]
    reached = [fact["at"] for fact in of(world, record, "binchuan.officer5", "warned")]
    missed = [fact["at"] for fact in of(world, record, "binchuan.officer5", "warned_others")]
    assert len(given) == 3
    assert sorted(reached + missed) == given
    assert all(at > "2026-03-05T03:00" for at in reached)
    assert any(at < "2026-03-05T03:00" for at in missed)
    assert [fact["at"] for fact in of(world, record, "binchuan.leader", "warned")] == given
    assert facts(record, "for").count("warned_others") == 2 * len(missed)
