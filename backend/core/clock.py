"""Time as a dependency: everything asks a Clock, so that tests and replays can pass their own instant."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Something that knows the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved; for tests and rehearsals."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.instant


def to_wire(instant: datetime) -> str:
    """Write an instant as RFC 3339 in UTC with milliseconds, the form of every `…_at` in the API."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_wire(text: str) -> datetime:
    """Read an instant that `to_wire` wrote."""
    return datetime.fromisoformat(text)
