"""What timekeeping must know and cannot see: the satellite times that phones have just reported."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy.orm import Session

from backend.core.ports import Port


class SatelliteFix(NamedTuple):
    """One position that a satellite receiver timed, and when it arrived by the server's clock."""

    device_id: str
    fixed_at: datetime
    received_at: datetime


class SatelliteTimes(Protocol):
    """Answered by whoever keeps positions; joined in `wiring.py`."""

    def __call__(self, session: Session, since: datetime) -> Sequence[SatelliteFix]:
        """The newest fix of each device that arrived after `since` and carries a satellite's time."""


def no_satellites(session: Session, since: datetime) -> Sequence[SatelliteFix]:
    """The answer of an installation without positions."""
    return ()


satellite_times: Port[SatelliteTimes] = Port(no_satellites)
"""The newest satellite fix of each device that arrived after an instant."""
