"""Check-ins of risky orders (定时报平安): from departure to completion, asked, then alarmed, fair to a phone out of contact."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.core.identifiers import new_identifier
from backend.emergencies.jobs import alarm_missed_check_ins
from tests.emergencies.conftest import Danger
from tests.people.visitor import problem
from tests.support.world import Phone, World

MINUTE = timedelta(minutes=1)


class Out(Danger):
    """Officer1 and officer2 of one team; their order has check-ins every ten minutes."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.second: Phone = world.phone("binchuan.officer2")
        self.leader: Phone = world.phone("binchuan.teamleader1")
        self.order = str(world.order_out(self.desk("commander"))["id"])
        self.path = f"/api/directives/{self.order}/check-ins"

    @property
    def now(self) -> datetime:
        """The instant of the installation."""
        return self.world.clock.now()

    def set(self, minutes: int | None = 10, by: str = "duty") -> Any:
        """Set the interval at a desk and return the response."""
        return self.desk(by).post(self.path, {"minutes": minutes})

    def leave(self) -> None:
        """Both accept, and the team leaves now."""
        for phone in (self.phone, self.second):
            assert phone.do("directive.accept", self.order)["result"] == "applied"
        assert self.phone.do("directive.depart", self.order)["result"] == "applied"

    def due(self, phone: Phone | None = None) -> list[str]:
        """When a phone's next check-ins are due."""
        told = (phone or self.phone).get("/api/phone").get_json()["emergencies"]["check_ins"]
        return [one["due_at"] for one in told]

    def confirm(self, phone: Phone | None = None, made_at: datetime | None = None, **more: Any) -> Any:
        """Check in and return the answer."""
        phone = phone or self.phone
        return phone.send(phone.command("check_in.confirm", self.order, {}, made_at, **more))[0]

    def after(self, **time: float) -> int:
        """Let time pass, let the worker look, and return how many alarms it raised."""
        self.world.clock.instant += timedelta(**time)
        return alarm_missed_check_ins(self.world.database)

    def alarms(self, *, everything: bool = False) -> list[dict[str, Any]]:
        """Return the alarms the duty desk sees."""
        asked = self.desk("duty").get("/api/emergencies", open="false" if everything else "true")
        found: list[dict[str, Any]] = asked.get_json()["items"]
        return found


@pytest.fixture
def out(world: World) -> Out:
    """Tuesday 09:00 at Binchuan; an order for team one."""
    return Out(world)


def test_the_timer_runs_from_departure_to_completion_for_each_who_accepted(out: Out) -> None:
    assert out.set().get_json()["minutes"] == 10
    assert out.due() == []
    out.leave()
    assert out.due() == out.due(out.second) == ["2026-03-03T01:10:00.000Z"]
    assert out.due(out.leader) == [], "who has not accepted is not out"
    out.world.clock.instant += 4 * MINUTE
    assert out.confirm()["result"] == "applied"
    assert out.due() == ["2026-03-03T01:14:00.000Z"]
    assert out.due(out.second) == ["2026-03-03T01:10:00.000Z"], "each for themselves"
    out.phone.do("directive.complete", out.order, {"result": "completed"})
    assert out.due() == out.due(out.second) == []
    assert out.after(hours=2) == 0


def test_set_after_the_departure_it_runs_from_then_and_null_ends_it(out: Out) -> None:
    out.leave()
    out.world.clock.instant += 3 * MINUTE
    members = out.set(5).get_json()["members"]
    assert {one["due_at"] for one in members} == {"2026-03-03T01:08:00.000Z"}
    assert out.set(None).get_json()["members"] == []
    assert out.due() == []
    assert out.after(hours=1) == 0


def test_who_accepts_later_joins_and_is_not_late_from_the_start(out: Out) -> None:
    out.set()
    out.leave()
    out.world.clock.instant += 9 * MINUTE
    out.leader.do("directive.accept", out.order)
    assert out.due(out.leader) == ["2026-03-03T01:19:00.000Z"]
    assert out.due() == ["2026-03-03T01:10:00.000Z"]


def test_at_the_end_of_the_grace_nothing_and_a_millisecond_later_an_alarm(out: Out) -> None:
    out.set()
    out.leave()
    assert out.after(minutes=11) == 0
    assert out.after(milliseconds=1) == 2
    assert out.after(seconds=10) == 0, "once"
    shown = {one["user"]["id"]: one for one in out.alarms()}
    mine = shown[out.phone.user_id]
    assert (mine["kind"], mine["state"], mine["order"]["id"]) == ("missed_check_in", "open", out.order)
    assert (mine["raised_at"], mine["alarmed"]) == ("2026-03-03T01:11:00.000Z", ["binchuan"])
    assert [line["act"] for line in mine["lines"]] == ["miss"]


