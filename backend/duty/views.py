"""Named selects of duty: who carries it at an instant, shifts of a stretch of days, and who is in them (DL-14, BSS-6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.core.problems import not_found
from backend.duty.rules import (
    OPEN_SWAPS,
    SITS_AT_THE_DESK,
    DutyFunction,
    HandoverState,
    Post,
    ShiftState,
    Standing,
)
from backend.duty.tables import Handover, Shift, ShiftPerson, Swap
from backend.people.permissions import Permission
from backend.people.views import user_names

FUNCTION_ORDER = list(DutyFunction)
POST_ORDER = list(Post)


@dataclass(frozen=True)
class OnDuty:
    """One person who carries the duty: the function, the post of the desk (None: leads the week), the shift."""

    user_id: str
    name: str
    function: DutyFunction
    post: str | None
    shift_id: str


def on_duty(session: Session, court_id: str, at: datetime) -> list[OnDuty]:
    """Return who carries the duty of a court at an instant, past ones too; [] where it keeps no roster.

    From what happened, not from what was planned: a shift carries the duty from its taking over until both have
    signed the handover, at whose instant the next one does. Leaders come first, then post A before B.
    """
    rows = session.execute(
        select(Shift.id, Shift.post, ShiftPerson.user_id, ShiftPerson.function, ShiftPerson.position)
        .join(ShiftPerson, ShiftPerson.shift_id == Shift.id)
        .where(
            Shift.court_id == court_id,
            Shift.on_post_at <= at,
            or_(Shift.off_post_at.is_(None), Shift.off_post_at > at),
            ShiftPerson.standing == Standing.NAMED,
        )
    ).all()
    names = user_names(session, {row.user_id for row in rows})
    in_order = sorted(
        rows,
        key=lambda row: (FUNCTION_ORDER.index(row.function), POST_ORDER.index(row.post), row.position),
    )
    return [
        OnDuty(
            row.user_id,
            names[row.user_id],
            DutyFunction(row.function),
            None if row.post == Post.WEEK else row.post,
            row.id,
        )
        for row in in_order
    ]


def people_in(session: Session, shift_ids: Collection[str]) -> dict[str, list[ShiftPerson]]:
    """Return the people of each shift in their order, those who gave their place away included."""
    found: dict[str, list[ShiftPerson]] = {shift_id: [] for shift_id in shift_ids}
    rows = session.execute(
        select(ShiftPerson)
        .where(ShiftPerson.shift_id.in_(shift_ids))
        .order_by(ShiftPerson.position, ShiftPerson.user_id)
    ).scalars()
    for row in rows:
        found[row.shift_id].append(row)
    return found


def find_shift(session: Session, shift_id: str) -> Shift:
    """Return the shift; 404.1 when there is none."""
    row = session.get(Shift, shift_id)
    if row is None:
        raise not_found("没有此班次", "No such shift")
    return row


def court_asked(actor: Actor, court_id: str | None) -> str:
    """Return the court asked for, or the actor's own; 403.1 where the duty may not be read."""
    wanted = court_id or actor.court_id
    actor.demand(Permission.DUTY_READ, wanted)
    return wanted


def shifts_between(
    session: Session,
    court_id: str,
    begin: datetime,
    end: datetime,
    *,
    limit: int | None = None,
    after: str | None = None,
) -> list[Shift]:
    """Return the shifts of a court that share time, planned or real, with the stretch, by planned start.

    `after`: the id of the shift the list goes on from; 404.1 when it is not there any more.
    """
    planned = and_(Shift.planned_start < end, Shift.planned_end > begin)
    real = and_(
        Shift.on_post_at < end,
        or_(Shift.off_post_at.is_(None), Shift.off_post_at > begin),
    )
    query = select(Shift).where(Shift.court_id == court_id, or_(planned, real))
    if after is not None:
        last = find_shift(session, after).planned_start
        later = and_(Shift.planned_start == last, Shift.id > after)
        query = query.where(or_(Shift.planned_start > last, later))
    return list(session.execute(query.order_by(Shift.planned_start, Shift.id).limit(limit)).scalars())


def shifts_on_post(session: Session, court_id: str) -> list[Shift]:
    """Return the shifts of a court that carry its duty now, post A first."""
    rows = session.execute(
        select(Shift)
        .where(Shift.court_id == court_id, Shift.state == ShiftState.ON_POST)
        .order_by(Shift.post, Shift.id)
    )
    return list(rows.scalars())


