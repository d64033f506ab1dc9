"""Endpoints of the roster: shifts of a stretch of days, who is on duty now, what is mine; planning and taking over."""

from datetime import timedelta

from apiflask import APIBlueprint

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.web import actor, requires, services, signed_in
from backend.duty import roster
from backend.duty.describe import (
    brief,
    describe_on_duty,
    describe_shift,
    describe_shifts,
    describe_swaps,
    signers,
)
from backend.duty.describe_roll_calls import describe_roll_calls
from backend.duty.now_schemas import DutyMine, DutyNow
from backend.duty.people import leads_the_duty
from backend.duty.roll_call_views import latest_roll_call, roll_calls_waiting_for
from backend.duty.roll_calls import callable_now
from backend.duty.rules import OPEN_HANDOVERS, Post, ShiftState, is_overdue
from backend.duty.schemas import (
    CourtQuery,
    NewShift,
    NewStretch,
    ReasonAct,
    ShiftChange,
    ShiftList,
    ShiftQuery,
    ShiftShape,
)
from backend.duty.signing import side_of
from backend.duty.tables import Swap
from backend.duty.taking_over import take_over
from backend.duty.views import (
    court_asked,
    find_shift,
    handovers_naming,
    next_shift,
    on_duty,
    open_swaps_of_person,
    shifts_between,
    shifts_of_person,
    shifts_on_post,
    swaps_of_court,
)
from backend.people.permissions import Permission
from backend.people.views import user_names

blueprint = APIBlueprint("duty", __name__, url_prefix="/api/duty", tag="Duty")
MINE_FOR = timedelta(days=30)
MOST_WAITING = 100


def at_the_desk(asking: Actor) -> Actor:
    """Return who asks from a desk's session; 403.1 for a phone's, which signs its commands instead."""
    if asking.device_id is not None:
        raise Problem("403.1", "手机端请使用签名操作", "A phone signs this as a command")
    return asking


@blueprint.get("/shifts")
@blueprint.input(ShiftQuery, location="query")
@blueprint.output(ShiftList)
@requires(Permission.DUTY_READ)
def list_shifts(query_data: ShiftQuery) -> ShiftList:
    """List the shifts of a court in a stretch of days, with their people and signatures."""
    court_id = court_asked(actor(), query_data.court_id)
    with services().database.reading() as work:
        limit = query_data.limit
        rows = shifts_between(
            work.session,
            court_id,
            query_data.begin,
            query_data.end,
            limit=limit + 1,
            after=query_data.after,
        )
        return ShiftList(
            court_id=court_id,
            items=describe_shifts(work.session, rows[:limit], work.now),
            next=rows[limit - 1].id if len(rows) > limit else None,
        )


@blueprint.get("/shifts/<shift_id>")
@blueprint.output(ShiftShape)
@requires(Permission.DUTY_READ)
def show_shift(shift_id: str) -> ShiftShape:
    """Show one shift."""
    with services().database.reading() as work:
        row = find_shift(work.session, shift_id)
        actor().demand(Permission.DUTY_READ, row.court_id)
        return describe_shift(work.session, row, work.now)


@blueprint.get("/now")
@blueprint.input(CourtQuery, location="query")
@blueprint.output(DutyNow)
@requires(Permission.DUTY_READ)
def show_now(query_data: CourtQuery) -> DutyNow:
    """Show who carries the duty of a court now, what comes next, and which handovers are late."""
    asking = actor()
    court_id = court_asked(asking, query_data.court_id)
    with services().database.reading() as work:
        present = on_duty(work.session, court_id, work.now)
        shifts = shifts_on_post(work.session, court_id)
        following = [next_shift(work.session, court_id, post, work.now) for post in Post]
        call = latest_roll_call(work.session, [row.id for row in shifts])
        may_call = leads_the_duty(asking, court_id) and bool(callable_now(work.session, present, asking))
        return DutyNow(
            court_id=court_id,
            server_time=work.now,
            on_duty=describe_on_duty(present),
            shifts=describe_shifts(work.session, shifts, work.now),
            next=describe_shifts(work.session, [row for row in following if row is not None], work.now),
            overdue=[
                row.id for row in shifts if is_overdue(row.planned_end, ShiftState(row.state), work.now)
            ],
            roll_call=describe_roll_calls(work.session, [call], work.now)[0] if call else None,
            may_call_roll=may_call,
        )


