"""Acts on the roster: plan shifts one by one or for a stretch of days, change and delete planned ones (DL-14).

The people of a shift on post never change, so who carried the duty at any past instant stays answerable.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, select

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.courts.views import find_court
from backend.deadlines.work_calendar import COURT_TIME
from backend.duty.handovers import aim_draft
from backend.duty.people import demand_fit
from backend.duty.places import demand_place, demand_unsigned, held_shift, hold_roster
from backend.duty.rules import (
    MOST_DAYS_PLANNED,
    OPEN_HANDOVERS,
    DutyFunction,
    HandoverState,
    Post,
    Refusal,
    ShiftState,
    Standing,
    days_between,
    people_refused,
    repeat,
    times_refused,
)
from backend.duty.schemas import NewShift, NewStretch, PersonInShift, ShiftChange
from backend.duty.swaps import withdraw_swaps
from backend.duty.tables import Handover, Shift, ShiftPerson
from backend.duty.telling import tell_shift
from backend.duty.views import find_shift, people_in
from backend.people.permissions import Permission

People = Sequence[tuple[str, DutyFunction]]


def plan_shift(work: UnitOfWork, actor: Actor, form: NewShift) -> Shift:
    """Plan one shift; 409.2 when it cannot stand beside another, 422.1 for times or people that cannot be."""
    _hold_roster(work, actor, form.court_id)
    if form.id is not None and work.session.get(Shift, form.id) is not None:
        raise Problem("409.3", "该班次已排", "This shift is planned already")
    return _add(
        work,
        actor,
        form.id,
        form.court_id,
        form.post,
        form.planned_start,
        form.planned_end,
        _pairs(form.people),
        relieves=form.relieves,
    )


def plan_stretch(work: UnitOfWork, actor: Actor, form: NewStretch) -> list[Shift]:
    """Plan the shifts of a stretch of days by a pattern, all of them or none; raises as `plan_shift` does."""
    _hold_roster(work, actor, form.court_id)
    try:
        first, last = date.fromisoformat(form.first_day), date.fromisoformat(form.last_day)
    except ValueError as error:
        raise Problem("422.1", "没有这一天", "There is no such day", fields={"first_day": []}) from error
    if not 0 < days_between(first, last) <= MOST_DAYS_PLANNED:
        raise Problem(
            "422.1",
            f"起止日期须先后有序，最多{MOST_DAYS_PLANNED}天",
            f"The days come in order, {MOST_DAYS_PLANNED} at most",
            fields={"last_day": []},
        )
    begin = datetime.combine(first, time.fromisoformat(form.hand_over), COURT_TIME)
    end = datetime.combine(last + timedelta(days=1), time(), COURT_TIME)
    every = timedelta(hours=form.every_hours or form.hours)
    count = -(-(end - begin) // every)
    crews = form.crews[form.first_crew :] + form.crews[: form.first_crew]
    return [
        _add(work, actor, None, form.court_id, form.post, since, until, _pairs(crews[crew]))
        for since, until, crew in repeat(begin, timedelta(hours=form.hours), every, count, len(crews))
    ]


def change_shift(work: UnitOfWork, actor: Actor, shift_id: str, form: ShiftChange) -> Shift:
    """Change a planned shift as a whole; swaps asked for a place that is gone are withdrawn.

    Raises 409.1 when it was changed meanwhile, 409.2 once it is on post, and as `plan_shift` does.
    """
    row = _planned(work, actor, shift_id, form.revision)
    demand_unsigned(work, row, form.post)
    people = _pairs(form.people)
    before = [one.user_id for one in people_in(work.session, [row.id])[row.id]]
    row.post, row.planned_start, row.planned_end = form.post, form.planned_start, form.planned_end
    row.relieves = form.relieves
    _demand_possible(work, row, people)
    work.session.execute(delete(ShiftPerson).where(ShiftPerson.shift_id == row.id))
    _name(work, row, people)
    withdraw_swaps(work, actor, row, {user_id for user_id, _ in people})
    row.revision += 1
    _audit(work, actor, "shift.change", row, people)
    aim_draft(work, actor, row.court_id, row.post)
    tell_shift(work, row, {*before, *(user_id for user_id, _ in people)})
    return row


def delete_shift(work: UnitOfWork, actor: Actor, shift_id: str) -> Shift:
    """Delete a planned shift before it begins; 409.2 afterwards (say who was absent) or once a handover names it."""
    row = _planned(work, actor, shift_id, None)
    if row.planned_start <= work.now:
        raise Problem(
            "409.2",
            "班次已到开始时间，不能删除；无人到岗请登记未到岗",
            "The shift should have begun and cannot be deleted; note that nobody came",
        )
    aim_draft(work, actor, row.court_id, row.post, without=row.id)
    if _handovers_to(work, row.id):
        raise Problem("409.2", "已有交接班记录", "A handover names this shift already")
    people = [(one.user_id, DutyFunction(one.function)) for one in people_in(work.session, [row.id])[row.id]]
    withdraw_swaps(work, actor, row, set())
    work.session.execute(delete(ShiftPerson).where(ShiftPerson.shift_id == row.id))
    row.revision += 1
    _audit(work, actor, "shift.delete", row, people)
    tell_shift(work, row, (user_id for user_id, _ in people), deleted=True)
    work.session.delete(row)
    return row


def mark_absent(work: UnitOfWork, actor: Actor, shift_id: str, revision: int, reason: str) -> Shift:
    """Note that nobody of a planned shift came (未到岗), with the reason. No record.

    A handover to it leads to the next shift from now on, and is void where none follows or somebody has signed.
    """
    row = _planned(work, actor, shift_id, revision)
    if row.planned_start > work.now:
        raise Problem("409.2", "班次尚未开始", "The shift has not begun yet")
    row.state, row.absent_reason = ShiftState.ABSENT, reason
    row.revision += 1
    aim_draft(work, actor, row.court_id, row.post, without=row.id)
    for handover in _handovers_to(work, row.id):
        if handover.state in OPEN_HANDOVERS:
            handover.state = HandoverState.VOID
            handover.revision += 1
    withdraw_swaps(work, actor, row, set())
    work.audit(actor, "shift.absent", "shift", row.id, row.court_id, row.planned_start, post=row.post)
    tell_shift(work, row, (one.user_id for one in people_in(work.session, [row.id])[row.id]))
    return row


def _hold_roster(work: UnitOfWork, actor: Actor, court_id: str) -> None:
    work.authorise(actor, Permission.ROSTER_MANAGE, court_id)
    if find_court(work.session, court_id) is None:
        raise not_found("没有此法院", "No such court")
    hold_roster(work, court_id)


def _planned(work: UnitOfWork, actor: Actor, shift_id: str, revision: int | None) -> Shift:
    work.authorise(actor, Permission.ROSTER_MANAGE, find_shift(work.session, shift_id).court_id)
    row = held_shift(work, shift_id)
    if row.state != ShiftState.PLANNED:
        raise Problem(
            "409.2", "只能改动尚未到岗的班次", "Only planned shifts can be changed", state=row.state
        )
    if revision is not None and revision != row.revision:
        raise Problem("409.1", revision=row.revision)
    return row


def _add(
    work: UnitOfWork,
    actor: Actor,
    shift_id: str | None,
    court_id: str,
    post: Post,
    begin: datetime,
    end: datetime,
    people: People,
    *,
    relieves: bool = False,
) -> Shift:
    row = Shift(
        id=shift_id or new_identifier(),
        revision=1,
        court_id=court_id,
        post=post,
        planned_start=begin,
        planned_end=end,
        state=ShiftState.PLANNED,
        planned_by=actor.user_id,
        planned_at=work.now,
        relieves=relieves,
    )
    _demand_possible(work, row, people)
    work.session.add(row)
    work.session.flush()
    _name(work, row, people)
    _audit(work, actor, "shift.plan", row, people)
    aim_draft(work, actor, court_id, post)
    tell_shift(work, row, (user_id for user_id, _ in people))
    return row


def _demand_possible(work: UnitOfWork, row: Shift, people: People) -> None:
    for refusal in (times_refused(row.planned_start, row.planned_end), people_refused(people)):
        if isinstance(refusal, Refusal):
            raise Problem("422.1", refusal.zh, refusal.en, fields={refusal.field: []})
    if row.planned_end <= work.now:
        raise Problem("422.1", "班次已过去", "The shift would be over already", fields={"planned_end": []})
    demand_fit(work.session, row.court_id, people, row.planned_start, row.planned_end)
    with work.session.no_autoflush:
        demand_place(work, row, frozenset(user_id for user_id, _ in people))


def _name(work: UnitOfWork, row: Shift, people: People) -> None:
    work.session.add_all(
        ShiftPerson(
            shift_id=row.id, user_id=user_id, position=position, function=function, standing=Standing.NAMED
        )
        for position, (user_id, function) in enumerate(people)
    )
    work.session.flush()


def _handovers_to(work: UnitOfWork, shift_id: str) -> list[Handover]:
    rows = work.session.execute(select(Handover).where(Handover.incoming_shift_id == shift_id))
    return list(rows.scalars())


def _pairs(people: Sequence[PersonInShift]) -> list[tuple[str, DutyFunction]]:
    return [(one.user_id, one.function) for one in people]


def _audit(work: UnitOfWork, actor: Actor, action: str, row: Shift, people: People) -> None:
    work.audit(
        actor,
        action,
        "shift",
        row.id,
        row.court_id,
        post=row.post,
        planned_start=to_wire(row.planned_start),
        planned_end=to_wire(row.planned_end),
        people=[{"id": user_id, "function": function} for user_id, function in people],
    )
