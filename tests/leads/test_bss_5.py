"""BSS-5(2) and BSS-5(3) at the desk: the call is registered and reported, the leader decides, the order goes out (C2, C3)."""

from datetime import timedelta

from backend.core.clock import to_wire
from backend.deadlines.watcher import ClockWatcher
from tests.support.world import Client, World, clock_states

REPORT = {"reported_to": "钱丽", "channel": "phone", "instruction": "立即出动"}


def shown(desk: Client, lead: dict) -> dict:
    return desk.get(f"/api/leads/{lead['id']}").get_json()


def report(desk: Client, lead: dict) -> dict:
    answer = desk.post(
        f"/api/leads/{lead['id']}/report", {"revision": shown(desk, lead)["revision"], **REPORT}
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def test_the_ten_minutes_run_from_the_call_and_not_from_the_typing(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    called_at = world.clock.now() - timedelta(minutes=4)
    lead = world.register_lead(desk, received_at=to_wire(called_at))
    (clock,) = [one for one in lead["clocks"] if one["clock"] == "C2"]
    assert (clock["clause"], clock["kind"]) == ("BSS-5(2)", "target")
    assert clock["due_at"] == to_wire(called_at + timedelta(minutes=10))


def test_telling_the_leader_stops_it(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead, other = world.register_lead(desk), world.register_lead(desk)
    world.clock.instant += timedelta(minutes=10)
    assert clock_states(report(desk, lead))["C2"] == "met"
    assert clock_states(shown(desk, other))["C2"] == "running"


def test_ten_minutes_and_a_second_pass_the_target_and_accuse_nobody(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    world.order_out(desk, lead_id=lead["id"])
    world.clock.instant += timedelta(minutes=10, seconds=1)
    ClockWatcher(world.database)()
    (clock,) = [one for one in shown(desk, lead)["clocks"] if one["clock"] == "C2"]
    # The silent phones of the team ordered out hold nothing that the desk owed.
    assert (clock["state"], clock["kind"]) == ("breached", "target")


def test_a_leader_who_orders_a_team_out_has_heard_of_the_lead(world: World) -> None:
    desk, leader = world.sign_in("binchuan.duty"), world.sign_in("binchuan.leader")
    lead, other = world.register_lead(desk), world.register_lead(desk)
    world.order_out(leader, lead_id=lead["id"])
    world.order_out(desk, lead_id=other["id"])
    assert clock_states(shown(desk, lead))["C2"] == "met"
    assert clock_states(shown(desk, other))["C2"] == "running"


def test_an_inquiry_has_no_clock_at_all(world: World) -> None:
    """A17."""
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk, triage=None)
    assert "C2" in clock_states(lead)
    answer = desk.get("/api/clocks", state="all").get_json()["items"]
    assert {one["subject_id"] for one in answer} == {lead["id"]}


def test_the_leaders_decision_on_an_urgent_lead_gives_five_minutes_to_order(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    assert "C3" not in clock_states(lead)
    world.clock.instant += timedelta(minutes=3)
    decided = report(desk, lead)
    (clock,) = [one for one in decided["clocks"] if one["clock"] == "C3"]
    assert clock["due_at"] == to_wire(world.clock.now() + timedelta(minutes=5))
    world.order_out(desk, lead_id=lead["id"])
    assert clock_states(shown(desk, lead))["C3"] == "met"


def test_a_decision_after_the_order_starts_nothing(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    world.order_out(desk, lead_id=lead["id"])
    assert "C3" not in clock_states(report(desk, lead))


def test_a_lead_decided_on_before_its_triage_gets_the_five_minutes_with_the_triage(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = report(desk, world.register_lead(desk, triage=None))
    assert "C3" not in clock_states(lead)
    world.clock.instant += timedelta(minutes=2)
    urgent = {"revision": lead["revision"], "triage": "urgent", "grounds": ["high_consumption_now"]}
    triaged = desk.post(f"/api/leads/{lead['id']}/triage", urgent).get_json()
    (clock,) = [one for one in triaged["clocks"] if one["clock"] == "C3"]
    assert clock["started_at"] == to_wire(world.clock.now())


def test_a_lead_that_turns_out_not_urgent_owes_no_order(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = report(desk, world.register_lead(desk))
    calmer = {"revision": lead["revision"], "triage": "non_urgent", "reason": "物品已查封在库"}
    triaged = desk.post(f"/api/leads/{lead['id']}/triage", calmer).get_json()
    assert clock_states(triaged)["C3"] == "cancelled"


def test_closing_a_lead_calls_everything_off(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = report(desk, world.register_lead(desk))
    closed = desk.post(f"/api/leads/{lead['id']}/close", {"revision": lead["revision"], "result": "线索不实"})
    assert clock_states(closed.get_json()) == {"C2": "met", "C3": "cancelled", "C4": "cancelled"}


def test_what_the_desk_owes_stands_on_no_teams_order(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    order = world.order_out(desk, lead_id=lead["id"])
    assert clock_states(order) == {"C4": "running"}
