"""Stopping whoever guesses passwords without stopping the person guessed at (ADR 0029).

Eight wrong answers in a row lock an account for the address they came from. Wrong answers from many addresses first slow
every answer down and then close the account to addresses it never signed in from. Sessions that are open and phones
that are bound are not asked here at all. An unknown account is treated as a known one, or the lock would tell which
accounts there are.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM, Actor
from backend.core.problems import Problem
from backend.people.rules import (
    ADDRESS_KNOWN_FOR,
    FAILURES_BEFORE_CLOSED_TO_STRANGERS,
    FAILURES_BEFORE_SLOW,
    FAILURES_COUNT_FOR,
    lock_after_failure,
    strength_of_attack,
)
from backend.people.tables import SignInFailure, SignInSession, User


@dataclass(frozen=True)
class Guesses:
    """The wrong answers that stand against one account: those that lock it, and how strong the attack is in all."""

    locked_until: datetime | None
    """The latest moment at which some address is locked."""
    strength: int

    @property
    def closed_to_strangers(self) -> bool:
        """Tell whether addresses the account never signed in from are refused."""
        return self.strength >= FAILURES_BEFORE_CLOSED_TO_STRANGERS


NONE = Guesses(None, 0)


def guesses_at(session: Session, accounts: Iterable[str], at: datetime) -> dict[str, Guesses]:
    """Return what stands against these accounts at the instant, by account; none are left out."""
    rows: dict[str, list[SignInFailure]] = {account: [] for account in accounts}
    for row in session.execute(
        select(SignInFailure).where(
            SignInFailure.account.in_(rows), SignInFailure.last_failed_at > at - FAILURES_COUNT_FOR
        )
    ).scalars():
        rows[row.account].append(row)
    return {
        account: Guesses(
            max(
                (row.locked_until for row in found if row.locked_until and row.locked_until > at),
                default=None,
            ),
            strength_of_attack(row.failures for row in found),
        )
        for account, found in rows.items()
    }


def refuse_locked(session: Session, account: str, user_id: str, address: str, at: datetime) -> bool:
    """Raise 423.1 while the account is locked for this address; return whether the answer must be slow.

    `user_id` is empty for an account nobody has.
    """
    row = session.get(SignInFailure, (account, address))
    if row is not None and row.locked_until is not None and row.locked_until > at:
        raise Problem("423.1", retry_after_s=math.ceil((row.locked_until - at).total_seconds()))
    strength = guesses_at(session, [account], at)[account].strength
    if is_known(session, user_id, address, at):
        return False
    if strength >= FAILURES_BEFORE_CLOSED_TO_STRANGERS:
        raise Problem(
            "423.1",
            "该账号正受到攻击，仅限曾登录过的电脑登录；请联系安全保密管理员",
            "This account is under attack; sign in where you have before, or ask the security administrator",
            retry_after_s=math.ceil(FAILURES_COUNT_FOR.total_seconds()),
        )
    return strength >= FAILURES_BEFORE_SLOW


def is_known(session: Session, user_id: str, address: str, at: datetime) -> bool:
    """Tell whether the person has lately signed in from this address, second factor and all."""
    query = select(SignInSession.id).where(
        SignInSession.user_id == user_id,
        SignInSession.address == address,
        SignInSession.started_at > at - ADDRESS_KNOWN_FOR,
    )
    return session.execute(query.limit(1)).first() is not None


def record_failure(work: UnitOfWork, account: str, address: str, court_id: str) -> None:
    """Count one failed sign-in from an address, and lock the account for it after too many in a row.

    `court_id` is empty for an account nobody has.
    """
    work.session.execute(
        delete(SignInFailure).where(
            SignInFailure.account == account, SignInFailure.last_failed_at <= work.now - FAILURES_COUNT_FOR
        )
    )
    insert = sqlite_insert if work.dialect == "sqlite" else postgresql_insert
    statement = insert(SignInFailure).values(
        account=account, address=address, failures=1, last_failed_at=work.now
    )
    counted = {"failures": SignInFailure.failures + 1, "last_failed_at": work.now}
    failures = work.session.execute(
        statement.on_conflict_do_update(index_elements=["account", "address"], set_=counted).returning(
            SignInFailure.failures
        )
    ).scalar_one()
    if (locked_until := lock_after_failure(failures, work.now)) is None:
        return
    work.session.execute(
        update(SignInFailure)
        .where(SignInFailure.account == account, SignInFailure.address == address)
        .values(locked_until=locked_until)
    )
    work.audit(
        SYSTEM,
        "security.account_locked",
        "account",
        account,
        court_id,
        until=to_wire(locked_until),
        address=address,
    )


def forget_failures(work: UnitOfWork, account: str, address: str) -> None:
    """Start counting this address anew after a sign-in that succeeded; what other addresses tried stays."""
    work.session.execute(
        delete(SignInFailure).where(SignInFailure.account == account, SignInFailure.address == address)
    )


def unlock(work: UnitOfWork, actor: Actor, user: User) -> None:
    """Forget every wrong answer against an account; the caller has authorised the act."""
    work.session.execute(delete(SignInFailure).where(SignInFailure.account == user.account))
    work.audit(actor, "person.unlock", "person", user.id, user.court_id)
