"""What the ladder has to send, queued in the transaction of its rung: one row a channel and device (research 2.3)."""

from collections.abc import Collection

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.delivery.rules import RungName
from backend.delivery.tables import Delivery, DeliveryAttempt, DeliveryDevice, PushSubscription

PUSH = "push"
RECALL = "recall"
"""A push that takes the place of one whose order was called off."""


def queue_pushes(work: UnitOfWork, row: Delivery, channel: str = PUSH) -> list[str]:
    """Queue a push to each phone of the person that can be pushed to; return the ids of the sendings.

    A recall goes only where a push went before. A phone without a subscription says so on its line.
    """
    found = work.session.execute(
        select(DeliveryDevice, PushSubscription)
        .outerjoin(PushSubscription, PushSubscription.device_id == DeliveryDevice.device_id)
        .where(DeliveryDevice.delivery_id == row.id)
        .order_by(DeliveryDevice.device_id)
    )
    queued = []
    for device, subscription in found.all():
        if channel == RECALL and device.pushed_at is None:
            continue
        if subscription is None or subscription.state != "active":
            device.trouble = "no_push" if subscription is None else "push_gone"
            continue
        queued.append(queue(work, row, RungName.PUSH, channel, device.device_id))
    return queued


def queue_gateways(work: UnitOfWork, row: Delivery, rung: RungName, channels: Collection[str]) -> int:
    """Queue a sending by each of these gateways to the person; return how many."""
    for channel in channels:
        queue(work, row, rung, channel, None)
    return len(channels)


def queue(work: UnitOfWork, row: Delivery, rung: RungName, channel: str, device_id: str | None) -> str:
    """Put one sending in the queue and return its id; the worker takes it once this transaction has committed."""
    attempt = DeliveryAttempt(
        id=new_identifier(),
        delivery_id=row.id,
        device_id=device_id,
        rung=rung,
        channel=channel,
        state="waiting",
        created_at=work.now,
        next_try_at=work.now,
    )
    work.session.add(attempt)
    return attempt.id