def shift_on_post(session: Session, court_id: str, post: str) -> Shift | None:
    """Return the shift that carries a post now, or None."""
    return session.execute(
        select(Shift).where(Shift.court_id == court_id, Shift.post == post, Shift.state == ShiftState.ON_POST)
    ).scalar_one_or_none()


def find_handover(session: Session, handover_id: str) -> Handover:
    """Return the handover; 404.1 when there is none."""
    row = session.get(Handover, handover_id)
    if row is None:
        raise not_found("没有此交接班", "No such handover")
    return row


def next_shift(
    session: Session, court_id: str, post: str, now: datetime, without: str | None = None
) -> Shift | None:
    """Return the planned shift of a post that comes next and is not over, `without` one of them, or None."""
    return session.execute(
        select(Shift)
        .where(
            Shift.court_id == court_id,
            Shift.post == post,
            Shift.state == ShiftState.PLANNED,
            Shift.planned_end > now,
            Shift.id != (without or ""),
        )
        .order_by(Shift.planned_start)
        .limit(1)
    ).scalar_one_or_none()


def shifts_of_person(session: Session, user_id: str, begin: datetime, end: datetime) -> list[Shift]:
    """Return the shifts somebody still stands in that are not over, from on post to those that begin before `end`."""
    rows = session.execute(
        select(Shift)
        .join(ShiftPerson, ShiftPerson.shift_id == Shift.id)
        .where(
            ShiftPerson.user_id == user_id,
            ShiftPerson.standing == Standing.NAMED,
            or_(
                Shift.state == ShiftState.ON_POST,
                and_(Shift.state == ShiftState.PLANNED, Shift.planned_end > begin, Shift.planned_start < end),
            ),
        )
        .order_by(Shift.planned_start, Shift.id)
    )
    return list(rows.scalars())


def function_in(session: Session, shift_id: str, user_id: str) -> DutyFunction | None:
    """Return what a person does in a shift, or None for who is not, or no longer, in it."""
    found = session.execute(
        select(ShiftPerson.function).where(
            ShiftPerson.shift_id == shift_id,
            ShiftPerson.user_id == user_id,
            ShiftPerson.standing == Standing.NAMED,
        )
    ).scalar_one_or_none()
    return DutyFunction(found) if found else None


def swaps_of_court(
    session: Session, court_id: str, *, open_only: bool, limit: int, after: str | None = None
) -> list[Swap]:
    """Return the swaps of a court, newest first, older than the id `after`."""
    query = select(Swap).where(Swap.court_id == court_id)
    if open_only:
        query = query.where(Swap.state.in_(OPEN_SWAPS))
    if after is not None:
        query = query.where(Swap.id < after)
    return list(session.execute(query.order_by(Swap.id.desc()).limit(limit)).scalars())


def open_swaps_of_person(session: Session, user_id: str) -> list[Swap]:
    """Return the open swaps somebody asked for or is asked to take, the oldest first."""
    rows = session.execute(
        select(Swap)
        .where(or_(Swap.asker_id == user_id, Swap.substitute_id == user_id), Swap.state.in_(OPEN_SWAPS))
        .order_by(Swap.id)
    )
    return list(rows.scalars())


def sits_at_the_desk(session: Session, shift_id: str, user_id: str) -> bool:
    """Tell whether somebody stands in a shift as its leader or officer, who sign for it and answer at its desk."""
    return function_in(session, shift_id, user_id) in SITS_AT_THE_DESK


def handovers_of_court(
    session: Session, court_id: str, *, limit: int, after: str | None = None
) -> list[Handover]:
    """Return the handovers of a court, newest first, older than the id `after`."""
    query = select(Handover).where(Handover.court_id == court_id)
    if after is not None:
        query = query.where(Handover.id < after)
    return list(session.execute(query.order_by(Handover.id.desc()).limit(limit)).scalars())


def handovers_naming(session: Session, shift_ids: Collection[str]) -> list[Handover]:
    """Return the handovers to and from these shifts that came to something or may yet, the oldest first."""
    rows = session.execute(
        select(Handover)
        .where(
            or_(Handover.outgoing_shift_id.in_(shift_ids), Handover.incoming_shift_id.in_(shift_ids)),
            Handover.state != HandoverState.VOID,
        )
        .order_by(Handover.id)
    )
    return list(rows.scalars())
