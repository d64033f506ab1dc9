"""Why a limit is what it is, in facts: the act in force, the court's hours, each counted day (BSS-7(2), BSS-8; A14, A19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from backend.deadlines.rulebooks import Adoption, ClockCode, Limit, Rulebook
from backend.deadlines.work_calendar import Text, WorkCalendar, court_day
from backend.deadlines.work_schedule import Regime, WorkSchedule, regime_at


class DayKind(StrEnum):
    """What a day is on the work calendar; a weekend day inside a holiday is holiday."""

    WORKING_DAY = "working_day"
    MAKE_UP_WORKDAY = "make_up_workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class DayFact:
    """One day and the notice that makes it so; `source` is None where the week alone decides.

    `published` is False where no notice of its year is published.
    """

    day: date
    kind: DayKind
    name: Text | None
    source: str | None
    source_date: date | None
    published: bool


@dataclass(frozen=True)
class CountedDay:
    """One day a count of working days walks over: 0 the day of the start, None a day off, else its number."""

    fact: DayFact
    number: int | None


@dataclass(frozen=True)
class Why:
    """What decided a limit. `limit` is None where the rulebook of today no longer holds it.

    `regime` is what the hour of the start was; it decided only where `regime_decides`.
    """

    rulebook: Rulebook
    adoption: Adoption | None
    limit: Limit | None
    regime: Regime
    regime_decides: bool
    start_day: DayFact
    schedule: WorkSchedule
    counted: tuple[CountedDay, ...]
    provisional_years: tuple[int, ...]


def explain(
    rulebook: Rulebook,
    adoption: Adoption | None,
    clause: str,
    clock: ClockCode,
    started_at: datetime,
    calendar: WorkCalendar,
    schedule: WorkSchedule,
    *,
    limit_seconds: int | None,
    working_days: int | None,
) -> Why:
    """The facts behind a limit of so many seconds or working days that a clause set at an aware instant."""
    limit = limit_of(rulebook, clause, clock, limit_seconds, working_days)
    regime_decides = limit is not None and bool(limit.regimes)
    counted = tuple(days_counted(started_at, working_days, calendar)) if working_days else ()
    start_day = day_fact(court_day(started_at), calendar)
    relied_on = [one.fact for one in counted] or ([start_day] if regime_decides else [])
    return Why(
        rulebook=rulebook,
        adoption=adoption,
        limit=limit,
        regime=regime_at(started_at, calendar, schedule),
        regime_decides=regime_decides,
        start_day=start_day,
        schedule=schedule,
        counted=counted,
        provisional_years=tuple(sorted({fact.day.year for fact in relied_on if not fact.published})),
    )


def limit_of(
    rulebook: Rulebook, clause: str, clock: ClockCode, limit_seconds: int | None, working_days: int | None
) -> Limit | None:
    """The limit of a rulebook that a clock was started under, or None where it has no such limit."""
    for limit in rulebook.limits:
        seconds = None if limit.minutes is None else 60 * limit.minutes
        if (limit.clause, limit.clock, seconds, limit.working_days) == (
            clause,
            clock,
            limit_seconds,
            working_days,
        ):
            return limit
    return None


def day_fact(day: date, calendar: WorkCalendar) -> DayFact:
    """What a day is, its holiday's name, and the notice that says so."""
    year = calendar.year(day.year)
    arranged = day in year.holidays or day in year.make_up_workdays
    if day in year.make_up_workdays:
        kind = DayKind.MAKE_UP_WORKDAY
    elif day in year.holidays:
        kind = DayKind.HOLIDAY
    else:
        kind = DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING_DAY
    return DayFact(
        day=day,
        kind=kind,
        name=year.holidays.get(day),
        source=year.source if arranged else None,
        source_date=year.source_date if arranged else None,
        published=year.published,
    )


def days_counted(started_at: datetime, number: int, calendar: WorkCalendar) -> Iterator[CountedDay]:
    """Every day from the start, which is not counted (civil procedure law, article 85), to the last counted one."""
    day = court_day(started_at)
    yield CountedDay(day_fact(day, calendar), 0)
    counted = 0
    while counted < number:
        day += timedelta(days=1)
        works = calendar.is_working_day(day)
        counted += works
        yield CountedDay(day_fact(day, calendar), counted if works else None)
