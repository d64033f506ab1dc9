"""The watcher of clocks: each warning and each breach acted on exactly once, in the order of time (BSS-7, BSS-8; A8).

Any number of workers may run it at once. A clock is acted on in a transaction of its own, under its row lock, and says
itself when it needs the next look; finished clocks are in no index the watcher reads, so they cost nothing.
"""

import heapq
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from backend.core.database import Database
from backend.deadlines.judging import judge, look_later, warn
from backend.deadlines.rules import ClockState
from backend.deadlines.tables import DeadlineClock

log = logging.getLogger(__name__)
PER_LOOK = 200
FIRST_REST_SECONDS = 5.0
LONGEST_REST_SECONDS = 600.0


class Look(NamedTuple):
    """A clock and when it needs the watcher; sorts by time."""

    at: datetime
    clock_id: str


@dataclass(frozen=True)
class Rest:
    """A clock that could not be acted on: how often that failed, and until when it is left alone (monotonic)."""

    failures: int
    until: float


class ClockWatcher:
    """One a process; remembers only which clocks failed, so that a poisoned one stops no other."""

    def __init__(self, database: Database, *, should_stop: Callable[[], bool] = lambda: False) -> None:
        self.database = database
        self.should_stop = should_stop
        self._resting: dict[str, Rest] = {}

    def __call__(self) -> int:
        """Do everything that is due, the earliest first, and return how many acts that was."""
        done = 0
        while due := self._due():
            acted = self._act_in_order(due)
            done += acted
            if not acted or self.should_stop():
                # Another worker has them, or nothing could be done: the next turn comes soon.
                break
        return done

    def _act_in_order(self, due: list[Look]) -> int:
        """Act on some clocks; one that needs another look at once takes its place among the others again."""
        acted, horizon = 0, due[-1]
        heapq.heapify(due)
        while due and not self.should_stop():
            done, again = self._act(heapq.heappop(due).clock_id)
            acted += done
            if done and again is not None and again <= horizon:
                heapq.heappush(due, again)
        return acted

    def _due(self) -> list[Look]:
        """Return the clocks to act on, the earliest first; those that failed lately are left out."""
        now = time.monotonic()
        resting = {clock_id for clock_id, rest in self._resting.items() if rest.until > now}
        with self.database.reading() as work:
            found = work.session.execute(
                select(DeadlineClock.next_look_at, DeadlineClock.id)
                .where(DeadlineClock.next_look_at <= work.now)
                .order_by(DeadlineClock.next_look_at, DeadlineClock.id)
                .limit(PER_LOOK + len(resting))
            )
            return [
                Look(at, clock_id) for at, clock_id in found if at is not None and clock_id not in resting
            ]

    def _act(self, clock_id: str) -> tuple[bool, Look | None]:
        """Do the next act of one clock: give its warning, or judge it; whether anything changed, and its next look."""
        try:
            with self.database.writing() as work:
                row = work.session.execute(
                    select(DeadlineClock)
                    .where(DeadlineClock.id == clock_id, DeadlineClock.next_look_at <= work.now)
                    .with_for_update(skip_locked=True)
                ).scalar_one_or_none()
                if row is None:
                    return False, None
                work.authorise_by_rule("a limit that passes is nobody's act")
                acted = warn(work, row) or judge(work, row)
                if not acted and row.state == ClockState.UNCONFIRMED:
                    look_later(work, row)
                again = Look(row.next_look_at, clock_id) if row.next_look_at is not None else None
                now = work.now
        except Exception:
            self._let_rest(clock_id)
            log.exception("the clock %s could not be judged", clock_id)
            return False, None
        self._resting.pop(clock_id, None)
        return acted, again if again is not None and again.at <= now else None

    def _let_rest(self, clock_id: str) -> None:
        failures = self._resting[clock_id].failures + 1 if clock_id in self._resting else 1
        seconds = min(FIRST_REST_SECONDS * 2 ** (failures - 1), LONGEST_REST_SECONDS)
        self._resting[clock_id] = Rest(failures, time.monotonic() + seconds)
