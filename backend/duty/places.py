"""Holding the roster of a court while it is changed, and whether a shift can stand beside the others (DL-14)."""

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.problems import Problem, not_found
from backend.core.serials import next_serial
from backend.deadlines.work_calendar import COURT_TIME
from backend.duty.rules import HandoverState, Post, ShiftState, Standing, Stretch, clash
from backend.duty.tables import Shift
from backend.duty.views import find_shift, handovers_naming, people_in
from backend.people.views import user_names


def hold_roster(work: UnitOfWork, court_id: str) -> None:
    """Let acts on the roster of one court follow each other: each waits here until the former has committed."""
    next_serial(work, court_id, "duty_roster", 1)


def held_shift(work: UnitOfWork, shift_id: str) -> Shift:
    """Return the shift as it stands once the roster of its court is held; 404.1 when there is none."""
    hold_roster(work, find_shift(work.session, shift_id).court_id)
    row = work.session.execute(
        select(Shift).where(Shift.id == shift_id).execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if row is None:
        raise not_found("没有此班次", "No such shift")
    return row


def demand_place(work: UnitOfWork, row: Shift, people: frozenset[str]) -> None:
    """Raise 409.2 with the reason when a shift with these people cannot stand beside the others of its court."""
    planned = Stretch(row.id, Post(row.post), row.planned_start, row.planned_end, people)
    found = clash(planned, _neighbours(work, row))
    if found is None:
        return
    other, shared = found
    when = f"{other.begin.astimezone(COURT_TIME):%m-%d %H:%M}–{other.end.astimezone(COURT_TIME):%m-%d %H:%M}"
    if not shared:
        raise Problem(
            "409.2",
            f"与同岗已排班次重叠（{when}）",
            f"It overlaps a shift of the same post ({when})",
            shift_id=other.shift_id,
        )
    names = "、".join(sorted(user_names(work.session, shared).values()))
    raise Problem(
        "409.2",
        f"{names} 同一时间已在另一岗（{when}）",
        f"{names} is on the other post at that time ({when})",
        shift_id=other.shift_id,
    )


def _neighbours(work: UnitOfWork, row: Shift) -> list[Stretch]:
    """Return the other shifts of the court that share time with this one.

    Those nobody came to do not count, one that was handed over counts until then, and the one on post does not stand
    in the way of its own relief.
    """
    others = list(
        work.session.execute(
            select(Shift).where(
                Shift.court_id == row.court_id,
                Shift.id != row.id,
                Shift.state != ShiftState.ABSENT,
                Shift.planned_start < row.planned_end,
                Shift.planned_end > row.planned_start,
            )
        ).scalars()
    )
    people = people_in(work.session, [other.id for other in others])
    return [
        Stretch(
            other.id,
            Post(other.post),
            other.planned_start,
            min(other.planned_end, other.off_post_at or other.planned_end),
            frozenset(one.user_id for one in people[other.id] if one.standing == Standing.NAMED),
        )
        for other in others
        if not (row.relieves and other.post == row.post and other.state == ShiftState.ON_POST)
    ]


def demand_unsigned(work: UnitOfWork, row: Shift, post: str | None = None) -> None:
    """Raise 409.2 when a handover to this shift is signed once, or open and for another post than the new one."""
    for handover in handovers_naming(work.session, [row.id]):
        if handover.incoming_shift_id != row.id:
            continue
        signed = handover.state == HandoverState.SIGNED_ONCE
        moved = handover.state == HandoverState.DRAFT and post not in (None, row.post)
        if signed or moved:
            raise Problem(
                "409.2",
                "正在向该班次交班，须先退回交接班",
                "The duty is being handed over to this shift; send the handover back first",
            )
