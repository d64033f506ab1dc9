"""BSS-6 at the desk: what starts the 15 minutes, what answers, and what has nothing to do with them (C1).

An instruction of a superior is one of them (BSS-4(7)).
"""

from datetime import timedelta

import pytest

from backend.core.clock import to_wire
from backend.deadlines.watcher import ClockWatcher
from tests.support.world import Client, World


def answer_clock(desk: Client, directive: dict) -> dict:
    shown = desk.get(f"/api/directives/{directive['id']}").get_json()
    (clock,) = [one for one in shown["clocks"] if one["clock"] == "C1"]
    return clock


def test_a_directive_from_above_gives_the_desk_15_minutes_from_its_service(world: World) -> None:
    dali = world.sign_in("dali.commander")
    clock = answer_clock(dali, world.directive_from_above(dali))
    assert (clock["clause"], clock["kind"], clock["state"]) == ("BSS-6", "rule", "running")
    assert clock["due_at"] == to_wire(world.clock.now() + timedelta(minutes=15))


def test_acknowledging_stops_it(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above, other = world.directive_from_above(dali), world.directive_from_above(dali)
    world.clock.instant += timedelta(minutes=15)
    duty.post(f"/api/directives/{above['id']}/acknowledge", {"revision": above["revision"]})
    assert answer_clock(dali, above)["state"] == "met"
    assert answer_clock(dali, other)["state"] == "running"


def test_an_objection_is_an_answer_too(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    words = {"revision": above["revision"], "reason": "当事人不在本县"}
    duty.post(f"/api/directives/{above['id']}/object", words)
    assert answer_clock(dali, above)["state"] == "met"


def test_sending_a_team_out_on_it_is_an_answer_too(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    world.order_out(duty, parent_id=above["id"])
    assert answer_clock(dali, above)["state"] == "met"


def test_a_court_that_gives_no_answer_in_time_breaches_as_of_the_fifteenth_minute(world: World) -> None:
    dali = world.sign_in("dali.commander")
    above = world.directive_from_above(dali)
    due_at = to_wire(world.clock.now() + timedelta(minutes=15))
    world.clock.instant += timedelta(minutes=15, seconds=1)
    ClockWatcher(world.database)()
    clock = answer_clock(world.sign_in("dali.commander"), above)
    assert (clock["state"], clock["breached_at"]) == ("breached", due_at)
    assert [warning["given"] for warning in clock["warnings"]] == [True, True]


@pytest.mark.parametrize("kind", ["instruction", "assistance"])
def test_every_kind_from_above_is_to_be_answered(world: World, kind: str) -> None:
    dali = world.sign_in("dali.commander")
    assert answer_clock(dali, world.directive_from_above(dali, kind=kind))["state"] == "running"


def test_an_order_to_a_team_starts_no_such_clock_and_the_team_never_sees_its_courts(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    own = world.order_out(duty)
    assert [clock["clock"] for clock in own["clocks"]] == []
    above = world.directive_from_above(dali)
    order = world.order_out(duty, parent_id=above["id"])
    assert [clock["clock"] for clock in order["clocks"]] == ["C6"]
