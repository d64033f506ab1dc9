"""The work calendar, pure: which days are worked, and when the Nth working day ends (BSS-7(2), BSS-8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property
from typing import NamedTuple

# A fixed offset: China has kept no daylight saving since 1991, and no rulebook here is older than 2014.
COURT_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")

# Statutory holidays that fall on the same date every year (regulation on public holidays, 2024 text).
FIXED_DATE_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


class Text(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str


class End(NamedTuple):
    """When a limit ends: an instant in UTC, and whether the calendar of an unpublished year decided it."""

    at: datetime
    provisional: bool


@dataclass(frozen=True)
class CalendarYear:
    """One year's arrangement: holidays by day with their name, and the weekend days made workdays.

    `source` names the notice, `source_date` its date; a year without a published notice is provisional.
    """

    year: int
    published: bool
    source: str
    source_date: date | None
    holidays: Mapping[date, Text]
    make_up_workdays: frozenset[date]

    @cached_property
    def off_days(self) -> frozenset[date]:
        """Days of the year on the holiday list."""
        return frozenset(self.holidays)


def unpublished_year(year: int) -> CalendarYear:
    """What is known of a year nobody has arranged: its weekends and the holidays on fixed dates."""
    name = Text("法定假日", "Statutory holiday")
    return CalendarYear(
        year=year,
        published=False,
        source="未公布",
        source_date=None,
        holidays={date(year, month, day): name for month, day in FIXED_DATE_HOLIDAYS},
        make_up_workdays=frozenset(),
    )


class WorkCalendar:
    """Working days of the years given; a year not given counts as provisional."""

    def __init__(self, years: Mapping[int, CalendarYear]) -> None:
        self._years = years

    def year(self, year: int) -> CalendarYear:
        """The arrangement of a year, published or provisional."""
        return self._years.get(year) or unpublished_year(year)

    def is_working_day(self, day: date) -> bool:
        """Whether courts work that day: Monday to Friday off the holiday list, and make-up workdays."""
        arranged = self.year(day.year)
        if day in arranged.make_up_workdays:
            return True
        return day.weekday() < 5 and day not in arranged.off_days

    def is_provisional(self, day: date) -> bool:
        """Whether the day lies in a year whose notice is not published."""
        return not self.year(day.year).published

    def end_of_working_day(self, started_at: datetime, number: int) -> End:
        """24:00 in Asia/Shanghai of the `number`th working day after the day `started_at` falls on.

        The start day is not counted (civil procedure law, article 85); a day ends at midnight, not at the
        close of business.
        """
        if number < 1:
            raise ValueError(f"a count of working days starts at one, not {number}")
        day = court_day(started_at)
        provisional = self.is_provisional(day)
        counted = 0
        while counted < number:
            day += timedelta(days=1)
            provisional = provisional or self.is_provisional(day)
            counted += self.is_working_day(day)
        midnight = datetime.combine(day + timedelta(days=1), time.min, COURT_TIME)
        return End(midnight.astimezone(UTC), provisional)


def court_day(instant: datetime) -> date:
    """The calendar day in Asia/Shanghai of an aware instant."""
    return court_time(instant).date()


def court_time(instant: datetime) -> datetime:
    """An aware instant on the wall clock of a Chinese court; a naive one is refused with ValueError."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {instant.isoformat()}")
    return instant.astimezone(COURT_TIME)
