"""Named selects of positions and trackers, scoped to whoever asks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.core.clock import to_wire
from backend.core.permissions import Actor
from backend.people.permissions import Permission
from backend.timekeeping.ports import SatelliteFix
from backend.tracking.map_labels import MapLabel, read_labels
from backend.tracking.tables import LastKnownFix, StoredFix, Tracker

LONGEST_TRACK = 10_000
MOST_DEVICES = 5_000


def last_known_seen(
    session: Session, actor: Actor, *, limit: int = MOST_DEVICES, after: str | None = None
) -> list[dict[str, Any]]:
    """Return the last known positions of the courts whose positions the actor may see, as JSON-ready values.

    They stand in the order of their device ids, those after the id `after`.
    """
    query = (
        select(LastKnownFix.__table__)
        .where(LastKnownFix.court_id.in_(actor.courts(Permission.POSITION_READ)))
        .order_by(LastKnownFix.device_id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(LastKnownFix.device_id > after)
    rows = session.execute(query).mappings().all()
    labels = read_labels(session, {row["user_id"] for row in rows})
    return [last_known_to_wire(dict(row), labels[row["user_id"]]) for row in rows]


def last_known_to_wire(row: Mapping[str, Any], label: MapLabel) -> dict[str, Any]:
    """Write a row of last known positions as clients see it: the shape `LastKnown`."""
    return {
        "device_id": row["device_id"],
        "user": {"id": row["user_id"], "name": label.name},
        "team_id": label.team_id,
        "court_id": row["court_id"],
        "longitude": row["longitude"],
        "latitude": row["latitude"],
        "accuracy_m": row["accuracy_m"],
        "speed_m_s": row["speed_m_s"],
        "heading": row["heading"],
        "battery_percent": row["battery_percent"],
        "fixed_at": to_wire(row["fixed_at"]),
        "received_at": to_wire(row["received_at"]),
        "source": row["source"],
    }


SATELLITE_ACCURACY_M = 30.0
"""Receivers of satellites know their place so well and their height besides; cells and wireless networks do not."""


def satellite_fixes(session: Session, since: datetime) -> Sequence[SatelliteFix]:
    """Return the newest fix of each tracker that arrived after `since` and carries a satellite's time; a port of `timekeeping`.

    Of what phones send, the page's positions are no witness: their time was corrected by this very server. A tracker
    passes on the time of its receiver, which is the satellites' where the fix is: close, with a height, at a whole
    second as receivers report. A report without a time was given this server's own, which is at no whole second.
    """
    fix, last = StoredFix, LastKnownFix
    rows = session.execute(
        select(last.device_id, last.fixed_at, last.received_at)
        .join(fix, (fix.device_id == last.device_id) & (fix.fixed_at == last.fixed_at))
        .where(
            last.received_at >= since,
            last.source.in_(("owntracks", "osmand")),
            last.accuracy_m <= SATELLITE_ACCURACY_M,
            fix.altitude_m.is_not(None),
            fix.mock.is_(False),
        )
        .order_by(last.device_id)
        .limit(MOST_DEVICES)
    )
    return [SatelliteFix(*row) for row in rows if row.fixed_at.microsecond == 0]


def track_of(
    session: Session, user_id: str, court_ids: Iterable[str], begin: datetime, end: datetime
) -> list[Any]:
    """Return a person's fixes at these courts between two instants, in the order of time, one more than the longest."""
    return list(
        session.execute(
            select(
                StoredFix.fixed_at,
                func.ST_X(StoredFix.position).label("longitude"),
                func.ST_Y(StoredFix.position).label("latitude"),
                StoredFix.accuracy_m,
                StoredFix.source,
            )
            .where(
                StoredFix.user_id == user_id,
                StoredFix.court_id.in_(set(court_ids)),
                StoredFix.fixed_at >= begin,
                StoredFix.fixed_at <= end,
            )
            .order_by(StoredFix.fixed_at, StoredFix.device_id)
            .limit(LONGEST_TRACK + 1)
        )
    )


def tracker_exists(session: Session, token_sha256: str) -> bool:
    """Tell whether a token was ever given out, revoked or not."""
    return session.execute(select(Tracker.id).where(Tracker.token_sha256 == token_sha256)).first() is not None


def trackers_of_courts(
    session: Session, court_ids: Iterable[str], *, limit: int | None = None, after: str | None = None
) -> list[Tracker]:
    """Return the trackers of the courts, newest first, older than the id `after`."""
    query = (
        select(Tracker).where(Tracker.court_id.in_(set(court_ids))).order_by(Tracker.id.desc()).limit(limit)
    )
    if after is not None:
        query = query.where(Tracker.id < after)
    return list(session.execute(query).scalars())
