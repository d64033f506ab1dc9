"""A machine whose two clocks the test sets, phones with satellites, and clocks that run at Binchuan."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from backend.core.clock import FixedClock
from backend.core.database import Database
from backend.timekeeping.jobs import ClockKeeper
from backend.timekeeping.ports import SatelliteFix, satellite_times
from backend.timekeeping.rules import KernelClock, Reading
from tests.deadlines.conftest import centre

__all__ = ["centre"]


class MachineUnderTest:
    """The server's wall clock is the test's own clock; elapsed time goes on whatever happens to it."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.clock = clock
        self.elapsed = 1000.0
        self.kernel: KernelClock | None = KernelClock(True, 0.04, 0.001)
        self.fixes: list[SatelliteFix] = []
        self.keeper = ClockKeeper(
            database, lambda: Reading(clock.now(), self.elapsed), lambda: self.kernel, lambda: "chrony"
        )

    def pass_time(self, seconds: float) -> int:
        """Let time pass for both clocks, and the worker take its turn."""
        self.clock.instant += timedelta(seconds=seconds)
        self.elapsed += seconds
        return self.keeper()

    def set_clock(self, seconds: float) -> int:
        """Set the wall clock on or back; a second later the worker takes its turn."""
        self.clock.instant += timedelta(seconds=seconds)
        return self.pass_time(1.0)

    def phones_report(self, lag_s: float, devices: int = 3) -> None:
        """Let trackers report: their satellites' time is the server's less the lag."""
        now = self.clock.now()
        self.fixes = [
            SatelliteFix(f"tracker-{number}", now - timedelta(seconds=lag_s), now)
            for number in range(devices)
        ]

    def satellites(self, _session: object, since: datetime) -> list[SatelliteFix]:
        """The port: what arrived since."""
        return [fix for fix in self.fixes if fix.received_at >= since]


@pytest.fixture
def machine(database: Database, clock: FixedClock) -> Iterator[MachineUnderTest]:
    found = MachineUnderTest(database, clock)
    former = satellite_times.join(found.satellites)
    found.keeper()
    yield found
    satellite_times.join(former)
