"""What directives do to the lead they came from: its state follows, its clock stops (BSS-7, BSS-8; A4, A7)."""

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.problems import Problem
from backend.deadlines import service as deadlines
from backend.directives.events import DirectiveIssued, DirectiveMoved
from backend.leads.rules import STATE_AFTER_ACT, State, further
from backend.leads.service import publish_lead
from backend.leads.tables import Lead
from backend.people.permissions import Role

ASSIGNED = frozenset({"accept", "take_over", "acknowledge_for"})
"""Acts by which somebody is assigned to a lead; the desk records the last one for a team it told by other means."""

LEADERS = frozenset({Role.COMMANDER, Role.DUTY_LEADER})


def follow_issue(work: UnitOfWork, event: DirectiveIssued) -> None:
    """A team was ordered out on the lead, or somebody was told to check it; 409.2 when its court has closed it."""
    lead = _lead(work, event.lead_id)
    if lead is not None:
        if lead.state == State.CLOSED and lead.court_id == event.court_id:
            raise Problem("409.2", "线索已办结", "The lead is closed", state=lead.state)
        deadlines.stop(work, "lead", lead.id, "C3", event.at, event.by)
        if event.by.roles & LEADERS:
            # Who leads the duty and orders a team out on a lead has heard of it.
            deadlines.stop(work, "lead", lead.id, "C2", event.at, event.by)
        proposed = State.VERIFICATION_ASSIGNED if event.kind == "verify" else State.ORDERED
        _advance(work, lead, proposed)


def follow_move(work: UnitOfWork, event: DirectiveMoved) -> None:
    """A team accepted, departed, arrived or finished: C5 stops with the acceptance, C4 with the departure."""
    lead = _lead(work, event.lead_id)
    if lead is None:
        return
    if event.act in ASSIGNED:
        deadlines.stop(work, "lead", lead.id, "C5", event.at, event.by)
    elif event.act == "depart":
        deadlines.stop(work, "lead", lead.id, "C4", event.at, event.by)
    proposed = STATE_AFTER_ACT.get(event.act)
    if event.kind == "verify" and event.act == "complete":
        proposed = State.VERIFIED
    if proposed is not None or event.act in ASSIGNED:
        _advance(work, lead, proposed or State(lead.state))


def _lead(work: UnitOfWork, lead_id: str | None) -> Lead | None:
    if lead_id is None:
        return None
    return work.session.execute(select(Lead).where(Lead.id == lead_id).with_for_update()).scalar_one_or_none()


def _advance(work: UnitOfWork, lead: Lead, proposed: State) -> None:
    lead.state = further(State(lead.state), proposed)
    lead.revision += 1
    publish_lead(work, lead)
