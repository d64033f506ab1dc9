"""Roll calls (点名): started by a person, once a shift, answered from phone or desk; silence alerts, accuses nobody (A1)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, Actor
from backend.core.problems import Problem, not_found
from backend.duty.events import RollCallUnanswered
from backend.duty.people import demand_leader
from backend.duty.places import hold_roster
from backend.duty.rules import ROLL_CALL_LIMIT, is_unanswered
from backend.duty.tables import RollCall, RollCallAnswer, RollCallShift
from backend.duty.telling import tell_roll_call
from backend.duty.views import OnDuty, on_duty
from backend.people.contact import is_any_phone_silent


def start(work: UnitOfWork, actor: Actor, court_id: str) -> RollCall:
    """Call the roll of everybody on duty now but the caller, of the shifts that were not called yet.

    Raises 403.1 unless the actor leads the duty of the court, 409.2 when nobody is on duty or each shift was called.
    """
    demand_leader(actor, court_id)
    work.authorise_by_rule("the duty leader or the commander of the court may call the roll")
    hold_roster(work, court_id)
    present = on_duty(work.session, court_id, work.now)
    if not present:
        raise Problem("409.2", "现在无人在岗", "Nobody is on duty now")
    if all(one.user_id == actor.user_id for one in present):
        raise Problem("409.2", "除您以外现在无人在岗", "Nobody but you is on duty now")
    called = callable_now(work.session, present, actor)
    if not called:
        raise Problem("409.2", "本班已点名，每班至多一次", "This shift was called; once a shift at most")
    row = RollCall(
        id=new_identifier(),
        revision=1,
        court_id=court_id,
        started_by=actor.user_id,
        started_at=work.now,
        due_at=work.now + ROLL_CALL_LIMIT,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        RollCallShift(shift_id=shift_id, roll_call_id=row.id)
        for shift_id in sorted({one.shift_id for one in called})
    )
    people = {one.user_id: one for one in reversed(called)}
    work.session.add_all(
        RollCallAnswer(roll_call_id=row.id, user_id=user_id, shift_id=one.shift_id, function=one.function)
        for user_id, one in people.items()
    )
    work.audit(
        actor,
        "roll_call.start",
        "roll_call",
        row.id,
        court_id,
        due_at=to_wire(row.due_at),
        people=len(people),
    )
    tell_roll_call(work, row, people)
    return row


def callable_now(session: Session, present: Sequence[OnDuty], caller: Actor) -> list[OnDuty]:
    """Return whom a roll call now would reach: everybody on duty but the caller, of shifts not called yet."""
    shift_ids = {one.shift_id for one in present}
    called = set(
        session.execute(select(RollCallShift.shift_id).where(RollCallShift.shift_id.in_(shift_ids))).scalars()
    )
    return [one for one in present if one.shift_id not in called and one.user_id != caller.user_id]


def answer(work: UnitOfWork, actor: Actor, roll_call_id: str, at: datetime | None = None) -> RollCall:
    """Answer a roll call; the first answer counts, a late one is kept with its time.

    `at`: when the phone says so, never before the call. Raises 403.1 for who was not called.
    """
    row = _locked(work, roll_call_id)
    if row is None:
        raise not_found("没有此点名", "No such roll call")
    mine = work.session.get(RollCallAnswer, (row.id, actor.user_id), populate_existing=True)
    if mine is None:
        raise Problem("403.1", "您不在本次点名之列", "You were not called")
    work.authorise_by_rule("who was called answers for themselves")
    if mine.answered_at is not None:
        return row
    mine.answered_at = min(max(at or work.now, row.started_at), work.now)
    mine.received_at, mine.device_id = work.now, actor.device_id
    mine.answered_from = "phone" if actor.device_id else "desk"
    row.revision += 1
    late = is_unanswered(row.started_at, mine.answered_at, work.now)
    work.audit(actor, "roll_call.answer", "roll_call", row.id, row.court_id, mine.answered_at, late=late)
    answers = answers_to(work.session, row.id)
    if row.closed_at is None and all(one.answered_at is not None for one in answers):
        _close(work, row, answers)
    tell_roll_call(work, row, (one.user_id for one in answers))
    return row


def close_when_due(work: UnitOfWork, roll_call_id: str) -> bool:
    """Close a roll call whose time has passed, with an alert for each silence; False when another worker has it."""
    row = _locked(work, roll_call_id, skip=True)
    if row is None or row.closed_at is not None or not is_unanswered(row.started_at, None, work.now):
        return False
    work.authorise_by_rule("a limit that passes is nobody's act")
    answers = answers_to(work.session, row.id)
    for one in answers:
        if one.answered_at is None:
            _alert(work, row, one)
    row.revision += 1
    _close(work, row, answers)
    tell_roll_call(work, row, (one.user_id for one in answers))
    return True


def _alert(work: UnitOfWork, row: RollCall, one: RollCallAnswer) -> None:
    one.out_of_contact = is_any_phone_silent(work, [one.user_id], row.started_at)
    work.audit(
        SYSTEM,
        "roll_call.unanswered",
        "roll_call",
        row.id,
        row.court_id,
        row.due_at,
        user_id=one.user_id,
        out_of_contact=one.out_of_contact,
    )
    work.raise_event(
        RollCallUnanswered(
            roll_call_id=row.id,
            court_id=row.court_id,
            user_id=one.user_id,
            shift_id=one.shift_id,
            started_at=row.started_at,
            due_at=row.due_at,
            out_of_contact=one.out_of_contact,
        )
    )


def _close(work: UnitOfWork, row: RollCall, answers: Sequence[RollCallAnswer]) -> None:
    row.closed_at = work.now
    answered = sum(one.answered_at is not None for one in answers)
    work.audit(
        SYSTEM,
        "roll_call.close",
        "roll_call",
        row.id,
        row.court_id,
        answered=answered,
        unanswered=len(answers) - answered,
    )


def _locked(work: UnitOfWork, roll_call_id: str, *, skip: bool = False) -> RollCall | None:
    return work.session.execute(
        select(RollCall)
        .where(RollCall.id == roll_call_id)
        .with_for_update(skip_locked=skip)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()


def answers_to(session: Session, roll_call_id: str) -> list[RollCallAnswer]:
    """Return everybody called with the answer, in a fixed order."""
    rows = session.execute(
        select(RollCallAnswer)
        .where(RollCallAnswer.roll_call_id == roll_call_id)
        .order_by(RollCallAnswer.user_id)
    )
    return list(rows.scalars())
