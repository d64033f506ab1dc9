"""What the ladder does and when, pure: stages of a device, rungs and their times, what makes a rung moot (domain 1.16)."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Stage(StrEnum):
    """How far a thing came to one device; only from `device_received` on a device has it."""

    WAITING = "waiting"
    EMITTED = "emitted"
    PUSHED = "pushed"
    DEVICE_RECEIVED = "device_received"
    DISPLAYED = "displayed"
    OPENED = "opened"
    ACCEPTED = "accepted"


STAGES = tuple(Stage)
BY_RECEIPT = (Stage.DEVICE_RECEIVED, Stage.DISPLAYED, Stage.OPENED)
"""What a device itself may say."""


class RungName(StrEnum):
    """The steps of a ladder; every delivery begins on `socket`."""

    SOCKET = "socket"
    PUSH = "push"
    MESSAGE = "message"
    VOICE = "voice"
    LEADER = "leader"
    COMMANDER = "commander"


SENDING = frozenset({RungName.MESSAGE, RungName.VOICE})
"""Rungs that go through a gateway, or, where there is none, on the call list."""


class Unless(StrEnum):
    """What makes a rung moot."""

    RECEIVED = "received"
    ANSWERED = "answered"


class Settled(StrEnum):
    """Why nobody needs to climb any more."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    ON_BEHALF = "on_behalf"
    UNDER_WAY = "under_way"
    CALLED_OFF = "called_off"
    RECEIVED = "received"
    CLOSED = "closed"


class CallOutcome(StrEnum):
    """What came of a call by hand."""

    TOLD = "told"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    OFF = "off"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True)
class Rung:
    """One step: when it is climbed, what makes it moot, and which gateways serve it."""

    name: RungName
    after: timedelta
    unless: Unless
    share: float | None = None
    channels: tuple[str, ...] = ()

    def due_at(self, started_at: datetime, deadline_at: datetime | None) -> datetime:
        """Return when the rung is climbed: at its share of the time until the limit, or after its own time."""
        if self.share is None or deadline_at is None:
            return started_at + self.after
        return started_at + max(deadline_at - started_at, timedelta()) * self.share


@dataclass(frozen=True)
class Standing:
    """What decides over the rungs of one delivery."""

    started_at: datetime
    deadline_at: datetime | None
    climbed: Collection[str]
    received: bool
    answered: bool
    """Somebody it was given to answered, this person or another."""
    settled: bool
    covert: bool

    def is_moot(self, rung: Rung) -> bool:
        """Tell whether the rung needs no climbing; a call can betray a stake-out, so a covert order never rings."""
        if rung.name in self.climbed or self.settled:
            return True
        if rung.name is RungName.VOICE and self.covert:
            return True
        return self.received if rung.unless is Unless.RECEIVED else self.answered

    def due(self, ladder: Sequence[Rung], now: datetime) -> list[Rung]:
        """Return the rungs to climb now, the earliest first."""
        timed = [(rung.due_at(self.started_at, self.deadline_at), rung) for rung in ladder]
        return [
            rung for at, rung in sorted(timed, key=lambda one: one[0]) if at <= now and not self.is_moot(rung)
        ]

    def next(self, ladder: Sequence[Rung]) -> tuple[datetime, Rung] | None:
        """Return when which rung comes next; None when none does."""
        timed = [
            (rung.due_at(self.started_at, self.deadline_at), rung)
            for rung in ladder
            if not self.is_moot(rung)
        ]
        return min(timed, key=lambda one: one[0], default=None)


def furthest(stages: Collection[Stage]) -> Stage:
    """Return the furthest of some devices' stages."""
    return max(stages, key=STAGES.index, default=Stage.WAITING)


@cache
def ladders() -> Mapping[str, tuple[Rung, ...]]:
    """Read the ladders that come with the program, by their names."""
    text = files("backend.delivery").joinpath("data/ladders.toml").read_text(encoding="utf-8")
    return {name: tuple(_rung(row) for row in rows) for name, rows in tomllib.loads(text).items()}


def _rung(row: Mapping[str, Any]) -> Rung:
    return Rung(
        RungName(row["rung"]),
        timedelta(seconds=row["after_s"]),
        Unless(row["unless"]),
        row.get("share"),
        tuple(row.get("channels", ())),
    )


FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=2)
TRIED_FOR = timedelta(minutes=15)
"""After so long without a receipt another try of the same channel helps nobody."""


def next_try(
    created_at: datetime, tries: int, retry_after: timedelta | None, now: datetime
) -> datetime | None:
    """Return when a failed sending is tried again: after what the service asked for, or twice as long each time."""
    pause = max(retry_after or timedelta(), min(FIRST_PAUSE * 2 ** max(tries - 1, 0), LONGEST_PAUSE))
    at = now + pause
    return at if at <= created_at + TRIED_FOR else None
