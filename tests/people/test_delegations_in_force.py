"""Delegations that run: who sees them, and who ends them before their time (DL-7)."""

from datetime import timedelta
from typing import Any

from backend.core.clock import to_wire
from tests.people.test_delegation import delegate
from tests.people.test_lists import pages
from tests.people.visitor import problem
from tests.support.world import Client, World

HOUR = timedelta(hours=1)


def listed(client: Client) -> list[dict[str, Any]]:
    """Return the delegations somebody is shown."""
    found: list[dict[str, Any]] = client.get("/api/delegations").get_json()["items"]
    return found


def end(client: Client, delegation: dict[str, Any]) -> Any:
    """Ask to end a delegation and return the answer."""
    return client.post(f"/api/delegations/{delegation['id']}/end", {"reason": "提前回院"})


def test_a_court_sees_its_own_delegations_from_their_giving_to_their_end(world: World) -> None:
    commander, duty = world.sign_in("binchuan.commander"), world.sign_in("binchuan.duty")
    delegate(world, world.sign_in("xiangyun.commander"), "xiangyun.leader", HOUR, 2 * HOUR)
    delegate(world, commander, "binchuan.leader", HOUR, 3 * HOUR)
    (shown,) = listed(duty)
    assert (shown["by"]["name"], shown["to"]["name"]) == (
        world.user("binchuan.commander").name,
        world.user("binchuan.leader").name,
    )
    assert shown["effective_until"] == to_wire(world.clock.now() + 3 * HOUR)
    assert listed(world.sign_in("dali.commander")) == []
    world.clock.instant += 3 * HOUR
    assert listed(duty) == []


def test_delegations_come_in_pages(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    for number in range(5):
        delegate(world, commander, "binchuan.leader", (2 * number + 1) * HOUR, (2 * number + 2) * HOUR)
    whole, small = (pages(commander, "/api/delegations", limit) for limit in (200, 2))
    assert [one for page in small for one in page] == whole[0]
    assert [len(page) for page in small] == [2, 2, 1]


def test_who_delegated_takes_command_back_at_once(world: World) -> None:
    commander, leader = world.sign_in("binchuan.commander"), world.sign_in("binchuan.leader")
    delegate(world, commander, "binchuan.leader", timedelta(0), 3 * HOUR)
    assert "commander" in leader.get("/api/me").get_json()["roles"]
    (shown,) = listed(commander)
    assert end(commander, shown).get_json()["effective_until"] == to_wire(world.clock.now())
    assert leader.get("/api/me").get_json()["roles"] == ["duty_leader"]
    assert listed(commander) == []
    assert problem(end(commander, shown)) == (409, "409.2")
    assert "commander" in commander.get("/api/me").get_json()["roles"], "the commander commands as before"


def test_the_security_administrator_ends_one_too_and_nobody_else(world: World) -> None:
    delegate(world, world.sign_in("binchuan.commander"), "binchuan.leader", timedelta(0), 3 * HOUR)
    (shown,) = listed(world.sign_in("binchuan.duty"))
    for account in ("binchuan.leader", "binchuan.duty", "dali.commander", "dali.secadmin"):
        assert problem(end(world.sign_in(account), shown)) == (403, "403.1"), account
    assert end(world.sign_in("binchuan.secadmin"), shown).status_code == 200


def test_an_appointment_is_no_delegation(world: World) -> None:
    security = world.sign_in("binchuan.secadmin")
    accounts = security.get("/api/accounts", limit=200).get_json()["items"]
    commander = next(one for one in accounts if one["account"] == "binchuan.commander")
    assert problem(end(world.sign_in("binchuan.commander"), commander["appointments"][0])) == (404, "404.1")
    assert problem(end(security, {"id": "nothing"})) == (404, "404.1")
