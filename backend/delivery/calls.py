"""The call list: whom to ring by hand when no channel reached them, and what came of it; one key an outcome."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.delivery.describe import describe_deliveries
from backend.delivery.rules import SENDING, CallOutcome
from backend.delivery.service import changed, find_delivery
from backend.delivery.tables import Delivery, DeliveryAttempt, DeliveryCall
from backend.people.permissions import Permission
from backend.people.views import addresses_of, user_names

LONGEST_LIST = 100
ASIDE_FOR = timedelta(minutes=2)
"""Whom nobody reached is rung again after the others."""


def call_list(work: UnitOfWork, court_ids: Collection[str]) -> list[dict[str, Any]]:
    """Return the shape `CallListEntry` of whom to ring: urgent first, then who waits longest.

    On it is every person no device of whom has the order, once a rung that goes through a gateway was climbed and no
    gateway took it; whoever was told by telephone is off it.
    """
    rows = list(
        work.session.execute(
            select(Delivery)
            .where(
                Delivery.court_id.in_(court_ids),
                Delivery.subject_kind == "directive",
                Delivery.settled_at.is_(None),
                Delivery.received_at.is_(None),
            )
            .order_by(Delivery.started_at, Delivery.id)
        ).scalars()
    )
    called = last_calls(work.session, [row.id for row in rows])
    by_machine = taken_by_gateway(work.session, [row.id for row in rows])
    waiting = [
        row
        for row in rows
        if SENDING.intersection(row.climbed)
        and row.id not in by_machine
        and (row.id not in called or called[row.id].outcome != CallOutcome.TOLD)
    ]

    def urgency(row: Delivery) -> tuple[bool, bool]:
        just_called = row.id in called and called[row.id].at > work.now - ASIDE_FOR
        return just_called, row.ladder != "urgent"

    waiting.sort(key=urgency)
    del waiting[LONGEST_LIST:]
    names = user_names(work.session, {row.leader_id for row in waiting if row.leader_id})
    return [
        {
            "delivery": shape,
            "mobile": None if row.covert else addresses_of(work.session, row.user_id)["mobile"],
            "leader": {"id": row.leader_id, "name": names[row.leader_id]} if row.leader_id in names else None,
            "leader_mobile": (
                addresses_of(work.session, row.leader_id)["mobile"]
                if row.leader_id in names and row.leader_id and not row.covert
                else None
            ),
        }
        for row, shape in zip(waiting, describe_deliveries(work.session, waiting), strict=True)
    ]


def last_calls(session: Session, delivery_ids: Collection[str]) -> dict[str, DeliveryCall]:
    """Return the last call of each delivery that has any."""
    rows = session.execute(
        select(DeliveryCall)
        .where(DeliveryCall.delivery_id.in_(delivery_ids))
        .order_by(DeliveryCall.at, DeliveryCall.id)
    ).scalars()
    return {row.delivery_id: row for row in rows}


def taken_by_gateway(session: Session, delivery_ids: Collection[str]) -> frozenset[str]:
    """Return the deliveries for which a voice gateway rings, so that nobody has to ring by hand."""
    rows = session.execute(
        select(DeliveryAttempt.delivery_id).where(
            DeliveryAttempt.delivery_id.in_(delivery_ids),
            DeliveryAttempt.rung == "voice",
            DeliveryAttempt.state.in_(("waiting", "taken")),
        )
    )
    return frozenset(rows.scalars())


def log_call(
    work: UnitOfWork, actor: Actor, delivery_id: str, outcome: CallOutcome, note: str | None
) -> Delivery:
    """Write down a call by hand; 409.2 when a device has the order already or it is settled."""
    row = find_delivery(work.session, delivery_id)
    work.authorise(actor, Permission.DUTY_KEEP, row.court_id)
    if row.settled_at is not None or row.received_at is not None:
        raise Problem("409.2", "已送达，无须再拨打", "It has arrived; no call is needed")
    work.session.add(
        DeliveryCall(
            id=new_identifier(),
            delivery_id=row.id,
            made_by=actor.user_id,
            at=work.now,
            outcome=outcome,
            note=note,
        )
    )
    work.session.flush()
    changed(work, actor, row, "delivery.call", outcome=outcome)
    return row
