"""Sessions: opened by a password, a phone's key or an enrolment; kept by token hash; ended one by one or all at once."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from backend.core.clock import to_wire
from backend.core.database import Database, UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, Actor, room_of_user
from backend.core.problems import Problem
from backend.core.tables import ServerState
from backend.people.permissions import needs_second_factor
from backend.people.rules import (
    DEVICE_SESSION_LASTS,
    FAILURES_COUNT_FOR,
    PENDING_SESSION_LASTS,
    SESSION_LASTS,
    lock_after_failure,
    new_token,
    sha256_of,
)
from backend.people.tables import Device, Passkey, SignInFailure, SignInSession, TotpFactor, User
from backend.people.views import appointments_at


@dataclass(frozen=True)
class OpenedSession:
    """A session just opened: the cookie's value, and what is still missing before it counts."""

    id: str
    token: str
    state: str
    methods: list[str]
    lasts: timedelta


def factor_methods(session: Session, user_id: str) -> list[str]:
    """Return the second factors a person has: `totp`, `passkey`."""
    methods = []
    factor = session.get(TotpFactor, user_id)
    if factor is not None and factor.confirmed_at is not None:
        methods.append("totp")
    if session.execute(select(Passkey.credential_id).where(Passkey.user_id == user_id)).first():
        methods.append("passkey")
    return methods


def second_factor_needed(session: Session, user_id: str, at: datetime) -> bool:
    """Tell whether this person holds a desk role at the instant."""
    return needs_second_factor(row.role for row in appointments_at(session, user_id, at))


def state_of_session(session: Session, row: SignInSession, at: datetime) -> tuple[str, list[str]]:
    """Return `signed_in`, `second_factor_required` or `second_factor_setup_required`, and the methods there are."""
    if row.device_id or row.second_factor_at or not second_factor_needed(session, row.user_id, at):
        return "signed_in", []
    methods = factor_methods(session, row.user_id)
    return ("second_factor_required" if methods else "second_factor_setup_required"), methods


def open_session(work: UnitOfWork, user: User, device: Device | None = None) -> OpenedSession:
    """Open a session after a password was right or a phone proved its key."""
    token = new_token()
    row = SignInSession(
        id=new_identifier(),
        token_sha256=sha256_of(token),
        user_id=user.id,
        device_id=device.id if device else None,
        started_at=work.now,
        expires_at=work.now,
    )
    work.session.add(row)
    state, methods = state_of_session(work.session, row, work.now)
    lasts = (
        PENDING_SESSION_LASTS if state != "signed_in" else DEVICE_SESSION_LASTS if device else SESSION_LASTS
    )
    row.expires_at = work.now + lasts
    work.authorise_by_rule("the password or the device's key was right")
    work.audit(SYSTEM, "session.open", "person", user.id, user.court_id, device_id=row.device_id, state=state)
    return OpenedSession(row.id, token, state, methods, lasts)


def complete_session(work: UnitOfWork, row: SignInSession) -> timedelta:
    """Mark that the second factor was shown; return how long the session lasts from now."""
    row.second_factor_at = work.now
    row.expires_at = work.now + SESSION_LASTS
    row.challenge = None
    return SESSION_LASTS


def renew_token(row: SignInSession) -> str:
    """Give the session a new cookie and return it: one seen or planted before the second factor is worth nothing."""
    token = new_token()
    row.token_sha256 = sha256_of(token)
    return token


@dataclass(frozen=True)
class SessionFacts:
    """What decides whether a session counts, read in one query."""

    session_id: str
    user_id: str
    device_id: str | None
    expires_at: datetime
    second_factor_at: datetime | None
    closed_at: datetime | None
    device_revoked_at: datetime | None
    authority_version: int

    def is_open_at(self, at: datetime) -> bool:
        """Tell whether session, account and phone are all open at the instant."""
        return self.expires_at > at and self.closed_at is None and self.device_revoked_at is None


