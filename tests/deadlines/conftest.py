"""What the tests of deadlines share: a court's wall clock, and the rulebooks on the official calendar."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from backend.core.clock import FixedClock
from backend.core.database import Database
from backend.deadlines.calendar_files import checked_in_years
from backend.deadlines.ports import silent_phones
from backend.deadlines.rulebooks import ClockCode, rulebooks
from backend.deadlines.rules import ClockState, Deadline, clock_state, deadline
from backend.deadlines.work_calendar import WorkCalendar
from backend.deadlines.work_schedule import USUAL_SCHEDULE
from tests.deadlines.centre import Centre, court_clock


@pytest.fixture
def at() -> Callable[[str], datetime]:
    return court_clock


@pytest.fixture
def calendar() -> WorkCalendar:
    return WorkCalendar(checked_in_years())


@pytest.fixture
def due(calendar: WorkCalendar) -> Callable[..., Deadline]:
    """`due("C6", "2026-03-03 09:00")`: the deadline under the Baishishan rulebook, or another one by id."""

    def find(clock: str, started_at: str, rulebook: str = "bss_2017", **options: bool) -> Deadline:
        return deadline(
            rulebooks()[rulebook],
            ClockCode(clock),
            court_clock(started_at),
            calendar,
            USUAL_SCHEDULE,
            **options,
        )

    return find


@pytest.fixture
def outcome(due: Callable[..., Deadline]) -> Callable[..., ClockState]:
    """`outcome("C4", start, stopped_at)`: how a clock ends that was stopped then, looked at a week later."""

    def judge(clock: str, started_at: str, stopped_at: str) -> ClockState:
        return clock_state(
            due_at=due(clock, started_at).due_at,
            now=court_clock("2027-12-31 00:00"),
            stopped_at=court_clock(stopped_at),
            cancelled_at=None,
            could_still_disprove=False,
        )

    return judge


@pytest.fixture
def centre(database: Database, clock: FixedClock) -> Iterator[Centre]:
    """Clocks of the demo's courts: Dali's under their own text until 2025, under the numbers from 2026."""
    centre = Centre(database, clock)
    former = silent_phones.join(centre.could_still_disprove)
    yield centre
    silent_phones.join(former)
