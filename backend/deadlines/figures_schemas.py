"""Shapes of the wire for the figures of clocks: counts, rates and times, and nobody's name (BSS-6 to BSS-8)."""

from datetime import date

from pydantic import ConfigDict, Field, model_validator

from backend.core.schemas import CourtId, Reference, Wire, WireInstant
from backend.deadlines.rulebooks import ClockCode, LimitKind
from backend.deadlines.schemas import ClauseText

LONGEST_STRETCH_DAYS = 366
FIRST_DAY, LAST_DAY = date(2014, 1, 1), date(2199, 12, 30)


class FigureQuery(Wire):
    """Which days (of the courts' calendar, both counted, at most a year), and of one court or all."""

    model_config = ConfigDict(populate_by_name=True)

    first: date = Field(alias="from", ge=FIRST_DAY, le=LAST_DAY)
    last: date = Field(alias="to", ge=FIRST_DAY, le=LAST_DAY)
    court_id: CourtId | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "FigureQuery":
        if not 0 <= (self.last - self.first).days < LONGEST_STRETCH_DAYS:
            raise ValueError("from one day to a later one, at most a year")
        return self


class FigureRow(Wire):
    """One step under one limit of one clause at one court.

    `on_time_rate` is met / (met + breached): what runs, is unconfirmed or was cancelled is in neither. Times are from
    start to stop of the `timed` acts, late ones too, by nearest rank.
    """

    court: Reference
    rulebook: str
    clause: str
    clause_text: ClauseText
    clock: ClockCode
    kind: LimitKind
    limit_minutes: int | None
    working_days: int | None
    started: int
    running: int
    met: int
    breached: int
    unconfirmed: int
    cancelled: int
    on_time_rate: float | None
    timed: int
    median_seconds: float | None
    p95_seconds: float | None


class ClockFigures(Wire):
    """The figures of clocks that started on the days, in the order of the courts' codes: no ranking."""

    first: date
    last: date
    at: WireInstant
    rows: list[FigureRow]
