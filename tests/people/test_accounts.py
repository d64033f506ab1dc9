"""What the security administrator does with the accounts of the own court, and what follows for their people (BSS-3)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backend.core.clock import to_wire
from backend.core.tables import AuditEntry
from tests.people.test_lists import pages
from tests.people.visitor import Visitor, problem
from tests.support.rows import every_row
from tests.support.world import Client, World

OWN = "苍山的雪 洱海的月 三塔"


@pytest.fixture
def security(world: World) -> Client:
    """The security administrator of Binchuan."""
    return world.sign_in("binchuan.secadmin")


def create(security: Client, account: str = "binchuan.night", role: str | None = "duty_officer") -> Any:
    """Create an account and return the answer."""
    body = {"account": account, "name": "段雪梅", "sex": "woman", "court_id": "binchuan", "role": role}
    return security.post("/api/accounts", body)


def act(security: Client, world: World, account: str, what: str, **body: Any) -> Any:
    """Do something with the account of a person and return the answer."""
    return security.post(f"/api/accounts/{world.user(account).id}/{what}", body)


def shown(security: Client, account: str, state: str = "all") -> dict[str, Any]:
    """Return how the list shows an account."""
    items = security.get("/api/accounts", state=state, limit=200).get_json()["items"]
    return next(item for item in items if item["account"] == account)


def lines(world: World, action: str) -> list[AuditEntry]:
    """Return the audit lines of an action."""
    with world.database.reading() as work:
        return list(work.session.execute(select(AuditEntry).where(AuditEntry.action == action)).scalars())


def test_the_list_says_all_that_decides_whether_an_account_works(world: World, security: Client) -> None:
    Visitor(world, "binchuan.duty").sign_in()
    officer = Visitor(world, "binchuan.officer1")
    for _ in range(8):
        officer.give_password("not the password")
    duty = shown(security, "binchuan.duty")
    assert [row["role"] for row in duty["appointments"]] == ["duty_officer"]
    assert duty["second_factors"] == ["totp"] and duty["last_sign_in_at"] == to_wire(world.clock.now())
    assert (duty["locked_until"], duty["closed_at"], duty["must_change_password"]) == (None, None, False)
    locked = shown(security, "binchuan.officer1")
    assert locked["locked_until"] == to_wire(world.clock.now() + timedelta(minutes=15))
    assert (locked["closed_to_strangers"], locked["last_sign_in_at"]) == (False, None)
    assert locked["second_factors"] == []


def test_the_list_comes_in_pages_of_the_own_court_with_closed_accounts_apart(
    world: World, security: Client
) -> None:
    act(security, world, "binchuan.officer6", "close", reason="退休")
    whole = [one["account"] for page in pages(security, "/api/accounts", 200) for one in page]
    small = [one["account"] for page in pages(security, "/api/accounts", 4) for one in page]
    assert whole == small == sorted(whole)
    assert all(account.startswith("binchuan.") for account in whole)
    assert "binchuan.officer6" not in whole
    closed = security.get("/api/accounts", state="closed").get_json()["items"]
    assert [one["account"] for one in closed] == ["binchuan.officer6"]


def test_a_new_account_gets_a_password_that_is_shown_once_and_kept_nowhere(
    world: World, security: Client
) -> None:
    made = create(security)
    assert made.status_code == 201
    password = made.get_json()["initial_password"]
    assert len(password) == 19 and password not in repr(every_row(world.database))
    account = shown(security, "binchuan.night")
    assert account["must_change_password"] and account["second_factors"] == []
    assert password not in security.get("/api/accounts", limit=200).get_data(as_text=True)
    assert create(security, role=None).status_code == 409
    assert problem(create(security, "night")) == (422, "422.1")
    assert [line.actor_name for line in lines(world, "person.create")][-1] == world.user(
        security.account
    ).name


def test_a_forgotten_password_is_replaced_by_an_initial_one(world: World, security: Client) -> None:
    officer = Visitor(world, "binchuan.officer1")
    officer.give_password()
    given = act(security, world, "binchuan.officer1", "initial-password").get_json()
    assert problem(officer.get("/api/me")) == (401, "401.1")
    assert problem(officer.give_password()) == (401, "401.2")
    assert officer.give_password(given["initial_password"]).get_json()["state"] == "password_change_required"
    assert lines(world, "person.set_password")[0].detail == {"initial": True}


def test_closing_an_account_ends_its_sessions_and_revokes_its_phones(world: World, security: Client) -> None:
    desk, phone = world.sign_in("binchuan.officer1"), world.phone("binchuan.officer1")
    colleague = world.phone("binchuan.officer2")
    assert act(security, world, "binchuan.officer1", "close", reason="调离本院").status_code == 200
    assert problem(desk.get("/api/me")) == problem(phone.get("/api/me")) == (401, "401.1")
    assert colleague.get("/api/me").status_code == 200
    asked = {"device_id": phone.device_id}
    refused = world.anonymous().post("/api/sign-in/device/challenge", json=asked)
    assert problem(refused) == (403, "403.3") and "调离本院" in refused.get_json()["zh"]
    assert problem(Visitor(world, "binchuan.officer1").give_password()) == (401, "401.2")
    assert [line.detail for line in lines(world, "person.close")] == [{"reason": "调离本院"}]
    assert len(lines(world, "device.revoke")) == 1


def test_a_reopened_account_has_an_initial_password_its_roles_and_no_phone(
    world: World, security: Client
) -> None:
    phone, user_id = world.phone("binchuan.officer1"), world.user("binchuan.officer1").id
    path = f"/api/accounts/{user_id}"
    assert problem(security.post(f"{path}/reopen")) == (409, "409.2")
    security.post(f"{path}/close", {"reason": "借调"})
    assert problem(security.post(f"{path}/close", {"reason": "借调"})) == (409, "409.2")
    assert problem(security.post(f"{path}/initial-password")) == (409, "409.2")
    body = {"role": "liaison", "court_id": "binchuan"}
    assert problem(security.post(f"{path}/appointments", body)) == (409, "409.2")
    given = security.post(f"{path}/reopen").get_json()
    back = Visitor(world, "binchuan.officer1")
    assert back.give_password(given["initial_password"]).get_json()["state"] == "password_change_required"
    assert back.post("/api/sign-in/password", {"new_password": OWN}).get_json()["state"] == "signed_in"
    assert back.get("/api/me").get_json()["roles"] == ["officer"]
    assert problem(phone.get("/api/me")) == (401, "401.1")


def test_a_second_factor_that_was_reset_is_set_up_anew(world: World, security: Client) -> None:
    duty = Visitor(world, "binchuan.duty").sign_in()
    assert act(security, world, "binchuan.duty", "reset-second-factor").get_json()["second_factors"] == []
    assert problem(duty.get("/api/me")) == (401, "401.1")
    assert duty.give_password().get_json()["state"] == "second_factor_setup_required"


def test_an_account_is_unlocked_for_every_address(world: World, security: Client) -> None:
    officer = Visitor(world, "binchuan.officer1")
    for _ in range(8):
        officer.give_password("not the password")
    assert act(security, world, "binchuan.officer1", "unlock").get_json()["locked_until"] is None
    assert officer.give_password().status_code == 200
    assert [line.court_id for line in lines(world, "person.unlock")] == ["binchuan"]


def test_a_role_counts_from_its_first_instant_and_until_it_is_ended(world: World, security: Client) -> None:
    officer, hour = world.sign_in("binchuan.officer1"), timedelta(hours=1)
    begins = to_wire(world.clock.now() + hour)
    body = {"role": "duty_officer", "court_id": "binchuan", "effective_from": begins}
    made = act(security, world, "binchuan.officer1", "appointments", **body).get_json()
    assert problem(officer.get("/api/board")) == (403, "403.1")
    world.clock.instant += hour
    assert officer.get("/api/board").status_code == 200
    ended = security.post(f"/api/appointments/{made['id']}/end", {"reason": "轮岗"})
    assert ended.get_json()["effective_until"] == to_wire(world.clock.now())
    assert problem(officer.get("/api/board")) == (403, "403.1")
    again = security.post(f"/api/appointments/{made['id']}/end", {"reason": "轮岗"})
    assert problem(again) == (409, "409.2")
    assert lines(world, "person.end_appointment")[0].detail == {"role": "duty_officer", "reason": "轮岗"}


def test_a_role_ended_before_it_began_never_begins(world: World, security: Client) -> None:
    officer, day = world.sign_in("binchuan.officer1"), timedelta(days=1)
    begins = to_wire(world.clock.now() + day / 4)
    body = {"role": "duty_officer", "court_id": "binchuan", "effective_from": begins}
    made = act(security, world, "binchuan.officer1", "appointments", **body).get_json()
    assert security.post(f"/api/appointments/{made['id']}/end", {"reason": "改派"}).status_code == 200
    world.clock.instant += day / 3
    assert problem(officer.get("/api/board")) == (403, "403.1")


def test_which_appointments_are_refused(world: World, security: Client) -> None:
    def try_to_appoint(account: str, role: str, court_id: str = "binchuan", **times: Any) -> tuple[int, str]:
        body = {"role": role, "court_id": court_id, **times}
        return problem(act(security, world, account, "appointments", **body))

    past = to_wire(world.clock.now() - timedelta(days=1))
    assert try_to_appoint("binchuan.duty", "audit_administrator") == (409, "409.2")
    assert try_to_appoint("binchuan.duty", "duty_officer") == (409, "409.3")
    assert try_to_appoint("binchuan.duty", "commander", "dali") == (403, "403.1")
    assert try_to_appoint("binchuan.duty", "commander", effective_until=past) == (422, "422.1")
    assert try_to_appoint("binchuan.duty", "king") == (422, "422.1")
    assert try_to_appoint("xiangyun.duty", "commander") == (403, "403.1")


def test_nobody_manages_their_own_account(world: World, security: Client) -> None:
    mine = shown(security, "binchuan.secadmin")
    for what, body in (
        ("close", {"reason": "x"}),
        ("reopen", {}),
        ("initial-password", {}),
        ("reset-second-factor", {}),
        ("unlock", {}),
        ("end-sessions", {}),
        ("appointments", {"role": "commander", "court_id": "binchuan"}),
    ):
        refused = act(security, world, "binchuan.secadmin", what, **body)
        assert problem(refused) == (403, "403.1"), what
        assert "本人" in refused.get_json()["zh"]
    end = security.post(f"/api/appointments/{mine['appointments'][0]['id']}/end", {"reason": "x"})
    assert problem(end) == (403, "403.1")
    assert shown(security, "binchuan.secadmin") == mine


def test_sessions_of_somebody_end_everywhere(world: World, security: Client) -> None:
    desk, phone = world.sign_in("binchuan.officer1"), world.phone("binchuan.officer1")
    assert act(security, world, "binchuan.officer1", "end-sessions").status_code == 200
    assert problem(desk.get("/api/me")) == problem(phone.get("/api/me")) == (401, "401.1")
    assert security.get("/api/me").status_code == 200
