"""What devices say of a thing: that it was sent to a socket of theirs, that they have it, showed it, opened it.

A push carries a token that only the phone it was encrypted for can read: it is the proof of the receipt, and needs no
session, for a service worker may be woken on a phone whose session has ended.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM
from backend.core.problems import not_found
from backend.delivery.events import DevicesReceived, FirstReceipt
from backend.delivery.ports import lock_subject
from backend.delivery.rules import BY_RECEIPT, Stage
from backend.delivery.service import action_of, look_again
from backend.delivery.tables import Delivery, DeliveryAttempt, DeliveryDevice
from backend.delivery.telling import publish_deliveries, settle_alarms

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


@dataclass(frozen=True)
class Said:
    """What the page of a person's phone says of one thing: the stage it reached there, by which channel, and when."""

    user_id: str
    device_id: str
    stage: Stage
    channel: str
    at: datetime


def receive_on_pages(work: UnitOfWork, subject: tuple[str, str], said: Sequence[Said]) -> None:
    """Take what the pages of phones say of one thing; what was never given to a person is passed over."""
    work.authorise_by_rule("a phone says of its own person's things that it has them")
    lock_subject.ask(work, *subject)
    rows = _locked(work, subject, {one.user_id for one in said})
    given = [(rows[one.user_id], one) for one in said if one.user_id in rows]
    # In the order in which `record_emissions` locks the same phones' lines: two that write them never wait for each other.
    given.sort(key=lambda pair: (pair[0].id, pair[1].device_id))
    noted = [(row, _note(work, row, one)) for row, one in given]
    _tell(work, noted)


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
    row = _locked(work, subject, {user_id}).get(user_id)
    if row is not None:
        receive(work, row, device_id, stage, channel, at)


def _locked(work: UnitOfWork, subject: tuple[str, str], user_ids: Collection[str]) -> dict[str, Delivery]:
    """Return what of a thing was given to each of these people, locked in one order."""
    rows = work.session.execute(
        select(Delivery)
        .where(
            Delivery.subject_kind == subject[0],
            Delivery.subject_id == subject[1],
            Delivery.user_id.in_(user_ids),
        )
        .order_by(Delivery.id)
        .with_for_update()
    ).scalars()
    return {row.user_id: row for row in rows}


def receive(
    work: UnitOfWork, row: Delivery, device_id: str, stage: Stage, channel: str, at: datetime
) -> None:
    """Write a stage a device reached, each once; what comes before it has happened too.

    A time before the thing was given or after now is a wrong clock of the phone, and counts as now.
    """
    _tell(work, [(row, _note(work, row, Said(row.user_id, device_id, stage, channel, at)))])


class Noted(Enum):
    """What a receipt was: known already, a further stage, or the first word of any device of the person."""

    KNOWN = 0
    FURTHER = 1
    FIRST = 2


def _note(work: UnitOfWork, row: Delivery, said: Said) -> tuple[Noted, Said]:
    at = said.at if row.started_at <= said.at <= work.now else work.now
    said = replace(said, at=at)
    device = work.session.get(DeliveryDevice, (row.id, said.device_id))
    if device is None:
        # A phone bound after the thing was given.
        device = DeliveryDevice(delivery_id=row.id, device_id=said.device_id)
        work.session.add(device)
    if getattr(device, f"{said.stage}_at") is not None:
        return Noted.KNOWN, said
    is_first = row.received_at is None
    for reached in BY_RECEIPT[: BY_RECEIPT.index(said.stage) + 1]:
        if getattr(device, f"{reached}_at") is None:
            setattr(device, f"{reached}_at", at)
    device.channel = device.channel or said.channel
    row.revision += 1
    about = (row.subject_kind, row.subject_id, row.court_id)
    if is_first:
        row.received_at = at
        work.audit(
            SYSTEM,
            action_of(row, "receive"),
            *about,
            at,
            delivery=row.id,
            person=row.user_id,
            device=said.device_id,
            channel=said.channel,
        )
    else:
        work.audit(SYSTEM, action_of(row, said.stage), *about, at, device=said.device_id)
    look_again(row)
    return (Noted.FIRST if is_first else Noted.FURTHER), said


def _tell(work: UnitOfWork, noted: Sequence[tuple[Delivery, tuple[Noted, Said]]]) -> None:
    """Tell of receipts of one thing: the desks of each person's, the rooms above of those that were the first."""
    news = {row.id: row for row, (what, _) in noted if what is not Noted.KNOWN}
    publish_deliveries(work, list(news.values()))
    first = [(row, said) for row, (what, said) in noted if what is Noted.FIRST]
    if not first:
        return
    subject = (first[0][0].subject_kind, first[0][0].subject_id)
    settle_alarms(work, *subject)
    receipts = tuple(FirstReceipt(one.user_id, one.device_id, one.channel, one.at) for _, one in first)
    work.raise_event(DevicesReceived(*subject, receipts))


def record_emissions(work: UnitOfWork, emitted: Mapping[tuple[str, str], datetime]) -> None:
    """Write when things were sent to sockets of phones: (delivery id, device id) → when; the first time counts."""
    work.authorise_by_rule("a server writes what it sent")
    for (delivery_id, device_id), at in sorted(emitted.items()):
        device = work.session.get(DeliveryDevice, (delivery_id, device_id), with_for_update=True)
        if device is not None and device.emitted_at is None:
            device.emitted_at = at
