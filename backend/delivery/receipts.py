"""What devices say of a thing: that it was sent to a socket of theirs, that they have it, showed it, opened it.

A push carries a token that only the phone it was encrypted for can read: it is the proof of the receipt, and needs no
session, for a service worker may be woken on a phone whose session has ended.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM, Actor
from backend.core.problems import not_found
from backend.delivery.events import DeviceReceived
from backend.delivery.ports import lock_subject
from backend.delivery.rules import BY_RECEIPT, Stage
from backend.delivery.service import action_of, look_again
from backend.delivery.tables import Delivery, DeliveryAttempt, DeliveryDevice
from backend.delivery.telling import publish_delivery, settle_alarms

PURPOSE = b"push-receipt:"


def receipt_token(secret_key: str, attempt_id: str) -> str:
    """Return the token that stands in a push: the sending's id, and a seal nobody else can make."""
    return f"{attempt_id}.{_seal(secret_key, attempt_id)}"


def _seal(secret_key: str, attempt_id: str) -> str:
    return hmac.new(secret_key.encode(), PURPOSE + attempt_id.encode(), hashlib.sha256).hexdigest()[:32]


def receive_by_token(work: UnitOfWork, secret_key: str, token: str, stage: Stage, at: datetime) -> None:
    """Take the receipt of a push; 404.1 for a token of ours it is not."""
    attempt_id, _, seal = token.partition(".")
    attempt = None
    if hmac.compare_digest(seal.encode(), _seal(secret_key, attempt_id).encode()):
        attempt = work.session.get(DeliveryAttempt, attempt_id)
    if attempt is None or attempt.device_id is None:
        raise not_found("没有此推送", "No such push")
    work.authorise_by_rule("the token stood in a push only this device could read")
    row = work.session.get_one(Delivery, attempt.delivery_id)
    lock_subject.ask(work, row.subject_kind, row.subject_id)
    work.session.refresh(row, with_for_update=True)
    receive(work, row, attempt.device_id, stage, "push", at)


def receive_on_page(
    work: UnitOfWork,
    actor: Actor,
    device_id: str,
    subject: tuple[str, str],
    stage: Stage,
    channel: str,
    at: datetime,
) -> None:
    """Take the receipt of a phone's own page; what was never given to the person is passed over."""
    work.authorise_by_rule("a phone says of its own person's things that it has them")
    lock_subject.ask(work, *subject)
    note_receipt(work, subject, actor.user_id, device_id, stage, at, channel)


def note_receipt(
    work: UnitOfWork,
    subject: tuple[str, str],
    user_id: str,
    device_id: str,
    stage: Stage,
    at: datetime,
    channel: str = "socket",
) -> None:
    """Write a stage a device reached of what was given to its person, where it was; the subject is locked."""
    row = work.session.execute(
        select(Delivery)
        .where(
            Delivery.subject_kind == subject[0],
            Delivery.subject_id == subject[1],
            Delivery.user_id == user_id,
        )
        .with_for_update()
    ).scalar_one_or_none()
    if row is not None:
        receive(work, row, device_id, stage, channel, at)


def receive(
    work: UnitOfWork, row: Delivery, device_id: str, stage: Stage, channel: str, at: datetime
) -> None:
    """Write a stage a device reached, each once; what comes before it has happened too.

    A time before the thing was given or after now is a wrong clock of the phone, and counts as now.
    """
    at = at if row.started_at <= at <= work.now else work.now
    device = work.session.get(DeliveryDevice, (row.id, device_id))
    if device is None:
        # A phone bound after the thing was given.
        device = DeliveryDevice(delivery_id=row.id, device_id=device_id)
        work.session.add(device)
    is_news = getattr(device, f"{stage}_at") is None
    if not is_news:
        return
    is_first = row.received_at is None
    for reached in BY_RECEIPT[: BY_RECEIPT.index(stage) + 1]:
        if getattr(device, f"{reached}_at") is None:
            setattr(device, f"{reached}_at", at)
    device.channel = device.channel or channel
    row.revision += 1
    if is_first:
        row.received_at = at
        work.audit(
            SYSTEM,
            action_of(row, "receive"),
            row.subject_kind,
            row.subject_id,
            row.court_id,
            at,
            delivery=row.id,
            person=row.user_id,
            device=device_id,
            channel=channel,
        )
    else:
        work.audit(
            SYSTEM,
            action_of(row, stage),
            row.subject_kind,
            row.subject_id,
            row.court_id,
            at,
            device=device_id,
        )
    look_again(row)
    publish_delivery(work, row)
    if is_first:
        settle_alarms(work, row.subject_kind, row.subject_id)
        work.raise_event(
            DeviceReceived(row.subject_kind, row.subject_id, row.user_id, device_id, channel, at)
        )


def record_emissions(work: UnitOfWork, emitted: Mapping[tuple[str, str], datetime]) -> None:
    """Write when things were sent to sockets of phones: (delivery id, device id) → when; the first time counts."""
    work.authorise_by_rule("a server writes what it sent")
    for (delivery_id, device_id), at in sorted(emitted.items()):
        device = work.session.get(DeliveryDevice, (delivery_id, device_id), with_for_update=True)
        if device is not None and device.emitted_at is None:
            device.emitted_at = at
