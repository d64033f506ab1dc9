"""Signing a handover: both sides, each by an account of its own, and only then the duty moves.

The outgoing shift carries every clock until both have signed (domain 1.16); the duty moves at the instant the second
signature arrives, not at the planned one. The lists are frozen by the first signature (BSS-6, DL-14).
"""

from datetime import datetime

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.duty.handovers import aim_draft, audit, held, is_due, tell
from backend.duty.pending import done_between, pending_now
from backend.duty.people import demand_keeper, demand_leader
from backend.duty.rules import OPEN_HANDOVERS, HandoverState, ShiftState, Side
from backend.duty.swaps import withdraw_swaps
from backend.duty.tables import Handover, Shift
from backend.duty.taking_over import demand_time
from backend.duty.views import sits_at_the_desk


def sign(
    work: UnitOfWork, actor: Actor, handover_id: str, revision: int, at: datetime | None = None
) -> Handover:
    """Sign a handover for one's own side; the first signature freezes the lists, the second one moves the duty.

    `at`: when a phone says it was signed; kept on the audit log. Raises 403.1 for who is of neither desk, 409.1 when
    it changed since it was seen, 409.2 when that side has signed or the next shift may not begin yet.
    """
    row, outgoing, incoming = held(work, handover_id, revision)
    side = side_of(work, actor, row)
    if side is None:
        raise Problem("403.1", "只有交班、接班人员可以签字", "Only the two shifts' desks sign")
    work.authorise_by_rule("the outgoing and the incoming desk sign, each with an account of their own")
    if row.state not in OPEN_HANDOVERS:
        raise Problem("409.2", "交接班已完成或已作废", "The handover is done or void", state=row.state)
    if actor.user_id in (row.outgoing_signed_by, row.incoming_signed_by):
        raise Problem("409.2", "您已签字，须由另一方签字", "You have signed; the other side signs now")
    if side is Side.INCOMING:
        demand_keeper(work.session, row.court_id, actor.user_id, work.now)
        demand_time(incoming, work.now)
    _put_name(work, actor, row, outgoing, side)
    audit(work, actor, "handover.sign", row, at, side=side)
    _finish(work, actor, row, outgoing, incoming)
    return row


def sign_for_outgoing(
    work: UnitOfWork, actor: Actor, handover_id: str, revision: int, reason: str
) -> Handover:
    """Sign for an outgoing shift of which nobody can: by who leads the duty, with the reason, once it is due.

    Without it a shift whose people fell ill would carry every clock of its court for ever. Raises 403.1 for who does
    not lead the duty, 409.1 when it changed, 409.2 when it is too early, signed already, or the actor's own shift.
    """
    row, outgoing, incoming = held(work, handover_id, revision)
    demand_leader(actor, row.court_id)
    work.authorise_by_rule(
        "the duty leader or the commander of the court signs for a shift of which nobody can"
    )
    if (trouble := why_not_for_outgoing(work, actor, row, outgoing, incoming)) is not None:
        raise Problem("409.2", *trouble, state=row.state)
    _put_name(work, actor, row, outgoing, Side.OUTGOING)
    row.outgoing_reason = reason
    audit(work, actor, "handover.sign_for_outgoing", row, side=Side.OUTGOING, reason=reason)
    _finish(work, actor, row, outgoing, incoming)
    return row


def send_back(work: UnitOfWork, actor: Actor, handover_id: str, revision: int, reason: str) -> Handover:
    """Open a handover signed once again, with the reason: the signature falls, the lists are live again."""
    row, outgoing, incoming = held(work, handover_id, revision)
    if not may_send_back(work, row, actor):
        raise Problem("403.1")
    work.authorise_by_rule("either desk may ask that the handover be looked at again before both have signed")
    if row.state != HandoverState.SIGNED_ONCE:
        raise Problem("409.2", "没有待对方签字的交接班", "No signature waits for the other", state=row.state)
    row.state, row.frozen_at, row.done, row.pending = HandoverState.DRAFT, None, None, None
    row.outgoing_signed_by = row.outgoing_signed_at = row.outgoing_device_id = row.outgoing_reason = None
    row.incoming_signed_by = row.incoming_signed_at = row.incoming_device_id = None
    row.revision += 1
    audit(work, actor, "handover.send_back", row, reason=reason)
    aim_draft(work, actor, row.court_id, row.post)
    tell(work, outgoing, incoming)
    return row


def side_of(work: UnitOfWork, actor: Actor, row: Handover) -> Side | None:
    """Return for which side somebody may still sign; who is in both shifts signs for the one not signed yet."""
    sides = [
        side
        for side, shift_id, signed_by in (
            (Side.OUTGOING, row.outgoing_shift_id, row.outgoing_signed_by),
            (Side.INCOMING, row.incoming_shift_id, row.incoming_signed_by),
        )
        if signed_by is None and sits_at_the_desk(work.session, shift_id, actor.user_id)
    ]
    return sides[0] if sides else None


def is_of_either(work: UnitOfWork, row: Handover, person: Actor) -> bool:
    """Tell whether somebody sits at the desk of the outgoing or the incoming shift."""
    shifts = (row.outgoing_shift_id, row.incoming_shift_id)
    return any(sits_at_the_desk(work.session, shift_id, person.user_id) for shift_id in shifts)


def may_send_back(work: UnitOfWork, row: Handover, person: Actor) -> bool:
    """Tell whether somebody may ask for another look: both desks, and who has signed."""
    return is_of_either(work, row, person) or person.user_id in (
        row.outgoing_signed_by,
        row.incoming_signed_by,
    )


def why_not_for_outgoing(
    work: UnitOfWork, actor: Actor, row: Handover, outgoing: Shift, incoming: Shift
) -> tuple[str, str] | None:
    """Return why somebody who leads the duty may not sign for the outgoing side now, in both languages."""
    if row.state not in OPEN_HANDOVERS or row.outgoing_signed_by is not None:
        return "交班一方已签字，或交接班已作废", "The outgoing side has signed, or the handover is void"
    if actor.user_id == row.incoming_signed_by:
        return "您已签字，须由另一人签字", "You have signed; another person signs now"
    if sits_at_the_desk(work.session, outgoing.id, actor.user_id):
        return "您是交班人员，请直接签字", "You are of the outgoing shift; sign for yourself"
    if not is_due(outgoing, incoming, work.now):
        return "该班次尚未到交班时间", "The shift is not to be handed over yet"
    return None


def _put_name(work: UnitOfWork, actor: Actor, row: Handover, outgoing: Shift, side: Side) -> None:
    """Write the actor's name on one side; the first name on the paper freezes its lists."""
    if row.state == HandoverState.DRAFT:
        _freeze(work, row, outgoing)
    if side is Side.OUTGOING:
        row.outgoing_signed_by, row.outgoing_signed_at = actor.user_id, work.now
        row.outgoing_device_id = actor.device_id
    else:
        row.incoming_signed_by, row.incoming_signed_at = actor.user_id, work.now
        row.incoming_device_id = actor.device_id
    row.revision += 1


def _finish(work: UnitOfWork, actor: Actor, row: Handover, outgoing: Shift, incoming: Shift) -> None:
    if row.outgoing_signed_by is not None and row.incoming_signed_by is not None:
        _move(work, actor, row, outgoing, incoming)
    tell(work, outgoing, incoming)


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
    withdraw_swaps(work, actor, incoming, set())
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
