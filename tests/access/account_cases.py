"""Who may call what: accounts, appointments, delegations in force, passwords and the audit log."""

from collections.abc import Callable
from datetime import timedelta

from backend.core.clock import to_wire
from tests.access.case import (
    AUDITOR,
    CLERK,
    COMMANDER,
    COMMANDER_ELSEWHERE,
    DUTY,
    LEADER,
    MINE,
    OFFICER,
    SYSTEM_ADMINISTRATOR,
    Case,
    at,
)
from tests.access.stage import COURT, Ask, Stage
from tests.conftest import PASSWORD

SECURITY, AUDIT = "binchuan.secadmin", "binchuan.audadmin"
NOT_SECURITY = (OFFICER, DUTY, COMMANDER, CLERK, SYSTEM_ADMINISTRATOR, AUDIT, AUDITOR)
SECURITY_ELSEWHERE = ("dali.secadmin", "baishishan.secadmin")


def new_account(stage: Stage) -> Ask:
    """Ask for an account that nobody has yet."""
    stage.serial += 1
    person = {"account": f"{COURT}.made{stage.serial}", "name": "段新", "sex": "woman", "court_id": COURT}
    return Ask("/api/accounts", {**person, "role": "officer"})


def made_account(stage: Stage) -> str:
    """Create an officer of Binchuan and return the id."""
    made = stage.client(SECURITY).post("/api/accounts", new_account(stage).body)
    assert made.status_code == 201, made.get_data(as_text=True)
    return str(made.get_json()["account"]["id"])


def closed_account(stage: Stage) -> str:
    """Create an account, close it, and return the id."""
    user_id = made_account(stage)
    closed = stage.client(SECURITY).post(f"/api/accounts/{user_id}/close", {"reason": "调离"})
    assert closed.status_code == 200
    return user_id


def appointment(stage: Stage) -> str:
    """Appoint a new officer to a second role and return the appointment's id."""
    body = {"role": "team_leader", "court_id": COURT}
    made = stage.client(SECURITY).post(f"/api/accounts/{made_account(stage)}/appointments", body)
    assert made.status_code == 201
    return str(made.get_json()["id"])


def delegation(stage: Stage) -> str:
    """Let Binchuan's commander delegate on a day nobody asked for yet, and return the delegation's id."""
    stage.serial += 1
    day = stage.world.clock.now() + timedelta(days=1_000 + stage.serial)
    times = {"effective_from": to_wire(day), "effective_until": to_wire(day + timedelta(hours=8))}
    body = {"user_id": stage.user_id("binchuan.liaison"), "reason": "会议", **times}
    made = stage.client(COMMANDER).post("/api/delegations", body)
    assert made.status_code == 201
    return str(made.get_json()["id"])


def on_account(
    act: str, made: Callable[[Stage], str] = made_account, status: int = 200, **body: object
) -> Case:
    """Return the row of an act on an account made for it."""
    return Case(
        "POST",
        f"/api/accounts/<user_id>/{act}",
        SECURITY,
        lambda stage: Ask(f"/api/accounts/{made(stage)}/{act}", body or None),
        NOT_SECURITY,
        SECURITY_ELSEWHERE,
        status=status,
    )


ACCOUNT_CASES = (
    Case("GET", "/api/accounts", SECURITY, at("/api/accounts"), NOT_SECURITY, elsewhere="dali.secadmin"),
    Case(
        "POST",
        "/api/accounts",
        SECURITY,
        new_account,
        NOT_SECURITY,
        SECURITY_ELSEWHERE,
        status=201,
    ),
    on_account("close", reason="调离"),
    on_account("reopen", closed_account),
    on_account("initial-password"),
    on_account("reset-second-factor"),
    on_account("unlock"),
    on_account("end-sessions"),
    on_account("appointments", status=201, role="team_leader", court_id=COURT),
    Case(
        "POST",
        "/api/appointments/<appointment_id>/end",
        SECURITY,
        lambda stage: Ask(f"/api/appointments/{appointment(stage)}/end", {"reason": "轮岗"}),
        NOT_SECURITY,
        SECURITY_ELSEWHERE,
    ),
    Case(
        "GET",
        "/api/delegations",
        DUTY,
        at("/api/delegations", after=delegation),
        (OFFICER, CLERK, AUDITOR, SYSTEM_ADMINISTRATOR),
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/delegations/<appointment_id>/end",
        COMMANDER,
        lambda stage: Ask(f"/api/delegations/{delegation(stage)}/end", {"reason": "会议取消"}),
        (OFFICER, DUTY, LEADER, CLERK, SYSTEM_ADMINISTRATOR, AUDIT, AUDITOR),
        (*COMMANDER_ELSEWHERE, "dali.commander", *SECURITY_ELSEWHERE),
    ),
    Case(
        "POST",
        "/api/password",
        "fresh binchuan.officer5",
        lambda _stage: Ask(
            "/api/password", {"current_password": PASSWORD, "new_password": f"{PASSWORD} of my own"}
        ),
        elsewhere="fresh xiangyun.officer2",
        everybody_because=MINE,
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/audit",
        AUDIT,
        at("/api/audit", after=Stage.lead),
        (OFFICER, DUTY, COMMANDER, CLERK, SECURITY, SYSTEM_ADMINISTRATOR),
        elsewhere="baishishan.audadmin",
    ),
)
