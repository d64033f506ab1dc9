"""A delivery in its shape on the wire, with its devices, sendings and calls; few queries for many."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.schemas import wire
from backend.delivery.rules import RungName, Stage, Standing, furthest, ladders
from backend.delivery.schemas import DeliveryShape
from backend.delivery.tables import Delivery, DeliveryAttempt, DeliveryCall, DeliveryDevice
from backend.people.views import device_labels, user_names


def describe_deliveries(session: Session, rows: Collection[Delivery]) -> list[dict[str, Any]]:
    """Return the shape `DeliveryShape` of each delivery as JSON-ready values."""
    ids = [row.id for row in rows]
    devices, attempts, calls = (
        _of(session, DeliveryDevice, ids),
        _of(session, DeliveryAttempt, ids),
        _of(session, DeliveryCall, ids),
    )
    names = user_names(
        session, {row.user_id for row in rows} | {one.made_by for found in calls.values() for one in found}
    )
    labels = device_labels(session, {one.device_id for found in devices.values() for one in found})

    def person(user_id: str) -> dict[str, str]:
        return {"id": user_id, "name": names.get(user_id, "")}

    return [
        wire(
            DeliveryShape,
            {
                **{name: getattr(row, name) for name in PLAIN},
                "user": person(row.user_id),
                "urgency": "urgent" if row.ladder == "urgent" else "normal",
                "state": furthest([stage_of(one) for one in devices[row.id]]),
                **_rungs(row),
                "devices": [_device(one, labels) for one in devices[row.id]],
                "attempts": [_attempt(one) for one in attempts[row.id]],
                "calls": [
                    {"by": person(one.made_by), "at": one.at, "outcome": one.outcome, "note": one.note}
                    for one in calls[row.id]
                ],
            },
        )
        for row in rows
    ]


PLAIN = tuple(name for name in DeliveryShape.model_fields if name in Delivery.__table__.columns)
STAMPS = tuple(stage for stage in reversed(Stage) if stage is not Stage.WAITING)


def stage_of(device: DeliveryDevice) -> Stage:
    """Return how far a thing came to a device."""
    return next((stage for stage in STAMPS if getattr(device, f"{stage}_at") is not None), Stage.WAITING)


def standing_of(row: Delivery) -> Standing:
    """Return what decides over the rungs of a delivery."""
    return Standing(
        row.started_at,
        row.deadline_at,
        frozenset(row.climbed),
        row.received_at is not None,
        row.answered_at is not None,
        row.settled_at is not None,
        row.covert,
    )


def _rungs(row: Delivery) -> dict[str, Any]:
    upcoming = standing_of(row).next(ladders()[row.ladder])
    return {
        "rung": row.climbed[-1] if row.climbed else RungName.SOCKET,
        "next_rung": upcoming[1].name if upcoming else None,
        "next_at": upcoming[0] if upcoming else None,
    }


def _of(session: Session, table: Any, delivery_ids: Collection[str]) -> dict[str, list[Any]]:
    """Return the rows of a table that belong to each delivery, in their order."""
    found: dict[str, list[Any]] = defaultdict(list)
    rows = session.execute(
        select(table)
        .where(table.delivery_id.in_(delivery_ids))
        .order_by(*table.__table__.primary_key.columns)
    ).scalars()
    for row in rows:
        found[row.delivery_id].append(row)
    return found


def _device(one: DeliveryDevice, labels: dict[str, str]) -> dict[str, Any]:
    stamps = {f"{stage}_at": getattr(one, f"{stage}_at") for stage in STAMPS}
    return {
        "id": one.device_id,
        "label": labels.get(one.device_id, ""),
        **stamps,
        "channel": one.channel,
        "trouble": one.trouble,
    }


def _attempt(one: DeliveryAttempt) -> dict[str, Any]:
    names = ("id", "rung", "channel", "device_id", "state", "code", "tries", "finished_at")
    return {**{name: getattr(one, name) for name in names}, "at": one.created_at}
