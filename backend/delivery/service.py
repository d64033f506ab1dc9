"""Acts of delivery: give a thing to a person, send it again, write down an answer, settle it (design.md 1, principle 3).

Each joins the caller's unit of work. The rooms above say who is given what and who has answered; the ladder climbs by
itself (`climbing.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor, room_of_user
from backend.core.problems import Problem, not_found
from backend.delivery.describe import standing_of
from backend.delivery.rules import RungName, Settled, ladders
from backend.delivery.sending import RECALL, queue_pushes
from backend.delivery.tables import Delivery, DeliveryDevice
from backend.delivery.telling import publish_deliveries, publish_delivery, settle_alarms
from backend.people.permissions import Permission
from backend.people.views import devices_of_people


@dataclass(frozen=True)
class Given:
    """What is given to people: its kind and id, between which courts, how urgent, and what a desk and a message call it."""

    subject_kind: str
    subject_id: str
    court_id: str
    issuing_court_id: str
    title: str
    reference: str
    ladder: str
    covert: bool = False
    deadline_at: datetime | None = None
    leader_id: str | None = None


def begin(
    work: UnitOfWork, given: Given, user_ids: Sequence[str], device_ids: Collection[str] | None = None
) -> list[Delivery]:
    """Give a thing to people, to all their phones or to some, and ring those that listen; the ladders start now."""
    rows = [new_delivery(work, given, user_id) for user_id in user_ids]
    work.session.add_all(rows)
    work.session.flush()
    phones = devices_of_people(work.session, user_ids)
    for row in rows:
        for device in phones.get(row.user_id, ()):
            if device_ids is None or device.id in device_ids:
                work.session.add(DeliveryDevice(delivery_id=row.id, device_id=device.id))
        look_again(row)
        ring(work, row, again=False)
    publish_deliveries(work, rows)
    return rows


def new_delivery(work: UnitOfWork, given: Given, user_id: str) -> Delivery:
    """Make the row of a thing given to a person, on the lowest rung."""
    return Delivery(
        id=new_identifier(),
        subject_kind=given.subject_kind,
        subject_id=given.subject_id,
        court_id=given.court_id,
        issuing_court_id=given.issuing_court_id,
        user_id=user_id,
        leader_id=given.leader_id,
        title=given.title,
        reference=given.reference,
        ladder=given.ladder,
        covert=given.covert,
        started_at=work.now,
        deadline_at=given.deadline_at,
        climbed=[],
        rounds=0,
        revision=1,
    )


def ring(work: UnitOfWork, row: Delivery, *, again: bool) -> None:
    """Tell the person's own pages, and nobody else, that something came for them."""
    work.publish(
        "delivery.ring",
        row.id,
        row.rounds + 1,
        row.court_id,
        [room_of_user(row.user_id)],
        {
            "delivery_id": row.id,
            "subject_kind": row.subject_kind,
            "subject_id": row.subject_id,
            "urgency": "urgent" if row.ladder == "urgent" else "normal",
            "covert": row.covert,
            "again": again,
        },
    )


def look_again(row: Delivery) -> None:
    """Write when the ladder needs its next look; a test is closed at its end."""
    upcoming = standing_of(row).next(ladders()[row.ladder])
    if row.settled_at is not None:
        row.next_look_at = None
    elif upcoming is not None:
        row.next_look_at = upcoming[0]
    else:
        row.next_look_at = row.deadline_at if row.ladder == "test" else None


def find_delivery(session: Session, delivery_id: str) -> Delivery:
    """Return the delivery, locked for this transaction; 404.1 when there is none."""
    row = session.get(Delivery, delivery_id, with_for_update=True)
    if row is None:
        raise not_found("没有此送达记录", "No such delivery")
    return row


def resend(work: UnitOfWork, actor: Actor, delivery_id: str) -> Delivery:
    """Ring once more, though the phone was silenced, and push at once; 409.2 when it is settled."""
    row = find_delivery(work.session, delivery_id)
    demand_desk(work, actor, row)
    if row.settled_at is not None:
        raise Problem("409.2", "已无须再送", "It needs no sending any more", settled_by=row.settled_by)
    row.rounds += 1
    row.climbed = [*row.climbed, RungName.PUSH] if RungName.PUSH not in row.climbed else row.climbed
    queue_pushes(work, row)
    changed(work, actor, row, "delivery.resend", round=row.rounds)
    ring(work, row, again=True)
    return row


