"""Named selects for the security administrator: accounts with all that decides whether they work, and delegations."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.people.lockout import Guesses, guesses_at
from backend.people.tables import Appointment, Passkey, TotpFactor, User
from backend.people.views import user_names


def accounts_of_courts(
    session: Session, court_ids: Collection[str], *, closed: bool | None, limit: int, after: str | None
) -> list[User]:
    """Return the accounts of the courts by name, from after an account; `closed` None: open and closed ones."""
    query = select(User).where(User.court_id.in_(court_ids))
    if closed is not None:
        query = query.where(User.closed_at.is_not(None) if closed else User.closed_at.is_(None))
    if after is not None:
        query = query.where(User.account > after)
    return list(session.execute(query.order_by(User.account).limit(limit)).scalars())


def describe_accounts(session: Session, users: Collection[User], at: datetime) -> list[dict[str, Any]]:
    """Return the shape `AccountShape` of each person, with the appointments that have not ended."""
    user_ids = [user.id for user in users]
    appointments = open_appointments(session, user_ids, at)
    factors = factors_of(session, user_ids)
    guesses = guesses_at(session, [user.account for user in users], at)
    return [
        describe_account(
            user,
            [row for row in appointments if row.user_id == user.id],
            factors.get(user.id, []),
            guesses[user.account],
        )
        for user in users
    ]


def describe_account(
    user: User, appointments: list[Appointment], factors: list[str], guesses: Guesses
) -> dict[str, Any]:
    """Return the shape `AccountShape` of one person."""
    return {
        "id": user.id,
        "account": user.account,
        "name": user.name,
        "sex": user.sex,
        "court_id": user.court_id,
        "appointments": [describe_appointment(row) for row in appointments],
        "second_factors": factors,
        "must_change_password": user.initial_password_at is not None,
        "locked_until": guesses.locked_until,
        "closed_to_strangers": guesses.closed_to_strangers,
        "created_at": user.created_at,
        "last_sign_in_at": user.last_sign_in_at,
        "closed_at": user.closed_at,
    }


def describe_appointment(row: Appointment) -> dict[str, Any]:
    """Return the shape `AppointmentShape`."""
    return {
        "id": row.id,
        "user_id": row.user_id,
        "role": row.role,
        "court_id": row.court_id,
        "effective_from": row.effective_from,
        "effective_until": row.effective_until,
        "delegated": row.delegated_by is not None,
    }


def open_appointments(session: Session, user_ids: Collection[str], at: datetime) -> list[Appointment]:
    """Return what these people are appointed to now or from a later day, oldest first."""
    rows = session.execute(
        select(Appointment)
        .where(
            Appointment.user_id.in_(user_ids),
            Appointment.effective_until.is_(None) | (Appointment.effective_until > at),
        )
        .order_by(Appointment.effective_from, Appointment.id)
    )
    return list(rows.scalars())


def factors_of(session: Session, user_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the kinds of second factor each person has set up."""
    found: dict[str, list[str]] = {}
    totp = select(TotpFactor.user_id).where(
        TotpFactor.user_id.in_(user_ids), TotpFactor.confirmed_at.is_not(None)
    )
    passkeys = select(Passkey.user_id).where(Passkey.user_id.in_(user_ids)).distinct()
    for kind, query in (("totp", totp), ("passkey", passkeys)):
        for user_id in session.execute(query).scalars():
            found.setdefault(user_id, []).append(kind)
    return found


def delegations_at(
    session: Session, court_id: str, at: datetime, *, limit: int, after: str | None
) -> list[Appointment]:
    """Return the delegations of a court that are in force or still to begin, in the order they were given."""
    query = select(Appointment).where(
        Appointment.court_id == court_id,
        Appointment.delegated_by.is_not(None),
        Appointment.effective_until > at,
    )
    if after is not None:
        query = query.where(Appointment.id > after)
    return list(session.execute(query.order_by(Appointment.id).limit(limit)).scalars())


def describe_delegations(session: Session, rows: Collection[Appointment]) -> list[dict[str, Any]]:
    """Return the shape `GivenDelegation` of each delegation."""
    people = {user_id for row in rows for user_id in (row.user_id, row.delegated_by) if user_id}
    names = user_names(session, people)
    return [
        {
            "id": row.id,
            "court_id": row.court_id,
            "to": {"id": row.user_id, "name": names[row.user_id]},
            "by": {"id": row.delegated_by, "name": names[str(row.delegated_by)]},
            "effective_from": row.effective_from,
            "effective_until": row.effective_until,
            "reason": row.reason,
        }
        for row in rows
    ]
