"""What phones and desks send through their outboxes: an explanation, and a complaint taken during an outage (BSS-11)."""

from backend.accountability import complaints, deciding
from backend.accountability.complaint_schemas import ComplaintForm
from backend.accountability.schemas import ExplainAct
from backend.core.commands import Occurrence, Outcome, command
from backend.core.database import UnitOfWork
from backend.core.identifiers import is_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem


@command("record.explain", ExplainAct, signed=True)
def explain(
    work: UnitOfWork, actor: Actor, subject_id: str, body: ExplainAct, occurrence: Occurrence
) -> Outcome:
    """Explain a record that concerns the person of this phone."""
    return deciding.explain(work, actor, subject_id, body.words, occurrence)


@command("complaint.register", ComplaintForm, signed=False)
def register_complaint(
    work: UnitOfWork, actor: Actor, subject_id: str, body: ComplaintForm, occurrence: Occurrence
) -> Outcome:
    """Register a complaint under the id the desk made."""
    if not is_identifier(subject_id):
        raise Problem(
            "422.1", "投诉编号须为 UUID", "The complaint id must be a UUID", fields={"subject_id": []}
        )
    complaint = complaints.register(work, actor, subject_id, body)
    return Outcome("applied", complaint.id, 1)