@blueprint.get("/mine")
@blueprint.output(DutyMine)
@signed_in
def show_mine() -> DutyMine:
    """Show my shifts of the next 30 days, and the swaps, signatures and roll calls that wait for me."""
    asking = actor()
    with services().database.reading() as work:
        shifts = shifts_of_person(work.session, asking.user_id, work.now, work.now + MINE_FOR)
        waiting = [
            row
            for row in handovers_naming(work.session, [row.id for row in shifts])
            if row.state in OPEN_HANDOVERS
            and asking.user_id not in (row.outgoing_signed_by, row.incoming_signed_by)
            and side_of(work, asking, row) is not None
        ]
        names = user_names(work.session, signers(waiting))
        calls = roll_calls_waiting_for(work.session, asking.user_id)
        return DutyMine(
            server_time=work.now,
            shifts=describe_shifts(work.session, shifts, work.now),
            swaps=describe_swaps(work.session, _swaps_for(work, asking), asking, work.now),
            handovers=[brief(row, names) for row in waiting],
            roll_calls=describe_roll_calls(work.session, calls, work.now),
        )


def _swaps_for(work: UnitOfWork, asking: Actor) -> list[Swap]:
    """Return the open swaps of the person, and those it may decide at its court."""
    found = {row.id: row for row in open_swaps_of_person(work.session, asking.user_id)}
    if leads_the_duty(asking, asking.court_id):
        for row in swaps_of_court(work.session, asking.court_id, open_only=True, limit=MOST_WAITING):
            found.setdefault(row.id, row)
    return [found[key] for key in sorted(found)]


@blueprint.post("/shifts")
@blueprint.input(NewShift)
@blueprint.output(ShiftShape, status_code=201)
@requires(Permission.ROSTER_MANAGE)
def plan_shift(json_data: NewShift) -> ShiftShape:
    """Plan one shift of my court."""
    with services().database.writing() as work:
        return describe_shift(work.session, roster.plan_shift(work, actor(), json_data), work.now)


@blueprint.post("/stretches")
@blueprint.input(NewStretch)
@blueprint.output(ShiftList, status_code=201)
@requires(Permission.ROSTER_MANAGE)
def plan_stretch(json_data: NewStretch) -> ShiftList:
    """Plan a stretch of days by a repeating pattern: all of its shifts or none."""
    with services().database.writing() as work:
        rows = roster.plan_stretch(work, actor(), json_data)
        return ShiftList(court_id=json_data.court_id, items=describe_shifts(work.session, rows, work.now))


@blueprint.post("/shifts/<shift_id>/change")
@blueprint.input(ShiftChange)
@blueprint.output(ShiftShape)
@requires(Permission.ROSTER_MANAGE)
def change_shift(shift_id: str, json_data: ShiftChange) -> ShiftShape:
    """Change a planned shift as a whole."""
    with services().database.writing() as work:
        return describe_shift(work.session, roster.change_shift(work, actor(), shift_id, json_data), work.now)


@blueprint.delete("/shifts/<shift_id>")
@blueprint.output(ShiftShape)
@requires(Permission.ROSTER_MANAGE)
def delete_shift(shift_id: str) -> ShiftShape:
    """Delete a planned shift before it begins; the answer shows what was deleted."""
    with services().database.writing() as work:
        shown = describe_shift(work.session, find_shift(work.session, shift_id), work.now)
        roster.delete_shift(work, actor(), shift_id)
        return shown


@blueprint.post("/shifts/<shift_id>/absent")
@blueprint.input(ReasonAct)
@blueprint.output(ShiftShape)
@requires(Permission.ROSTER_MANAGE)
def mark_absent(shift_id: str, json_data: ReasonAct) -> ShiftShape:
    """Note that nobody of a planned shift came, with the reason."""
    with services().database.writing() as work:
        row = roster.mark_absent(work, actor(), shift_id, json_data.revision, json_data.reason)
        return describe_shift(work.session, row, work.now)


@blueprint.post("/shifts/<shift_id>/take_over")
@blueprint.output(ShiftShape)
@signed_in
def take_over_shift(shift_id: str) -> ShiftShape:
    """Take the duty over where nobody carries the post: the first shift ever, by one signature."""
    with services().database.writing() as work:
        row = take_over(work, at_the_desk(actor()), shift_id)
        return describe_shift(work.session, row, work.now)
