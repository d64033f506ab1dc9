"""Commands on accounts: what whoever runs the installation does for somebody who cannot get in, or must not any more."""

import re

import pytest
from sqlalchemy import select

from backend.core.tables import AuditEntry
from tests.cli.running import Run, is_one_sentence
from tests.people.visitor import Visitor, problem
from tests.support.rows import digest_of_state
from tests.support.world import World

OWN = "a password of one's own"
NEW_PERSON = (
    *("--name", "段新", "--court", "binchuan", "--role", "officer", "--sex", "man"),
    *("--password", "a long password"),
)
ACCOUNT_COMMANDS = (
    ("set-password", "--password", "a long password"),
    ("reset-second-factor",),
    ("unlock-account",),
    ("end-sessions",),
    ("close-account", "--reason", "调离"),
    ("reopen-account",),
    ("appoint", "liaison"),
    ("end-appointment", "duty_officer"),
)


def actions(world: World) -> list[str]:
    """Return what the audit log says was done by the software itself since the demo was loaded, newest first."""
    with world.database.reading() as work:
        lines = (
            select(AuditEntry.action).where(AuditEntry.actor_id == "system").order_by(AuditEntry.id.desc())
        )
        return list(work.session.execute(lines.limit(3)).scalars())


def may_use_desk(world: World, account: str) -> bool:
    """Tell whether a person holds a desk role now, by the permissions shown to them."""
    return "board.read" in world.actor(account).reach


@pytest.mark.parametrize("command", ACCOUNT_COMMANDS, ids=lambda command: command[0])
def test_an_account_nobody_has_is_one_sentence(run: Run, demo: World, command: tuple[str, ...]) -> None:
    before = digest_of_state(demo.database)
    refused = run(command[0], "binchuan.nobody", *command[1:])
    assert is_one_sentence(refused) and "binchuan.nobody" in refused.output
    assert digest_of_state(demo.database) == before


def test_another_password_ends_every_session_and_the_old_one_is_worth_nothing(run: Run, demo: World) -> None:
    officer = Visitor(demo, "binchuan.officer1")
    officer.give_password()
    colleague = demo.sign_in("binchuan.duty")
    assert run("set-password", "binchuan.officer1", "--password", "-", input=f"{OWN}\n").exit_code == 0
    assert problem(officer.get("/api/me")) == (401, "401.1")
    assert colleague.get("/api/me").status_code == 200
    assert problem(officer.give_password()) == (401, "401.2")
    assert officer.give_password(OWN).get_json()["state"] == "signed_in"
    assert {"person.set_password", "session.end"} <= set(actions(demo))


def test_a_password_that_is_asked_for_is_asked_for_twice(run: Run, demo: World) -> None:
    assert run("set-password", "binchuan.officer1", input=f"{OWN}\nanother\n").exit_code == 1
    asked = run("set-password", "binchuan.officer1", input=f"{OWN}\n{OWN}\n")
    assert asked.exit_code == 0 and OWN not in asked.output
    assert is_one_sentence(run("set-password", "binchuan.officer1", "--password", "short"))


def test_an_initial_password_opens_nothing_but_its_own_change(run: Run, demo: World) -> None:
    run("set-password", "binchuan.officer1", "--initial", "--password", "-", input=f"{OWN}\n")
    officer = Visitor(demo, "binchuan.officer1")
    assert officer.give_password(OWN).get_json()["state"] == "password_change_required"
    assert problem(officer.get("/api/me")) == (401, "401.1")


def test_a_second_factor_that_was_reset_is_set_up_at_the_next_sign_in(run: Run, demo: World) -> None:
    duty = Visitor(demo, "binchuan.duty").sign_in()
    assert run("reset-second-factor", "binchuan.duty").exit_code == 0
    assert problem(duty.get("/api/me")) == (401, "401.1")
    assert duty.give_password().get_json()["state"] == "second_factor_setup_required"
    assert "second_factor.reset" in actions(demo)


