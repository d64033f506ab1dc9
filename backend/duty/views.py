"""Named selects of duty: who carries it at an instant, shifts of a stretch of days, and who is in them (DL-14, BSS-6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.duty.rules import DutyFunction, Post, Standing
from backend.duty.tables import Shift, ShiftPerson
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
