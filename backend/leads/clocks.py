"""The clocks of a lead: C4 or C5 by its triage, C2 by the call, C3 by the leader's decision (BSS-5(2), BSS-5(3), BSS-7)."""

from datetime import datetime

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.deadlines import service as deadlines
from backend.directives.views import directives_of_leads, first_acts_on_lead
from backend.leads.rules import CLOCK_OF_TRIAGE, Triage
from backend.leads.tables import Lead
from backend.leads.views import title_of


def start_clock(work: UnitOfWork, actor: Actor, lead: Lead) -> None:
    """Start the clock of the lead's triage from the time of the call: C4 for urgent, C5 for the rest."""
    if lead.triage is None or (clock := CLOCK_OF_TRIAGE.get(Triage(lead.triage))) is None:
        return
    accepted_at, departed_at = first_acts_on_lead(work.session, lead.id)
    stopped_at = departed_at if clock == "C4" else accepted_at
    start_on(work, actor, lead, clock, lead.received_at, reopen=True, stopped_at=stopped_at)


def start_reporting_clock(work: UnitOfWork, actor: Actor, lead: Lead) -> None:
    """Start C2: from the call until it is registered and the leader has heard of it (BSS-5(2): at once)."""
    start_on(work, actor, lead, "C2", lead.received_at)


def follow_decision(work: UnitOfWork, actor: Actor, lead: Lead) -> None:
    """Start C3 once the leader has decided on an urgent lead for which nobody is ordered out yet (BSS-5(3): at once)."""
    if lead.triage != Triage.URGENT:
        deadlines.cancel(work, "lead", lead.id, work.now, actor, f"triaged as {lead.triage}", "C3")
    elif lead.leader_instruction and not directives_of_leads(work.session, [lead.id])[lead.id]:
        start_on(work, actor, lead, "C3", work.now, reopen=True)


def start_on(
    work: UnitOfWork,
    actor: Actor,
    lead: Lead,
    clock: str,
    at: datetime,
    *,
    reopen: bool = False,
    stopped_at: datetime | None = None,
) -> None:
    """Start one clock of the lead's court on the lead, called by its place or its number on a board."""
    deadlines.start(
        work,
        clock=clock,
        subject_kind="lead",
        subject_id=lead.id,
        court_id=lead.court_id,
        team_id=None,
        started_at=at,
        title=title_of(lead),
        by=actor,
        reopen=reopen,
        stopped_at=stopped_at,
    )
