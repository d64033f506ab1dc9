"""Acting commanders (代理指挥长): what a dated delegation allows, from its first second to its last (BSS-3, DL-7)."""

from datetime import timedelta
from typing import Any

from backend.core.clock import to_wire
from tests.people.visitor import problem
from tests.support.rows import every_row
from tests.support.world import Client, World

HOUR = timedelta(hours=1)


def delegate(world: World, by: Client, account: str, begins: timedelta, ends: timedelta) -> Any:
    """Delegate command to somebody from and until so long from now, and return the response."""
    now = world.clock.now()
    return by.post(
        "/api/delegations",
        {
            "user_id": world.user(account).id,
            "effective_from": to_wire(now + begins),
            "effective_until": to_wire(now + ends),
            "reason": "赴省高院开会",
        },
    )


def test_the_delegate_commands_from_the_first_second_until_the_last(world: World) -> None:
    commander, leader = world.sign_in("binchuan.commander"), world.sign_in("binchuan.leader")
    assert delegate(world, commander, "binchuan.leader", HOUR, 3 * HOUR).status_code == 201

    def may_delegate() -> bool:
        return "delegate" in leader.get("/api/me").get_json()["permissions"]

    assert not may_delegate()
    world.clock.instant += HOUR - timedelta(microseconds=1)
    assert not may_delegate()
    world.clock.instant += timedelta(microseconds=1)
    assert may_delegate()
    assert "commander" in leader.get("/api/me").get_json()["roles"]
    world.clock.instant += 2 * HOUR - timedelta(microseconds=1)
    assert may_delegate()
    world.clock.instant += timedelta(microseconds=1)
    assert not may_delegate()
    assert leader.get("/api/board").status_code == 200, "what the duty leader may do by itself stays"


def test_an_officer_made_acting_commander_must_come_back_with_a_second_factor(world: World) -> None:
    commander, officer = world.sign_in("binchuan.commander"), world.anonymous()
    body = {"account": "binchuan.officer1", "password": "correct horse battery"}
    assert officer.post("/api/sign-in", json=body).get_json()["state"] == "signed_in"
    delegate(world, commander, "binchuan.officer1", HOUR, 2 * HOUR)
    assert officer.get("/api/me").status_code == 200
    world.clock.instant += HOUR
    assert problem(officer.get("/api/me")) == (401, "401.1")
    assert officer.post("/api/sign-in", json=body).get_json()["state"] == "second_factor_setup_required"
    world.clock.instant += HOUR
    assert officer.post("/api/sign-in", json=body).get_json()["state"] == "signed_in"


def test_a_phone_session_goes_on_and_gains_nothing(world: World) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone("binchuan.officer1")
    delegate(world, commander, "binchuan.officer1", timedelta(0), HOUR)
    assert phone.get("/api/me").get_json()["roles"] == ["officer"]
    assert problem(phone.get("/api/board")) == (403, "403.1")


def test_who_may_be_delegated_to_and_for_which_times(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    assert problem(delegate(world, commander, "binchuan.commander", HOUR, 2 * HOUR)) == (409, "409.3")
    assert problem(delegate(world, commander, "xiangyun.leader", HOUR, 2 * HOUR)) == (403, "403.1")
    assert problem(delegate(world, commander, "binchuan.sysadmin", HOUR, 2 * HOUR)) == (409, "409.2")
    assert problem(delegate(world, commander, "binchuan.leader", 2 * HOUR, HOUR)) == (422, "422.1")
    assert problem(delegate(world, commander, "binchuan.leader", HOUR, HOUR)) == (422, "422.1")
    assert problem(delegate(world, commander, "binchuan.leader", -2 * HOUR, -HOUR)) == (422, "422.1")
    assert [row for row in every_row(world.database)["appointment"] if "赴省高院开会" in row] == []


def test_a_delegation_never_begins_in_the_past(world: World) -> None:
    answer = delegate(world, world.sign_in("binchuan.commander"), "binchuan.leader", -HOUR, HOUR)
    assert answer.get_json()["effective_from"] == to_wire(world.clock.now())


def test_only_the_commander_delegates_and_no_delegate_does(world: World) -> None:
    for account in ("binchuan.leader", "binchuan.duty", "binchuan.liaison"):
        assert problem(delegate(world, world.sign_in(account), "binchuan.leader", HOUR, 2 * HOUR)) == (
            403,
            "403.1",
        )
    commander = world.sign_in("binchuan.commander")
    delegate(world, commander, "binchuan.leader", timedelta(0), HOUR)
    acting = world.sign_in("binchuan.leader")
    assert "delegate" in acting.get("/api/me").get_json()["permissions"]
    assert problem(delegate(world, acting, "binchuan.duty", timedelta(0), 9 * HOUR)) == (403, "403.1")


def test_a_team_change_shows_at_once_in_a_session_that_is_known_already(world: World) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone("binchuan.officer6")
    assert [team["name"] for team in phone.get("/api/me").get_json()["teams"]] == ["快反三组"]
    first = world.team("binchuan")
    commander.post(f"/api/teams/{first}/members", {"user_id": phone.user_id, "duty": "driver"})
    assert len(phone.get("/api/me").get_json()["teams"]) == 2
    commander.delete(f"/api/teams/{first}/members/{phone.user_id}")
    assert len(phone.get("/api/me").get_json()["teams"]) == 1


def test_a_court_that_ends_takes_its_reach_with_it_at_that_second(world: World) -> None:
    from backend.courts.tables import Court

    dali, binchuan = world.sign_in("dali.commander"), world.sign_in("binchuan.commander")
    with world.database.writing() as work:
        work.authorise_by_rule("the test stands in for a merger of courts")
        court = work.session.get_one(Court, "binchuan")
        court.effective_until = work.now + HOUR
        from backend.core.outbox import authority_changed
        from backend.core.permissions import SYSTEM

        authority_changed(work)
        work.audit(SYSTEM, "court.end", "court", court.id, court.id)
    people = "/api/courts/binchuan/people"
    assert dali.get(people).status_code == 200
    world.clock.instant += HOUR - timedelta(microseconds=1)
    assert dali.get(people).status_code == 200
    world.clock.instant += timedelta(microseconds=1)
    assert problem(dali.get(people)) == (403, "403.1")
    assert problem(binchuan.get("/api/board")) == (403, "403.1")
    assert binchuan.get("/api/courts").get_json()["items"] == []
