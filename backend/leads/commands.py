"""What duty desks send through their outbox: registrations that survive an outage of the network (BSS-5(2))."""

from backend.core.commands import Occurrence, Outcome, command
from backend.core.database import UnitOfWork
from backend.core.identifiers import is_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.leads import registration
from backend.leads.schemas import InquiryForm, LeadForm


def _checked(lead_id: str) -> str:
    if not is_identifier(lead_id):
        raise Problem("422.1", "线索编号须为 UUID", "The lead id must be a UUID", fields={"subject_id": []})
    return lead_id


@command("lead.register", LeadForm, signed=False)
def register_lead(
    work: UnitOfWork, actor: Actor, subject_id: str, body: LeadForm, occurrence: Occurrence
) -> Outcome:
    """Register a lead under the id the desk made."""
    lead = registration.register(work, actor, _checked(subject_id), body)
    return Outcome("applied", lead.id, lead.revision)


@command("inquiry.register", InquiryForm, signed=False)
def register_inquiry(
    work: UnitOfWork, actor: Actor, subject_id: str, body: InquiryForm, occurrence: Occurrence
) -> Outcome:
    """Register an inquiry call under the id the desk made."""
    lead = registration.register_inquiry(work, actor, _checked(subject_id), body)
    return Outcome("applied", lead.id, lead.revision)
