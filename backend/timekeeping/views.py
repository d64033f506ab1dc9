"""Named selects of timekeeping: how time stands, and its jumps in a stretch of time, for accountability to read."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.timekeeping.rules import LONGEST_UNCHECKED, Level, worst
from backend.timekeeping.schemas import ClockEventShape, MachineClock, ServerClockShape, ServerClockState
from backend.timekeeping.tables import ServerClock, ServerClockEvent

SHOWN = timedelta(days=1)
MOST_SHOWN = 20


def checked_lately(session: Session, now: datetime) -> list[ServerClock]:
    """The machines whose clock was checked within five minutes, also where the server's time went back since."""
    query = select(ServerClock).where(
        ServerClock.checked_at.between(now - LONGEST_UNCHECKED, now + LONGEST_UNCHECKED)
    )
    return list(session.execute(query.order_by(ServerClock.host, ServerClock.boot_id)).scalars())


def server_time(session: Session, now: datetime) -> tuple[Level, int | None]:
    """How far the server's time can be relied on now, and by how many milliseconds the worst machine is off."""
    rows = checked_lately(session, now)
    level = worst(Level(row.level) for row in rows)
    offsets = [row.offset_ms for row in rows if row.level == level and row.offset_ms is not None]
    return level, max(offsets, key=abs, default=None)


def standing(session: Session, now: datetime) -> ServerClockState:
    """The same in the shape that desks are told."""
    level, offset_ms = server_time(session, now)
    return ServerClockState(level=level, offset_ms=offset_ms)


def clock_events(
    session: Session, begin: datetime, end: datetime, *, limit: int = 200
) -> list[ServerClockEvent]:
    """The jumps and changes of trust of the server's clocks in a stretch of time, the newest first.

    A jump counts as lying in the stretch by what the clock said after it or should have said.
    """
    after = ServerClockEvent.after_at.between(begin, end)
    before = ServerClockEvent.before_at.between(begin, end)
    query = select(ServerClockEvent).where(after | before)
    return list(
        session.execute(
            query.order_by(ServerClockEvent.after_at.desc(), ServerClockEvent.id.desc()).limit(limit)
        ).scalars()
    )


def server_clock(session: Session, now: datetime) -> ServerClockShape:
    """How the server's time is kept, machine by machine, with the last day's events."""
    state = standing(session, now)
    return ServerClockShape(
        level=state.level,
        offset_ms=state.offset_ms,
        now=now,
        machines=[MachineClock.model_validate(row) for row in _plain(checked_lately(session, now))],
        events=[
            ClockEventShape.model_validate(
                {name: getattr(row, name) for name in ClockEventShape.model_fields}
            )
            for row in clock_events(session, now - SHOWN, now + SHOWN, limit=MOST_SHOWN)
        ],
    )


def _plain(rows: list[ServerClock]) -> list[dict[str, object]]:
    return [{name: getattr(row, name) for name in MachineClock.model_fields} for row in rows]
