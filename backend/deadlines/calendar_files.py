"""Reading a year of the work calendar from a TOML file: the checked-in years and notices loaded later."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from backend.deadlines.work_calendar import CalendarYear, Text


@cache
def checked_in_years() -> Mapping[int, CalendarYear]:
    """The years that come with the program, by year."""
    folder = files("backend.deadlines") / "data" / "calendar"
    years = [
        parse_year(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    return {year.year: year for year in years}


def parse_year(text: str) -> CalendarYear:
    """A calendar year from TOML with year, status, source, source_date, make_up_workdays and holiday spans.

    ValueError where a day lies outside the year, a make-up workday is no weekend, or a field is missing.
    """
    data = tomllib.loads(text)
    try:
        year = CalendarYear(
            year=data["year"],
            published=_published(data["status"]),
            source=data["source"],
            source_date=data.get("source_date"),
            holidays={
                day: Text(**holiday["name"])
                for holiday in data["holiday"]
                for day in _days(holiday["from"], holiday["to"])
            },
            make_up_workdays=frozenset(data["make_up_workdays"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a calendar year: {error}") from error
    _check(year)
    return year


def _published(status: Any) -> bool:
    if status not in ("published", "provisional"):
        raise ValueError(f"status must be published or provisional, not {status!r}")
    return bool(status == "published")


def _days(first: date, last: date) -> list[date]:
    if last < first:
        raise ValueError(f"a holiday ends before it begins: {first} to {last}")
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _check(year: CalendarYear) -> None:
    for day in (*year.holidays, *year.make_up_workdays):
        if day.year != year.year:
            raise ValueError(f"{day} does not lie in {year.year}")
    for day in year.make_up_workdays:
        if day.weekday() < 5 or day in year.holidays:
            raise ValueError(f"{day} cannot be a make-up workday")
    if year.published and year.source_date is None:
        raise ValueError("a published year names the date of its notice")
