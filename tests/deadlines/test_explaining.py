"""Why a limit is what it is: BSS-7(2), BSS-8 and A14 told in facts, each day counted or left out with the notice that says so."""

from datetime import date

import pytest

from backend.deadlines.explaining import DayKind, day_fact, explain
from backend.deadlines.rulebooks import Adoption, ClockCode, rulebooks
from backend.deadlines.work_schedule import USUAL_SCHEDULE, Regime
from tests.deadlines.centre import court_clock

NOTICE_2026 = "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"
ADOPTION = Adoption("bss_2017", date(2026, 1, 1), act="院发〔2026〕1号")


@pytest.fixture
def why(calendar):
    def find(clock, started_at, clause, *, seconds=None, days=None):
        return explain(
            rulebooks()["bss_2017"],
            ADOPTION,
            clause,
            ClockCode(clock),
            court_clock(started_at),
            calendar,
            USUAL_SCHEDULE,
            limit_seconds=seconds,
            working_days=days,
        )

    return find


def test_a_lead_on_a_make_up_saturday_ten_seconds_before_the_close_is_in_working_time(why):
    found = why("C4", "2026-10-10 17:29:50", "BSS-7(1)", seconds=1800)
    assert (found.regime, found.regime_decides) == (Regime.WORKING, True)
    assert found.start_day.kind == DayKind.MAKE_UP_WORKDAY
    assert (found.start_day.source, found.start_day.source_date) == (NOTICE_2026, date(2025, 11, 4))
    assert (found.limit.start, found.limit.stop) == ("lead.received_at", "directive.departed_at")
    assert found.counted == ()
    assert found.adoption.act == "院发〔2026〕1号"


def test_ten_seconds_later_it_is_outside_working_time(why):
    assert why("C4", "2026-10-10 17:30:00", "BSS-8", seconds=3600).regime == Regime.OFF_HOURS


def test_two_working_days_are_told_day_by_day_over_the_spring_festival(why):
    found = why("C5", "2026-02-13 16:00", "BSS-7(2)", days=2)
    counted = [(one.fact.day.isoformat(), one.fact.kind.value, one.number) for one in found.counted]
    assert counted[:3] == [
        ("2026-02-13", "working_day", 0),
        ("2026-02-14", "make_up_workday", 1),
        ("2026-02-15", "holiday", None),
    ]
    assert counted[-1] == ("2026-02-24", "working_day", 2)
    assert len(counted) == 12
    assert {one.fact.name.zh for one in found.counted if one.fact.kind == DayKind.HOLIDAY} == {"春节"}


def test_a_weekend_is_left_out_by_the_week_alone(why):
    found = why("C5", "2026-03-06 10:00", "BSS-7(2)", days=2)
    assert [
        (one.fact.day.day, one.fact.kind.value, one.fact.source, one.number) for one in found.counted
    ] == [
        (6, "working_day", None, 0),
        (7, "weekend", None, None),
        (8, "weekend", None, None),
        (9, "working_day", None, 1),
        (10, "working_day", None, 2),
    ]


def test_a_clock_of_any_hour_is_decided_by_no_regime_and_by_no_calendar(why):
    found = why("C1", "2027-02-05 10:00", "BSS-6", seconds=900)
    assert (found.regime_decides, found.provisional_years) == (False, ())


@pytest.mark.parametrize(
    ("clock", "clause", "at", "limit", "years"),
    [
        ("C6", "BSS-8", "2027-01-04 09:00", {"seconds": 1800}, (2027,)),
        ("C5", "BSS-7(2)", "2026-12-31 16:00", {"days": 2}, (2027,)),
        ("C5", "BSS-7(2)", "2026-12-28 16:00", {"days": 2}, ()),
    ],
)
def test_a_year_without_a_notice_is_named(why, clock, clause, at, limit, years):
    assert why(clock, at, clause, **limit).provisional_years == years


def test_a_holiday_on_a_sunday_is_a_holiday_and_not_a_weekend(calendar):
    assert day_fact(date(2026, 2, 15), calendar).kind == DayKind.HOLIDAY
    assert day_fact(date(2026, 3, 8), calendar).kind == DayKind.WEEKEND


def test_a_limit_the_rulebook_no_longer_holds_has_no_events_to_name(why):
    assert why("C4", "2026-03-03 09:00", "BSS-7(1)", seconds=1860).limit is None
