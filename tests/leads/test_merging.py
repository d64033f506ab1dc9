"""A16: several leads about one event become one; the earliest call counts, and every reporter stays (BSS-7)."""

from datetime import timedelta

import pytest

from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from backend.leads.rules import Triage, merged_triage
from tests.support.world import Client, World, clock_states


def shown(desk: Client, lead: dict) -> dict:
    return desk.get(f"/api/leads/{lead['id']}").get_json()


def merge(desk: Client, lead: dict, other: dict) -> dict:
    body = {"revision": shown(desk, lead)["revision"], "other_id": other["id"]}
    answer = desk.post(f"/api/leads/{lead['id']}/merge", body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def due_of(lead: dict, clock: str) -> str:
    (found,) = [one for one in lead["clocks"] if one["clock"] == clock]
    return str(found["due_at"])


@pytest.mark.parametrize("named", ["first", "second"])
def test_the_call_that_came_first_goes_on_whichever_is_named(world: World, named: str) -> None:
    desk = world.sign_in("binchuan.duty")
    first = world.register_lead(desk)
    world.clock.instant += timedelta(minutes=7)
    second, unrelated = world.register_lead(desk), world.register_lead(desk)
    one, other = (first, second) if named == "first" else (second, first)
    together = merge(desk, one, other)
    assert (together["id"], together["received_at"]) == (first["id"], first["received_at"])
    assert due_of(together, "C4") == due_of(first, "C4")
    assert [row["number"] for row in together["merged"]] == [second["number"]]
    ended = shown(desk, second)
    assert (ended["state"], ended["merged_into_id"]) == ("closed", first["id"])
    assert clock_states(ended) == {"C2": "cancelled", "C4": "cancelled"}
    assert shown(desk, unrelated)["merged_into_id"] is None


def test_both_reporters_can_still_be_read(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    first = world.register_lead(desk, reporter={"name": "张三", "phone": "0872-7140000"})
    second = world.register_lead(desk, reporter={"name": "李四", "phone": "0872-7140001"})
    together = merge(desk, first, second)
    names = [
        desk.get(f"/api/leads/{one['id']}/reporter").get_json()["name"]
        for one in (together, *together["merged"])
    ]
    assert sorted(names) == ["张三", "李四"]


def test_an_urgent_call_makes_the_earlier_one_urgent_from_its_own_time(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    calm = world.register_lead(desk, triage="non_urgent", grounds=[])
    called_at = world.clock.now()
    world.clock.instant += timedelta(minutes=10)
    urgent = world.register_lead(desk)
    together = merge(desk, calm, urgent)
    assert (together["triage"], together["grounds"]) == ("urgent", ["sealed_property_endangered"])
    assert clock_states(together) == {"C2": "running", "C4": "running", "C5": "cancelled"}
    assert due_of(together, "C4") == to_wire(called_at + timedelta(minutes=30))


def test_an_order_given_on_the_second_call_carries_the_first_and_stops_its_clock(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    first = world.register_lead(desk)
    world.clock.instant += timedelta(minutes=5)
    second = world.register_lead(desk)
    order = world.order_out(desk, lead_id=second["id"])
    phone = world.phone("binchuan.officer1")
    phone.do("directive.accept", order["id"])
    phone.do("directive.depart", order["id"])
    together = merge(desk, first, second)
    assert together["directive_ids"] == [order["id"]]
    assert clock_states(together)["C4"] == "met"
    assert desk.get(f"/api/directives/{order['id']}").get_json()["basis"]["number"] == first["number"]


def test_an_order_that_leaves_after_the_merging_stops_the_clock_of_the_first_call(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    first, second = world.register_lead(desk), world.register_lead(desk)
    order = world.order_out(desk, lead_id=second["id"])
    merge(desk, first, second)
    phone = world.phone("binchuan.officer1")
    phone.do("directive.accept", order["id"])
    world.clock.instant += timedelta(minutes=30)
    phone.do("directive.depart", order["id"])
    assert clock_states(shown(desk, first))["C4"] == "met"


def test_the_leader_who_heard_of_one_has_heard_of_both(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    first, second = world.register_lead(desk), world.register_lead(desk)
    told = {"reported_to": "钱丽", "channel": "phone", "instruction": "立即出动"}
    desk.post(f"/api/leads/{second['id']}/report", {"revision": second["revision"], **told})
    together = merge(desk, first, second)
    assert (together["reported_to"], together["leader_instruction"]) == ("钱丽", "立即出动")
    assert clock_states(together)["C2"] == "met"


def test_what_cannot_be_one_event_is_refused(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead, closed = world.register_lead(desk), world.register_lead(desk)
    elsewhere = world.register_lead(world.sign_in("xiangyun.duty"))
    desk.post(f"/api/leads/{closed['id']}/close", {"revision": 1, "result": "不实"})
    expected = {closed["id"]: 409, elsewhere["id"]: 403, lead["id"]: 404, new_identifier(): 404}
    for other_id, status in expected.items():
        answer = desk.post(f"/api/leads/{lead['id']}/merge", {"revision": 1, "other_id": other_id})
        assert answer.status_code == status, other_id
    stale = shown(desk, lead)
    desk.post(f"/api/leads/{lead['id']}/triage", {"revision": 1, "triage": "non_urgent", "reason": "在库"})
    other = world.register_lead(desk)
    answer = desk.post(
        f"/api/leads/{lead['id']}/merge", {"revision": stale["revision"], "other_id": other["id"]}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (409, "409.1")


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (Triage.URGENT, Triage.NON_URGENT, Triage.URGENT),
        (None, Triage.NON_URGENT, Triage.NON_URGENT),
        (Triage.NOT_OURS, None, Triage.NOT_OURS),
        (None, None, None),
    ],
)
def test_two_leads_are_together_the_more_pressing_of_the_two(one, other, together) -> None:
    assert merged_triage(one, other) is merged_triage(other, one) is together
