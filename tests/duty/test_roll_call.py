"""Roll call (点名; A1, domain 1.16): by a person, once a shift; more than 15:00 of silence alerts and accuses nobody."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from backend.duty.events import RollCallUnanswered
from backend.duty.jobs import close_roll_calls
from tests.duty.conftest import COURT, Duty, said
from tests.support.world import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def on_post(duty: Duty) -> dict[str, Any]:
    """Tuesday 09:00: the duty officer on post A, officer1 and officer2 stand by."""
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer", "officer1 standby", "officer2 standby")
    return duty.take_over(shift, duty.desk("duty"))


@pytest.fixture
def alerts(world: World) -> list[RollCallUnanswered]:
    """Every alert that was raised."""
    heard: list[RollCallUnanswered] = []
    world.database.bus.subscribe(RollCallUnanswered, lambda _work, event: heard.append(event))
    return heard


def call(duty: Duty) -> dict[str, Any]:
    answer = duty.leader.post("/api/duty/roll-calls", {"court_id": COURT})
    assert answer.status_code == 201, answer.get_data(as_text=True)
    roll: dict[str, Any] = answer.get_json()
    return roll


def shown(duty: Duty, roll: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the people of a roll call by account."""
    now = duty.leader.get(f"/api/duty/roll-calls/{roll['id']}").get_json()
    accounts = {duty.id(post): post for post in ("duty", "leader", "officer1", "officer2")}
    return {accounts[one["id"]]: one for one in now["people"]}


def test_everybody_on_duty_is_called_and_answers_from_desk_and_phone(
    duty: Duty, on_post, world: World, alerts
) -> None:
    roll = call(duty)
    assert roll["due_at"] == "2026-03-03T01:15:00.000Z"
    assert set(shown(duty, roll)) == {"duty", "officer1", "officer2"}
    phone = world.phone("xiangyun.officer1")
    assert [one["id"] for one in phone.get("/api/duty/mine").get_json()["roll_calls"]] == [roll["id"]]
    world.clock.instant += 2 * MINUTE
    assert phone.do("roll_call.answer", roll["id"])["result"] == "applied"
    duty.desk("duty").post(f"/api/duty/roll-calls/{roll['id']}/answer")
    closed = duty.desk("officer2").post(f"/api/duty/roll-calls/{roll['id']}/answer").get_json()
    assert closed["closed_at"] == "2026-03-03T01:02:00.000Z", "everybody answered"
    people = shown(duty, roll)
    assert [people[one]["answered_from"] for one in ("officer1", "duty")] == ["phone", "desk"]
    world.clock.instant += 20 * MINUTE
    assert (close_roll_calls(world.database), alerts) == (0, [])


def test_at_15_00_nothing_is_said_and_one_millisecond_later_an_alert_and_no_record(
    duty: Duty, on_post, world: World, alerts
) -> None:
    roll = call(duty)
    duty.desk("duty").post(f"/api/duty/roll-calls/{roll['id']}/answer")
    world.clock.instant += 15 * MINUTE
    assert (close_roll_calls(world.database), alerts) == (0, [])
    world.clock.instant += timedelta(milliseconds=1)
    assert close_roll_calls(world.database) == 1
    silent = {duty.id("officer1"), duty.id("officer2")}
    assert {one.user_id for one in alerts} == silent
    assert {(one.court_id, one.shift_id, one.out_of_contact) for one in alerts} == {
        (COURT, on_post["id"], False)
    }
    assert [(one["unanswered"], one["late"]) for one in shown(duty, roll).values()].count((True, False)) == 2
    lines = duty.lines(roll["id"])
    assert (lines.count("roll_call.unanswered"), lines.count("roll_call.close")) == (2, 1)
    assert close_roll_calls(world.database) == 0


def test_a_phone_out_of_contact_is_said_to_be_so(duty: Duty, on_post, world: World, alerts) -> None:
    reached, unreached = world.phone("xiangyun.officer1"), world.phone("xiangyun.officer2")
    roll = call(duty)
    world.clock.instant += 5 * MINUTE
    reached.do("roll_call.answer", "01900000-0000-7000-8000-00000000aaaa")
    world.clock.instant += 11 * MINUTE
    close_roll_calls(world.database)
    people = shown(duty, roll)
    assert (people["officer1"]["out_of_contact"], people["officer2"]["out_of_contact"]) == (False, True)
    said_so = {one.user_id: one.out_of_contact for one in alerts}
    assert said_so == {duty.id("duty"): False, reached.user_id: False, unreached.user_id: True}


def test_a_late_answer_is_kept_with_its_time(duty: Duty, on_post, world: World) -> None:
    roll = call(duty)
    world.clock.instant += 16 * MINUTE
    close_roll_calls(world.database)
    world.clock.instant += 4 * MINUTE
    assert duty.desk("duty").post(f"/api/duty/roll-calls/{roll['id']}/answer").status_code == 200
    person = shown(duty, roll)["duty"]
    assert (person["answered_at"], person["late"], person["unanswered"]) == (
        "2026-03-03T01:20:00.000Z",
        True,
        False,
    )


