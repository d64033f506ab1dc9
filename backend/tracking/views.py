"""Named selects of positions and trackers, scoped to whoever asks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.people.permissions import Permission
from backend.people.views import user_names
from backend.teams.views import team_of_people
from backend.tracking.schemas import LastKnown
from backend.tracking.tables import LastKnownFix, StoredFix, Tracker

LONGEST_TRACK = 10_000
MOST_DEVICES = 5_000


def last_known_seen(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Return the last known positions of the courts whose positions the actor may see, as JSON-ready values."""
    rows = session.execute(
        select(LastKnownFix)
        .where(LastKnownFix.court_id.in_(actor.courts(Permission.POSITION_READ)))
        .order_by(LastKnownFix.device_id)
        .limit(MOST_DEVICES)
    ).scalars()
    return describe_last_known(session, list(rows))


def describe_last_known(session: Session, rows: list[LastKnownFix]) -> list[dict[str, Any]]:
    """Return the shape `LastKnown` of each position, as JSON-ready values."""
    people = {row.user_id for row in rows}
    names, teams = user_names(session, people), team_of_people(session, people)
    plain = [name for name in LastKnown.model_fields if name not in ("user", "team_id")]
    return [
        LastKnown.model_validate(
            {
                **{name: getattr(row, name) for name in plain},
                "user": {"id": row.user_id, "name": names.get(row.user_id, "")},
                "team_id": teams.get(row.user_id),
            }
        ).model_dump(mode="json")
        for row in rows
    ]


def track_of(session: Session, user_id: str, court_ids: Iterable[str], begin: datetime, end: datetime) -> list[Any]:
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


def find_tracker_by_token(session: Session, token_sha256: str) -> Tracker | None:
    """Return the tracker of a token that was not revoked, or None."""
    return session.execute(
        select(Tracker).where(Tracker.token_sha256 == token_sha256, Tracker.revoked_at.is_(None))
    ).scalar_one_or_none()


def trackers_of_courts(session: Session, court_ids: Iterable[str]) -> list[Tracker]:
    """Return the trackers of the courts, newest first."""
    rows = session.execute(
        select(Tracker).where(Tracker.court_id.in_(set(court_ids))).order_by(Tracker.created_at.desc(), Tracker.id)
    )
    return list(rows.scalars())
