"""Every phone of a court tested at once (终端连通测试): which answered, by which channel, who has no phone, once at a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from backend.core.clock import to_wire
from tests.delivery.conftest import Ladder, subscribe
from tests.support.world import Phone, World

FIRST, SECOND = "binchuan.officer1", "binchuan.officer2"


def start(desk: Any, court_id: str = "binchuan") -> Any:
    return desk.post("/api/link-tests", {"court_id": court_id})


def hear(phone: Phone, test_id: str, channel: str = "socket") -> None:
    """The phone's page says that it heard the test."""
    item = {
        "subject_kind": "link_test",
        "subject_id": test_id,
        "stage": "device_received",
        "channel": channel,
        "at": to_wire(phone.clock.now()) if phone.clock else "",
    }
    assert phone.post("/api/deliveries/receipts", {"items": [item]}).status_code == 200


def test_the_report_names_each_phone_and_who_has_none(
    world: World, ladder: Ladder, noise: Callable[[], None]
) -> None:
    noise()
    world.phone("xiangyun.officer1")
    first, second = world.phone(FIRST), world.phone(SECOND)
    duty = world.sign_in("binchuan.duty")
    test = start(duty).get_json()
    assert (test["phones"], test["received"]) == (2, 0)
    missing = {one["name"] for one in test["people_without_phone"]}
    assert world.user("binchuan.officer3").name in missing
    assert not missing & {world.user(FIRST).name, world.user(SECOND).name}
    ladder.at(4)
    hear(first, test["id"])
    report = duty.get(f"/api/link-tests/{test['id']}").get_json()
    assert (report["received"], report["closed"]) == (1, False)
    lines = {device["id"]: device["channel"] for one in report["deliveries"] for device in one["devices"]}
    assert lines == {first.device_id: "socket", second.device_id: None}


def test_it_is_pushed_at_once_to_every_phone_also_where_another_of_the_person_heard_it(
    world: World, ladder: Ladder
) -> None:
    old, new = world.phone(FIRST), world.phone(FIRST)
    subscribe(old, "old")
    subscribe(new, "new")
    test = start(world.sign_in("binchuan.duty")).get_json()
    hear(new, test["id"])
    ladder.at(0)
    assert [one.device_id for one in ladder.attempts(test["id"])] == sorted([old.device_id, new.device_id])


def test_it_troubles_nobody_and_ends_after_ten_minutes(world: World, ladder: Ladder) -> None:
    world.phone(FIRST)
    duty = world.sign_in("binchuan.duty")
    test = start(duty).get_json()
    ladder.at(599)
    assert duty.get("/api/deliveries").get_json()["items"] != []
    ladder.at(600)
    assert duty.get("/api/deliveries").get_json()["items"] == []
    assert duty.get(f"/api/link-tests/{test['id']}").get_json()["closed"] is True
    assert duty.get("/api/notices").get_json()["items"] == []


def test_one_runs_at_a_time_and_the_last_ones_are_listed(world: World) -> None:
    world.phone(FIRST)
    duty = world.sign_in("binchuan.duty")
    first = start(duty).get_json()
    assert start(duty).get_json()["code"] == "409.2"
    world.clock.instant += timedelta(minutes=10)
    second = start(duty).get_json()
    listed = duty.get("/api/link-tests").get_json()["items"]
    assert [one["id"] for one in listed] == [second["id"], first["id"]]


def test_a_court_without_phones_has_nothing_to_test(world: World) -> None:
    answer = start(world.sign_in("xiangyun.duty"), "xiangyun")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "422.1")