def test_a_phone_out_of_contact_is_unconfirmed_and_an_on_time_check_in_takes_it_back(out: Out) -> None:
    out.set()
    out.leave()
    made_at = out.now + 8 * MINUTE
    out.world.clock.instant += 5 * MINUTE
    out.confirm(out.second)
    out.after(minutes=6, seconds=1)
    (alarm,) = out.alarms()
    assert (alarm["user"]["id"], alarm["unconfirmed"]) == (out.phone.user_id, True)
    out.later(31)
    assert [kind for kind, _ in out.told("binchuan.leader")][:1] == ["emergency"]

    assert out.confirm(made_at=made_at)["result"] == "applied"
    assert out.alarms() == []
    closed = next(one for one in out.alarms(everything=True) if one["id"] == alarm["id"])
    assert (closed["state"], closed["result"], closed["unconfirmed"]) == ("closed", "on_time", False)
    acts = [line["act"] for line in closed["lines"]]
    assert acts == ["miss", "tell_leaders", "safe", "withdraw"], "both stay"
    assert [kind for kind, _ in out.told("binchuan.leader")].count("emergency") == 0
    assert out.due() == ["2026-03-03T01:18:00.000Z"], "the next runs from when it was made"


def test_a_phone_in_contact_that_says_nothing_is_not_unconfirmed(out: Out) -> None:
    out.set()
    out.leave()
    out.confirm(out.second)
    out.world.clock.instant += 11 * MINUTE
    for phone in (out.phone, out.second):
        phone.do("directive.note", out.order, {"text": "仍在路上"})
    assert out.after(milliseconds=1) == 2
    assert [one["unconfirmed"] for one in out.alarms()] == [False, False]


def test_a_late_check_in_says_safe_and_the_desk_still_closes(out: Out) -> None:
    out.set()
    out.leave()
    out.after(minutes=12)
    out.confirm()
    mine = next(one for one in out.alarms() if one["user"]["id"] == out.phone.user_id)
    assert (mine["state"], mine["safe_at"]) == ("open", "2026-03-03T01:12:00.000Z")
    assert [line["act"] for line in mine["lines"]] == ["miss", "safe"]
    assert out.due() == ["2026-03-03T01:22:00.000Z"]
    assert out.act(mine["id"], "close", result="safe", words="电话已核实").status_code == 200


def test_a_check_in_of_before_the_last_one_that_comes_later_changes_nothing(out: Out) -> None:
    out.set()
    out.leave()
    out.world.clock.instant += 6 * MINUTE
    out.confirm()
    out.confirm(made_at=out.now - 3 * MINUTE)
    assert out.due() == ["2026-03-03T01:16:00.000Z"]


def test_a_clock_that_is_not_known_cannot_prove_that_it_was_in_time(out: Out) -> None:
    out.set()
    out.leave()
    made_at = out.now + 5 * MINUTE
    out.after(minutes=12)
    out.confirm(made_at=made_at, uncertainty_ms=None)
    mine = next(one for one in out.alarms() if one["user"]["id"] == out.phone.user_id)
    assert mine["state"] == "open"


def test_the_leader_of_the_team_sets_it_from_the_phone_and_nobody_else_of_it(out: Out) -> None:
    assert out.leader.do("check_in.set", out.order, {"minutes": 15})["result"] == "applied"
    assert out.desk("duty").get(out.path).get_json()["minutes"] == 15
    refused = out.phone.do("check_in.set", out.order, {"minutes": 5})
    assert refused["problem"]["code"] == "403.1"
    for account in ("xiangyun.duty", "liaison", "dali.duty"):
        assert problem(out.set(by=account)) == (403, "403.1"), account
    assert problem(out.desk("xiangyun.duty").get(out.path)) == (403, "403.1")


def test_bad_input(out: Out) -> None:
    for minutes in (4, 61, 0, -5, "10", 7.5, True):
        assert problem(out.set(minutes)) == (422, "422.1"), minutes  # type: ignore[arg-type]
    unknown = f"/api/directives/{new_identifier()}/check-ins"
    assert problem(out.desk("duty").post(unknown, {"minutes": 10})) == (404, "404.1")
    assert out.confirm()["problem"]["code"] == "404.1", "no check-ins are set"
    out.set()
    out.leave()
    stranger = out.world.phone("binchuan.officer6")
    assert out.confirm(stranger)["problem"]["code"] == "403.1"


def test_four_workers_at_once_alarm_once(out: Out) -> None:
    out.set()
    out.leave()
    out.world.clock.instant += 12 * MINUTE
    together, raised = threading.Barrier(4), []

    def work() -> None:
        together.wait()
        raised.append(alarm_missed_check_ins(out.world.database))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(raised) == 2
    assert len(out.alarms()) == 2


def test_only_the_phone_of_the_member_hears_the_timer_and_desks_the_order(out: Out) -> None:
    out.set()
    out.leave()
    mine = out.events("check_in.mine")[-1]
    assert mine.rooms in ([f"user:{out.phone.user_id}"], [f"user:{out.second.user_id}"])
    assert {tuple(one.rooms) for one in out.events("check_in.changed")} == {("position.read@binchuan",)}
