"""Acts of the security administrator on accounts of the own court: open, close, help back in, appoint (BSS-3, DL-7).

Nobody acts on their own account. What `managed` authorises, whoever runs the installation does by command.
"""

from datetime import datetime

from sqlalchemy import delete, select

from backend.core.database import UnitOfWork
from backend.core.outbox import authority_changed
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.people.devices import close_device
from backend.people.passwords import set_password
from backend.people.permissions import Permission
from backend.people.sessions import end_sessions
from backend.people.tables import Appointment, Device, Passkey, TotpFactor, User
from backend.people.views import find_account, find_appointment, find_user


def managed(work: UnitOfWork, actor: Actor, user_id: str) -> User:
    """Return the person, locked, whose account the actor may manage; 404.1 for nobody, 403.1 for another court's.

    Nobody manages their own account (403.1).
    """
    user = find_user(work.session, user_id, lock=True)
    if user is None:
        raise not_found("没有此账号", "No such account")
    work.authorise(actor, Permission.ACCOUNT_MANAGE, user.court_id)
    if user.id == actor.user_id:
        raise Problem("403.1", "不得管理本人的账号", "Nobody manages their own account")
    return user


def account_named(work: UnitOfWork, account: str) -> User:
    """Return the person of an account, open or closed; 404.1 for none."""
    user = find_account(work.session, account)
    if user is None:
        raise not_found(f"没有账号 {account}", f"There is no account {account}")
    return user


def demand_open(user: User) -> None:
    """Raise 409.2 for an account that is closed."""
    if user.closed_at is not None:
        raise Problem("409.2", "该账号已注销", "This account is closed")


def close_account(work: UnitOfWork, actor: Actor, user: User, reason: str) -> None:
    """Close an account: its sessions end and its phones are revoked now; the caller has authorised the act."""
    demand_open(user)
    user.closed_at = work.now
    work.audit(actor, "person.close", "person", user.id, user.court_id, reason=reason)
    phones = select(Device).where(Device.user_id == user.id, Device.revoked_at.is_(None)).order_by(Device.id)
    for device in work.session.execute(phones).scalars():
        close_device(work, actor, device, reason)
    end_sessions(work, actor, user)


def reopen_account(work: UnitOfWork, actor: Actor, user: User, password_hash: str) -> None:
    """Open a closed account again with an initial password; phones stay revoked. The caller has authorised the act."""
    if user.closed_at is None:
        raise Problem("409.2", "该账号未注销", "This account is not closed")
    user.closed_at = None
    work.audit(actor, "person.reopen", "person", user.id, user.court_id)
    set_password(work, actor, user, password_hash, initial=True)


def reset_second_factor(work: UnitOfWork, actor: Actor, user: User) -> None:
    """Forget a person's authenticator and passkeys, and end every session; the next sign-in sets a new one up.

    The caller has authorised the act.
    """
    work.session.execute(delete(TotpFactor).where(TotpFactor.user_id == user.id))
    work.session.execute(delete(Passkey).where(Passkey.user_id == user.id))
    work.audit(actor, "second_factor.reset", "person", user.id, user.court_id)
    end_sessions(work, actor, user)


def end_appointment(work: UnitOfWork, actor: Actor, row: Appointment, at: datetime, reason: str) -> None:
    """End an appointment or a delegation at an instant, now at the earliest; one that has not begun never begins.

    The caller has authorised the act. Raises 409.2 when it has ended by then.
    """
    at = max(at, work.now)
    if row.effective_until is not None and row.effective_until <= at:
        raise Problem("409.2", "该任命届时已经结束", "This appointment has ended by then")
    row.effective_until = at
    authority_changed(work)
    work.audit(
        actor,
        "person.end_delegation" if row.delegated_by else "person.end_appointment",
        "person",
        row.user_id,
        row.court_id,
        role=row.role,
        reason=reason,
    )


def managed_appointment(work: UnitOfWork, actor: Actor, appointment_id: str) -> Appointment:
    """Return an appointment that the actor may end; 404.1 for none, 403.1 for another court's or one's own."""
    row = find_appointment(work.session, appointment_id)
    if row is None:
        raise not_found("没有此任命", "No such appointment")
    work.authorise(actor, Permission.ACCOUNT_MANAGE, row.court_id)
    managed(work, actor, row.user_id)
    return row


def end_delegation(work: UnitOfWork, actor: Actor, appointment_id: str, reason: str) -> Appointment:
    """End a delegation early: who delegated may, and the account manager of the court; 404.1 for none."""
    row = find_appointment(work.session, appointment_id)
    if row is None or row.delegated_by is None:
        raise not_found("没有此代理", "No such delegation")
    if row.delegated_by == actor.user_id:
        work.authorise_by_rule("who delegated takes it back")
    else:
        work.authorise(actor, Permission.ACCOUNT_MANAGE, row.court_id)
    end_appointment(work, actor, row, work.now, reason)
    return row
