"""The call list: whom to ring by hand where no gateway does, the outcome in one key, and who is off the list."""

from collections.abc import Callable

import pytest

from tests.delivery.conftest import Ladder, put, receipts
from tests.support.world import World

LEADER, FIRST, SECOND = "binchuan.teamleader1", "binchuan.officer1", "binchuan.officer2"


def listed(desk) -> list[tuple[str, str | None]]:
    """Return whom the call list names, with the number."""
    items = desk.get("/api/deliveries/call-list").get_json()["items"]
    return [(one["delivery"]["user"]["name"], one["mobile"]) for one in items]


def number(world: World, account: str, mobile: str | None) -> None:
    desk = world.sign_in("binchuan.duty")
    body = {"mobile": mobile, "message_account": None}
    assert put(desk, f"/api/people/{world.user(account).id}/addresses", body).status_code == 200


def test_whom_no_channel_reached_is_to_be_rung_at_their_number(
    world: World, ladder: Ladder, noise: Callable[[], None]
) -> None:
    noise()
    number(world, LEADER, None)
    number(world, FIRST, "100 0000 0001")
    duty = world.sign_in("binchuan.duty")
    order = world.order_out(duty)
    ladder.at(59)
    assert listed(duty) == []
    ladder.at(60)
    names = [world.user(account).name for account in (LEADER, FIRST, SECOND)]
    assert listed(duty) == list(zip(names, [None, "100 0000 0001", None], strict=True))
    receipts(world.phone(SECOND), order["id"], "device_received")
    assert len(listed(duty)) == 2


def test_an_outcome_is_one_key_and_stands_on_the_delivery(world: World, ladder: Ladder) -> None:
    duty = world.sign_in("binchuan.duty")
    order = world.order_out(duty)
    ladder.at(60)
    mine = ladder.of(duty, order["id"], LEADER)
    answer = duty.post(f"/api/deliveries/{mine['id']}/calls", {"outcome": "no_answer", "note": None})
    assert [call["outcome"] for call in answer.get_json()["calls"]] == ["no_answer"]
    assert listed(duty)[-1][0] == world.user(LEADER).name
    ladder.at(181)
    assert listed(duty)[0][0] == world.user(LEADER).name
    duty.post(f"/api/deliveries/{mine['id']}/calls", {"outcome": "told", "note": "已口头告知"})
    assert world.user(LEADER).name not in [name for name, _ in listed(duty)]


def test_the_urgent_come_first(world: World, ladder: Ladder) -> None:
    duty = world.sign_in("binchuan.duty")
    calm = world.order_out(duty, team="快反二组", urgency="normal")
    urgent = world.order_out(duty)
    ladder.at(300)
    items = duty.get("/api/deliveries/call-list").get_json()["items"]
    subjects = [one["delivery"]["subject_id"] for one in items]
    assert subjects == sorted(subjects, key=[urgent["id"], calm["id"]].index)
    assert set(subjects) == {urgent["id"], calm["id"]}


def test_a_covert_phone_is_not_rung_and_its_number_not_shown(world: World, ladder: Ladder) -> None:
    number(world, FIRST, "100 0000 0001")
    duty = world.sign_in("binchuan.duty")
    world.order_out(duty, covert=True)
    ladder.at(60)
    items = duty.get("/api/deliveries/call-list").get_json()["items"]
    assert [(one["mobile"], one["leader_mobile"]) for one in items] == [(None, None)] * len(items)
    assert all(one["delivery"]["covert"] for one in items)


@pytest.mark.parametrize(
    "wrong", [{"outcome": "shouted", "note": None}, {"note": None}, {"outcome": "busy", "x": 1}]
)
def test_an_outcome_nobody_knows_is_refused(world: World, ladder: Ladder, wrong: dict) -> None:
    duty = world.sign_in("binchuan.duty")
    order = world.order_out(duty)
    mine = ladder.of(duty, order["id"], LEADER)
    assert duty.post(f"/api/deliveries/{mine['id']}/calls", wrong).status_code == 422


def test_who_has_it_need_not_be_rung(world: World, ladder: Ladder) -> None:
    duty = world.sign_in("binchuan.duty")
    order = world.order_out(duty)
    receipts(world.phone(LEADER), order["id"], "device_received")
    mine = ladder.of(duty, order["id"], LEADER)
    refused = duty.post(f"/api/deliveries/{mine['id']}/calls", {"outcome": "told", "note": None})
    assert refused.get_json()["code"] == "409.2"


@pytest.mark.parametrize("wrong", ["abc", "1" * 30, "", "1; DROP"])
def test_a_number_that_is_none_is_refused(world: World, wrong: str) -> None:
    desk = world.sign_in("binchuan.duty")
    body = {"mobile": wrong, "message_account": None}
    answer = put(desk, f"/api/people/{world.user(FIRST).id}/addresses", body)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "422.1")


def test_the_log_says_that_a_number_changed_and_never_to_what(world: World) -> None:
    number(world, FIRST, "100 0000 0001")
    audit = world.sign_in("binchuan.audadmin").get("/api/audit").get_data(as_text=True)
    assert "person.set_addresses" in audit
    assert "0000 0001" not in audit