def demand_desk(work: UnitOfWork, actor: Actor, row: Delivery) -> None:
    """Demand a desk that orders people out: of the court whose people it is given to, or of the one it comes from."""
    court_id = row.court_id if actor.may(Permission.DIRECTIVE_RECEIVE, row.court_id) else row.issuing_court_id
    permission = Permission.DIRECTIVE_RECEIVE if court_id == row.court_id else Permission.DIRECTIVE_ISSUE
    work.authorise(actor, permission, court_id)


def changed(work: UnitOfWork, actor: Actor, row: Delivery, action: str, **detail: Any) -> None:
    """Write the audit line of a change, look again when the ladder goes on, and tell the desks."""
    row.revision += 1
    work.audit(
        actor,
        action,
        row.subject_kind,
        row.subject_id,
        row.court_id,
        delivery=row.id,
        person=row.user_id,
        **detail,
    )
    look_again(row)
    publish_delivery(work, row)


def action_of(row: Delivery, act: str) -> str:
    """Return the action of the audit log: what concerns an order is told by the duty log, each phone of a test is not."""
    return f"delivery.{act}" if row.subject_kind == "directive" else f"{row.subject_kind}.{act}"


def open_deliveries(
    session: Session, subject_kind: str, subject_id: str, *, lock: bool = True
) -> list[Delivery]:
    """Return what of a subject still climbs, in one order, locked for this transaction."""
    query = (
        select(Delivery)
        .where(
            Delivery.subject_kind == subject_kind,
            Delivery.subject_id == subject_id,
            Delivery.settled_at.is_(None),
        )
        .order_by(Delivery.id)
    )
    return list(session.execute(query.with_for_update() if lock else query).scalars())


def answered(
    work: UnitOfWork, subject_kind: str, subject_id: str, at: datetime, by: Actor, how: Settled
) -> None:
    """Write that a person answered: theirs is settled, and for the others of the same subject nobody need be alarmed."""
    for row in open_deliveries(work.session, subject_kind, subject_id):
        if row.user_id == by.user_id:
            row.received_at = row.received_at or at
            row.answered_at = row.answered_at or at
            note_accepted(work, row, by.device_id, at)
            settle_row(work, row, how)
        elif how is Settled.ACCEPTED and row.answered_at is None:
            row.answered_at = at
        else:
            continue
        row.revision += 1
        look_again(row)
        publish_delivery(work, row)
    settle_alarms(work, subject_kind, subject_id)


def note_accepted(work: UnitOfWork, row: Delivery, device_id: str | None, at: datetime) -> None:
    """Write on which device a person answered, where it was one of theirs."""
    device = work.session.get(DeliveryDevice, (row.id, device_id)) if device_id else None
    if device is not None:
        device.device_received_at = device.device_received_at or at
        device.accepted_at = device.accepted_at or at


def settle_subject(work: UnitOfWork, subject_kind: str, subject_id: str, how: Settled) -> None:
    """Settle whatever of a subject still climbs: it was called off, or its team is under way."""
    for row in open_deliveries(work.session, subject_kind, subject_id):
        if how is Settled.CALLED_OFF:
            queue_pushes(work, row, RECALL)
        settle_row(work, row, how)
        row.revision += 1
        publish_delivery(work, row)
    settle_alarms(work, subject_kind, subject_id)


def settle_row(work: UnitOfWork, row: Delivery, how: Settled) -> None:
    """Settle one delivery: no rung is climbed any more."""
    row.settled_at = work.now
    row.settled_by = how
    row.next_look_at = None


def set_covert(work: UnitOfWork, subject_kind: str, subject_id: str, *, covert: bool) -> None:
    """Carry to what still climbs that an order became covert, or is no longer."""
    for row in open_deliveries(work.session, subject_kind, subject_id):
        row.covert = covert
        row.revision += 1
        look_again(row)
        publish_delivery(work, row)
