"""Drafting a handover: the next shift, the remarks and the look at the kit, before anybody signs it (BSS-6, DL-14)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.schemas import wire
from backend.duty.handover_schemas import HandoverEdit, KitCheck, NewHandover
from backend.duty.people import leads_the_duty
from backend.duty.places import held_shift, hold_roster
from backend.duty.rules import OPEN_HANDOVERS, HandoverState, Post, ShiftState
from backend.duty.tables import Handover, Shift
from backend.duty.telling import tell_shift
from backend.duty.views import (
    find_handover,
    find_shift,
    next_shift,
    people_in,
    shift_on_post,
    sits_at_the_desk,
)
from backend.people.permissions import Permission


def draft(work: UnitOfWork, actor: Actor, form: NewHandover) -> Handover:
    """Begin handing a shift on post over to the next one; a draft that is open already is returned.

    Raises 403.1 for who is not of the shift's desk (nor leads the duty, once it is due), 409.2 when the shift is not
    on post or none follows.
    """
    outgoing = held_shift(work, form.shift_id)
    work.authorise(actor, Permission.DUTY_KEEP, outgoing.court_id)
    following = next_shift(work.session, outgoing.court_id, outgoing.post, work.now)
    demand_drafter(work, actor, outgoing, following)
    if outgoing.state != ShiftState.ON_POST:
        raise Problem("409.2", "该班次不在岗", "The shift is not on post", state=outgoing.state)
    known = _open_handover(work, outgoing.id)
    if known is not None:
        aim_draft(work, actor, outgoing.court_id, outgoing.post)
        return known
    if following is None:
        raise Problem(
            "409.2", "没有可接班的已排班次，请先排班", "No planned shift can take over; plan one first"
        )
    row = Handover(
        id=new_identifier(),
        revision=1,
        court_id=outgoing.court_id,
        post=outgoing.post,
        outgoing_shift_id=outgoing.id,
        incoming_shift_id=following.id,
        state=HandoverState.DRAFT,
        drafted_by=actor.user_id,
        drafted_at=work.now,
        kit={},
    )
    work.session.add(row)
    audit(work, actor, "handover.draft", row)
    tell(work, outgoing, following)
    return row


def edit(work: UnitOfWork, actor: Actor, handover_id: str, form: HandoverEdit) -> Handover:
    """Write the remarks and the look at the kit; 403.1 and 409.2 (once it is signed) as `draft`."""
    row, outgoing, incoming = held(work, handover_id, form.revision)
    work.authorise(actor, Permission.DUTY_KEEP, row.court_id)
    demand_drafter(work, actor, outgoing, incoming)
    if row.state != HandoverState.DRAFT:
        raise Problem("409.2", "已签字，不能修改", "It is signed and cannot be changed", state=row.state)
    row.remarks = form.remarks or None
    row.kit = {str(name): wire(KitCheck, check) for name, check in form.kit.items()}
    row.revision += 1
    faulty = sorted(name for name, check in row.kit.items() if check["state"] == "faulty")
    audit(work, actor, "handover.edit", row, faulty=faulty)
    tell(work, outgoing, incoming)
    return row


def aim_draft(work: UnitOfWork, actor: Actor, court_id: str, post: str, without: str | None = None) -> None:
    """Let a handover that nobody has signed lead to the shift that is next now; void where none follows.

    Called by whatever changes the roster of a post, which it holds. `without`: a shift that is about to go.
    """
    work.session.flush()
    outgoing = shift_on_post(work.session, court_id, post)
    row = None if outgoing is None else _open_handover(work, outgoing.id)
    if outgoing is None or row is None or row.state != HandoverState.DRAFT:
        return
    former = find_shift(work.session, row.incoming_shift_id)
    following = next_shift(work.session, court_id, post, work.now, without=without)
    if following is not None and following.id != row.incoming_shift_id:
        row.incoming_shift_id = following.id
    elif following is None and row.incoming_shift_id == without:
        row.state = HandoverState.VOID
    else:
        return
    row.revision += 1
    audit(work, actor, "handover.void" if row.state == HandoverState.VOID else "handover.aim", row)
    tell(work, outgoing, former, *([following] if following else []))


def is_due(outgoing: Shift, incoming: Shift | None, now: datetime) -> bool:
    """Tell whether a shift should be handed over by now: it is over, or its relief or successor should be there."""
    return now >= outgoing.planned_end or (incoming is not None and now >= incoming.planned_start)


def may_draft(work: UnitOfWork, actor: Actor, outgoing: Shift, incoming: Shift | None) -> bool:
    """Tell whether somebody may write a handover: of the outgoing desk, or who leads the duty once it is due."""
    if not actor.may(Permission.DUTY_KEEP, outgoing.court_id):
        return False
    leads = leads_the_duty(actor, outgoing.court_id) and is_due(outgoing, incoming, work.now)
    return leads or sits_at_the_desk(work.session, outgoing.id, actor.user_id)


def demand_drafter(work: UnitOfWork, actor: Actor, outgoing: Shift, incoming: Shift | None) -> None:
    """Raise 403.1 unless `may_draft`."""
    if not may_draft(work, actor, outgoing, incoming):
        raise Problem(
            "403.1",
            "由交班人员办理；该班次到时未交的，带班领导可以办理",
            "Its own desk hands a shift over; once that is due, who leads the duty may",
        )


def held(work: UnitOfWork, handover_id: str, revision: int) -> tuple[Handover, Shift, Shift]:
    """Hold a court's roster and return the handover with its outgoing and incoming shift; 409.1 when it has changed."""
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


def audit(
    work: UnitOfWork, actor: Actor, action: str, row: Handover, at: datetime | None = None, **detail: Any
) -> None:
    """Write the audit line of an act on a handover, which is its line in the duty log too."""
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


def tell(work: UnitOfWork, *shifts: Shift) -> None:
    """Tell the people of both shifts, and who looks at the duty, that the handover moved."""
    work.session.flush()
    people = people_in(work.session, [row.id for row in shifts])
    everybody = {one.user_id for ones in people.values() for one in ones}
    for row in shifts:
        tell_shift(work, row, everybody)
