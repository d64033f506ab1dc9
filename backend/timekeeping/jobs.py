"""What worker and backend run for timekeeping: look for a jump every second, ask how the clock is kept every half minute.

The worker looks first in each of its turns, so that clocks that ran across a jump are in doubt before any is judged.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from backend.core.database import Database
from backend.core.tables import AuditEntry
from backend.timekeeping import kernel
from backend.timekeeping.ports import satellite_times
from backend.timekeeping.rules import (
    ClockStep,
    Estimate,
    KernelClock,
    Reading,
    SatelliteWindow,
    behind_the_log,
    step_between,
    verdict,
)
from backend.timekeeping.service import Machine, record_check, record_step

log = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
CHECK_SECONDS = 30.0
HEARD_WITHIN_SECONDS = 2 * CHECK_SECONDS


class StepWatch:
    """Sees the wall clock of this machine jump, and records it; what could not be recorded waits for the next turn."""

    def __init__(self, database: Database, read: Callable[[], Reading] = kernel.reading) -> None:
        self.database = database
        self.machine = Machine(kernel.boot_id(), kernel.host())
        self.stopping = False
        self._read = read
        self._last: Reading | None = None
        self._unrecorded: list[tuple[str, ClockStep]] = []

    def look(self) -> int:
        """Compare both clocks with the last look; return how many jumps were recorded."""
        now = self._read()
        if self._last is None:
            self._compare_with_log(now)
        else:
            step = step_between(self._last, now)
            if step is not None:
                log.warning("the clock of this machine jumped by %.3f s", step.offset_s)
                self.jumped(now)
                self._unrecorded.append(("step", step))
        self._last = now
        return self._record()

    def jumped(self, now: Reading) -> None:
        """Be told of a jump before it is recorded."""

    def run(self) -> None:
        """Look once a second until stopped."""
        while not self.stopping:
            self.look()
            time.sleep(LOOK_SECONDS)

    def stop(self) -> None:
        """End the loop at its next turn."""
        self.stopping = True

    def _compare_with_log(self, now: Reading) -> None:
        with self.database.reading() as work:
            last = select(AuditEntry.recorded_at).order_by(AuditEntry.id.desc()).limit(1)
            step = behind_the_log(now.wall, work.session.execute(last).scalar())
        if step is not None:
            log.warning("the clock of this machine is %.3f s behind the server's own log", -step.offset_s)
            self._unrecorded.append(("behind_log", step))

    def _record(self) -> int:
        recorded = 0
        while self._unrecorded:
            kind, step = self._unrecorded[0]
            with self.database.writing() as work:
                recorded += record_step(work, self.machine, step, kind)
            self._unrecorded.pop(0)
        return recorded


class ClockKeeper(StepWatch):
    """The worker's: sees jumps, and asks the kernel, its keeper and the phones' satellites how the clock stands."""

    def __init__(
        self,
        database: Database,
        read: Callable[[], Reading] = kernel.reading,
        ask_kernel: Callable[[], KernelClock | None] = kernel.kernel_clock,
        ask_keeper: Callable[[], str | None] = kernel.kept_by,
    ) -> None:
        super().__init__(database, read)
        self._ask_kernel = ask_kernel
        self._ask_keeper = ask_keeper
        self._window = SatelliteWindow()
        self._next_check = 0.0

    def __call__(self) -> int:
        """Look for a jump and, when it is time, check the clock; return how many jumps and changes were recorded."""
        done = self.look()
        now = self._read()
        if now.elapsed >= self._next_check:
            self._next_check = now.elapsed + CHECK_SECONDS
            done += self.check(now)
        return done

    def jumped(self, now: Reading) -> None:
        """What satellites said of the clock before it jumped holds no more; ask anew at once."""
        self._window.forget()
        self._next_check = now.elapsed

    def check(self, now: Reading) -> bool:
        """Ask everybody who knows, and record what they say; whether the level changed."""
        satellites = self._satellites(now.elapsed)
        asked, keeper = self._ask_kernel(), self._ask_keeper()
        found = verdict(asked, satellites)
        with self.database.writing() as work:
            return record_check(work, self.machine, found, asked, keeper, satellites)

    def _satellites(self, elapsed: float) -> Estimate | None:
        with self.database.reading() as work:
            since = work.now - timedelta(seconds=HEARD_WITHIN_SECONDS)
            heard = satellite_times.ask(work.session, since)
        for fix in heard:
            lag_s = (fix.received_at - fix.fixed_at).total_seconds()
            self._window.add(fix.device_id, fix.fixed_at, lag_s, elapsed)
        return self._window.estimate(elapsed)
