"""Shapes of the wire for how the server's clock is kept (legal time)."""

from typing import Literal

from backend.core.schemas import Wire, WireInstant
from backend.timekeeping.rules import Level


class MachineClock(Wire):
    """The clock of one machine: `offset_ms` below zero is behind by at least so much, above zero ahead by at most so much.

    `devices`: how many phones' satellite times that rests on. `synchronised` null: the kernel could not be asked.
    """

    host: str
    checked_at: WireInstant
    level: Level
    synchronised: bool | None
    kept_by: str | None
    max_error_ms: int | None
    offset_ms: int | None
    devices: int


class ServerClockState(Wire):
    """How far the server's time can be relied on: the worst of its machines that were checked lately."""

    level: Level
    offset_ms: int | None


class ClockEventShape(Wire):
    """A jump of a machine's clock, or a change of how far it is relied on."""

    kind: Literal["step", "behind_log", "level"]
    host: str
    before_at: WireInstant
    after_at: WireInstant
    offset_ms: int | None
    level: Level | None


class ServerClockShape(ServerClockState):
    """The same with each machine, and what happened to its clock in the last day, the newest first."""

    now: WireInstant
    machines: list[MachineClock]
    events: list[ClockEventShape]
