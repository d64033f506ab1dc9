"""The main job, once through: lead, order, acceptance, departure, arrival, completion, feedback, accepted report."""

from datetime import timedelta

from backend.core.clock import to_wire
from tests.support.world import World, clock_states, team_clocks


def test_a_lead_becomes_an_order_that_a_team_carries_out_and_reports(world: World) -> None:
    duty, commander = world.sign_in("binchuan.duty"), world.sign_in("binchuan.commander")
    officer, second = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    lead = world.register_lead(duty)
    assert team_clocks(lead)[0]["clock"] == "C4"
    assert team_clocks(lead)[0]["due_at"] == to_wire(world.clock.now() + timedelta(minutes=30))

    world.clock.instant += timedelta(minutes=5)
    order = world.order_out(commander, lead_id=lead["id"])
    assert officer.get("/api/phone").get_json()["directives"][0]["id"] == order["id"]
    assert officer.do("directive.receive", order["id"])["result"] == "applied"
    assert officer.do("directive.accept", order["id"])["result"] == "applied"
    assert second.do("directive.accept", order["id"])["result"] == "applied"
    world.clock.instant += timedelta(minutes=10)
    assert officer.do("directive.depart", order["id"])["result"] == "applied"
    shown = duty.get(f"/api/leads/{lead['id']}").get_json()
    assert (shown["state"], team_clocks(shown)[0]["state"]) == ("departed", "met")

    world.clock.instant += timedelta(minutes=20)
    officer.do("directive.arrive", order["id"])
    officer.do("directive.complete", order["id"], {"result": "completed"})
    officer.do("directive.feedback", order["id"], {"text": "核桃两吨已控制。", "result": "completed"})
    done = commander.get(f"/api/directives/{order['id']}").get_json()
    assert done["state"] == "feedback_submitted"
    assert done["composition"] == {"complete": True, "gaps": [], "officers_missing": 0}
    accepted = commander.post(
        f"/api/directives/{order['id']}/accept_feedback", {"revision": done["revision"]}
    )
    assert accepted.get_json()["state"] == "accepted"


def test_a_directive_from_above_starts_c6_and_its_child_stops_it(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    leader = world.phone("binchuan.teamleader1")
    above = world.directive_from_above(dali)
    assert clock_states(above) == {"C1": "running", "C6": "running"}
    acknowledged = duty.post(f"/api/directives/{above['id']}/acknowledge", {"revision": above["revision"]})
    assert acknowledged.get_json()["state"] == "acknowledged"
    child = world.order_out(duty, parent_id=above["id"])
    leader.do("directive.accept", child["id"])
    leader.do("directive.depart", child["id"])
    shown = dali.get(f"/api/directives/{above['id']}").get_json()
    assert (shown["state"], clock_states(shown)) == ("dispatched", {"C1": "met", "C6": "met"})
    leader.do("directive.complete", child["id"], {"result": "completed"})
    shown = dali.get(f"/api/directives/{above['id']}").get_json()
    assert shown["state"] == "completed"
    assert clock_states(shown) == {"C1": "met", "C6": "met", "C7": "running"}
    report = {"revision": shown["revision"], "text": "已办结。", "result": "completed"}
    submitted = duty.post(f"/api/directives/{above['id']}/feedback", report).get_json()
    assert submitted["state"] == "feedback_submitted"
    assert clock_states(submitted)["C7"] == "met"
