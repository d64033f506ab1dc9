"""Rulebooks as data: clauses with their texts, limits and warnings, the interpreter (BSS-13), the first day (BSS-14)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from backend.deadlines.work_calendar import Text
from backend.deadlines.work_schedule import Regime


class ClockCode(StrEnum):
    """The clocks the project runs, by the number of the clock table in the domain notes."""

    ANSWER = "C1"
    REGISTER_AND_REPORT = "C2"
    ISSUE_ORDER = "C3"
    URGENT_LEAD = "C4"
    NON_URGENT_CHECK = "C5"
    SUPERIOR_DIRECTIVE = "C6"
    WRITTEN_FEEDBACK = "C7"
    FETCH_DEBTOR = "C8"


CLOCKS_OF_THE_DESK = frozenset({ClockCode.ANSWER, ClockCode.REGISTER_AND_REPORT, ClockCode.ISSUE_ORDER})
"""What the duty desk and its leaders owe; whether they kept it is no doing of the team that carries an order."""


class LimitKind(StrEnum):
    """`rule`: a number an adopted text prints. `target`: our own number, which alerts and accuses nobody."""

    RULE = "rule"
    TARGET = "target"


class Audience(StrEnum):
    """Whom a warning or a breach is told to; who that is at the moment is found out then, never before."""

    DUTY_OFFICER = "duty_officer"
    STANDBY = "standby"
    DUTY_LEADER = "duty_leader"
    COMMANDER = "commander"
    LIAISON = "liaison"
    RESPONSIBLE = "responsible"
    ISSUER = "issuer"


class RecordKind(StrEnum):
    """What the breach of a printed number puts down for a person to explain; a target of ours puts down nothing."""

    ABSENT_FROM_POST = "absent_from_post"
    LATE_DISPATCH = "late_dispatch"
    LATE_VERIFICATION = "late_verification"
    LATE_FEEDBACK = "late_feedback"


@dataclass(frozen=True)
class WarningStep:
    """One warning: so many minutes after the start, or at an hour of a counted working day (None: its close).

    `clause` names the text whose number passes at that moment, where it is another than the limit's own (A2).
    """

    tell: tuple[Audience, ...]
    minutes: int | None
    working_day: int | None
    hour: time | None
    clause: str | None

    def __post_init__(self) -> None:
        """Refuse a step that is at no time, or that tells nobody."""
        if (self.minutes is None) == (self.working_day is None):
            raise ValueError("a warning is after minutes or on a working day, one of them")
        if (self.minutes or self.working_day or 0) < 1:
            raise ValueError("a warning comes after the start")
        if not self.tell:
            raise ValueError("a warning is told to somebody")


class NoSuchLimitError(LookupError):
    """A rulebook sets no limit for a clock in a regime."""


@dataclass(frozen=True)
class Limit:
    """One limit of one clause: minutes of plain elapsed time, or whole working days; exactly one is set.

    `regimes` is empty where the hour of the start event does not matter. `start` and `stop` name the events.
    `tell` and `record`: whom a breach is told to, and what it puts down for somebody to explain.
    """

    clause: str
    clock: ClockCode
    kind: LimitKind
    start: str
    stop: str
    regimes: frozenset[Regime]
    minutes: int | None
    working_days: int | None
    warnings: tuple[WarningStep, ...] = ()
    tell: tuple[Audience, ...] = ()
    record: RecordKind | None = None

    def __post_init__(self) -> None:
        """Refuse a limit that is no limit, and a target of ours that would accuse."""
        if self.record is not None and self.kind is not LimitKind.RULE:
            raise ValueError(f"{self.clause} {self.clock}: only a printed number may open a record")
        if (self.minutes is None) == (self.working_days is None):
            raise ValueError(f"{self.clause} {self.clock}: minutes or working days, one of them")
        if (self.minutes or self.working_days or 0) < 1:
            raise ValueError(f"{self.clause} {self.clock}: a limit is at least one")


@dataclass(frozen=True)
class Rulebook:
    """A court text in force from a day on: its clauses by id, and their limits."""

    id: str
    title: Text
    interpreter: str
    effective_from: date
    clauses: Mapping[str, Text]
    limits: tuple[Limit, ...]

    def __post_init__(self) -> None:
        """Refuse limits that leave an hour of the week without an answer, or give it two."""
        for clock in {limit.clock for limit in self.limits}:
            regimes = [limit.regimes or frozenset(Regime) for limit in self.limits if limit.clock == clock]
            if sorted(one for some in regimes for one in some) != sorted(Regime):
                raise ValueError(f"{self.id} {clock}: each regime needs one limit, no more and no less")

    def limit(self, clock: ClockCode, regime: Regime) -> Limit:
        """The limit for a clock that starts in a regime; NoSuchLimitError where the text sets none."""
        for limit in self.limits:
            if limit.clock == clock and (not limit.regimes or regime in limit.regimes):
                return limit
        raise NoSuchLimitError(f"{self.id} sets no limit for {clock} in {regime}")


@dataclass(frozen=True)
class Adoption:
    """A court's dated act that makes a rulebook its own.

    `article_7_at_night`: the court keeps 30 minutes for urgent leads at any hour (BSS-7(1)) instead of
    the hour that BSS-8 allows outside working time. `act` names the act.
    """

    rulebook_id: str
    effective_from: date
    article_7_at_night: bool = False
    act: str = ""


def adoption_in_force(adoptions: Iterable[Adoption], day: date) -> Adoption | None:
    """The act in force on the day of a start event, or None where the court has adopted nothing by then."""
    begun = [adoption for adoption in adoptions if adoption.effective_from <= day]
    return max(begun, key=lambda adoption: adoption.effective_from, default=None)


@cache
def rulebooks() -> Mapping[str, Rulebook]:
    """The rulebooks that come with the program, by id."""
    folder = files("backend.deadlines") / "data" / "rulebooks"
    books = [
        parse_rulebook(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    return {book.id: book for book in books}


def parse_rulebook(text: str) -> Rulebook:
    """A rulebook from TOML; ValueError or KeyError where it is not one."""
    data = tomllib.loads(text)
    ids = [clause["id"] for clause in data["clause"]]
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise ValueError(f"{data['id']} names clauses twice: {sorted(twice)}")
    book = Rulebook(
        id=data["id"],
        title=Text(**data["title"]),
        interpreter=data["interpreter"],
        effective_from=data["effective_from"],
        clauses={clause["id"]: Text(**clause["text"]) for clause in data["clause"]},
        limits=tuple(
            _limit(clause["id"], row) for clause in data["clause"] for row in clause.get("limit", [])
        ),
    )
    named = {step.clause for limit in book.limits for step in limit.warnings if step.clause is not None}
    if unknown := named - book.clauses.keys():
        raise ValueError(f"{book.id} names clauses it does not have: {sorted(unknown)}")
    return book


def _limit(clause: str, row: Mapping[str, Any]) -> Limit:
    return Limit(
        clause=clause,
        clock=ClockCode(row["clock"]),
        kind=LimitKind(row["kind"]),
        start=row["start"],
        stop=row["stop"],
        regimes=frozenset(Regime(regime) for regime in row.get("regimes", [])),
        minutes=row.get("minutes"),
        working_days=row.get("working_days"),
        warnings=tuple(_warning(step) for step in row.get("warnings", [])),
        tell=tuple(Audience(one) for one in row.get("tell", [])),
        record=RecordKind(row["record"]) if "record" in row else None,
    )


def _warning(row: Mapping[str, Any]) -> WarningStep:
    return WarningStep(
        tell=tuple(Audience(one) for one in row["tell"]),
        minutes=row.get("minutes"),
        working_day=row.get("working_day"),
        hour=row.get("hour"),
        clause=row.get("clause"),
    )
