"""三台手机叫不醒: what the desk sees of each phone before an order has to go out (一键自检)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.people.contact import record_contacts
from tests.delivery.conftest import Ladder, subscribe
from tests.support.world import Phone, World

FIRST, SECOND = "binchuan.officer1", "binchuan.officer2"
GOOD: dict[str, Any] = {
    "push": "ok",
    "notifications": "granted",
    "service_worker": True,
    "sound": True,
    "wake_lock": True,
    "vibration": True,
    "storage_persisted": True,
    "storage_free_mb": 2048,
    "position": "granted",
    "clock_offset_ms": 120,
    "secure": True,
    "installed": True,
    "battery_percent": 80,
    "battery_saver_done": True,
    "maker": "huawei",
    "round_trip_ms": 900,
    "app_version": "0.1.0",
}


def report(phone: Phone, **changes: Any) -> Any:
    return phone.post("/api/phone/self-check", {**GOOD, **changes})


def phones(desk: Any) -> dict[str, tuple[bool, list[str]]]:
    """Return of each phone whether it can be woken and what stands in the way, by device."""
    items = desk.get("/api/phones").get_json()["items"]
    return {one["device_id"]: (one["can_be_woken"], one["obstacles"]) for one in items}


def test_a_phone_with_push_can_be_woken_and_one_without_cannot(
    world: World, noise: Callable[[], None]
) -> None:
    world.phone("xiangyun.officer1")
    good, dark = world.phone(FIRST), world.phone(SECOND)
    subscribe(good, "good")
    assert report(good).status_code == 200
    duty = world.sign_in("binchuan.duty")
    assert phones(duty) == {
        good.device_id: (True, []),
        dark.device_id: (False, ["no_push", "never_checked"]),
    }
    first = duty.get("/api/phones").get_json()["items"][0]
    assert first["device_id"] == dark.device_id


def test_an_open_page_in_contact_can_be_woken_without_any_push(world: World) -> None:
    phone = world.phone(FIRST)
    with world.database.writing() as work:
        work.authorise_by_rule("the phone's heartbeat")
        record_contacts(work, [phone.device_id])
    duty = world.sign_in("binchuan.duty")
    assert phones(duty)[phone.device_id] == (True, ["no_push", "never_checked"])
    world.clock.instant += timedelta(minutes=2)
    assert phones(duty)[phone.device_id][0] is False


@pytest.mark.parametrize(
    ("changes", "obstacle", "woken"),
    [
        ({"notifications": "denied"}, "notifications_denied", False),
        ({"position": "denied"}, "position_denied", True),
        ({"clock_offset_ms": -120_001}, "clock_off", True),
        ({"secure": False}, "no_certificate", True),
        ({"storage_persisted": False}, "storage_not_kept", True),
        ({"battery_saver_done": False}, "battery_saver", True),
    ],
)
def test_each_obstacle_is_named(world: World, changes: dict[str, Any], obstacle: str, woken: bool) -> None:
    phone = world.phone(FIRST)
    subscribe(phone, "first")
    report(phone, **changes)
    assert phones(world.sign_in("binchuan.duty")) == {phone.device_id: (woken, [obstacle])}


def test_a_check_is_old_after_a_month(world: World) -> None:
    phone = world.phone(FIRST)
    subscribe(phone, "first")
    report(phone)
    world.clock.instant += timedelta(days=31, seconds=1)
    assert phones(world.sign_in("binchuan.duty")) == {phone.device_id: (True, ["check_is_old"])}


@pytest.mark.parametrize(
    "changes", [{"push": "perhaps"}, {"battery_percent": 101}, {"maker": "x" * 41}, {"more": 1}]
)
def test_a_report_that_makes_no_sense_is_refused(world: World, changes: dict[str, Any]) -> None:
    assert report(world.phone(FIRST), **changes).status_code == 422


def test_a_phone_pushes_to_itself_to_see_whether_pushes_arrive(world: World, ladder: Ladder) -> None:
    phone = world.phone(FIRST)
    assert phone.post("/api/phone/test-push").get_json()["channel"] == "none"
    subscribe(phone, "first")
    answer = phone.post("/api/phone/test-push").get_json()
    assert answer["channel"] == "push"
    ladder.at(0)
    duty = world.sign_in("binchuan.duty")
    assert duty.get("/api/deliveries").get_json()["items"] == []


def test_a_desk_is_no_phone(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    assert [report(desk).status_code, desk.post("/api/phone/test-push").status_code] == [403, 403]  # type: ignore[arg-type]
