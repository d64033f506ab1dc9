"""Sessions: opened by a password, a phone's key or an enrolment; kept by token hash; ended one by one or all at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from backend.core.database import Database, UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, Actor, room_of_user
from backend.core.tables import ServerState
from backend.people.events import PhoneLeft
from backend.people.permissions import needs_second_factor
from backend.people.rules import (
    DEVICE_SESSION_LASTS,
    PENDING_SESSION_LASTS,
    SESSION_LASTS,
    new_token,
    sha256_of,
)
from backend.people.tables import Device, Passkey, SignInSession, TotpFactor, User
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
    """Return `signed_in`, or what is missing: `second_factor_required`, `second_factor_setup_required` (with the
    methods there are), or at last `password_change_required`. A phone's key is enough by itself.
    """
    if row.device_id:
        return "signed_in", []
    if not row.second_factor_at and second_factor_needed(session, row.user_id, at):
        methods = factor_methods(session, row.user_id)
        return ("second_factor_required" if methods else "second_factor_setup_required"), methods
    if session.get_one(User, row.user_id).initial_password_at is not None:
        return "password_change_required", []
    return "signed_in", []


def open_session(
    work: UnitOfWork, user: User, device: Device | None = None, address: str | None = None
) -> OpenedSession:
    """Open a session after a password was right, at the address of the desk, or a phone proved its key."""
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
    if state == "signed_in":
        note_sign_in(work, row, address)
    work.authorise_by_rule("the password or the device's key was right")
    work.audit(SYSTEM, "session.open", "person", user.id, user.court_id, device_id=row.device_id, state=state)
    return OpenedSession(row.id, token, state, methods, lasts)


def note_sign_in(work: UnitOfWork, row: SignInSession, address: str | None) -> None:
    """Write that a sign-in is complete, and from which address; the caller writes its audit line."""
    row.address = address
    work.session.execute(update(User).where(User.id == row.user_id).values(last_sign_in_at=work.now))


def complete_session(
    work: UnitOfWork, row: SignInSession, address: str | None = None
) -> tuple[str, timedelta]:
    """Mark that the second factor was shown; return the state of the session and how long it lasts from now."""
    row.second_factor_at = work.now
    row.challenge = None
    return finish_step(work, row, address)


def finish_step(work: UnitOfWork, row: SignInSession, address: str | None) -> tuple[str, timedelta]:
    """Give the session the time its state has after a step of sign-in; return both. The caller audits the step."""
    work.session.flush()
    state, _ = state_of_session(work.session, row, work.now)
    lasts = SESSION_LASTS if state == "signed_in" else PENDING_SESSION_LASTS
    row.expires_at = work.now + lasts
    if state == "signed_in":
        note_sign_in(work, row, address)
    return state, lasts


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
    initial_password_at: datetime | None
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
        User.initial_password_at,
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
    """Tell whether the session counts: a phone has its key; a desk its second factor and a password of its own."""
    if facts.device_id:
        return True
    has_factor = bool(facts.second_factor_at) or not needs_second_factor(actor.roles)
    return has_factor and facts.initial_password_at is None


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


def end_sessions(
    work: UnitOfWork, actor: Actor, user: User, session_id: str | None = None, *, keep: str | None = None
) -> None:
    """End one session of a person, all of them, or all but one, at once; the event closes their live sockets."""
    query = select(SignInSession).where(
        SignInSession.user_id == user.id,
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > work.now,
    )
    if session_id:
        query = query.where(SignInSession.id == session_id)
    if keep:
        query = query.where(SignInSession.id != keep)
    ended = list(work.session.execute(query.order_by(SignInSession.id)).scalars())
    for row in ended:
        row.ended_at = work.now
        if row.device_id is not None:
            work.raise_event(PhoneLeft(row.device_id))
    work.audit(actor, "session.end", "person", user.id, user.court_id, everywhere=session_id is None)
    named = [session_id] if session_id else [row.id for row in ended] if keep else [None]
    for one in named:
        work.publish(
            "session.revoked",
            one or user.id,
            1,
            user.court_id,
            [room_of_user(user.id)],
            {"session_id": one},
        )
