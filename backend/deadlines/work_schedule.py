"""A court's working hours as dated data, and the regime an instant falls in (BSS-8: the 8 working hours)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from backend.deadlines.work_calendar import WorkCalendar, court_day, court_time


class Regime(StrEnum):
    """Which limit of a clause applies at an instant; a weekend counts as holiday, lunch as off hours."""

    WORKING = "working"
    OFF_HOURS = "off_hours"
    HOLIDAY = "holiday"


class Session(NamedTuple):
    """One sitting of the working day on the court's wall clock, from `opens` up to but not at `closes`."""

    opens: time
    closes: time


@dataclass(frozen=True)
class WorkSchedule:
    """A court's sessions from a day on; courts change them for summer and winter."""

    effective_from: date
    sessions: tuple[Session, ...]

    def __post_init__(self) -> None:
        """Refuse sessions that are empty, overlap or run backwards."""
        edges = [edge for session in self.sessions for edge in session]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise ValueError(f"sessions must follow one another: {sessions_text(self.sessions)!r}")


# Where a court has set no hours of its own.
USUAL_SCHEDULE = WorkSchedule(
    effective_from=date(2014, 1, 1),
    sessions=(Session(time(8, 30), time(12, 0)), Session(time(13, 30), time(17, 30))),
)


def schedule_in_force(schedules: Iterable[WorkSchedule], day: date) -> WorkSchedule:
    """The latest schedule that had begun by `day`; the usual hours where there is none."""
    begun = [schedule for schedule in schedules if schedule.effective_from <= day]
    return max(begun, key=lambda schedule: schedule.effective_from, default=USUAL_SCHEDULE)


def regime_at(instant: datetime, calendar: WorkCalendar, schedule: WorkSchedule) -> Regime:
    """Working, off hours or holiday at an aware instant; a session's last instant is already off hours."""
    if not calendar.is_working_day(court_day(instant)):
        return Regime.HOLIDAY
    moment = court_time(instant).time()
    if any(session.opens <= moment < session.closes for session in schedule.sessions):
        return Regime.WORKING
    return Regime.OFF_HOURS


def sessions_text(sessions: Iterable[Session]) -> str:
    """Sessions as they are stored: `08:30-12:00,13:30-17:30`."""
    return ",".join(f"{session.opens:%H:%M}-{session.closes:%H:%M}" for session in sessions)


def parse_sessions(text: str) -> tuple[Session, ...]:
    """Sessions from their stored text; ValueError if it is not of that form."""
    return tuple(
        Session(*(time.fromisoformat(edge) for edge in part.split("-", 1))) for part in text.split(",")
    )
