"""What became of each clock of a lead or directive: BSS-6 to BSS-8, DL-10, A8 on the page; scoped, with no reporter."""

from datetime import date, timedelta

import pytest

from backend.deadlines.watcher import ClockWatcher
from tests.deadlines.centre import Centre
from tests.support.world import World


@pytest.fixture
def desk(world: World):
    return world.sign_in("binchuan.duty")


def by_clock(history):
    return {past["clock"]["clock"]: past for past in history["clocks"]}


def test_a_lead_answered_on_time_shows_start_warnings_and_stop(world, desk, noise, clock):
    noise()
    lead = world.register_lead(desk)
    order = world.order_out(world.sign_in("binchuan.commander"), lead_id=lead["id"])
    officer = world.phone("binchuan.officer1")
    clock.instant += timedelta(minutes=10)
    officer.do("directive.accept", order["id"])
    officer.do("directive.depart", order["id"])
    history = desk.get(f"/api/leads/{lead['id']}/clocks").get_json()
    assert (history["subject"]["kind"], history["subject"]["number"]) == ("lead", lead["number"])
    assert [past["clock"]["clock"] for past in history["clocks"]] == ["C2", "C4"]
    past = by_clock(history)["C4"]
    assert past["clock"]["state"] == "met"
    assert past["stopped_by"] == world.user("binchuan.officer1").name
    assert (past["clock"]["started_at"], past["clock"]["stopped_at"]) == (
        "2026-03-03T01:00:00.000Z",
        "2026-03-03T01:10:00.000Z",
    )
    assert [line["action"] for line in past["lines"]] == ["clock.start", "clock.stop"]
    assert (past["why"]["regime"], past["why"]["limit_minutes"], past["counts_the_same"]) == (
        "working",
        30,
        True,
    )


def test_an_order_shows_its_leads_clock_and_not_whether_its_superior_was_answered(world, desk):
    above = world.directive_from_above(world.sign_in("dali.commander"))
    order = world.order_out(world.sign_in("binchuan.commander"), parent_id=above["id"])
    below = desk.get(f"/api/directives/{order['id']}/clocks").get_json()
    assert {past["clock"]["clock"] for past in below["clocks"]} == {"C6"}
    own = desk.get(f"/api/directives/{above['id']}/clocks").get_json()
    assert {past["clock"]["clock"] for past in own["clocks"]} == {"C1", "C6"}


def test_a_late_stop_is_told_with_the_reason_written_down(world, desk, clock):
    above = world.directive_from_above(world.sign_in("dali.commander"))
    clock.instant += timedelta(minutes=16)
    ClockWatcher(world.database)()
    done = desk.post(f"/api/directives/{above['id']}/acknowledge", {"revision": above["revision"]})
    assert done.status_code == 200
    past = by_clock(desk.get(f"/api/directives/{above['id']}/clocks").get_json())["C1"]
    assert past["clock"]["state"] == "breached"
    assert past["clock"]["breached_at"] == past["clock"]["due_at"] == "2026-03-03T01:15:00.000Z"
    assert past["detected_at"] == "2026-03-03T01:16:00.000Z"
    told = [line["action"] for line in past["lines"]]
    assert told == ["clock.start", "clock.warn", "clock.warn", "clock.breach", "clock.stop"]
    assert past["lines"][-1]["detail"] == {"late": True}
    assert [warning["given"] for warning in past["clock"]["warnings"]] == [True, True]
    assert past["record"] == "absent_from_post"


def test_a_breach_that_was_none_keeps_both_lines(world, desk, clock):
    lead = world.register_lead(desk)
    order = world.order_out(world.sign_in("binchuan.commander"), lead_id=lead["id"])
    phone = world.phone("binchuan.officer1")
    left_at = clock.instant + timedelta(minutes=20)
    clock.instant += timedelta(minutes=31)
    ClockWatcher(world.database)()
    phone.do("directive.accept", order["id"], made_at=left_at - timedelta(minutes=1))
    phone.do("directive.depart", order["id"], made_at=left_at)
    past = by_clock(desk.get(f"/api/leads/{lead['id']}/clocks").get_json())["C4"]
    assert past["clock"]["state"] == "met"
    actions = [line["action"] for line in past["lines"] if line["action"] != "clock.warn"]
    assert actions == ["clock.start", "clock.unconfirmed", "clock.stop", "clock.disproved"]


def test_a_desk_that_writes_a_late_departure_down_says_why(world, desk, clock):
    lead = world.register_lead(desk)
    order = world.order_out(world.sign_in("binchuan.commander"), lead_id=lead["id"])
    told = {"reason": "桥断绕行", "channel": "radio", "told_by": "组长"}
    clock.instant += timedelta(minutes=40)
    revision = order["revision"]
    for act in ("acknowledge_for", "depart"):
        done = desk.post(f"/api/directives/{order['id']}/{act}", {"revision": revision, **told})
        assert done.status_code == 200, done.get_data(as_text=True)
        revision = done.get_json()["revision"]
    past = by_clock(desk.get(f"/api/leads/{lead['id']}/clocks").get_json())["C4"]
    assert (past["clock"]["state"], past["late_reason"]) == ("breached", "桥断绕行")


def test_a_cancelled_clock_says_when_and_why(world, desk):
    lead = world.register_lead(desk)
    body = {"revision": lead["revision"], "triage": "not_ours", "reason": "属交警管辖"}
    assert desk.post(f"/api/leads/{lead['id']}/triage", body).status_code == 200
    past = by_clock(desk.get(f"/api/leads/{lead['id']}/clocks").get_json())["C4"]
    assert past["clock"]["state"] == "cancelled"
    assert past["cancelled_at"] == "2026-03-03T01:00:00.000Z"
    assert past["cancel_reason"]


def test_hours_set_later_are_told_and_change_no_clock(world, desk, clock):
    lead = world.register_lead(desk)
    Centre(world.database, clock).hours("binchuan", date(2026, 3, 1), "10:00-12:00,13:30-17:30")
    past = by_clock(desk.get(f"/api/leads/{lead['id']}/clocks").get_json())["C4"]
    assert past["clock"]["due_at"] == "2026-03-03T01:30:00.000Z"
    assert past["counts_the_same"] is False


def test_no_history_holds_the_reporter(world, desk):
    lead = world.register_lead(desk, reporter={"name": "赵举报", "phone": "0872-7149999"})
    order = world.order_out(world.sign_in("binchuan.commander"), lead_id=lead["id"])
    for path in (f"/api/leads/{lead['id']}/clocks", f"/api/directives/{order['id']}/clocks"):
        text = desk.get(path).get_data(as_text=True)
        assert "赵举报" not in text and "0872-7149999" not in text


def test_leads_and_directives_are_found_by_number_debtor_and_title_in_ones_own_courts(world, desk, noise):
    noise()
    lead = world.register_lead(desk, debtor_name="段某")
    order = world.order_out(world.sign_in("binchuan.commander"), title="去宾居镇核查")
    found = desk.get("/api/clocks/subjects").get_json()["subjects"]
    assert {one["id"] for one in found} == {lead["id"], order["id"]}
    assert [one["id"] for one in desk.get("/api/clocks/subjects", search="段某").get_json()["subjects"]] == [
        lead["id"]
    ]
    assert [
        one["id"] for one in desk.get("/api/clocks/subjects", search=order["number"]).get_json()["subjects"]
    ] == [order["id"]]
    assert desk.get("/api/clocks/subjects", search="%").get_json()["subjects"] == []
