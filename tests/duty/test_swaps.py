"""Swaps (换班; DL-14, domain 1.12): one asks, the other agrees, the duty leader approves, only then the roster changes."""

from typing import Any

import pytest

from tests.duty.conftest import Duty, said
from tests.support.world import World


@pytest.fixture
def shift(duty: Duty) -> dict[str, Any]:
    """Thursday's shift with officer1 on standby."""
    return duty.plan("03-05 08:20", "03-06 08:20", "duty officer", "officer1 standby")


def ask(duty: Duty, shift: dict[str, Any], by: str = "officer1", other: str = "officer2") -> dict[str, Any]:
    body = {"shift_id": shift["id"], "substitute_id": duty.id(other), "reason": "孩子发烧"}
    answer = duty.desk(by).post("/api/duty/swaps", body)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    swap: dict[str, Any] = answer.get_json()
    return swap


def reply(duty: Duty, swap: dict[str, Any], by: str = "officer2", agree: bool = True) -> Any:
    return duty.desk(by).post(f"/api/duty/swaps/{swap['id']}/answer", {"agree": agree})


def decide(duty: Duty, swap: dict[str, Any], by: str = "leader", **body: Any) -> Any:
    return duty.desk(by).post(
        f"/api/duty/swaps/{swap['id']}/decide", {"revision": 2, "approve": True, **body}
    )


def shown(duty: Duty, shift: dict[str, Any]) -> list[tuple[str, str, str]]:
    return duty.crew_of(duty.leader.get(f"/api/duty/shifts/{shift['id']}").get_json())


