"""Acts on accounts: create a person, appoint to a role, delegate command for a time (BSS-3, DL-7)."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.outbox import authority_changed
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.people.permissions import Permission, Role, may_be_held_together
from backend.people.rules import ACCOUNT_FORM, SHORTEST_PASSWORD
from backend.people.tables import Appointment, User
from backend.people.views import appointments_at, appointments_during, find_account, find_user

HASHER = PasswordHasher()


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
    if not ACCOUNT_FORM.fullmatch(account):
        raise Problem("422.1", "账号格式为 法院.岗位", "An account is written court.role", account=account)
    if find_account(work.session, account):
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
    """Appoint a person to a role at a court from an instant on; the caller has authorised the act.

    Raises 422.1 for a time without length, 409.3 for a role the person holds there already, 409.2 when the role may not
    be held beside one the person holds at that time.
    """
    if effective_until is not None and effective_until <= effective_from:
        raise Problem("422.1", "任命须先开始后结束", "An appointment begins before it ends")
    held = appointments_during(work.session, user.id, effective_from, effective_until)
    if any(row.role == role and row.court_id == court_id and not row.delegated_by for row in held):
        raise Problem("409.3", "已担任该岗位", "The person holds this role already")
    refuse_mixed_roles(work, user.id, role, effective_from, effective_until)
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


def refuse_mixed_roles(
    work: UnitOfWork, user_id: str, role: str, effective_from: datetime, effective_until: datetime | None
) -> None:
    """Raise 409.2 when an administrator would hold another role, or anybody else become one, at the same time."""
    held = {row.role for row in appointments_during(work.session, user_id, effective_from, effective_until)}
    if not may_be_held_together({*held, role}):
        raise Problem(
            "409.2",
            "三员须分设，不得兼任其他岗位",
            "An administrator holds no other role",
        )


def demand_own_command(work: UnitOfWork, actor: Actor, effective_until: datetime) -> None:
    """Raise 403.1 unless the actor commands in their own right until the delegation ends: no delegate delegates."""
    own = [
        row
        for row in appointments_at(work.session, actor.user_id, work.now)
        if row.role == Role.COMMANDER and row.court_id == actor.court_id and row.delegated_by is None
    ]
    if not any(row.effective_until is None or row.effective_until >= effective_until for row in own):
        raise Problem("403.1", permission=Permission.DELEGATE)


def delegate_command(
    work: UnitOfWork,
    actor: Actor,
    user_id: str,
    effective_from: datetime,
    effective_until: datetime,
    reason: str,
) -> Appointment:
    """Make another person of the court acting commander (代理指挥长) for a time that ends, from now at the earliest.

    Raises 404.1 for nobody, 403.1 for a person of another court or a delegate who delegates, 422.1 for a time that
    has no length or is past, 409.3 for a commander, 409.2 for an administrator.
    """
    user = find_user(work.session, user_id)
    if user is None or user.closed_at is not None:
        raise not_found("没有此人", "No such person")
    work.authorise(actor, Permission.DELEGATE, user.court_id)
    demand_own_command(work, actor, effective_until)
    effective_from = max(effective_from, work.now)
    if effective_until <= effective_from:
        raise Problem("422.1", "代理须有起止时间", "A delegation needs a beginning and a later end")
    if any(row.role == Role.COMMANDER for row in appointments_at(work.session, user_id, effective_from)):
        raise Problem("409.3", "该同志已是指挥长", "This person is commander already")
    refuse_mixed_roles(work, user_id, Role.COMMANDER, effective_from, effective_until)
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