def test_an_answer_made_in_time_without_network_counts_as_made_in_time(
    duty: Duty, on_post, world: World
) -> None:
    phone = world.phone("xiangyun.officer1")
    roll = call(duty)
    made_at = world.clock.instant + 3 * MINUTE
    world.clock.instant += 40 * MINUTE
    close_roll_calls(world.database)
    assert phone.do("roll_call.answer", roll["id"], made_at=made_at)["result"] == "applied"
    person = shown(duty, roll)["officer1"]
    assert (person["answered_at"], person["received_at"]) == (
        "2026-03-03T01:03:00.000Z",
        "2026-03-03T01:40:00.000Z",
    )
    assert (person["late"], person["out_of_contact"]) == (False, True)


def test_an_answer_is_never_before_the_call_and_the_first_one_counts(
    duty: Duty, on_post, world: World
) -> None:
    phone = world.phone("xiangyun.officer1")
    roll = call(duty)
    early = world.clock.instant - 10 * MINUTE
    world.clock.instant += MINUTE
    phone.do("roll_call.answer", roll["id"], made_at=early)
    phone.do("roll_call.answer", roll["id"])
    assert shown(duty, roll)["officer1"]["answered_at"] == "2026-03-03T01:00:00.000Z"
    assert duty.lines(roll["id"]).count("roll_call.answer") == 1


def test_once_a_shift(duty: Duty, on_post, world: World) -> None:
    call(duty)
    assert duty.leader.get("/api/duty/now").get_json()["may_call_roll"] is False
    answer = said(duty.desk("commander").post("/api/duty/roll-calls", {"court_id": COURT}))
    assert (answer[1], answer[2][0]) == ("409.2", "本班已点名，每班至多一次")
    post_b = duty.plan("03-03 09:00", "03-04 08:20", "leader leader", post="B")
    duty.take_over(post_b, duty.desk("leader"))
    only_b = duty.desk("commander").post("/api/duty/roll-calls", {"court_id": COURT}).get_json()
    assert [one["id"] for one in only_b["people"]] == [duty.id("leader")]


def test_who_calls_is_not_called(duty: Duty, world: World) -> None:
    shift = duty.plan("03-03 08:20", "03-04 08:20", "leader leader", "officer1 standby")
    duty.take_over(shift, duty.desk("leader"))
    assert set(shown(duty, call(duty))) == {"officer1"}


def test_where_nobody_is_on_duty_nobody_is_called(duty: Duty) -> None:
    duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    assert said(duty.leader.post("/api/duty/roll-calls", {"court_id": COURT}))[2][0] == "现在无人在岗"


def test_a_leader_alone_on_duty_is_told_that_there_is_nobody_to_call(duty: Duty) -> None:
    duty.take_over(duty.plan("03-03 08:20", "03-04 08:20", "leader leader"), duty.leader)
    answer = said(duty.leader.post("/api/duty/roll-calls", {"court_id": COURT}))
    assert (answer[1], answer[2][0]) == ("409.2", "除您以外现在无人在岗")


def test_only_who_leads_the_duty_of_the_court_calls(duty: Duty, on_post, world: World) -> None:
    for post in ("duty", "officer1", "dali.commander", "binchuan.leader", "binchuan.liaison"):
        answer = duty.desk(post).post("/api/duty/roll-calls", {"court_id": COURT})
        assert said(answer)[:2] == (403, "403.1"), post
    assert duty.desk("commander").post("/api/duty/roll-calls", {"court_id": COURT}).status_code == 201


def test_who_was_not_called_does_not_answer(duty: Duty, on_post) -> None:
    roll = call(duty)
    for post in ("commander", "officer3", "binchuan.duty"):
        answer = duty.desk(post).post(f"/api/duty/roll-calls/{roll['id']}/answer")
        assert said(answer)[:2] == (403, "403.1"), post


def test_four_workers_at_once_close_it_exactly_once(duty: Duty, on_post, world: World, alerts) -> None:
    roll = call(duty)
    world.clock.instant += 16 * MINUTE
    together, closed = threading.Barrier(4), []

    def work() -> None:
        together.wait()
        closed.append(close_roll_calls(world.database))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(closed) == 1
    lines = duty.lines(roll["id"])
    assert (lines.count("roll_call.close"), lines.count("roll_call.unanswered")) == (1, 3)


def test_one_that_cannot_be_closed_stops_no_other(duty: Duty, on_post, world: World, caplog) -> None:
    broken = call(duty)
    shift = duty.plan("03-03 08:20", "03-04 08:20", "leader leader", post="B")
    duty.take_over(shift, duty.desk("leader"))
    other = duty.desk("commander").post("/api/duty/roll-calls", {"court_id": COURT}).get_json()

    def fail(_work: object, event: RollCallUnanswered) -> None:
        if event.roll_call_id == broken["id"]:
            raise RuntimeError("the listener is broken")

    world.database.bus.subscribe(RollCallUnanswered, fail)
    world.clock.instant += 16 * MINUTE
    assert close_roll_calls(world.database) == 1
    assert "roll_call.close" in duty.lines(other["id"])
    assert "roll_call.close" not in duty.lines(broken["id"])
    assert "could not be closed" in caplog.text


def test_the_list_is_the_courts_own_newest_first(duty: Duty, on_post) -> None:
    roll = call(duty)
    assert [one["id"] for one in duty.leader.get("/api/duty/roll-calls").get_json()["items"]] == [roll["id"]]
    elsewhere = duty.desk("binchuan.leader").get("/api/duty/roll-calls").get_json()["items"]
    assert roll["id"] not in {one["id"] for one in elsewhere}
    refused = duty.desk("binchuan.leader").get(f"/api/duty/roll-calls/{roll['id']}")
    assert said(refused)[:2] == (403, "403.1")