FACTS = (
    select(
        SignInSession.id,
        SignInSession.user_id,
        SignInSession.device_id,
        SignInSession.expires_at,
        SignInSession.second_factor_at,
        User.closed_at,
        Device.revoked_at,
        ServerState.authority_version,
    )
    .join(User, User.id == SignInSession.user_id)
    .join(ServerState, ServerState.id == 1)
    .outerjoin(Device, Device.id == SignInSession.device_id)
    .where(SignInSession.token_sha256 == bindparam("token_sha256"), SignInSession.ended_at.is_(None))
)
"""Built once: every request of everybody asks it."""


def session_facts(database: Database, token: str) -> SessionFacts | None:
    """Return the facts of the session behind a cookie, or None when there is none or it was ended."""
    found = database.look(FACTS, token_sha256=sha256_of(token))
    return SessionFacts(*found) if found is not None else None


def is_complete(facts: SessionFacts, actor: Actor) -> bool:
    """Tell whether the session counts: a desk role has shown its second factor, a phone has its key."""
    return bool(facts.device_id or facts.second_factor_at) or not needs_second_factor(actor.roles)


def find_session(session: Session, token: str, at: datetime) -> tuple[SignInSession, User] | None:
    """Return the open session behind a cookie and its person, or None."""
    found = session.execute(
        select(SignInSession, User, Device.revoked_at)
        .join(User, User.id == SignInSession.user_id)
        .outerjoin(Device, Device.id == SignInSession.device_id)
        .where(SignInSession.token_sha256 == sha256_of(token), SignInSession.ended_at.is_(None))
    ).first()
    if found is None or found[0].expires_at <= at or found[1].closed_at is not None or found[2] is not None:
        return None
    return found[0], found[1]


def end_sessions(work: UnitOfWork, actor: Actor, user: User, session_id: str | None = None) -> None:
    """End one session of a person, or all of them, at once; live sockets of theirs are closed by the event."""
    query = update(SignInSession).where(SignInSession.user_id == user.id, SignInSession.ended_at.is_(None))
    if session_id:
        query = query.where(SignInSession.id == session_id)
    work.session.execute(query.values(ended_at=work.now))
    work.audit(actor, "session.end", "person", user.id, user.court_id, everywhere=session_id is None)
    work.publish(
        "session.revoked",
        session_id or user.id,
        1,
        user.court_id,
        [room_of_user(user.id)],
        {"session_id": session_id},
    )


def refuse_locked(session: Session, account: str, at: datetime) -> None:
    """Raise 423.1 while the account is locked."""
    failure = session.get(SignInFailure, account)
    if failure is not None and failure.locked_until is not None and failure.locked_until > at:
        raise Problem("423.1", retry_after_s=math.ceil((failure.locked_until - at).total_seconds()))


def record_failure(work: UnitOfWork, account: str, court_id: str) -> None:
    """Count one failed sign-in, and lock the account when there were too many in a row.

    An unknown account (then `court_id` is empty) counts and locks like a known one.
    """
    work.session.execute(
        delete(SignInFailure).where(SignInFailure.last_failed_at <= work.now - FAILURES_COUNT_FOR)
    )
    insert = sqlite_insert if work.dialect == "sqlite" else postgresql_insert
    statement = insert(SignInFailure).values(account=account, failures=1, last_failed_at=work.now)
    counted = {"failures": SignInFailure.failures + 1, "last_failed_at": work.now}
    failures = work.session.execute(
        statement.on_conflict_do_update(index_elements=["account"], set_=counted).returning(
            SignInFailure.failures
        )
    ).scalar_one()
    if (locked_until := lock_after_failure(failures, work.now)) is None:
        return
    work.session.execute(
        update(SignInFailure)
        .where(SignInFailure.account == account)
        .values(locked_until=locked_until, failures=0)
    )
    work.audit(SYSTEM, "security.account_locked", "account", account, court_id, until=to_wire(locked_until))


def forget_failures(work: UnitOfWork, account: str) -> None:
    """Start counting anew after a sign-in that succeeded."""
    work.session.execute(delete(SignInFailure).where(SignInFailure.account == account))
