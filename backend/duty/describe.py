"""Shifts and swaps as they go on the wire: with names, signature states and what the reader may do."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.core.schemas import Reference
from backend.duty.people import leads_the_duty
from backend.duty.rules import (
    OPEN_SWAPS,
    DutyFunction,
    HandoverState,
    Post,
    ShiftState,
    Standing,
    SwapState,
    is_overdue,
)
from backend.duty.schemas import DutyPerson, HandoverBrief, OnDutyPerson, ShiftShape
from backend.duty.swap_schemas import SwapShape
from backend.duty.tables import Handover, Shift, Swap
from backend.duty.views import OnDuty, handovers_naming, people_in
from backend.people.views import user_names

Names = dict[str, str]


def reference(names: Names, user_id: str | None) -> Reference | None:
    """Return a person by id and name, or None for nobody."""
    return None if user_id is None else Reference(id=user_id, name=names.get(user_id, ""))


def brief(row: Handover, names: Names) -> HandoverBrief:
    """Return how far a handover is."""
    return HandoverBrief(
        id=row.id,
        revision=row.revision,
        state=HandoverState(row.state),
        outgoing_signed_by=reference(names, row.outgoing_signed_by),
        outgoing_signed_at=row.outgoing_signed_at,
        incoming_signed_by=reference(names, row.incoming_signed_by),
        incoming_signed_at=row.incoming_signed_at,
    )


def signers(handovers: Iterable[Handover]) -> set[str]:
    """Return the ids of everybody who signed."""
    found = (name for row in handovers for name in (row.outgoing_signed_by, row.incoming_signed_by))
    return {name for name in found if name is not None}


def describe_shifts(session: Session, rows: Sequence[Shift], now: datetime) -> list[ShiftShape]:
    """Return the shape of each shift, in the same order."""
    ids = [row.id for row in rows]
    people = people_in(session, ids)
    handovers = handovers_naming(session, ids)
    named = [one for ones in people.values() for one in ones]
    names = user_names(
        session,
        {one.user_id for one in named}
        | {one.replaced_by for one in named if one.replaced_by}
        | signers(handovers),
    )
    incoming = {row.incoming_shift_id: brief(row, names) for row in handovers}
    outgoing = {row.outgoing_shift_id: brief(row, names) for row in handovers}
    return [
        ShiftShape(
            id=row.id,
            revision=row.revision,
            court_id=row.court_id,
            post=Post(row.post),
            planned_start=row.planned_start,
            planned_end=row.planned_end,
            state=ShiftState(row.state),
            on_post_at=row.on_post_at,
            off_post_at=row.off_post_at,
            absent_reason=row.absent_reason,
            relieves=row.relieves,
            overdue=is_overdue(row.planned_end, ShiftState(row.state), now),
            people=[
                DutyPerson(
                    id=one.user_id,
                    name=names.get(one.user_id, ""),
                    function=DutyFunction(one.function),
                    standing=Standing(one.standing),
                    replaced_by=reference(names, one.replaced_by),
                )
                for one in people[row.id]
            ],
            handover_in=incoming.get(row.id),
            handover_out=outgoing.get(row.id),
        )
        for row in rows
    ]


def describe_shift(session: Session, row: Shift, now: datetime) -> ShiftShape:
    """Return the shape of one shift."""
    return describe_shifts(session, [row], now)[0]


def describe_on_duty(people: Iterable[OnDuty]) -> list[OnDutyPerson]:
    """Return who carries the duty as the wire says it."""
    return [
        OnDutyPerson.model_validate(
            {
                "id": one.user_id,
                "name": one.name,
                "function": one.function,
                "post": one.post,
                "shift_id": one.shift_id,
            }
        )
        for one in people
    ]


def describe_swaps(session: Session, rows: Sequence[Swap], reader: Actor, now: datetime) -> list[SwapShape]:
    """Return the shape of each swap; the reasons are for the two concerned and for who decides."""
    found = session.execute(select(Shift).where(Shift.id.in_({row.shift_id for row in rows}))).scalars()
    shifts = {shape.id: shape for shape in describe_shifts(session, list(found), now)}
    names = user_names(
        session,
        {person for row in rows for person in (row.asker_id, row.substitute_id, row.decided_by) if person},
    )
    return [_swap(row, shifts.get(row.shift_id), names, reader) for row in rows]


def _swap(row: Swap, shift: ShiftShape | None, names: Names, reader: Actor) -> SwapShape:
    concerned = reader.user_id in (row.asker_id, row.substitute_id)
    leads = leads_the_duty(reader, row.court_id)
    seen = concerned or leads
    waits_for = {SwapState.ASKED: "substitute", SwapState.AGREED: "leader"}.get(SwapState(row.state))
    may = []
    if waits_for == "substitute" and reader.user_id == row.substitute_id:
        may.append("answer")
    if row.state in OPEN_SWAPS and reader.user_id == row.asker_id:
        may.append("withdraw")
    if waits_for == "leader" and leads and not concerned:
        may.append("decide")
    return SwapShape.model_validate(
        {
            "id": row.id,
            "revision": row.revision,
            "court_id": row.court_id,
            "shift_id": row.shift_id,
            "shift": shift,
            "asker": reference(names, row.asker_id),
            "substitute": reference(names, row.substitute_id),
            "state": row.state,
            "reason": row.reason if seen else None,
            "asked_at": row.asked_at,
            "answered_at": row.answered_at,
            "answer_reason": row.answer_reason if seen else None,
            "decided_by": reference(names, row.decided_by),
            "decided_at": row.decided_at,
            "decision_reason": row.decision_reason if seen else None,
            "waits_for": waits_for,
            "may": may,
        }
    )
