"""Who may stand in a shift: an open account of that court, and at the desk a role that keeps the duty (BSS-6)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.duty.rules import SITS_AT_THE_DESK, DutyFunction
from backend.people.permissions import PERMISSION_MAP, Permission, Role
from backend.people.views import appointments_during, find_user

DESK_ROLES = frozenset(role for role, held in PERMISSION_MAP.items() if Permission.DUTY_KEEP in held)


def leads_the_duty(actor: Actor, court_id: str) -> bool:
    """Tell whether somebody leads the duty of a court: keeps it and plans it (duty leader, commander)."""
    return actor.may(Permission.DUTY_KEEP, court_id) and actor.may(Permission.ROSTER_MANAGE, court_id)


def demand_leader(actor: Actor, court_id: str) -> None:
    """Raise 403.1 unless the actor leads the duty of the court."""
    actor.demand(Permission.DUTY_KEEP, court_id)
    actor.demand(Permission.ROSTER_MANAGE, court_id)


def demand_fit(
    session: Session,
    court_id: str,
    people: Iterable[tuple[str, DutyFunction]],
    begin: datetime,
    end: datetime,
) -> None:
    """Raise 422.1 with the reason when one of the people (id, function) cannot stand in a shift of these times."""
    for user_id, function in people:
        user = find_user(session, user_id)
        if user is None or user.court_id != court_id or user.closed_at is not None:
            name = user.name if user is not None and user.court_id == court_id else user_id
            raise _unfit(f"{name} 不是本院在用账号", f"{name} has no open account of this court", user_id)
        if function in SITS_AT_THE_DESK and not _keeps_duty(session, user_id, court_id, begin, end):
            raise _unfit(
                f"{user.name} 没有值班台岗位，可作技术人员或备勤",
                f"{user.name} holds no role of the duty desk; technician and standby are possible",
                user_id,
            )


def demand_keeper(session: Session, court_id: str, user_id: str, now: datetime) -> None:
    """Raise 403.1 for who holds no role of the duty desk now: a roster may be older than an appointment's end.

    Asked of the appointments and not of the session, for a phone's session holds less than its owner.
    """
    if not _keeps_duty(session, user_id, court_id, now, now):
        raise Problem(
            "403.1", "现无值班台岗位，不能接班", "Holds no role of the duty desk now, and takes nothing over"
        )


def _keeps_duty(session: Session, user_id: str, court_id: str, begin: datetime, end: datetime) -> bool:
    """Tell whether a role of the desk is held during the whole of the times; one role need not last alone."""
    spells = [
        (row.effective_from, row.effective_until)
        for row in appointments_during(session, user_id, begin, end)
        if row.court_id == court_id and Role(row.role) in DESK_ROLES
    ]
    covered = begin
    for since, until in sorted(spells, key=lambda spell: spell[0]):
        if since > covered:
            return False
        if until is None or until >= end:
            return True
        covered = max(covered, until)
    return False


def _unfit(zh: str, en: str, user_id: str) -> Problem:
    return Problem("422.1", zh, en, fields={"people": [user_id]})
