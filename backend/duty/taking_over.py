"""Taking the duty over where nobody carries it: the first shift of a post, by one signature (DL-14, BSS-6)."""

from datetime import datetime

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.deadlines.work_calendar import COURT_TIME
from backend.duty.people import demand_keeper
from backend.duty.places import held_shift
from backend.duty.rules import ShiftState, may_begin
from backend.duty.swaps import withdraw_swaps
from backend.duty.tables import Shift
from backend.duty.telling import tell_shift
from backend.duty.views import people_in, shift_on_post, sits_at_the_desk


def take_over(work: UnitOfWork, actor: Actor, shift_id: str, at: datetime | None = None) -> Shift:
    """Take the duty over where nobody carries that post: the first shift ever, one signature alone.

    Raises 403.1 for who is not of the shift's desk or keeps no duty any more, 409.2 while another shift is on post,
    before it may begin, or when it is over.
    """
    row = held_shift(work, shift_id)
    demand_desk_of(work, actor, row)
    demand_keeper(work.session, row.court_id, actor.user_id, work.now)
    work.authorise_by_rule("a shift takes over by the signature of one of its own")
    if row.state != ShiftState.PLANNED:
        raise Problem(
            "409.2", "该班次已到岗或已结束", "The shift is on post or over already", state=row.state
        )
    if shift_on_post(work.session, row.court_id, row.post) is not None:
        raise Problem("409.2", "该岗有人在岗，须办理交接班", "Somebody carries this post; it is handed over")
    demand_time(row, work.now)
    if row.planned_end <= work.now:
        raise Problem("409.2", "该班次已过，请先排新的班次", "The shift is over; plan a new one first")
    row.state, row.on_post_at = ShiftState.ON_POST, work.now
    row.revision += 1
    work.audit(
        actor, "shift.take_over", "shift", row.id, row.court_id, at, post=row.post, handed_over_by=None
    )
    withdraw_swaps(work, actor, row, set())
    work.session.flush()
    tell_shift(work, row, (one.user_id for one in people_in(work.session, [row.id])[row.id]))
    return row


def demand_desk_of(work: UnitOfWork, actor: Actor, row: Shift) -> None:
    """Raise 403.1 unless the actor is a leader or an officer of the shift."""
    if not sits_at_the_desk(work.session, row.id, actor.user_id):
        raise Problem(
            "403.1",
            "只有该班次的带班领导或值班干警可以办理",
            "Only the shift's leader or officers can do this",
        )


def demand_time(incoming: Shift, now: datetime) -> None:
    """Raise 409.2 while it is too early for a shift to begin."""
    if not may_begin(incoming.planned_start, now):
        when = f"{incoming.planned_start.astimezone(COURT_TIME):%m-%d %H:%M}"
        raise Problem(
            "409.2",
            f"接班不得早于计划时间两小时（{when}）",
            f"Not more than two hours before it is planned ({when})",
        )
