"""Acts on accounts: create a person, appoint to a role, delegate command for a time (BSS-3, DL-7)."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.outbox import authority_changed
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.people.permissions import Permission, Role
from backend.people.rules import ACCOUNT_FORM
from backend.people.tables import Appointment, User
from backend.people.views import appointments_at, find_user, find_user_by_account

HASHER = PasswordHasher()
SHORTEST_PASSWORD = 10


def hash_password(password: str) -> str:
    """Return the Argon2id hash; call it off the hub (it takes about 200 ms on purpose)."""
    if len(password) < SHORTEST_PASSWORD:
        raise Problem("422.1", "密码至少十个字符", "A password has at least ten characters")
    return HASHER.hash(password)


def password_is_right(password_hash: str, password: str) -> bool:
    """Tell whether the password is right; call it off the hub."""
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def create_user(
    work: UnitOfWork,
    actor: Actor,
    account: str,
    name: str,
    sex: str,
    court_id: str,
    password_hash: str | None,
) -> User:
    """Create an account; the caller has authorised the act. 422.1 for a malformed account, 409.3 for a taken one."""
    if not ACCOUNT_FORM.match(account):
        raise Problem("422.1", "账号格式为 法院.岗位", "An account is written court.role", account=account)
    if find_user_by_account(work.session, account):
        raise Problem("409.3", "账号已存在", "This account exists already", account=account)
    user = User(
        id=new_identifier(),
        account=account,
        name=name,
        sex=sex,
        court_id=court_id,
        password_hash=password_hash,
        created_at=work.now,
    )
    work.session.add(user)
    work.session.flush()
    work.audit(actor, "person.create", "person", user.id, court_id, account=account)
    return user


def appoint(
    work: UnitOfWork,
    actor: Actor,
    user: User,
    court_id: str,
    role: Role,
    effective_from: datetime,
    effective_until: datetime | None = None,
) -> Appointment:
    """Appoint a person to a role at a court from a day on; the caller has authorised the act."""
    row = Appointment(
        id=new_identifier(),
        user_id=user.id,
        court_id=court_id,
        role=role,
        effective_from=effective_from,
        effective_until=effective_until,
    )
    work.session.add(row)
    authority_changed(work)
    work.audit(actor, "person.appoint", "person", user.id, court_id, role=role)
    return row


def delegate_command(
    work: UnitOfWork,
    actor: Actor,
    user_id: str,
    effective_from: datetime,
    effective_until: datetime,
    reason: str,
) -> Appointment:
    """Make another person of the court acting commander (代理指挥长) for a time that ends.

    Raises 404.1 for a person of another court, 422.1 for a time that has no length or is past.
    """
    work.authorise(actor, Permission.DELEGATE, actor.court_id)
    user = find_user(work.session, user_id)
    if user is None or user.court_id != actor.court_id or user.closed_at is not None:
        raise Problem("404.1")
    if effective_until <= effective_from or effective_until <= work.now:
        raise Problem("422.1", "代理须有起止时间", "A delegation needs a beginning and a later end")
    if any(row.role == Role.COMMANDER for row in appointments_at(work.session, user_id, effective_from)):
        raise Problem("409.3", "该同志已是指挥长", "This person is commander already")
    row = Appointment(
        id=new_identifier(),
        user_id=user_id,
        court_id=actor.court_id,
        role=Role.COMMANDER,
        effective_from=effective_from,
        effective_until=effective_until,
        delegated_by=actor.user_id,
        reason=reason,
    )
    work.session.add(row)
    authority_changed(work)
    work.audit(actor, "person.delegate_command", "person", user_id, actor.court_id, reason=reason)
    return row
