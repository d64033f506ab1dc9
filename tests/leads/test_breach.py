"""An urgent lead nobody left for (BSS-7(1), BSS-8, A8): strict to the second, and no silent phone is accused."""

from datetime import timedelta

import pytest

from backend.core.clock import to_wire
from backend.core.outbox import sequence_events
from backend.deadlines.watcher import ClockWatcher
from tests.support.world import Phone, World, team_clocks


@pytest.fixture
def lead(world: World) -> dict:
    return world.register_lead(world.sign_in("binchuan.duty"))


def state_of(world: World, lead: dict) -> str:
    return team_clocks(world.sign_in("binchuan.duty").get(f"/api/leads/{lead['id']}").get_json())[0]["state"]


def ordered(world: World, lead: dict) -> tuple[Phone, dict]:
    order = world.order_out(world.sign_in("binchuan.duty"), lead_id=lead["id"])
    officer = world.phone("binchuan.officer1")
    officer.do("directive.accept", order["id"])
    return officer, order


def in_contact_for_good(world: World, officer: Phone, order: dict) -> None:
    """The phone stays in contact for the minute in which it would hand over anything it still held."""
    world.clock.instant += timedelta(seconds=61)
    officer.do("directive.note", order["id"], {"text": "在途"})
    ClockWatcher(world.database)()