def test_a_locked_account_is_unlocked(run: Run, demo: World) -> None:
    officer = Visitor(demo, "binchuan.officer1")
    for _ in range(8):
        officer.give_password("not the password")
    assert problem(officer.give_password()) == (423, "423.1")
    assert run("unlock-account", "binchuan.officer1").exit_code == 0
    assert officer.give_password().status_code == 200


def test_sessions_are_ended_on_every_desk_and_phone(run: Run, demo: World) -> None:
    desk, phone = demo.sign_in("binchuan.officer1"), demo.phone("binchuan.officer1")
    assert run("end-sessions", "binchuan.officer1").exit_code == 0
    assert problem(desk.get("/api/me")) == problem(phone.get("/api/me")) == (401, "401.1")


def test_a_closed_account_is_out_at_once_and_comes_back_with_an_initial_password_and_no_phone(
    run: Run, demo: World
) -> None:
    desk, phone = demo.sign_in("binchuan.officer1"), demo.phone("binchuan.officer1")
    assert run("close-account", "binchuan.officer1").exit_code == 2, "a reason is asked for"
    assert run("close-account", "binchuan.officer1", "--reason", "调离").exit_code == 0
    assert problem(desk.get("/api/me")) == problem(phone.get("/api/me")) == (401, "401.1")
    for command in (
        ("close-account", "binchuan.officer1", "--reason", "again"),
        ("set-password", "binchuan.officer1", "--password", "a long password"),
        ("appoint", "binchuan.officer1", "team_leader"),
        ("create-user", "binchuan.officer1", *NEW_PERSON),
    ):
        assert is_one_sentence(run(*command)), command

    reopened = run("reopen-account", "binchuan.officer1")
    password = re.search(r"initial password: (\S+)", reopened.output)
    assert reopened.exit_code == 0 and password is not None
    assert is_one_sentence(run("reopen-account", "binchuan.officer1"))
    back = Visitor(demo, "binchuan.officer1")
    assert problem(back.give_password()) == (401, "401.2"), "the former password is worth nothing"
    assert back.give_password(password[1]).get_json()["state"] == "password_change_required"
    challenge = {"device_id": phone.device_id}
    assert problem(back.post("/api/sign-in/device/challenge", challenge)) == (403, "403.3")


def test_an_appointment_begins_and_ends_on_its_days(run: Run, demo: World) -> None:
    appointed = run(
        "appoint", "binchuan.officer1", "liaison", "--from", "2026-03-04", "--until", "2026-03-05"
    )
    assert appointed.exit_code == 0
    held = []
    for moment in ("03-03T15:59:59", "03-03T16:00:00", "03-05T15:59:59", "03-05T16:00:00"):
        demo.clock.instant = demo.clock.instant.fromisoformat(f"2026-{moment}+00:00")
        held.append(may_use_desk(demo, "binchuan.officer1"))
    assert held == [False, True, True, False], "midnight to midnight in Beijing, the last day included"


def test_an_appointment_is_ended_at_once(run: Run, demo: World) -> None:
    # The command asks the machine's clock, and the demo's roles have no end.
    assert may_use_desk(demo, "binchuan.duty")
    assert run("end-appointment", "binchuan.duty", "duty_officer", "--reason", "轮岗").exit_code == 0
    assert "person.end_appointment" in actions(demo)
    ended = run("end-appointment", "binchuan.duty", "duty_officer")
    assert is_one_sentence(ended) and "duty_officer" in ended.output


def test_roles_that_must_be_apart_or_are_held_already_are_refused(run: Run, demo: World) -> None:
    before = digest_of_state(demo.database)
    for words in (
        ("binchuan.duty", "security_administrator"),
        ("binchuan.sysadmin", "officer"),
        ("binchuan.duty", "duty_officer"),
        ("binchuan.duty", "liaison", "--court", "atlantis"),
        ("binchuan.duty", "liaison", "--from", "2026-03-05", "--until", "2026-03-04"),
    ):
        assert is_one_sentence(run("appoint", *words)), words
    assert run("appoint", "binchuan.duty", "king").exit_code == 2
    assert digest_of_state(demo.database) == before
