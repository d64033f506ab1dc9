"""Phones: bound by a one-time code from the duty desk to a key made on the phone; revoked with a reason when lost."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, Actor, room_of_court, room_of_user
from backend.core.problems import Problem, not_found
from backend.people.events import PhoneLeft
from backend.people.permissions import Permission
from backend.people.rules import (
    CHALLENGE_LASTS,
    ENROLMENT_LASTS,
    new_enrolment_code,
    normalise_enrolment_code,
    public_key_of,
    sha256_of,
    signature_is_right,
)
from backend.people.tables import Device, DeviceChallenge, Enrolment, SignInSession, User
from backend.people.views import find_device, find_user

SIGN_IN_PREFIX = "lingda-sign-in:"


@dataclass(frozen=True)
class OfferedEnrolment:
    """A code just made for one person, and until when it binds a phone."""

    code: str
    expires_at: datetime


def offer_enrolment(work: UnitOfWork, actor: Actor, user_id: str) -> OfferedEnrolment:
    """Make a one-time code for a person; 404.1 for nobody, 403.1 for a court whose phones the actor does not enrol."""
    user = find_user(work.session, user_id)
    if user is None or user.closed_at is not None:
        raise not_found("没有此人", "No such person")
    work.authorise(actor, Permission.DEVICE_ENROL, user.court_id)
    return add_enrolment(work, actor, user)


def add_enrolment(work: UnitOfWork, actor: Actor, user: User) -> OfferedEnrolment:
    """Keep the SHA-256 of a new code; the caller has authorised the act."""
    code = new_enrolment_code()
    row = Enrolment(
        id=new_identifier(),
        code_sha256=sha256_of(code),
        user_id=user.id,
        created_by=actor.user_id,
        created_at=work.now,
        expires_at=work.now + ENROLMENT_LASTS,
    )
    work.session.add(row)
    work.audit(actor, "device.offer_enrolment", "person", user.id, user.court_id)
    return OfferedEnrolment(code, row.expires_at)


def enrol_device(work: UnitOfWork, code: str, public_key: dict[str, Any], label: str) -> tuple[Device, User]:
    """Bind the phone that made this key to the person of the code; 410.2 when it was used or is too old."""
    try:
        public_key_of(public_key)
    except ValueError as error:
        raise Problem("422.1", "设备公钥无效", "The device key is not valid") from error
    enrolment = work.session.execute(
        select(Enrolment)
        .where(Enrolment.code_sha256 == sha256_of(normalise_enrolment_code(code)))
        .with_for_update()
    ).scalar_one_or_none()
    if enrolment is None or enrolment.used_at is not None or enrolment.expires_at <= work.now:
        raise Problem("410.2")
    user = find_user(work.session, enrolment.user_id)
    if user is None or user.closed_at is not None:
        raise Problem("410.2")
    enrolment.used_at = work.now
    device = Device(
        id=new_identifier(),
        user_id=user.id,
        court_id=user.court_id,
        label=label,
        public_key={name: public_key[name] for name in ("kty", "crv", "x", "y")},
        enrolled_at=work.now,
    )
    work.session.add(device)
    work.session.flush()
    work.authorise_by_rule("the enrolment code was right")
    work.audit(
        Actor(
            user_id=user.id, account=user.account, name=user.name, court_id=user.court_id, device_id=device.id
        ),
        "device.enrol",
        "device",
        device.id,
        user.court_id,
        offered_by=enrolment.created_by,
    )
    publish_device(work, device)
    return device, user


def revoke_device(work: UnitOfWork, actor: Actor, device_id: str, reason: str) -> Device:
    """Revoke a lost phone: its sessions end now and whatever it still holds will be refused with this reason."""
    device = find_device(work.session, device_id)
    if device is None:
        raise not_found("没有此手机", "No such phone")
    work.authorise(actor, Permission.DEVICE_REVOKE, device.court_id)
    if device.revoked_at is not None:
        raise Problem("409.2", "该设备已停用", "This device is revoked already")
    close_device(work, actor, device, reason)
    return device


def close_device(work: UnitOfWork, actor: Actor, device: Device, reason: str) -> None:
    """Revoke a phone that is not yet; the caller has authorised the act."""
    device.revoked_at = work.now
    device.revoked_reason = reason
    work.session.execute(
        update(SignInSession)
        .where(SignInSession.device_id == device.id, SignInSession.ended_at.is_(None))
        .values(ended_at=work.now)
    )
    work.audit(actor, "device.revoke", "device", device.id, device.court_id, reason=reason)
    work.raise_event(PhoneLeft(device.id))
    publish_device(work, device)
    work.publish(
        "session.revoked",
        device.id,
        1,
        device.court_id,
        [room_of_user(device.user_id)],
        {"device_id": device.id},
    )


def publish_device(work: UnitOfWork, device: Device) -> None:
    """Tell the desks of the court that a phone was bound or revoked."""
    work.publish(
        "device.changed",
        device.id,
        1 if device.revoked_at is None else 2,
        device.court_id,
        [room_of_court(Permission.DEVICE_ENROL, device.court_id)],
        {"id": device.id, "user_id": device.user_id, "revoked": device.revoked_at is not None},
    )


def revoked_problem(device: Device) -> Problem:
    """Return the refusal of a revoked phone; whoever holds it reads the reason (403.3)."""
    reason = device.revoked_reason or ""
    return Problem(
        "403.3", f"本机已被停用：{reason}", f"This device has been revoked: {reason}", reason=reason
    )


def offer_challenge(work: UnitOfWork, device_id: str) -> str:
    """Return a challenge for a phone to sign; 403.3 with the reason when it was revoked, 404.1 when unknown."""
    device = find_device(work.session, device_id)
    if device is None:
        raise not_found("本机未绑定", "This device is not enrolled")
    if device.revoked_at is not None:
        raise revoked_problem(device)
    fresh = {"challenge": secrets.token_urlsafe(32), "expires_at": work.now + CHALLENGE_LASTS}
    insert = sqlite_insert if work.dialect == "sqlite" else postgresql_insert
    statement = insert(DeviceChallenge).values(device_id=device_id, **fresh)
    work.session.execute(statement.on_conflict_do_update(index_elements=["device_id"], set_=fresh))
    return str(fresh["challenge"])


def answer_challenge(work: UnitOfWork, device_id: str, challenge: str, signature: str) -> tuple[Device, User]:
    """Check a phone's signature of its challenge and use the challenge up; 401.4 when anything does not fit."""
    device = find_device(work.session, device_id)
    row = work.session.get(DeviceChallenge, device_id, with_for_update=True)
    if device is None or row is None or row.challenge != challenge or row.expires_at <= work.now:
        raise Problem("401.4")
    if device.revoked_at is not None:
        raise revoked_problem(device)
    user = find_user(work.session, device.user_id)
    message = f"{SIGN_IN_PREFIX}{challenge}".encode()
    if (
        user is None
        or user.closed_at is not None
        or not signature_is_right(device.public_key, message, signature)
    ):
        raise Problem("401.4")
    work.session.delete(row)
    return device, user


def audit_refused_signature(work: UnitOfWork, device_id: str, reason: str) -> None:
    """Write a security line about a signature or command id that did not fit."""
    device = find_device(work.session, device_id)
    work.audit(
        SYSTEM,
        "security.refused_command",
        "device",
        device_id,
        device.court_id if device else "",
        reason=reason,
    )
