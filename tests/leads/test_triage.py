"""Triage, report and closing (BSS-5(2), BSS-7): each triage has its clock, which runs from the time of the call."""

from datetime import timedelta

from backend.core.clock import to_wire
from tests.support.world import ORDER, Client, World, team_clocks


def act(desk: Client, lead: dict, name: str, **words: object) -> tuple[int, dict]:
    response = desk.post(f"/api/leads/{lead['id']}/{name}", {"revision": lead["revision"], **words})
    return response.status_code, response.get_json()


def clocks(lead: dict) -> list[tuple[str, str]]:
    return [(clock["clock"], clock["state"]) for clock in team_clocks(lead)]


def test_a_lead_triaged_later_gets_its_clock_from_the_time_of_the_call(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk, triage=None, grounds=[])
    assert (lead["state"], team_clocks(lead)) == ("registered", [])
    world.clock.instant += timedelta(minutes=10)
    _, lead = act(desk, lead, "triage", triage="urgent", grounds=["high_consumption_now"])
    assert clocks(lead) == [("C4", "running")]
    assert team_clocks(lead)[0]["started_at"] == lead["received_at"]


def test_a_lead_that_turns_out_not_urgent_changes_its_clock(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    _, lead = act(desk, world.register_lead(desk), "triage", triage="non_urgent", reason="财产已查封在库")
    assert sorted(clocks(lead)) == [("C4", "cancelled"), ("C5", "running")]


def test_urgent_without_a_ground_is_refused(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk, triage=None, grounds=[])
    assert act(desk, lead, "triage", triage="urgent")[0] == 422


def test_a_lead_of_another_court_is_forwarded_without_a_clock(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    _, lead = act(desk, world.register_lead(desk), "triage", triage="not_ours", reason="祥云县法院案件，已转")
    assert clocks(lead) == [("C4", "cancelled")]


def test_the_leader_is_told_and_the_instruction_is_written_down(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    told = {"reported_to": "何副院长", "channel": "phone", "instruction": "立即出警"}
    _, lead = act(desk, world.register_lead(desk), "report", **told)
    assert (lead["reported_to"], lead["leader_instruction"]) == ("何副院长", "立即出警")
    assert lead["reported_at"] == to_wire(world.clock.now())
    assert lead["state"] == "triaged"


def test_two_desks_triaging_at_once_the_second_gets_the_present_lead(world: World) -> None:
    first, second = world.sign_in("binchuan.duty"), world.sign_in("binchuan.leader")
    lead = world.register_lead(first)
    act(first, lead, "triage", triage="non_urgent", reason="不紧急")
    status, problem = act(second, lead, "triage", triage="not_ours", reason="外县")
    assert (status, problem["code"], problem["current"]["triage"]) == (409, "409.1", "non_urgent")
    changed = [(one["act"], one["by"]["id"]) for one in problem["changed"]]
    assert changed == [("triage", first.user_id)]


def test_what_a_team_does_meanwhile_is_no_conflict_for_the_desk(world: World) -> None:
    desk, officer = world.sign_in("binchuan.duty"), world.phone("binchuan.officer1")
    other = world.register_lead(desk)
    act(desk, other, "close", result="重复登记")
    lead = world.register_lead(desk)
    order = world.order_out(desk, lead_id=lead["id"])
    officer.do("directive.accept", order["id"])
    officer.do("directive.depart", order["id"])
    told = {"reported_to": "何副院长", "channel": "phone", "instruction": "全程录像"}
    status, shown = act(desk, lead, "report", **told)
    assert (status, shown["leader_instruction"]) == (200, "全程录像")


def test_closing_keeps_result_and_reply_and_stops_everything(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    _, lead = act(desk, world.register_lead(desk), "close", result="查无此仓库", reply="已电话答复")
    assert (lead["state"], lead["result"], lead["reply"]) == ("closed", "查无此仓库", "已电话答复")
    assert clocks(lead) == [("C4", "cancelled")]
    assert act(desk, lead, "report", reported_to="何", channel="phone", instruction="知悉")[0] == 409


def test_a_non_urgent_lead_is_met_when_a_named_person_accepts_the_check(world: World) -> None:
    desk, officer = world.sign_in("binchuan.duty"), world.phone("binchuan.officer5")
    lead = world.register_lead(desk, triage="non_urgent", grounds=[])
    person = {"court_id": "binchuan", "user_id": officer.user_id}
    order = world.order_out(desk, lead_id=lead["id"], kind="verify", target=person)
    assert desk.get(f"/api/leads/{lead['id']}").get_json()["state"] == "verification_assigned"
    world.clock.instant += timedelta(hours=30)
    officer.do("directive.accept", order["id"])
    next_day = world.sign_in("binchuan.duty")
    lead = next_day.get(f"/api/leads/{lead['id']}").get_json()
    assert clocks(lead) == [("C5", "met")]


def test_an_urgent_lead_in_the_night_has_one_hour(world: World) -> None:
    world.clock.instant += timedelta(hours=12)
    lead = world.register_lead(world.sign_in("binchuan.duty"))
    clock = team_clocks(lead)[0]
    assert (clock["clause"], clock["regime"]) == ("BSS-8", "off_hours")
    assert clock["due_at"] == to_wire(world.clock.now() + timedelta(hours=1))


def test_a_court_that_adopted_no_numbers_gets_no_clock_that_could_accuse(world: World) -> None:
    lead = world.register_lead(world.sign_in("changchun_forest.duty"))
    assert [clock for clock in team_clocks(lead) if clock["kind"] == "rule"] == []


def test_a_team_that_left_before_the_lead_was_triaged_is_not_accused(world: World) -> None:
    desk, officer = world.sign_in("binchuan.duty"), world.phone("binchuan.officer1")
    lead = world.register_lead(desk, triage=None, grounds=[])
    order = world.order_out(desk, lead_id=lead["id"])
    officer.do("directive.accept", order["id"])
    world.clock.instant += timedelta(minutes=10)
    officer.do("directive.depart", order["id"])
    left_at = to_wire(world.clock.now())
    world.clock.instant += timedelta(minutes=40)
    lead = desk.get(f"/api/leads/{lead['id']}").get_json()
    _, lead = act(desk, lead, "triage", triage="urgent", grounds=["high_consumption_now"])
    assert [(clock["clock"], clock["state"], clock["stopped_at"]) for clock in team_clocks(lead)] == [
        ("C4", "met", left_at)
    ]


def test_taking_a_check_over_is_accepting_it(world: World) -> None:
    desk, officer = world.sign_in("binchuan.duty"), world.phone("binchuan.officer2")
    lead = world.register_lead(desk, triage="non_urgent", grounds=[])
    order = world.order_out(desk, lead_id=lead["id"], kind="verify")
    officer.do("directive.take_over", order["id"])
    assert clocks(desk.get(f"/api/leads/{lead['id']}").get_json()) == [("C5", "met")]


def test_no_team_is_ordered_out_on_a_closed_lead(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    _, lead = act(desk, world.register_lead(desk), "close", result="查无此仓库")
    target = {"court_id": "binchuan", "team_id": world.team("binchuan")}
    refused = desk.post(
        "/api/directives", {**ORDER, "kind": "dispatch", "lead_id": lead["id"], "target": target}
    )
    assert (refused.status_code, refused.get_json()["state"]) == (409, "closed")
    assert desk.get("/api/directives").get_json()["items"] == []
