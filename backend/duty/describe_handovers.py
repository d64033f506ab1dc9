"""Handovers as they go on the wire: live lists in a draft, frozen ones with what came since afterwards (BSS-6)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.viewings import note_titles
from backend.duty.describe import describe_shifts, reference, signers
from backend.duty.handover_schemas import HandoverShape
from backend.duty.handovers import may_draft
from backend.duty.pending import done_between, for_reader, pending_now
from backend.duty.people import leads_the_duty
from backend.duty.rules import OPEN_HANDOVERS, HandoverState, Side, what_is_new
from backend.duty.signing import is_of_either, may_send_back, side_of, why_not_for_outgoing
from backend.duty.tables import Handover, Shift
from backend.duty.views import find_handover
from backend.people.permissions import Permission
from backend.people.views import user_names


def read_handover(work: UnitOfWork, reader: Actor, handover_id: str) -> Handover:
    """Return a handover for readers of the duty and for both its desks; 403.1 for others, 404.1 when there is none."""
    row = find_handover(work.session, handover_id)
    if not is_of_either(work, row, reader):
        reader.demand(Permission.DUTY_READ, row.court_id)
    return row


def describe_handover(work: UnitOfWork, row: Handover, reader: Actor) -> HandoverShape:
    """Return one handover with what came since it was frozen."""
    return describe_handovers(work, [row], reader, with_since=True)[0]


def describe_handovers(
    work: UnitOfWork, rows: Sequence[Handover], reader: Actor, *, with_since: bool = False
) -> list[HandoverShape]:
    """Return the shape of each handover as the reader may see it."""
    ids = {shift_id for row in rows for shift_id in (row.outgoing_shift_id, row.incoming_shift_id)}
    found = work.session.execute(select(Shift).where(Shift.id.in_(ids))).scalars()
    shifts = {shape.id: shape for shape in describe_shifts(work.session, list(found), work.now)}
    names = user_names(work.session, signers(rows) | {row.drafted_by for row in rows})
    return [
        HandoverShape.model_validate(
            {
                **{
                    name: getattr(row, name)
                    for name in (
                        "id",
                        "revision",
                        "court_id",
                        "post",
                        "state",
                        "drafted_at",
                        "kit",
                        "frozen_at",
                        "done_at",
                    )
                },
                "outgoing": shifts[row.outgoing_shift_id],
                "incoming": shifts[row.incoming_shift_id],
                "drafted_by": reference(names, row.drafted_by),
                "remarks": row.remarks if _reads_words(work, row, reader) else None,
                **_lists(work, row, reader, with_since=with_since),
                "signatures": _signatures(row, names, with_reason=_reads_words(work, row, reader)),
                "may": _may(work, row, reader),
            }
        )
        for row in rows
    ]


def note_handovers(shown: Sequence[HandoverShape]) -> None:
    """Note the leads whose titles a handover's lists show to whoever is asking (BSS-12(6))."""
    note_titles(
        (item.subject_kind, item.subject_id, item.title)
        for one in shown
        for item in (*one.done, *one.pending, *(one.since.new if one.since else ()))
    )


def _lists(work: UnitOfWork, row: Handover, reader: Actor, *, with_since: bool) -> dict[str, Any]:
    """Return done, pending and since: live while nobody has signed, else as they were signed."""
    live = pending_now(work.session, row.court_id) if row.state in OPEN_HANDOVERS else []
    since = None
    if row.state == HandoverState.DRAFT:
        outgoing = work.session.get_one(Shift, row.outgoing_shift_id)
        done = done_between(work.session, row.court_id, outgoing.on_post_at or row.drafted_at, work.now)
        pending = live
    else:
        done, pending = row.done or [], row.pending or []
        if with_since and row.state == HandoverState.SIGNED_ONCE:
            new, settled = what_is_new([item["key"] for item in pending], [item["key"] for item in live])
            fresh = [item for item in live if item["key"] in new]
            since = {"new": for_reader(fresh, reader, row.court_id), "settled": settled}
    return {
        "done": for_reader(done, reader, row.court_id),
        "pending": for_reader(pending, reader, row.court_id),
        "since": since,
    }


def _signatures(row: Handover, names: dict[str, str], *, with_reason: bool) -> list[dict[str, Any]]:
    on_behalf = row.outgoing_reason is not None
    sides = (
        (Side.OUTGOING, row.outgoing_signed_by, row.outgoing_signed_at, row.outgoing_device_id, on_behalf),
        (Side.INCOMING, row.incoming_signed_by, row.incoming_signed_at, row.incoming_device_id, False),
    )
    signed = [
        {
            "side": side,
            "person": reference(names, person),
            "at": at,
            "signed_from": "phone" if device_id else "desk",
            "on_behalf": on_behalf,
            "reason": row.outgoing_reason if on_behalf and with_reason else None,
        }
        for side, person, at, device_id, on_behalf in sides
        if person is not None and at is not None
    ]
    return sorted(signed, key=lambda one: str(one["at"]))


def _reads_words(work: UnitOfWork, row: Handover, reader: Actor) -> bool:
    """Tell whether the remarks are shown: to both desks, and to readers of leads, for they may name a case."""
    return reader.may(Permission.LEAD_READ, row.court_id) or is_of_either(work, row, reader)


def _may(work: UnitOfWork, row: Handover, reader: Actor) -> dict[str, Any]:
    outgoing = work.session.get_one(Shift, row.outgoing_shift_id)
    incoming = work.session.get_one(Shift, row.incoming_shift_id)
    side = side_of(work, reader, row) if row.state in OPEN_HANDOVERS else None
    signed = reader.user_id in (row.outgoing_signed_by, row.incoming_signed_by)
    leads = leads_the_duty(reader, row.court_id)
    return {
        "edit": row.state == HandoverState.DRAFT and may_draft(work, reader, outgoing, incoming),
        "sign": None if signed else side,
        "sign_for_outgoing": leads and why_not_for_outgoing(work, reader, row, outgoing, incoming) is None,
        "send_back": row.state == HandoverState.SIGNED_ONCE and may_send_back(work, row, reader),
    }
