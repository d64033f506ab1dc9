"""Who carries the duty at an instant, for any past one too (BSS-6; domain 1.16): facts decide, not plans."""

import random
from datetime import datetime, timedelta

import pytest

from backend.duty.rules import DutyFunction
from backend.duty.views import on_duty
from tests.duty.conftest import COURT, Duty, china
from tests.support.world import World


def test_a_court_without_a_roster_has_nobody_on_duty(duty: Duty) -> None:
    assert duty.on_duty("03-03 09:00", "dalishi") == []


def test_a_planned_shift_carries_nothing_until_it_is_taken_over(duty: Duty) -> None:
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    assert duty.on_duty("03-03 09:00") == []
    duty.take_over(shift, duty.desk("duty"))
    assert duty.names_on_duty("03-03 09:00") == ["duty"]
    assert duty.on_duty("03-03 08:59") == []


def test_leaders_come_first_then_post_a_then_b_and_the_week_has_no_post(duty: Duty) -> None:
    week = duty.plan("03-03 08:20", "03-10 08:20", "commander leader", post="week")
    post_b = duty.plan("03-03 08:20", "03-04 08:20", "leader officer", "officer2 standby", post="B")
    post_a = duty.plan("03-03 08:20", "03-04 08:20", "duty officer", "officer1 technician")
    for shift, by in ((week, "commander"), (post_b, "leader"), (post_a, "duty")):
        duty.take_over(shift, duty.desk(by))
    assert [(one.function, one.post, one.shift_id) for one in duty.on_duty("03-03 09:00")] == [
        (DutyFunction.LEADER, None, week["id"]),
        (DutyFunction.OFFICER, "A", post_a["id"]),
        (DutyFunction.OFFICER, "B", post_b["id"]),
        (DutyFunction.TECHNICIAN, "A", post_a["id"]),
        (DutyFunction.STANDBY, "B", post_b["id"]),
    ]


def test_after_the_planned_end_the_outgoing_shift_still_carries_it(duty: Duty) -> None:
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    duty.take_over(shift, duty.desk("duty"))
    assert duty.names_on_duty("03-06 12:00") == ["duty"]


def test_now_shows_people_shifts_and_what_comes_next(duty: Duty, world: World, noise) -> None:
    noise()
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    following = duty.plan("03-04 08:20", "03-05 08:20", "leader leader")
    duty.take_over(shift, duty.desk("duty"))
    now = duty.leader.get("/api/duty/now").get_json()
    assert [(one["name"], one["post"]) for one in now["on_duty"]] == [(world.user("xiangyun.duty").name, "A")]
    assert [one["id"] for one in now["shifts"]] == [shift["id"]]
    assert [one["id"] for one in now["next"]] == [following["id"]]
    assert (now["roll_call"], now["may_call_roll"]) == (None, True)
    assert duty.desk("duty").get("/api/duty/now").get_json()["may_call_roll"] is False


def test_mine_holds_my_shifts_of_thirty_days_and_nobody_elses(duty: Duty, world: World) -> None:
    now = duty.plan("03-03 08:20", "03-04 08:20", "duty officer", "officer1 standby")
    duty.plan("03-04 08:20", "03-05 08:20", "leader leader")
    within = duty.plan("04-02 08:20", "04-03 08:20", "duty officer", "officer1 standby")
    duty.plan("04-02 09:00", "04-03 08:20", "leader leader", "officer1 standby", post="week")
    mine = world.phone("xiangyun.officer1").get("/api/duty/mine").get_json()
    assert [one["id"] for one in mine["shifts"]] == [now["id"], within["id"]]
    assert (mine["swaps"], mine["handovers"], mine["roll_calls"]) == ([], [], [])
    assert world.sign_in("xiangyun.officer2").get("/api/duty/mine").get_json()["shifts"] == []


@pytest.mark.parametrize("seed", range(3))
def test_at_any_instant_from_the_first_taking_over_on_exactly_one_shift_carries_a_post(
    duty: Duty, seed: int
) -> None:
    """Handovers early, late and sent back: whatever happened, a post is carried by one shift, without a gap."""
    chance = random.Random(seed)
    desks = ("duty", "leader", "commander")
    shifts = [
        duty.plan(f"03-{day:02} 08:20", f"03-{day + 1:02} 08:20", f"{desks[day % 3]} officer")
        for day in range(3, 9)
    ]
    duty.time(f"03-03 {chance.choice(('08:00', '08:20', '11:45'))}")
    duty.take_over(shifts[0], duty.desk(desks[0]))
    begun = duty.world.clock.instant
    moves = [begun]
    for number, shift in enumerate(shifts[:-1]):
        day = 4 + number
        outgoing, incoming = desks[(day - 1) % 3], desks[day % 3]
        duty.world.clock.instant = china(f"03-{day:02} 08:20") + timedelta(minutes=chance.randint(-115, 600))
        sides = [outgoing, incoming]
        chance.shuffle(sides)
        seen = duty.sign(duty.draft(shift, duty.desk(outgoing)), duty.desk(sides[0]))
        if chance.random() < 0.3:
            _, seen = duty.act(seen, "send_back", duty.desk(sides[1]), reason="再核对")
            seen = duty.sign(seen, duty.desk(sides[0]))
        duty.world.clock.instant += timedelta(seconds=chance.randint(0, 900))
        assert duty.sign(seen, duty.desk(sides[1]))["state"] == "done"
        moves.append(duty.world.clock.instant)

    def carried(at: datetime) -> set[str]:
        with duty.world.database.reading() as work:
            return {one.shift_id for one in on_duty(work.session, COURT, at)}

    tick = timedelta(microseconds=1)
    assert carried(begun - tick) == set()
    instants = [begun + (moves[-1] - begun) * chance.random() for _ in range(30)]
    instants += [move + step for move in moves[1:] for step in (-tick, timedelta(), tick)]
    for at in instants:
        expected = shifts[sum(move <= at for move in moves) - 1]["id"]
        assert carried(at) == {expected}, at
