"""What the duty log says of a delivery: each rung, receipt, call and sending again by name; of a test, that it was begun."""

from collections.abc import Callable
from typing import Any

from tests.delivery.conftest import Ladder, receipts
from tests.support.world import Client, World

LEADER, FIRST = "binchuan.teamleader1", "binchuan.officer1"


def lines(desk: Client, kind: str) -> list[tuple[str, dict[str, Any], str | None]]:
    """Return template, values and person of the log's lines about deliveries and tests, the first first."""
    items = desk.get("/api/duty/log", kind=kind, limit=200).get_json()["items"]
    return [
        (one["template"], one["values"], one["people"].get("person", {}).get("name"))
        for one in reversed(items)
        if one["template"].startswith(("delivery.", "link_test.", "directive.set_covert"))
    ]


def test_the_log_names_whom_a_rung_was_climbed_for_who_was_rung_and_whose_phone_has_it(
    world: World, ladder: Ladder, noise: Callable[[], None]
) -> None:
    noise()
    duty = world.sign_in("binchuan.duty")
    phone = world.phone(FIRST)
    order = world.order_out(duty)
    ladder.at(60)
    mine = ladder.of(duty, order["id"], LEADER)
    duty.post(f"/api/deliveries/{mine['id']}/calls", {"outcome": "busy", "note": None})
    duty.post(f"/api/deliveries/{mine['id']}/resend", {})
    receipts(phone, order["id"], "device_received", "opened")
    log = lines(duty, "directive")
    leader, first = world.user(LEADER).name, world.user(FIRST).name
    assert ("delivery.climb", {"rung": "message"}, leader) in log
    assert log[-3:] == [
        ("delivery.call", {"outcome": "busy"}, leader),
        ("delivery.resend", {}, leader),
        ("delivery.receive", {"channel": "socket"}, first),
    ]


def test_an_order_made_covert_on_the_spot_stands_in_the_log(world: World, ladder: Ladder) -> None:
    duty = world.sign_in("binchuan.duty")
    leader = world.phone(LEADER)
    order = world.order_out(duty)
    leader.do("directive.set_covert", order["id"], {"covert": True})
    assert ("directive.set_covert", {"covert": True}, None) in lines(duty, "directive")


def test_a_test_of_every_phone_is_one_line_however_many_phones(world: World, ladder: Ladder) -> None:
    duty = world.sign_in("binchuan.duty")
    world.phone(FIRST)
    phone = world.phone(LEADER)
    test = duty.post("/api/link-tests", {"court_id": "binchuan"}).get_json()
    ladder.at(1)
    item = {
        "subject_kind": "link_test",
        "subject_id": test["id"],
        "stage": "device_received",
        "channel": "socket",
        "at": ladder.began.isoformat(),
    }
    assert phone.post("/api/deliveries/receipts", {"items": [item]}).status_code == 200
    ladder.at(600)
    assert lines(duty, "duty") == [("link_test.start", {"people": 2}, None)]
    assert lines(duty, "directive") == []
