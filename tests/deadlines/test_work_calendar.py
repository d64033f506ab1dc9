"""The official calendar: our dated table against two independent packages, and the hours of a court."""

from datetime import date, time, timedelta

import chinese_calendar
import holidays
import pytest

from backend.deadlines.calendar_files import checked_in_years, parse_year
from backend.deadlines.work_calendar import WorkCalendar
from backend.deadlines.work_schedule import (
    USUAL_SCHEDULE,
    Regime,
    Session,
    WorkSchedule,
    parse_sessions,
    regime_at,
    schedule_in_force,
    sessions_text,
)

PUBLISHED = sorted(year for year, arranged in checked_in_years().items() if arranged.published)


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


def test_2025_and_2026_are_published_and_2027_is_not():
    assert PUBLISHED == [2025, 2026]
    assert not checked_in_years()[2027].published


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_agrees_with_chinesecalendar(calendar, year):
    differing = [
        day for day in days_of(year) if calendar.is_working_day(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_agrees_with_holidays(calendar, year):
    official = holidays.China(years=[year])
    differing = [day for day in days_of(year) if calendar.is_working_day(day) != official.is_working_day(day)]
    assert differing == []


def test_2026_has_248_working_days(calendar):
    assert sum(calendar.is_working_day(day) for day in days_of(2026)) == 248


def test_the_statutory_days_of_2027_are_those_the_holidays_package_names_without_its_guessed_days():
    named = {day for day, name in holidays.China(years=[2027]).items() if "observed" not in name}
    assert set(checked_in_years()[2027].holidays) == named


def test_a_year_nobody_has_arranged_still_has_weekends_and_fixed_holidays_and_is_provisional(calendar):
    assert not calendar.is_working_day(date(2031, 10, 1))  # a Wednesday
    assert not calendar.is_working_day(date(2031, 3, 1))  # a Saturday
    assert calendar.is_working_day(date(2031, 3, 3))
    assert calendar.is_provisional(date(2031, 3, 3))


def test_a_notice_loaded_for_2027_ends_the_guessing():
    notice = """
year = 2027
status = "published"
source = "一份通知"
source_date = 2026-11-10
make_up_workdays = [2027-01-03]
[[holiday]]
name = { zh = "元旦", en = "New Year's Day" }
from = 2027-01-01
to = 2027-01-02
"""
    calendar = WorkCalendar({2027: parse_year(notice)})
    assert calendar.is_working_day(date(2027, 1, 3))
    assert not calendar.is_provisional(date(2027, 1, 3))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("make_up_workdays = [2028-01-01]", "does not lie in 2027"),
        ("make_up_workdays = [2027-01-04]", "cannot be a make-up workday"),
        ("make_up_workdays = []\nstatus = 'guessed'", "published or provisional"),
    ],
)
def test_a_calendar_file_that_cannot_be_right_is_refused(line, problem):
    status = "" if "status" in line else 'status = "provisional"\n'
    with pytest.raises(ValueError, match=problem):
        parse_year(f"year = 2027\n{status}source = '样例'\n{line}\nholiday = []\n")


def test_counting_no_days_is_a_mistake(calendar, at):
    with pytest.raises(ValueError, match="starts at one"):
        calendar.end_of_working_day(at("2026-03-03 09:00"), 0)


def test_an_instant_without_a_time_zone_is_refused(calendar, at):
    with pytest.raises(ValueError, match="time zone"):
        calendar.end_of_working_day(at("2026-03-03 09:00").replace(tzinfo=None), 2)


def test_dali_courts_keep_their_summer_hours_from_the_day_they_are_set(calendar, at):
    summer = WorkSchedule(
        date(2026, 5, 1), (Session(time(8, 0), time(11, 30)), Session(time(14, 30), time(18, 0)))
    )
    winter = WorkSchedule(date(2026, 10, 1), USUAL_SCHEDULE.sessions)
    schedules = [winter, summer]
    assert schedule_in_force(schedules, date(2026, 4, 30)) == USUAL_SCHEDULE
    in_june = schedule_in_force(schedules, date(2026, 6, 3))
    assert regime_at(at("2026-06-03 17:45"), calendar, in_june) == Regime.WORKING
    assert regime_at(at("2026-06-03 13:45"), calendar, in_june) == Regime.OFF_HOURS
    in_december = schedule_in_force(schedules, date(2026, 12, 2))
    assert regime_at(at("2026-12-02 17:45"), calendar, in_december) == Regime.OFF_HOURS


def test_an_instant_given_in_utc_is_judged_on_the_courts_wall_clock(calendar, at):
    in_utc = at("2026-03-03 09:00").astimezone(tz=None)
    assert regime_at(in_utc, calendar, USUAL_SCHEDULE) == Regime.WORKING


def test_sessions_are_stored_as_text_and_read_back():
    text = "08:00-11:30,14:30-18:00"
    assert sessions_text(parse_sessions(text)) == text


@pytest.mark.parametrize("text", ["12:00-08:30", "08:30-12:00,11:00-17:30", "08:30-08:30"])
def test_hours_that_overlap_or_run_backwards_are_refused(text):
    with pytest.raises(ValueError, match="follow one another"):
        WorkSchedule(date(2026, 1, 1), parse_sessions(text))
