"""Swaps (换班): one asks, the named other agrees, the duty leader approves, and only that changes the roster (DL-14)."""

from collections.abc import Iterable

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.duty.people import demand_fit, demand_leader
from backend.duty.places import demand_place, demand_unsigned, held_shift, hold_roster
from backend.duty.rules import OPEN_SWAPS, DutyFunction, ShiftState, Standing, SwapState
from backend.duty.swap_schemas import SwapAnswer, SwapDecision
from backend.duty.tables import Shift, ShiftPerson, Swap
from backend.duty.telling import tell_shift
from backend.duty.views import function_in, people_in


def ask_swap(work: UnitOfWork, actor: Actor, shift_id: str, substitute_id: str, reason: str) -> Swap:
    """Ask that another takes my place in a planned shift.

    Raises 403.1 for a shift I am not in, 409.2 once it is on post, 409.3 for a second request, 422.1 for somebody who
    cannot stand there.
    """
    row = held_shift(work, shift_id)
    function = function_in(work.session, row.id, actor.user_id)
    if function is None:
        raise Problem("403.1", "只能为自己的班次申请换班", "Only somebody of the shift can ask for a swap")
    work.authorise_by_rule("who stands in a shift may ask to be relieved")
    if work.session.execute(
        select(Swap.id).where(
            Swap.shift_id == row.id, Swap.asker_id == actor.user_id, Swap.state.in_(OPEN_SWAPS)
        )
    ).first():
        raise Problem("409.3", "该班次已有未决的换班申请", "A swap of this shift is open already")
    _demand_possible(work, row, actor.user_id, substitute_id, function)
    swap = Swap(
        id=new_identifier(),
        revision=1,
        court_id=row.court_id,
        shift_id=row.id,
        asker_id=actor.user_id,
        substitute_id=substitute_id,
        reason=reason,
        state=SwapState.ASKED,
        asked_at=work.now,
    )
    work.session.add(swap)
    _tell(work, actor, swap, row, "shift.ask_swap")
    return swap


def answer_swap(work: UnitOfWork, actor: Actor, swap_id: str, answer: SwapAnswer) -> Swap:
    """Agree to take a place, or refuse; 403.1 for everybody but the one who was asked."""
    swap, row = _held(work, swap_id)
    if actor.user_id != swap.substitute_id:
        raise Problem("403.1")
    work.authorise_by_rule("who was asked answers")
    _demand_state(swap, SwapState.ASKED)
    if answer.agree:
        _demand_planned(row)
    swap.state = SwapState.AGREED if answer.agree else SwapState.REFUSED
    swap.answered_at, swap.answer_reason = work.now, answer.reason
    swap.revision += 1
    _tell(work, actor, swap, row, "shift.answer_swap")
    return swap


def decide_swap(work: UnitOfWork, actor: Actor, swap_id: str, decision: SwapDecision) -> Swap:
    """Approve a swap, which changes the roster, or decline it with the reason.

    Raises 403.1 unless the actor leads the duty of the court and is neither of the two, 409.1 for a swap that changed
    meanwhile, 409.2 when the other has not agreed or cannot stand there any more, 422.1 for declining without a reason.
    """
    swap, row = _held(work, swap_id)
    demand_leader(actor, swap.court_id)
    if actor.user_id in (swap.asker_id, swap.substitute_id):
        raise Problem("403.1", "不能审批自己的换班", "Nobody decides a swap of their own")
    work.authorise_by_rule("the duty leader or the commander of the court decides, and is neither of the two")
    if decision.revision != swap.revision:
        raise Problem("409.1", revision=swap.revision)
    _demand_state(swap, SwapState.AGREED)
    if decision.approve:
        _change_places(work, row, swap)
    elif decision.reason is None:
        raise Problem("422.1", "不批准须说明理由", "Declining needs a reason", fields={"reason": []})
    swap.state = SwapState.APPROVED if decision.approve else SwapState.DECLINED
    swap.decided_by, swap.decided_at, swap.decision_reason = actor.user_id, work.now, decision.reason
    swap.revision += 1
    _tell(work, actor, swap, row, "shift.swap" if decision.approve else "shift.decline_swap")
    return swap


