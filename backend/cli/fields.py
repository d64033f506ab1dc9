"""What commands ask for alike: a day as courts count it, a court by its id, a password not shown."""

import re
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import click

from backend.core.database import UnitOfWork
from backend.core.problems import not_found
from backend.courts.views import find_court
from backend.deadlines.work_calendar import COURT_TIME
from backend.people.rules import MOBILE_PATTERN


class CourtDay(click.ParamType[date]):
    """A day on the wall of a Chinese court, written 2026-03-01."""

    name = "day"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> date:
        """Return the day; a usage error in both languages for what is none."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=COURT_TIME).date()
        except ValueError:
            self.fail(
                f"{value} 不是日期，请写成 2026-03-01 / is no day; write 2026-03-01", parameter, context
            )


DAY = CourtDay()


class Mobile(click.ParamType[str]):
    """The number of a telephone."""

    name = "number"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        """Return the number; a usage error in both languages for what is none."""
        if not re.fullmatch(MOBILE_PATTERN, str(value)):
            self.fail(f"{value} 不是电话号码 / is no telephone number", parameter, context)
        return str(value)


MOBILE = Mobile()


def begin_of(day: date) -> datetime:
    """Return the first instant of the day in Beijing."""
    return datetime.combine(day, time.min, COURT_TIME).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the instant at which the day in Beijing is over."""
    return begin_of(day + timedelta(days=1))


def demand_court(work: UnitOfWork, court_id: str) -> str:
    """Return the id of a court that is there; 404.1 for none."""
    if find_court(work.session, court_id) is None:
        raise not_found(f"没有法院 {court_id}", f"There is no court {court_id}")
    return court_id


def secret_of(password: str) -> str:
    """Return the password that was asked for, or the first line of standard input for a dash."""
    return sys.stdin.readline().strip() if password == "-" else password
