"""A team without a phone, or out of reach: the duty desk of its court tells it by other means and writes its steps down.

Serves BSS-5(3), BSS-7, BSS-8 and principle 5 of the design: the clocks stop at the true time, and every step says who wrote
it and how it was told.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.core.clock import to_wire
from tests.support.world import Client, World, team_clocks

TOLD = {"reason": "小组手机都不在线", "channel": "radio", "told_by": "组长 杨"}


def record(desk: Client, order_id: str, name: str, at: datetime | None = None, **words: Any) -> Any:
    """Record a step for the team as the desk sees the order now."""
    revision = desk.get(f"/api/directives/{order_id}").get_json()["revision"]
    body = {"revision": revision, **TOLD, **words, **({"at": to_wire(at)} if at else {})}
    return desk.post(f"/api/directives/{order_id}/{name}", body)


def test_an_order_nobody_can_receive_is_carried_out_by_what_the_desk_records(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    order = world.order_out(world.sign_in("binchuan.commander"), lead_id=lead["id"])
    assert "acknowledge_for" in order["next_acts"]
    assert "depart" not in order["next_acts"]
    served = world.clock.now()
    world.clock.instant += timedelta(minutes=45)
    times = {
        "acknowledge_for": served + timedelta(minutes=3),
        "depart": served + timedelta(minutes=12),
        "arrive": served + timedelta(minutes=35),
    }
    for name, at in times.items():
        assert record(desk, order["id"], name, at).status_code == 200, name
    shown = record(desk, order["id"], "complete", result="partly").get_json()
    assert shown["state"] == "completed"
    assert (shown["acknowledged_at"], shown["departed_at"], shown["arrived_at"]) == tuple(
        to_wire(at) for at in times.values()
    )
    steps = [step for step in shown["steps"] if step["act"] != "issue"]
    assert [(step["on_behalf"], step["channel"], step["told_by"]) for step in steps] == [
        (True, "radio", "组长 杨")
    ] * 4
    assert steps[-1]["finished_as"] == "partly"
    assert {step["by"]["id"] for step in steps} == {desk.user_id}
    assert [member["answer"] for member in shown["members"]] == ["pending"] * len(shown["members"])
    (clock,) = team_clocks(desk.get(f"/api/leads/{lead['id']}").get_json())
    assert (clock["clock"], clock["state"], clock["stopped_at"]) == ("C4", "met", to_wire(times["depart"]))


def test_acknowledging_for_a_team_stops_the_clock_of_assigning_somebody(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk, triage="non_urgent", grounds=[])
    order = world.order_out(world.sign_in("binchuan.commander"), kind="verify", lead_id=lead["id"])
    at = world.clock.now()
    world.clock.instant += timedelta(hours=1)
    assert record(desk, order["id"], "acknowledge_for", at).status_code == 200
    (clock,) = team_clocks(desk.get(f"/api/leads/{lead['id']}").get_json())
    assert (clock["clock"], clock["state"], clock["stopped_at"]) == ("C5", "met", to_wire(at))


@pytest.mark.parametrize("minutes", [-1, 21])
def test_an_act_is_neither_before_the_service_nor_in_the_future(world: World, minutes: int) -> None:
    desk = world.sign_in("binchuan.duty")
    order = world.order_out(world.sign_in("binchuan.commander"))
    at = world.clock.now() + timedelta(minutes=minutes)
    world.clock.instant += timedelta(minutes=20)
    refused = record(desk, order["id"], "acknowledge_for", at)
    assert (refused.status_code, refused.get_json()["code"]) == (422, "422.1")
    assert list(refused.get_json()["fields"]) == ["at"]
    assert desk.get(f"/api/directives/{order['id']}").get_json()["state"] == "issued"


@pytest.mark.parametrize("missing", ["reason", "channel", "told_by"])
def test_acknowledging_for_a_team_says_why_how_and_with_whom(world: World, missing: str) -> None:
    desk = world.sign_in("binchuan.duty")
    order = world.order_out(world.sign_in("binchuan.commander"))
    assert record(desk, order["id"], "acknowledge_for", **{missing: None}).status_code == 422


def test_only_the_desk_of_the_court_it_was_given_to_acts_for_its_team(world: World) -> None:
    target = {"court_id": "binchuan", "team_id": world.team("binchuan")}
    order = world.directive_from_above(world.sign_in("dali.commander"), target=target)
    assert record(world.sign_in("dali.commander"), order["id"], "acknowledge_for").status_code == 403
    shown = record(world.sign_in("binchuan.duty"), order["id"], "acknowledge_for").get_json()
    assert shown["state"] == "acknowledged"


def test_a_court_acknowledges_for_itself_and_a_team_is_acknowledged_for(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    above = world.directive_from_above(world.sign_in("dali.commander"))
    order = world.order_out(world.sign_in("binchuan.commander"))
    assert record(desk, above["id"], "acknowledge_for").status_code == 409
    plain = desk.post(f"/api/directives/{order['id']}/acknowledge", {"revision": order["revision"]})
    assert (plain.status_code, plain.get_json()["code"]) == (409, "409.2")


def test_a_member_who_is_reached_later_still_accepts_by_phone(world: World) -> None:
    desk, officer = world.sign_in("binchuan.duty"), world.phone("binchuan.officer1")
    order = world.order_out(world.sign_in("binchuan.commander"))
    acknowledged = record(desk, order["id"], "acknowledge_for").get_json()["acknowledged_at"]
    world.clock.instant += timedelta(minutes=5)
    assert officer.do("directive.accept", order["id"])["result"] == "applied"
    shown = desk.get(f"/api/directives/{order['id']}").get_json()
    assert (shown["acknowledged_at"], shown["responsible"]["id"]) == (acknowledged, officer.user_id)
    assert [step["on_behalf"] for step in shown["steps"][1:]] == [True, False]


def test_a_departure_recorded_for_a_team_is_marked_on_the_order_it_carries_out(world: World) -> None:
    desk, commander = world.sign_in("binchuan.duty"), world.sign_in("binchuan.commander")
    above = world.directive_from_above(world.sign_in("dali.commander"))
    child = world.order_out(commander, parent_id=above["id"])
    record(desk, child["id"], "acknowledge_for")
    assert record(desk, child["id"], "depart").status_code == 200
    step = desk.get(f"/api/directives/{above['id']}").get_json()["steps"][-1]
    assert (step["act"], step["child_id"], step["on_behalf"]) == ("depart", child["id"], True)