def withdraw_swap(work: UnitOfWork, actor: Actor, swap_id: str) -> Swap:
    """Take a request back before it was decided; 403.1 for everybody but who asked."""
    swap, row = _held(work, swap_id)
    if actor.user_id != swap.asker_id:
        raise Problem("403.1")
    work.authorise_by_rule("who asked may take it back")
    _demand_state(swap, *OPEN_SWAPS)
    swap.state = SwapState.WITHDRAWN
    swap.revision += 1
    _tell(work, actor, swap, row, "shift.withdraw_swap")
    return swap


def withdraw_swaps(work: UnitOfWork, actor: Actor, row: Shift, staying: set[str]) -> None:
    """Withdraw what is open about a shift where who asked is not in it any more, or who would come already is.

    `staying`: who stands in the shift from now on; nobody's place can be swapped once it is on post, deleted or absent.
    """
    for swap in work.session.execute(
        select(Swap).where(Swap.shift_id == row.id, Swap.state.in_(OPEN_SWAPS))
    ).scalars():
        if swap.asker_id not in staying or swap.substitute_id in staying:
            swap.state = SwapState.WITHDRAWN
            swap.revision += 1
            _tell(work, actor, swap, row, "shift.withdraw_swap")


def _held(work: UnitOfWork, swap_id: str) -> tuple[Swap, Shift | None]:
    known = work.session.get(Swap, swap_id)
    if known is None:
        raise not_found("没有此换班申请", "No such swap")
    hold_roster(work, known.court_id)
    fresh = {"populate_existing": True}
    swap = work.session.execute(
        select(Swap).where(Swap.id == swap_id).execution_options(**fresh)
    ).scalar_one()
    shift = select(Shift).where(Shift.id == swap.shift_id).execution_options(**fresh)
    return swap, work.session.execute(shift).scalar_one_or_none()


def _demand_state(swap: Swap, *states: SwapState) -> None:
    if swap.state not in states:
        raise Problem(
            "409.2",
            "该换班申请当前不能这样处理",
            "The swap does not stand so that this can be done",
            state=swap.state,
        )


def _demand_planned(row: Shift | None) -> Shift:
    if row is None or row.state != ShiftState.PLANNED:
        raise Problem(
            "409.2",
            "只有尚未到岗的班次可以换班",
            "Only a planned shift can be swapped",
            state=row and row.state,
        )
    return row


def _demand_possible(
    work: UnitOfWork, row: Shift | None, asker_id: str, substitute_id: str, function: DutyFunction
) -> Shift:
    planned = _demand_planned(row)
    staying = {
        one.user_id
        for one in people_in(work.session, [planned.id])[planned.id]
        if one.standing == Standing.NAMED and one.user_id != asker_id
    }
    if substitute_id in staying or substitute_id == asker_id:
        raise Problem(
            "422.1", "对方已在该班次", "The other stands in this shift already", fields={"substitute_id": []}
        )
    demand_fit(
        work.session,
        planned.court_id,
        [(substitute_id, function)],
        planned.planned_start,
        planned.planned_end,
    )
    demand_place(work, planned, frozenset({substitute_id}))
    return planned


def _change_places(work: UnitOfWork, row: Shift | None, swap: Swap) -> None:
    function = function_in(work.session, swap.shift_id, swap.asker_id)
    if function is None:
        raise Problem("409.2", "申请人已不在该班次", "Who asked is not in the shift any more")
    planned = _demand_possible(work, row, swap.asker_id, swap.substitute_id, function)
    demand_unsigned(work, planned)
    places = {one.user_id: one for one in people_in(work.session, [planned.id])[planned.id]}
    leaving, coming = places[swap.asker_id], places.get(swap.substitute_id)
    if coming is None:
        coming = ShiftPerson(shift_id=planned.id, user_id=swap.substitute_id)
        work.session.add(coming)
    coming.position, coming.function = leaving.position, function
    coming.standing, coming.replaced_by = Standing.NAMED, None
    leaving.standing, leaving.replaced_by = Standing.SWAPPED, swap.substitute_id
    planned.revision += 1


def _tell(work: UnitOfWork, actor: Actor, swap: Swap, row: Shift | None, action: str) -> None:
    people: Iterable[str] = (swap.asker_id, swap.substitute_id)
    work.audit(
        actor,
        action,
        "shift",
        swap.shift_id,
        swap.court_id,
        swap_id=swap.id,
        asker_id=swap.asker_id,
        substitute_id=swap.substitute_id,
        state=swap.state,
    )
    if row is not None:
        tell_shift(work, row, people, swap_id=swap.id, swap_state=swap.state)
