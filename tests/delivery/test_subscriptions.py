"""Where a phone's browser receives pushes: taken from the phone itself, checked, moved, ended with the sign-out."""

from collections.abc import Callable

import pytest

from tests.delivery.conftest import Ladder, put, subscribe, subscription
from tests.support.world import World

FIRST, SECOND = "binchuan.officer1", "binchuan.officer2"
PATH = "/api/push/subscription"


def test_a_phone_subscribes_and_reads_what_the_server_knows(world: World, noise: Callable[[], None]) -> None:
    subscribe(world.phone(SECOND), "other")
    phone = world.phone(FIRST)
    assert phone.get(PATH).get_json() == {"state": "none", "endpoint_sha256": None}
    subscribe(phone, "first")
    known = phone.get(PATH).get_json()
    assert known["state"] == "active"
    assert len(known["endpoint_sha256"]) == 64
    assert phone.delete(PATH).status_code == 200
    assert phone.get(PATH).get_json()["state"] == "none"


def test_everybody_subscribes_with_the_key_of_the_installation(world: World) -> None:
    keys = {
        client.get("/api/push/key").get_json()["public_key"]
        for client in (world.phone(FIRST), world.phone(SECOND))
    }
    assert len(keys) == 1
    assert len(keys.pop()) == 87


def test_a_desk_has_no_subscription(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    assert put(desk, PATH, subscription()).status_code == 403
    assert (desk.get(PATH).status_code, desk.delete(PATH).status_code) == (403, 403)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/wpush/1",
        "https://127.0.0.1/wpush/1",
        "https://10.1.2.3/wpush/1",
        "https://[::1]/wpush/1",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/wpush/1",
        "https://user:secret@push.example.com/1",
        "ftp://push.example.com/1",
        "https://push.example.com/" + "x" * 1000,
        "no address at all",
    ],
)
def test_an_endpoint_that_leads_into_our_own_network_or_nowhere_is_refused(
    world: World, endpoint: str
) -> None:
    phone = world.phone(FIRST)
    refused = put(phone, PATH, subscription(endpoint=endpoint))
    assert (refused.status_code, refused.get_json()["code"]) == (422, "422.1")
    assert refused.get_json()["zh"]
    assert phone.get(PATH).get_json()["state"] == "none"


@pytest.mark.parametrize(
    "changes", [{"p256dh": "B" * 87}, {"auth": "A" * 21}, {"p256dh": "!" * 87}, {"auth": ""}]
)
def test_keys_that_no_browser_made_are_refused(world: World, changes: dict[str, str]) -> None:
    refused = put(world.phone(FIRST), PATH, subscription(**changes))
    assert (refused.status_code, refused.get_json()["code"]) == (422, "422.1")


def test_somebody_elses_endpoint_is_not_taken_over_without_the_browsers_own_keys(world: World) -> None:
    first, second = world.phone(FIRST), world.phone(SECOND)
    kept = subscription("shared")
    assert put(first, PATH, kept).status_code == 200
    stolen = subscription("shared")
    assert put(second, PATH, stolen).get_json()["code"] == "409.3"
    assert first.get(PATH).get_json()["state"] == "active"
    assert put(second, PATH, kept).status_code == 200
    assert first.get(PATH).get_json()["state"] == "none"


def test_after_the_sign_out_nothing_more_is_sent_to_the_phone(world: World, ladder: Ladder) -> None:
    phone, other = world.phone(FIRST), world.phone(SECOND)
    subscribe(phone, "first")
    subscribe(other, "second")
    assert phone.post("/api/sign-out").status_code == 200
    order = world.order_out(world.sign_in("binchuan.commander"))
    ladder.at(15)
    assert ladder.sent(order["id"]) == [("push", "push", "officer2")]


def test_a_revoked_phone_is_not_pushed_to(world: World, ladder: Ladder) -> None:
    phone = world.phone(FIRST)
    subscribe(phone, "first")
    duty = world.sign_in("binchuan.duty")
    assert duty.post(f"/api/devices/{phone.device_id}/revoke", {"reason": "手机遗失"}).status_code == 200
    order = world.order_out(world.sign_in("binchuan.commander"))
    ladder.at(15)
    assert ladder.sent(order["id"]) == []
