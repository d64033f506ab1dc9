"""Named selects of roll calls: a court's, the latest of some shifts, those that wait for somebody (A1)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.duty.tables import RollCall, RollCallAnswer, RollCallShift


def roll_calls_of_court(
    session: Session, court_id: str, *, limit: int, after: str | None = None
) -> list[RollCall]:
    """Return the roll calls of a court, newest first, older than the id `after`."""
    query = select(RollCall).where(RollCall.court_id == court_id)
    if after is not None:
        query = query.where(RollCall.id < after)
    return list(session.execute(query.order_by(RollCall.id.desc()).limit(limit)).scalars())


def latest_roll_call(session: Session, shift_ids: Collection[str]) -> RollCall | None:
    """Return the latest roll call of any of these shifts, or None."""
    return session.execute(
        select(RollCall)
        .join(RollCallShift, RollCallShift.roll_call_id == RollCall.id)
        .where(RollCallShift.shift_id.in_(shift_ids))
        .order_by(RollCall.started_at.desc(), RollCall.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def roll_calls_waiting_for(session: Session, user_id: str) -> list[RollCall]:
    """Return the open roll calls somebody has not answered, the oldest first."""
    rows = session.execute(
        select(RollCall)
        .join(RollCallAnswer, RollCallAnswer.roll_call_id == RollCall.id)
        .where(
            RollCallAnswer.user_id == user_id,
            RollCallAnswer.answered_at.is_(None),
            RollCall.closed_at.is_(None),
        )
        .order_by(RollCall.id)
    )
    return list(rows.scalars())
