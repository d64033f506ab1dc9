"""Named selects of deadlines: the calendar, a court's hours and rulebook, clocks as an actor may see them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.deadlines.calendar_files import checked_in_years
from backend.deadlines.rulebooks import Adoption, adoption_in_force
from backend.deadlines.schemas import ClockRow, clock_row
from backend.deadlines.tables import CalendarDay, CourtHours, DeadlineClock, RulebookAdoption
from backend.deadlines.work_calendar import CalendarYear, Text, WorkCalendar, court_day
from backend.deadlines.work_schedule import WorkSchedule, parse_sessions, schedule_in_force
from backend.people.permissions import Permission


def work_calendar(session: Session) -> WorkCalendar:
    """The calendar in use: the years that come with the program, and the notices loaded here before them.

    A provisional year loaded here never hides a published one that came with a newer program.
    """
    years = dict(checked_in_years())
    for year in _loaded_years(session):
        if year.published or year.year not in years or not years[year.year].published:
            years[year.year] = year
    return WorkCalendar(years)


def _loaded_years(session: Session) -> Iterable[CalendarYear]:
    days = defaultdict(list)
    for day in session.execute(select(CalendarDay)).scalars():
        days[day.year].append(day)
    for year, rows in days.items():
        yield CalendarYear(
            year=year,
            published=rows[0].status == "published",
            source=rows[0].source,
            source_date=rows[0].source_date,
            holidays={row.day: Text(row.name_zh, row.name_en) for row in rows if row.kind == "holiday"},
            make_up_workdays=frozenset(row.day for row in rows if row.kind == "make_up_workday"),
        )


def court_schedule(session: Session, court_id: str, at: datetime) -> WorkSchedule:
    """The hours a court keeps on the day of an instant."""
    rows = session.execute(select(CourtHours).where(CourtHours.court_id == court_id)).scalars()
    schedules = [WorkSchedule(row.effective_from, parse_sessions(row.sessions)) for row in rows]
    return schedule_in_force(schedules, court_day(at))


def court_adoption(session: Session, court_id: str, at: datetime) -> Adoption | None:
    """The act by which a court's rulebook is in force on the day of an instant (A14, A19)."""
    rows = session.execute(select(RulebookAdoption).where(RulebookAdoption.court_id == court_id)).scalars()
    acts = [Adoption(row.rulebook_id, row.effective_from, row.article_7_at_night, row.act) for row in rows]
    return adoption_in_force(acts, court_day(at))


def clocks_of(
    session: Session, subject_kind: str, subject_ids: Collection[str]
) -> Mapping[str, list[ClockRow]]:
    """The clocks of subjects the caller may already see, by subject id, the first started first."""
    rows = session.execute(
        select(DeadlineClock)
        .where(DeadlineClock.subject_kind == subject_kind, DeadlineClock.subject_id.in_(subject_ids))
        .order_by(DeadlineClock.started_at, DeadlineClock.clock)
    ).scalars()
    found: dict[str, list[ClockRow]] = {subject_id: [] for subject_id in subject_ids}
    for row in rows:
        found[row.subject_id].append(clock_row(row))
    return found


def clock_by_id(session: Session, clock_id: str) -> ClockRow | None:
    """The clock, for a caller who may already see what it is about; None where there is none."""
    row = session.get(DeadlineClock, clock_id)
    return None if row is None else clock_row(row)


def clocks_seen(
    session: Session,
    actor: Actor,
    *,
    court_id: str | None = None,
    owed_only: bool = True,
    limit: int = 200,
    after: tuple[datetime, str] | None = None,
) -> list[ClockRow]:
    """Clocks at the courts the actor may read, the next due first, from after a (due_at, id) on.

    `owed_only` leaves those whose act has not happened yet, late ones included: what a board shows.
    """
    courts = actor.courts(Permission.CLOCK_READ)
    if court_id is not None:
        courts = courts & {court_id}
    query = select(DeadlineClock).where(DeadlineClock.court_id.in_(sorted(courts)))
    if owed_only:
        query = query.where(DeadlineClock.stopped_at.is_(None), DeadlineClock.cancelled_at.is_(None))
    if after is not None:
        due_at, clock_id = after
        later = and_(DeadlineClock.due_at == due_at, DeadlineClock.id > clock_id)
        query = query.where(or_(DeadlineClock.due_at > due_at, later))
    rows = session.execute(query.order_by(DeadlineClock.due_at, DeadlineClock.id).limit(limit)).scalars()
    return [clock_row(row) for row in rows]
