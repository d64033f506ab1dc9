"""A wrong number or comparison is noticed: each limit one off, each edge moved, and the clause tests' literal times fail.

The tests of clauses (`test_bss_*.py`, `test_dl_*.py`) are run here again, in this process, on a changed rulebook.
"""

import importlib
import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.deadlines import rules
from backend.deadlines.rulebooks import Limit, Rulebook, rulebooks
from backend.deadlines.work_calendar import WorkCalendar, court_day, court_time
from backend.deadlines.work_schedule import Regime

HERE = Path(__file__).parent
CLAUSE_FILES = sorted([*HERE.glob("test_bss_*.py"), *HERE.glob("test_dl_*.py")])
Run = Callable[[], Iterator[str]]


def calls_of(test: Any, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every set of arguments pytest would run a test with, where it needs nothing but what is given."""
    tables = []
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            names, rows = mark.args[:2]
            names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
            tables.append([dict(zip(names, values(row, len(names)), strict=True)) for row in rows])
    for rows in itertools.product(*tables):
        arguments = {name: value for row in rows for name, value in row.items()}
        needed = inspect.signature(test).parameters.keys() - arguments.keys()
        if needed <= given.keys():
            yield {**arguments, **{name: given[name] for name in needed}}


def values(row: Any, count: int) -> tuple[Any, ...]:
    """The values of one row of a parametrized test."""
    row = getattr(row, "values", row)
    return (row,) if count == 1 and not (isinstance(row, tuple) and len(row) == 1) else tuple(row)


@pytest.fixture
def failing(due: Any, outcome: Any, at: Any, calendar: Any) -> Run:
    """Run the tests of every clause, and yield the names of those that fail."""
    given = {"due": due, "outcome": outcome, "at": at, "calendar": calendar}
    tests = [
        (f"{path.stem}.{name}", test)
        for path in CLAUSE_FILES
        for name, test in vars(importlib.import_module(f"tests.deadlines.{path.stem}")).items()
        if name.startswith("test_")
    ]

    def run() -> Iterator[str]:
        for name, test in tests:
            for arguments in calls_of(test, given):
                try:
                    test(**arguments)
                except Exception:  # noqa: BLE001 - a wrong limit may also make a test break
                    yield name
                    break

    return run


def with_limit(book: Rulebook, number: int, limit: Limit) -> dict[str, Rulebook]:
    """The rulebooks with another limit in place of one."""
    limits = (*book.limits[:number], limit, *book.limits[number + 1 :])
    return {**rulebooks(), book.id: replace(book, limits=limits)}


def one_off(limit: Limit, by: int) -> Limit | None:
    """The limit a minute or a working day longer or shorter; None where that would be none."""
    if limit.minutes is not None:
        return replace(limit, minutes=limit.minutes + by) if limit.minutes + by else None
    days = (limit.working_days or 0) + by
    return replace(limit, working_days=days) if days else None


MUTATIONS = [
    pytest.param(
        book.id, number, by, id=f"{limit.clause} {limit.clock} {'-'.join(sorted(limit.regimes))} {by:+}"
    )
    for book in rulebooks().values()
    for number, limit in enumerate(book.limits)
    for by in (-1, 1)
    if one_off(limit, by) is not None
]


def test_as_the_rulebooks_stand_every_test_of_a_clause_holds(failing: Run) -> None:
    assert list(failing()) == []


def test_the_clause_tests_are_really_run_with_each_of_their_rows(due: Any, outcome: Any, at: Any) -> None:
    from tests.deadlines import test_bss_8

    given = {"due": due, "outcome": outcome, "at": at}
    test = test_bss_8.test_a_superiors_directive_has_30_minutes_in_working_time_and_an_hour_otherwise
    rows = list(calls_of(test, given))
    assert len(rows) == 13
    assert (rows[0]["served_at"], rows[0]["due_at"]) == ("2026-03-03 09:00", "2026-03-03 09:30")
    assert (
        len(list(calls_of(test_bss_8.test_feedback_does_not_depend_on_an_unpublished_calendar, given))) == 1
    )
    assert list(calls_of(test, {"due": due})) == [], "what needs more than is given is left to pytest"


@pytest.mark.parametrize(("book", "number", "by"), MUTATIONS)
def test_a_limit_that_is_one_off_is_noticed(
    failing: Run, monkeypatch: pytest.MonkeyPatch, book: str, number: int, by: int
) -> None:
    changed = one_off(rulebooks()[book].limits[number], by)
    assert changed is not None
    books = with_limit(rulebooks()[book], number, changed)
    monkeypatch.setattr("tests.deadlines.conftest.rulebooks", lambda: books)
    expected = f"{changed.clock} under {changed.clause}"
    assert next(failing(), None) is not None, f"no clause test holds {expected}"


def sessions_open_late(instant: Any, calendar: Any, schedule: Any) -> Regime:
    """A session's first instant counts as off hours."""
    return regime_with(instant, calendar, schedule, lambda one, now: one.opens < now < one.closes)


def sessions_close_late(instant: Any, calendar: Any, schedule: Any) -> Regime:
    """A session's last instant counts as working time."""
    return regime_with(instant, calendar, schedule, lambda one, now: one.opens <= now <= one.closes)


def weekends_are_worked(instant: Any, calendar: Any, schedule: Any) -> Regime:
    """Every day is a working day."""
    now = court_time(instant).time()
    working = any(one.opens <= now < one.closes for one in schedule.sessions)
    return Regime.WORKING if working else Regime.OFF_HOURS


def lunch_is_worked(instant: Any, calendar: Any, schedule: Any) -> Regime:
    """From the first session's opening to the last one's close is working time."""
    first, last = schedule.sessions[0], schedule.sessions[-1]
    return regime_with(instant, calendar, schedule, lambda _one, now: first.opens <= now < last.closes)


def regime_with(instant: Any, calendar: Any, schedule: Any, inside: Callable[[Any, Any], bool]) -> Regime:
    if not calendar.is_working_day(court_day(instant)):
        return Regime.HOLIDAY
    now = court_time(instant).time()
    return Regime.WORKING if any(inside(one, now) for one in schedule.sessions) else Regime.OFF_HOURS


@pytest.mark.parametrize(
    "regime_at", [sessions_open_late, sessions_close_late, weekends_are_worked, lunch_is_worked]
)
def test_an_edge_of_working_time_that_moved_is_noticed(
    failing: Run, monkeypatch: pytest.MonkeyPatch, regime_at: Any
) -> None:
    monkeypatch.setattr(rules, "regime_at", regime_at)
    assert next(failing(), None) is not None


@pytest.mark.parametrize(
    "is_late",
    [lambda at, due_at: at >= due_at, lambda at, due_at: (at - due_at).total_seconds() >= 1.001],
    ids=["at the limit", "a second later"],
)
def test_a_comparison_that_is_not_strict_is_noticed(
    failing: Run, monkeypatch: pytest.MonkeyPatch, is_late: Any
) -> None:
    monkeypatch.setattr(rules, "is_late", is_late)
    assert next(failing(), None) is not None


def counts_the_first_day(self: WorkCalendar, started_at: Any, number: int) -> Any:
    """The day of the start is counted."""
    return honest_end(self, started_at - timedelta(days=1), number)


def ends_at_the_close(self: WorkCalendar, started_at: Any, number: int) -> Any:
    """The last day ends with business, not at midnight."""
    end = honest_end(self, started_at, number)
    return replace_at(end, end.at - timedelta(hours=6, minutes=30))


def forgets_make_up_days(self: WorkCalendar, day: Any) -> bool:
    """Weekends are never worked."""
    return day.weekday() < 5 and day not in self.year(day.year).off_days


def forgets_holidays(self: WorkCalendar, day: Any) -> bool:
    """Every Monday to Friday is worked."""
    return day.weekday() < 5 or day in self.year(day.year).make_up_workdays


def replace_at(end: Any, at: Any) -> Any:
    return end._replace(at=at)


honest_end = WorkCalendar.end_of_working_day


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("end_of_working_day", counts_the_first_day),
        ("end_of_working_day", ends_at_the_close),
        ("is_working_day", forgets_make_up_days),
        ("is_working_day", forgets_holidays),
    ],
)
def test_a_day_counted_wrongly_is_noticed(
    failing: Run, monkeypatch: pytest.MonkeyPatch, name: str, wrong: Any
) -> None:
    monkeypatch.setattr(WorkCalendar, name, wrong)
    assert next(failing(), None) is not None


def test_each_clock_of_the_rulebooks_has_a_test_of_its_clause(failing: Run) -> None:
    """Named by its code in the file of a clause that limits it."""
    words = {path.stem: path.read_text(encoding="utf-8") for path in CLAUSE_FILES}
    for book in rulebooks().values():
        for limit in book.limits:
            assert any(f'"{limit.clock}"' in text and limit.clause in text for text in words.values()), (
                limit.clause,
                limit.clock,
            )
