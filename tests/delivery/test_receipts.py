"""Delivered means that a device said so: by its page, by its service worker with the push's token, or by the signed act."""

from datetime import timedelta

from backend.core.clock import to_wire
from backend.delivery.receipts import receipt_token
from tests.delivery.conftest import Ladder, receipts, subscribe
from tests.support.world import Phone, World

FIRST, SECOND = "binchuan.officer1", "binchuan.officer2"


def member(desk, order_id: str, user_id: str) -> dict:
    """Return a member of an order as a desk sees it."""
    shown = desk.get(f"/api/directives/{order_id}").get_json()
    return next(one for one in shown["members"] if one["user"]["id"] == user_id)


def token_of(world: World, ladder: Ladder, order_id: str) -> str:
    """Return the token that stands in the only push of an order."""
    (attempt,) = ladder.attempts(order_id)
    return receipt_token(world.settings.secret_key, attempt.id)


def say(world: World, token: str, stage: str) -> int:
    """A service worker without a session says how far a push came; returns the status."""
    body = {"token": token, "stage": stage, "at": to_wire(world.clock.now())}
    return world.anonymous().post("/api/push/receipts", json=body).status_code


def test_a_pages_receipts_are_stages_with_their_times_and_the_channel(world: World, ladder: Ladder) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone(FIRST)
    order = world.order_out(commander)
    ladder.at(2)
    receipts(phone, order["id"], "device_received")
    ladder.at(3)
    receipts(phone, order["id"], "displayed")
    ladder.at(9)
    receipts(phone, order["id"], "opened")
    shown = ladder.of(commander, order["id"], FIRST)
    assert shown["state"] == "opened"
    (device,) = shown["devices"]
    times = [device[f"{stage}_at"] for stage in ("device_received", "displayed", "opened")]
    assert times == [to_wire(ladder.began + timedelta(seconds=after)) for after in (2, 3, 9)]
    assert device["channel"] == "socket"


def test_a_devices_receipt_is_seen_on_the_order_and_makes_it_delivered(world: World, ladder: Ladder) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone(FIRST)
    order = world.order_out(commander)
    receipts(phone, order["id"], "device_received")
    assert member(commander, order["id"], phone.user_id)["device_received_at"] is not None
    assert commander.get(f"/api/directives/{order['id']}").get_json()["state"] == "delivered"


def test_the_signed_act_is_a_receipt_too(world: World, ladder: Ladder) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone(FIRST)
    order = world.order_out(commander)
    phone.do("directive.receive", order["id"])
    assert ladder.of(commander, order["id"], FIRST)["state"] == "device_received"


def test_receipts_in_any_order_and_twice_tell_the_same(world: World, ladder: Ladder) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone(FIRST)
    order = world.order_out(commander)
    receipts(phone, order["id"], "opened", "device_received", "opened")
    phone.do("directive.receive", order["id"])
    shown = ladder.of(commander, order["id"], FIRST)
    assert shown["state"] == "opened"
    steps = commander.get(f"/api/directives/{order['id']}").get_json()["steps"]
    assert [step["act"] for step in steps].count("receive") == 1


def test_the_token_of_a_push_is_enough_and_no_session_is_needed(world: World, ladder: Ladder) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone(FIRST)
    subscribe(phone, "first")
    order = world.order_out(commander)
    ladder.at(15)
    token = token_of(world, ladder, order["id"])
    assert say(world, token, "device_received") == 200
    assert say(world, token, "displayed") == 200
    shown = ladder.of(commander, order["id"], FIRST)
    assert (shown["state"], shown["devices"][0]["channel"]) == ("displayed", "push")
    assert member(commander, order["id"], phone.user_id)["device_received_at"] is not None


def test_a_token_that_was_made_up_is_nobodys(world: World, ladder: Ladder) -> None:
    subscribe(world.phone(FIRST), "first")
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    ladder.at(15)
    token = token_of(world, ladder, order["id"])
    attempt_id, _, seal = token.partition(".")
    for forged in (
        attempt_id,
        f"{attempt_id}.{'0' * 32}",
        f"x{token}"[:80],
        f"{attempt_id}.{seal}x"[:80],
        ".",
    ):
        assert say(world, forged, "device_received") == 404
    assert ladder.of(commander, order["id"], FIRST)["state"] == "waiting"


def test_a_phone_speaks_for_its_own_person_only(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    receipts(world.phone("binchuan.officer5"), order["id"], "device_received")
    assert ladder.of(commander, order["id"], FIRST)["state"] == "waiting"
    assert ladder.of(commander, order["id"], SECOND)["state"] == "waiting"


def test_a_desk_has_no_device_to_speak_of(world: World) -> None:
    refused = world.sign_in("binchuan.commander").post("/api/deliveries/receipts", {"items": []})
    assert (refused.status_code, refused.get_json()["code"]) == (403, "403.1")


def test_two_phones_of_one_person_stand_each_on_its_own_line(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    old, new = world.phone(FIRST), world.phone(FIRST)
    order = world.order_out(commander)
    receipts(new, order["id"], "displayed")
    states = {
        device["id"]: device["displayed_at"] is not None
        for device in ladder.of(commander, order["id"], FIRST)["devices"]
    }
    assert states == {old.device_id: False, new.device_id: True}


def test_a_phone_bound_after_the_order_gets_a_line_with_its_receipt(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    phone: Phone = world.phone(FIRST)
    receipts(phone, order["id"], "device_received")
    assert [one["id"] for one in ladder.of(commander, order["id"], FIRST)["devices"]] == [phone.device_id]


def test_a_receipt_from_a_wrong_clock_counts_as_now(world: World, ladder: Ladder) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone(FIRST)
    order = world.order_out(commander)
    ladder.at(4)
    for wrong in ("1999-01-01T00:00:00Z", "2030-01-01T00:00:00Z"):
        item = {
            "subject_kind": "directive",
            "subject_id": order["id"],
            "stage": "device_received",
            "channel": "poll",
            "at": wrong,
        }
        phone.post("/api/deliveries/receipts", {"items": [item]})
    (device,) = ladder.of(commander, order["id"], FIRST)["devices"]
    assert device["device_received_at"] == to_wire(ladder.began + timedelta(seconds=4))
