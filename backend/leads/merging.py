"""Several leads about one event become one: the earliest call counts, every reporter stays (A16; BSS-7)."""

from datetime import datetime

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.deadlines import service as deadlines
from backend.directives.of_leads import move_to_lead
from backend.directives.views import first_acts_on_lead
from backend.leads.clocks import follow_decision, start_clock
from backend.leads.rules import CLOCK_OF_TRIAGE, State, Triage, further, merged_triage
from backend.leads.schemas import MergeAct
from backend.leads.service import (
    audit_desk_act,
    publish_lead,
    refuse_stale,
)
from backend.leads.tables import Lead
from backend.people.permissions import Permission


def merge_leads(work: UnitOfWork, actor: Actor, lead_id: str, act: MergeAct) -> Lead:
    """Say that two leads are about the same event; returns the one that goes on: whichever call came first.

    Its clock runs from that call. Orders issued from the other now rest on it; the other is closed and keeps its
    reporter. Raises 404.1, 403.1, 409.1 for what another desk did meanwhile, 409.2 where one of them is closed.
    """
    named, other = locked_pair(work, lead_id, act.other_id)
    for lead in (named, other):
        work.authorise(actor, Permission.LEAD_TRIAGE, lead.court_id)
    refuse_stale(work, named, act.revision)
    if named.court_id != other.court_id or State.CLOSED in (named.state, other.state):
        raise Problem("409.2", "这两条线索不能合并", "These two leads cannot be merged", state=other.state)
    first, second = sorted((named, other), key=lambda lead: (lead.received_at, lead.id))
    second.merged_into_id = first.id
    second.state, second.closed_at = State.CLOSED, work.now
    second.result = f"并入{first.number}"
    deadlines.cancel(work, "lead", second.id, second.received_at, actor, "merged")
    take_over(work, actor, first, second)
    for lead, of in ((first, second), (second, first)):
        lead.revision += 1
        audit_desk_act(work, actor, lead, "lead.merge", other=of.id, into=first.id)
        publish_lead(work, lead)
    return first


def locked_pair(work: UnitOfWork, lead_id: str, other_id: str) -> tuple[Lead, Lead]:
    """Return both leads, locked in the order of their ids so that no two desks wait for each other."""
    rows = work.session.execute(
        select(Lead).where(Lead.id.in_({lead_id, other_id})).order_by(Lead.id).with_for_update()
    ).scalars()
    found = {row.id: row for row in rows}
    if len(found) != 2:
        raise not_found("没有此线索", "No such lead")
    return found[lead_id], found[other_id]


def take_over(work: UnitOfWork, actor: Actor, first: Lead, second: Lead) -> None:
    """Let the first lead know what the second did: urgency, grounds, risks, the leader's word, its orders."""
    first.grounds = [*first.grounds, *(one for one in second.grounds if one not in first.grounds)]
    first.risks = [*first.risks, *(one for one in second.risks if one not in first.risks)]
    if first.reported_at is None and second.reported_at is not None:
        first.reported_to, first.reported_by_channel = second.reported_to, second.reported_by_channel
        first.reported_at, first.leader_instruction = second.reported_at, second.leader_instruction
        deadlines.stop(work, "lead", first.id, "C2", second.reported_at, actor)
    move_to_lead(work, second.id, first.id)
    former = Triage(first.triage) if first.triage else None
    together = merged_triage(former, Triage(second.triage) if second.triage else None)
    if together != former and together is not None:
        if former in CLOCK_OF_TRIAGE:
            deadlines.cancel(
                work, "lead", first.id, work.now, actor, f"merged as {together}", CLOCK_OF_TRIAGE[former]
            )
        first.triage, first.triaged_by = together, actor.user_id
        first.state = further(State(first.state), State.TRIAGED)
    start_clock(work, actor, first)
    follow_decision(work, actor, first)
    stop_by_what_happened(work, actor, first, *first_acts_on_lead(work.session, first.id))


def stop_by_what_happened(
    work: UnitOfWork, actor: Actor, lead: Lead, accepted_at: datetime | None, departed_at: datetime | None
) -> None:
    """Stop the lead's clocks by what teams did on the orders it now has."""
    if accepted_at is not None:
        deadlines.stop(work, "lead", lead.id, "C5", accepted_at, actor)
    if departed_at is not None:
        deadlines.stop(work, "lead", lead.id, "C4", departed_at, actor)