def test_asked_agreed_and_approved_the_other_takes_the_place(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    assert (swap["state"], swap["waits_for"], swap["may"]) == ("asked", "substitute", ["withdraw"])
    agreed = reply(duty, swap).get_json()
    assert (agreed["state"], agreed["waits_for"]) == ("agreed", "leader")
    assert ("officer1", "standby", "named") in shown(duty, shift), "nothing changes before it is approved"
    approved = decide(duty, swap).get_json()
    assert (approved["state"], approved["decided_by"]["id"]) == ("approved", duty.id("leader"))
    assert shown(duty, shift)[1:] == [("officer1", "standby", "swapped"), ("officer2", "standby", "named")]
    assert duty.lines(shift["id"]) == ["shift.plan", "shift.ask_swap", "shift.answer_swap", "shift.swap"]


def test_the_log_names_both_and_who_approved(duty: Duty, shift, world: World) -> None:
    swap = ask(duty, shift)
    reply(duty, swap)
    decide(duty, swap)
    entry = duty.leader.get("/api/duty/log").get_json()["items"][0]
    assert (entry["template"], entry["actor"]["name"]) == ("shift.swap", world.user("xiangyun.leader").name)
    assert {place: one["name"] for place, one in entry["people"].items()} == {
        "asker": world.user("xiangyun.officer1").name,
        "substitute": world.user("xiangyun.officer2").name,
    }


def test_after_the_swap_the_substitute_carries_the_duty(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    reply(duty, swap)
    decide(duty, swap)
    duty.time("03-05 08:20")
    duty.take_over(shift, duty.desk("duty"))
    assert duty.names_on_duty("03-05 08:20") == ["duty", "officer2"]


def test_the_place_can_be_given_back_the_same_way(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    reply(duty, swap)
    decide(duty, swap)
    back = ask(duty, shift, "officer2", "officer1")
    reply(duty, back, "officer1")
    assert decide(duty, back).status_code == 200
    assert ("officer1", "standby", "named") in shown(duty, shift)
    assert ("officer2", "standby", "swapped") in shown(duty, shift)


def test_from_the_phone_it_is_asked_and_agreed_by_signed_commands(duty: Duty, shift, world: World) -> None:
    asker, other = world.phone("xiangyun.officer1"), world.phone("xiangyun.officer2")
    body = {"substitute_id": duty.id("officer2"), "reason": "孩子发烧"}
    assert asker.do("shift.ask_swap", shift["id"], body)["result"] == "applied"
    waiting = other.get("/api/duty/mine").get_json()["swaps"]
    assert [(one["may"], one["reason"]) for one in waiting] == [(["answer"], "孩子发烧")]
    assert other.do("shift.answer_swap", waiting[0]["id"], {"agree": True})["result"] == "applied"
    to_decide = duty.leader.get("/api/duty/mine").get_json()["swaps"]
    assert [(one["id"], one["may"]) for one in to_decide] == [(waiting[0]["id"], ["decide"])]


def test_a_phone_asks_by_a_signed_command_alone(duty: Duty, shift, world: World) -> None:
    body = {"shift_id": shift["id"], "substitute_id": duty.id("officer2"), "reason": "有事"}
    answer = world.phone("xiangyun.officer1").post("/api/duty/swaps", body)
    assert said(answer)[:2] == (403, "403.1")


def test_nobody_decides_a_swap_of_their_own(duty: Duty) -> None:
    shift = duty.plan("03-05 08:20", "03-06 08:20", "leader officer")
    swap = ask(duty, shift, "leader", "commander")
    reply(duty, swap, "commander")
    for own in ("leader", "commander"):
        assert said(decide(duty, swap, own))[2][0] == "不能审批自己的换班"
    third = duty.plan("03-07 08:20", "03-08 08:20", "duty officer")
    swap = ask(duty, third, "duty", "leader")
    reply(duty, swap, "leader")
    assert decide(duty, swap, "commander").status_code == 200


def test_only_who_leads_the_duty_of_the_court_decides(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    reply(duty, swap)
    for post in ("duty", "officer1", "binchuan.leader", "dali.commander", "binchuan.liaison"):
        assert said(decide(duty, swap, post))[:2] == (403, "403.1"), post


def test_nothing_is_approved_that_the_other_has_not_agreed_to(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    assert said(decide(duty, swap, revision=1))[:2] == (409, "409.2")
    assert reply(duty, swap, agree=False).get_json()["state"] == "refused"
    assert said(decide(duty, swap))[:2] == (409, "409.2")


def test_declining_needs_a_reason_and_leaves_the_roster(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    reply(duty, swap)
    assert said(decide(duty, swap, approve=False))[:2] == (422, "422.1")
    declined = decide(duty, swap, approve=False, reason="当天有行动").get_json()
    assert (declined["state"], declined["decision_reason"]) == ("declined", "当天有行动")
    assert [place[2] for place in shown(duty, shift)] == ["named", "named"]


def test_only_the_named_other_answers_and_only_the_asker_withdraws(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    assert said(reply(duty, swap, "duty"))[:2] == (403, "403.1")
    assert said(duty.desk("officer2").post(f"/api/duty/swaps/{swap['id']}/withdraw"))[:2] == (403, "403.1")
    assert (
        duty.desk("officer1").post(f"/api/duty/swaps/{swap['id']}/withdraw").get_json()["state"]
        == "withdrawn"
    )
    assert said(reply(duty, swap))[:2] == (409, "409.2")


def test_a_place_is_asked_for_once_at_a_time(duty: Duty, shift) -> None:
    ask(duty, shift)
    body = {"shift_id": shift["id"], "substitute_id": duty.id("officer3"), "reason": "有事"}
    assert said(duty.desk("officer1").post("/api/duty/swaps", body))[:2] == (409, "409.3")


@pytest.mark.parametrize(
    ("asker", "other", "code"),
    [
        ("officer1", "duty", "422.1"),
        ("officer1", "officer1", "422.1"),
        ("officer1", "binchuan.officer1", "422.1"),
        ("duty", "officer2", "422.1"),
        ("officer2", "officer3", "403.1"),
        ("officer1", "officer3", "409.2"),
    ],
)
def test_who_cannot_stand_there_is_not_asked(duty: Duty, shift, asker: str, other: str, code: str) -> None:
    """The last one: officer3 stands on post B at that time."""
    duty.plan("03-05 20:00", "03-06 08:20", "leader leader", "officer3 standby", post="B")
    body = {"shift_id": shift["id"], "substitute_id": duty.id(other), "reason": "有事"}
    assert said(duty.desk(asker).post("/api/duty/swaps", body))[1] == code


def test_a_shift_on_post_is_not_swapped_any_more(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    duty.time("03-05 08:20")
    duty.take_over(shift, duty.desk("duty"))
    assert said(reply(duty, swap))[:2] == (409, "409.2")


def test_a_swap_of_a_shift_that_is_deleted_is_withdrawn(duty: Duty, shift) -> None:
    swap = ask(duty, shift)
    duty.leader.delete(f"/api/duty/shifts/{shift['id']}")
    listed = duty.leader.get("/api/duty/swaps", state="all").get_json()["items"]
    assert [(one["id"], one["state"], one["shift"]) for one in listed] == [(swap["id"], "withdrawn", None)]


def test_the_reason_is_for_the_two_and_for_who_decides(duty: Duty, shift) -> None:
    ask(duty, shift)
    reasons = {
        post: duty.desk(post).get("/api/duty/swaps").get_json()["items"][0]["reason"]
        for post in ("officer1", "officer2", "leader", "duty", "officer3")
    }
    assert reasons == {
        "officer1": "孩子发烧",
        "officer2": "孩子发烧",
        "leader": "孩子发烧",
        "duty": None,
        "officer3": None,
    }
    assert duty.desk("binchuan.leader").get("/api/duty/swaps").get_json()["items"] == []


def test_a_swap_still_open_when_its_shift_begins_is_withdrawn_and_waits_for_nobody(
    duty: Duty, shift, world: World
) -> None:
    ask(duty, shift)
    duty.time("03-05 08:20")
    duty.take_over(shift, duty.desk("duty"))
    assert duty.desk("officer2").get("/api/duty/mine").get_json()["swaps"] == []
    assert duty.lines(shift["id"])[-2:] == ["shift.take_over", "shift.withdraw_swap"]
