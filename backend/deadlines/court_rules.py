"""Acts on what clocks are counted by: a court's adopted rulebook (A14), its hours, a year's notice."""

from datetime import date

from sqlalchemy import delete, select

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.deadlines.calendar_files import parse_year
from backend.deadlines.judging import recompute
from backend.deadlines.rulebooks import rulebooks
from backend.deadlines.tables import CalendarDay, CourtHours, DeadlineClock, RulebookAdoption
from backend.deadlines.work_calendar import CalendarYear
from backend.deadlines.work_schedule import WorkSchedule, parse_sessions, sessions_text

LONGEST_SESSIONS = 80


def adopt_rulebook(
    work: UnitOfWork,
    actor: Actor,
    court_id: str,
    rulebook_id: str,
    effective_from: date,
    act: str,
    *,
    article_7_at_night: bool = False,
) -> RulebookAdoption:
    """Make a rulebook the court's own from a day on; clocks already started keep theirs.

    The caller authorised it. Problem 422.1 for an unknown rulebook or a day before its own first, 409.3 for a
    second act of the same day.
    """
    book = rulebooks().get(rulebook_id)
    if book is None:
        raise Problem("422.1", f"没有规则“{rulebook_id}”", f"There is no rulebook {rulebook_id!r}")
    if effective_from < book.effective_from:
        raise Problem(
            "422.1",
            f"该规则自{book.effective_from}起施行",
            f"This rulebook is in force from {book.effective_from}",
        )
    if work.session.get(RulebookAdoption, (court_id, effective_from)) is not None:
        raise Problem("409.3")
    adoption = RulebookAdoption(
        court_id=court_id,
        effective_from=effective_from,
        rulebook_id=rulebook_id,
        act=act,
        article_7_at_night=article_7_at_night,
        recorded_at=work.now,
    )
    work.session.add(adoption)
    work.audit(
        actor,
        "rulebook.adopt",
        "court",
        court_id,
        court_id,
        rulebook=rulebook_id,
        effective_from=effective_from.isoformat(),
        act=act,
        article_7_at_night=article_7_at_night,
    )
    return adoption


def set_court_hours(
    work: UnitOfWork, actor: Actor, court_id: str, effective_from: date, sessions: str
) -> CourtHours:
    """Set a court's sessions from a day on, as `08:30-12:00,13:30-17:30`; the caller authorised it.

    Problem 422.1 for hours that overlap or run backwards. Clocks already started keep their limit.
    """
    try:
        sessions = sessions_text(WorkSchedule(effective_from, parse_sessions(sessions)).sessions)
        if len(sessions) > LONGEST_SESSIONS:
            raise ValueError("too many sessions for one day")
    except (ValueError, TypeError) as error:
        raise Problem("422.1", "工作时间填写有误", "The working hours are not right") from error
    hours = CourtHours(court_id=court_id, effective_from=effective_from, sessions=sessions)
    hours = work.session.merge(hours)
    work.audit(
        actor,
        "court_hours.set",
        "court",
        court_id,
        court_id,
        effective_from=effective_from.isoformat(),
        sessions=sessions,
    )
    return hours


def load_calendar(work: UnitOfWork, actor: Actor, text: str) -> int:
    """Load a year's notice (TOML, as in `data/calendar`) in place of what was known, and count again.

    Returns how many provisional clocks changed. Problem 422.1 where the text is no calendar year. The caller
    authorised it.
    """
    try:
        year = parse_year(text)
    except ValueError as error:
        raise Problem(
            "422.1", f"历法文件有误：{error}", f"The calendar file is not right: {error}"
        ) from error
    work.session.execute(delete(CalendarDay).where(CalendarDay.year == year.year))
    work.session.add_all(_rows(year))
    work.audit(
        actor,
        "calendar.load",
        "calendar",
        str(year.year),
        actor.court_id,
        source=year.source,
        status=_status(year),
        days=len(year.holidays) + len(year.make_up_workdays),
    )
    work.session.flush()
    owed = work.session.execute(
        select(DeadlineClock)
        .where(
            DeadlineClock.provisional.is_(True),
            DeadlineClock.stopped_at.is_(None),
            DeadlineClock.cancelled_at.is_(None),
        )
        .order_by(DeadlineClock.id)
        .with_for_update()
    ).scalars()
    return sum(recompute(work, row) for row in owed.all())


def _rows(year: CalendarYear) -> list[CalendarDay]:
    holidays = [(day, "holiday", name.zh, name.en) for day, name in year.holidays.items()]
    workdays = [
        (day, "make_up_workday", "调休上班", "Make-up workday") for day in sorted(year.make_up_workdays)
    ]
    return [
        CalendarDay(
            day=day,
            year=year.year,
            kind=kind,
            name_zh=zh,
            name_en=en,
            status=_status(year),
            source=year.source,
            source_date=year.source_date,
        )
        for day, kind, zh, en in (*holidays, *workdays)
    ]


def _status(year: CalendarYear) -> str:
    return "published" if year.published else "provisional"
