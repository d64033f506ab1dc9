"""Taking over and handing over the duty: drafted by the outgoing shift, signed by both sides, and only then moved.

The outgoing shift carries every clock until both have signed (domain 1.16); the duty moves at the instant the second
signature arrives, not at the planned one. The lists are frozen by the first signature (BSS-6, DL-14).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.schemas import wire
from backend.duty.handover_schemas import HandoverEdit, KitCheck, NewHandover
from backend.duty.pending import done_between, pending_now
from backend.duty.places import held_shift, hold_roster
from backend.duty.rules import (
    OPEN_HANDOVERS,
    SITS_AT_THE_DESK,
    HandoverState,
    Post,
    ShiftState,
    Side,
)
from backend.duty.tables import Handover, Shift
from backend.duty.taking_over import demand_desk_of, demand_time
from backend.duty.telling import tell_shift
from backend.duty.views import find_handover, find_shift, function_in, next_shift, people_in
from backend.people.permissions import Permission


def draft(work: UnitOfWork, actor: Actor, form: NewHandover) -> Handover:
    """Begin handing a shift on post over to the next one; a draft that is open already is returned.

    Raises 403.1 for who is not of the shift's desk, 409.2 when it is not on post or no shift follows.
    """
    outgoing = held_shift(work, form.shift_id)
    work.authorise(actor, Permission.DUTY_KEEP, outgoing.court_id)
    demand_desk_of(work, actor, outgoing)
    if outgoing.state != ShiftState.ON_POST:
        raise Problem("409.2", "该班次不在岗", "The shift is not on post", state=outgoing.state)
    known = _open_handover(work, outgoing.id)
    if known is not None:
        return known
    incoming = _incoming(work, outgoing, form.incoming_shift_id)
    row = Handover(
        id=new_identifier(),
        revision=1,
        court_id=outgoing.court_id,
        post=outgoing.post,
        outgoing_shift_id=outgoing.id,
        incoming_shift_id=incoming.id,
        state=HandoverState.DRAFT,
        drafted_by=actor.user_id,
        drafted_at=work.now,
        kit={},
    )
    work.session.add(row)
    _audit(work, actor, "handover.draft", row)
    _tell(work, outgoing, incoming)
    return row


def edit(work: UnitOfWork, actor: Actor, handover_id: str, form: HandoverEdit) -> Handover:
    """Write the remarks and the look at the kit; 403.1 for others than the outgoing desk, 409.2 once it is signed."""
    row, outgoing, incoming = _held(work, handover_id, form.revision)
    work.authorise(actor, Permission.DUTY_KEEP, row.court_id)
    demand_desk_of(work, actor, outgoing)
    if row.state != HandoverState.DRAFT:
        raise Problem("409.2", "已签字，不能修改", "It is signed and cannot be changed", state=row.state)
    row.remarks = form.remarks or None
    row.kit = {str(name): wire(KitCheck, check) for name, check in form.kit.items()}
    row.revision += 1
    faulty = sorted(name for name, check in row.kit.items() if check["state"] == "faulty")
    _audit(work, actor, "handover.edit", row, faulty=faulty)
    _tell(work, outgoing, incoming)
    return row


def sign(
    work: UnitOfWork, actor: Actor, handover_id: str, revision: int, at: datetime | None = None
) -> Handover:
    """Sign a handover for one's own side; the first signature freezes the lists, the second one moves the duty.

    `at`: when a phone says it was signed; kept on the audit log. Raises 403.1 for who is of neither desk, 409.1 when
    it changed since it was seen, 409.2 when that side has signed or the next shift may not begin yet.
    """
    row, outgoing, incoming = _held(work, handover_id, revision)
    side = side_of(work, actor, row)
    if side is None:
        raise Problem("403.1", "只有交班、接班人员可以签字", "Only the two shifts' desks sign")
    work.authorise_by_rule("the outgoing and the incoming desk sign, each with an account of their own")
    if row.state not in OPEN_HANDOVERS:
        raise Problem("409.2", "交接班已完成或已作废", "The handover is done or void", state=row.state)
    if actor.user_id in (row.outgoing_signed_by, row.incoming_signed_by):
        raise Problem("409.2", "您已签字，须由另一方签字", "You have signed; the other side signs now")
    if row.state == HandoverState.DRAFT:
        _freeze(work, row, outgoing)
    if side is Side.OUTGOING:
        row.outgoing_signed_by, row.outgoing_signed_at = actor.user_id, work.now
        row.outgoing_device_id = actor.device_id
    else:
        demand_time(incoming, work.now)
        row.incoming_signed_by, row.incoming_signed_at = actor.user_id, work.now
        row.incoming_device_id = actor.device_id
    row.revision += 1
    _audit(work, actor, "handover.sign", row, at, side=side)
    if row.outgoing_signed_by is not None and row.incoming_signed_by is not None:
        _move(work, actor, row, outgoing, incoming)
    _tell(work, outgoing, incoming)
    return row


def send_back(work: UnitOfWork, actor: Actor, handover_id: str, revision: int, reason: str) -> Handover:
    """Open a handover signed once again, with the reason: the signature falls, the lists are live again."""
    row, outgoing, incoming = _held(work, handover_id, revision)
    if side_of(work, actor, row) is None and actor.user_id not in (
        row.outgoing_signed_by,
        row.incoming_signed_by,
    ):
        raise Problem("403.1")
    work.authorise_by_rule("either desk may ask that the handover be looked at again before both have signed")
    if row.state != HandoverState.SIGNED_ONCE:
        raise Problem("409.2", "没有待对方签字的交接班", "No signature waits for the other", state=row.state)
    row.state, row.frozen_at, row.done, row.pending = HandoverState.DRAFT, None, None, None
    row.outgoing_signed_by = row.outgoing_signed_at = row.outgoing_device_id = None
    row.incoming_signed_by = row.incoming_signed_at = row.incoming_device_id = None
    row.revision += 1
    _audit(work, actor, "handover.send_back", row, reason=reason)
    _tell(work, outgoing, incoming)
    return row


def side_of(work: UnitOfWork, actor: Actor, row: Handover) -> Side | None:
    """Return for which side somebody may still sign; who is in both shifts signs for the one not signed yet."""
    sides = [
        side
        for side, shift_id, signed_by in (
            (Side.OUTGOING, row.outgoing_shift_id, row.outgoing_signed_by),
            (Side.INCOMING, row.incoming_shift_id, row.incoming_signed_by),
        )
        if signed_by is None and function_in(work.session, shift_id, actor.user_id) in SITS_AT_THE_DESK
    ]
    return sides[0] if sides else None


def _freeze(work: UnitOfWork, row: Handover, outgoing: Shift) -> None:
    begin = outgoing.on_post_at or work.now
    row.done = done_between(work.session, row.court_id, begin, work.now)
    row.pending = pending_now(work.session, row.court_id)
    row.state, row.frozen_at = HandoverState.SIGNED_ONCE, work.now


def _move(work: UnitOfWork, actor: Actor, row: Handover, outgoing: Shift, incoming: Shift) -> None:
    row.state, row.done_at = HandoverState.DONE, work.now
    outgoing.state, outgoing.off_post_at = ShiftState.HANDED_OVER, work.now
    outgoing.revision += 1
    # The index allows one shift on post at a time.
    work.session.flush()
    incoming.state, incoming.on_post_at = ShiftState.ON_POST, work.now
    incoming.revision += 1
    work.audit(
        actor,
        "shift.hand_over",
        "shift",
        outgoing.id,
        row.court_id,
        post=row.post,
        handover_id=row.id,
        incoming_shift_id=incoming.id,
        outgoing_signed_by=row.outgoing_signed_by,
        incoming_signed_by=row.incoming_signed_by,
    )


def _incoming(work: UnitOfWork, outgoing: Shift, wanted: str | None) -> Shift:
    if wanted is None:
        found = next_shift(work.session, outgoing.court_id, outgoing.post, work.now)
    else:
        found = find_shift(work.session, wanted)
        if (found.court_id, found.post) != (outgoing.court_id, outgoing.post):
            raise Problem("409.2", "接班班次须为本院同岗", "The next shift is of the same court and post")
    if found is None or found.state != ShiftState.PLANNED or found.planned_end <= work.now:
        raise Problem(
            "409.2", "没有可接班的已排班次，请先排班", "No planned shift can take over; plan one first"
        )
    return found


def _held(work: UnitOfWork, handover_id: str, revision: int) -> tuple[Handover, Shift, Shift]:
    hold_roster(work, find_handover(work.session, handover_id).court_id)
    fresh = {"populate_existing": True}
    row = work.session.execute(
        select(Handover).where(Handover.id == handover_id).execution_options(**fresh)
    ).scalar_one()
    shifts = {
        shift.id: shift
        for shift in work.session.execute(
            select(Shift)
            .where(Shift.id.in_((row.outgoing_shift_id, row.incoming_shift_id)))
            .execution_options(**fresh)
        ).scalars()
    }
    if revision != row.revision:
        raise Problem("409.1", revision=row.revision)
    return row, shifts[row.outgoing_shift_id], shifts[row.incoming_shift_id]


def _open_handover(work: UnitOfWork, shift_id: str) -> Handover | None:
    return work.session.execute(
        select(Handover).where(Handover.outgoing_shift_id == shift_id, Handover.state.in_(OPEN_HANDOVERS))
    ).scalar_one_or_none()


def _audit(
    work: UnitOfWork, actor: Actor, action: str, row: Handover, at: datetime | None = None, **detail: Any
) -> None:
    work.audit(
        actor,
        action,
        "handover",
        row.id,
        row.court_id,
        at,
        post=Post(row.post),
        outgoing_shift_id=row.outgoing_shift_id,
        incoming_shift_id=row.incoming_shift_id,
        revision=row.revision,
        **detail,
    )


def _tell(work: UnitOfWork, *shifts: Shift) -> None:
    work.session.flush()
    people = people_in(work.session, [row.id for row in shifts])
    everybody = {one.user_id for ones in people.values() for one in ones}
    for row in shifts:
        tell_shift(work, row, everybody)