def test_thirty_minutes_to_the_second_is_on_time(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    world.clock.instant += timedelta(minutes=30)
    officer.do("directive.depart", order["id"])
    assert state_of(world, lead) == "met"


def test_one_second_more_is_a_breach_dated_at_the_limit(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    due = world.clock.now() + timedelta(minutes=30)
    world.clock.instant = due + timedelta(seconds=1)
    officer.do("directive.depart", order["id"])
    in_contact_for_good(world, officer, order)
    shown = team_clocks(world.sign_in("binchuan.duty").get(f"/api/leads/{lead['id']}").get_json())[0]
    assert (shown["state"], shown["breached_at"]) == ("breached", to_wire(due))


def test_with_nobody_ordered_out_the_limit_passes_for_certain(world: World, lead: dict) -> None:
    world.clock.instant += timedelta(minutes=30, seconds=1)
    ClockWatcher(world.database)()
    assert state_of(world, lead) == "breached"


def test_while_the_teams_phone_is_silent_the_breach_is_unconfirmed(world: World, lead: dict) -> None:
    ordered(world, lead)
    world.clock.instant += timedelta(minutes=31)
    ClockWatcher(world.database)()
    assert state_of(world, lead) == "unconfirmed"


def test_a_signed_departure_on_time_that_arrives_late_turns_it_to_met(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    left_at = world.clock.now() + timedelta(minutes=20)
    world.clock.instant += timedelta(minutes=50)
    ClockWatcher(world.database)()
    officer.do("directive.depart", order["id"], made_at=left_at)
    assert state_of(world, lead) == "met"


def test_contact_without_such_an_act_makes_it_a_breach(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    world.clock.instant += timedelta(minutes=31)
    ClockWatcher(world.database)()
    world.clock.instant += timedelta(minutes=5)
    officer.do("directive.note", order["id"], {"text": "刚有信号"})
    ClockWatcher(world.database)()
    assert state_of(world, lead) == "breached"


def test_a_departure_with_an_unsure_clock_counts_when_it_arrives(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    left_at = world.clock.now() + timedelta(minutes=20)
    world.clock.instant += timedelta(minutes=50)
    unsure = officer.command("directive.depart", order["id"], made_at=left_at, uncertainty_ms=31_000)
    officer.send(unsure)
    in_contact_for_good(world, officer, order)
    assert state_of(world, lead) == "breached"


def test_the_teams_phones_are_told_when_the_limit_has_passed(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    world.clock.instant += timedelta(minutes=31)
    ClockWatcher(world.database)()
    sequence_events(world.database)
    events = officer.get("/api/events", since=0).get_json()["events"]
    last = [event for event in events if event["subject_id"] == order["id"]][-1]
    assert [clock["state"] for clock in last["data"]["clocks"]] == ["unconfirmed"]


def test_a_departure_on_time_still_counts_when_the_order_was_called_off_meanwhile(
    world: World, lead: dict
) -> None:
    officer, order = ordered(world, lead)
    left_at = world.clock.now() + timedelta(minutes=20)
    world.clock.instant += timedelta(minutes=40)
    commander = world.sign_in("binchuan.commander")
    seen = commander.get(f"/api/directives/{order['id']}").get_json()
    commander.post(
        f"/api/directives/{order['id']}/withdraw", {"revision": seen["revision"], "reason": "被执行人已离开"}
    )
    ClockWatcher(world.database)()
    result = officer.do("directive.depart", order["id"], made_at=left_at)
    assert (result["result"], state_of(world, lead)) == ("superseded", "met")
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert (shown["state"], shown["departed_at"]) == ("withdrawn", to_wire(left_at))


def test_the_first_departure_still_counts_when_its_phone_comes_back_after_the_report_was_accepted(
    world: World, lead: dict
) -> None:
    order = world.order_out(world.sign_in("binchuan.duty"), lead_id=lead["id"])
    first, second = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    for phone in (first, second):
        phone.do("directive.accept", order["id"])
    left_at = world.clock.now() + timedelta(minutes=25)
    world.clock.instant += timedelta(minutes=40)
    second.do("directive.depart", order["id"])
    second.do("directive.complete", order["id"], {"result": "completed"})
    second.do("directive.feedback", order["id"], {"text": "核桃已控制。", "result": "completed"})
    commander = world.sign_in("binchuan.commander")
    seen = commander.get(f"/api/directives/{order['id']}").get_json()
    commander.post(f"/api/directives/{order['id']}/accept_feedback", {"revision": seen["revision"]})
    ClockWatcher(world.database)()
    assert state_of(world, lead) == "unconfirmed"
    first.do("directive.depart", order["id"], made_at=left_at)
    assert state_of(world, lead) == "met"


def test_what_was_done_after_the_order_was_called_off_stops_nothing(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    commander = world.sign_in("binchuan.commander")
    seen = commander.get(f"/api/directives/{order['id']}").get_json()
    commander.post(
        f"/api/directives/{order['id']}/withdraw", {"revision": seen["revision"], "reason": "误派"}
    )
    world.clock.instant += timedelta(minutes=5)
    assert officer.do("directive.depart", order["id"])["result"] == "superseded"
    assert state_of(world, lead) == "running"


def test_the_other_teams_phone_is_told_when_a_breach_turns_out_to_be_none(world: World, lead: dict) -> None:
    officer, _ = ordered(world, lead)
    second = world.order_out(world.sign_in("binchuan.duty"), team="快反二组", lead_id=lead["id"])
    other = world.phone("binchuan.officer3")
    other.do("directive.accept", second["id"])
    left_at = world.clock.now() + timedelta(minutes=20)
    world.clock.instant += timedelta(minutes=40)
    ClockWatcher(world.database)()
    other.do("directive.depart", second["id"], made_at=left_at)
    sequence_events(world.database)
    told = officer.get("/api/events", since=0).get_json()["events"]
    last = [event for event in told if event["kind"] == "directive.changed"][-1]
    assert [clock["state"] for clock in last["data"]["clocks"]] == ["met"]


def test_a_phone_left_in_a_drawer_since_yesterday_proves_nothing(world: World, lead: dict) -> None:
    world.clock.instant -= timedelta(hours=20)
    drawer = world.phone("binchuan.officer2")
    drawer.do("directive.note", "unknown", {"text": "昨日"})
    world.clock.instant += timedelta(hours=20)
    officer, order = ordered(world, lead)
    world.clock.instant += timedelta(minutes=30, seconds=1)
    in_contact_for_good(world, officer, order)
    assert state_of(world, lead) == "breached"


def test_the_other_teams_phone_stops_counting_when_the_first_team_has_left(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    second = world.order_out(world.sign_in("binchuan.duty"), team="快反二组", lead_id=lead["id"])
    other = world.phone("binchuan.officer3")
    officer.do("directive.depart", order["id"])
    sequence_events(world.database)
    told = other.get("/api/events", since=0).get_json()["events"]
    last = [event for event in told if event["subject_id"] == second["id"]][-1]
    assert [clock["state"] for clock in last["data"]["clocks"]] == ["met"]


def test_an_act_tells_of_its_order_once_as_it_stands_at_the_end(world: World, lead: dict) -> None:
    officer, order = ordered(world, lead)
    sequence_events(world.database)
    before = officer.get("/api/events", since=0).get_json()["cursor"]
    officer.do("directive.depart", order["id"])
    sequence_events(world.database)
    told = officer.get("/api/events", since=before).get_json()["events"]
    (departed,) = [event for event in told if event["subject_id"] == order["id"]]
    assert departed["data"]["state"] == "dispatched"
    assert [step["act"] for step in departed["data"]["steps"]] == ["issue", "accept", "depart"]
    assert [clock["state"] for clock in departed["data"]["clocks"]] == ["met"]
