"""What phones send about directives, signed and applied once, and the desk of telephoned ones (domain 1.12, 1.16; A13)."""

from typing import Any

from backend.core.commands import Occurrence, Outcome, command
from backend.core.database import UnitOfWork
from backend.core.identifiers import is_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.directives.outside import receive_outside
from backend.directives.outside_schemas import OutsideDirective
from backend.directives.schemas import CompleteBody, CovertBody, FeedbackBody, NoBody, ReasonBody, TextBody
from backend.directives.service import act_as_member, set_covert


def _plain(act: str) -> None:
    @command(f"directive.{act}", NoBody, signed=True)
    def handle(
        work: UnitOfWork, actor: Actor, subject_id: str, body: NoBody, occurrence: Occurrence
    ) -> Outcome:
        return act_as_member(work, actor, subject_id, act, occurrence)


for _act in ("receive", "accept", "take_over", "depart", "arrive"):
    _plain(_act)


@command("directive.decline", ReasonBody, signed=True)
def decline(
    work: UnitOfWork, actor: Actor, subject_id: str, body: ReasonBody, occurrence: Occurrence
) -> Outcome:
    """Decline an order with the reason."""
    return act_as_member(work, actor, subject_id, "decline", occurrence, text=body.reason)


@command("directive.set_covert", CovertBody, signed=True)
def set_covert_on_phone(
    work: UnitOfWork, actor: Actor, subject_id: str, body: CovertBody, occurrence: Occurrence
) -> Outcome:
    """Make an order covert, or no longer."""
    return set_covert(work, actor, subject_id, occurrence, covert=body.covert)


@command("directive.note", TextBody, signed=True)
def note(work: UnitOfWork, actor: Actor, subject_id: str, body: TextBody, occurrence: Occurrence) -> Outcome:
    """Add a note to an order."""
    return act_as_member(work, actor, subject_id, "note", occurrence, text=body.text)


@command("directive.complete", CompleteBody, signed=True)
def complete(
    work: UnitOfWork, actor: Actor, subject_id: str, body: CompleteBody, occurrence: Occurrence
) -> Outcome:
    """Say that the order is carried out, and with what result."""
    return act_as_member(
        work, actor, subject_id, "complete", occurrence, text=body.reason, finished_as=body.result
    )


@command("directive.feedback", FeedbackBody, signed=True)
def feedback(
    work: UnitOfWork, actor: Actor, subject_id: str, body: FeedbackBody, occurrence: Occurrence
) -> Outcome:
    """Submit the written report."""
    return act_as_member(work, actor, subject_id, "feedback", occurrence, text=body.text, report=body)


@command("directive.receive_outside", OutsideDirective, signed=False)
def receive_from_outside(
    work: UnitOfWork, actor: Actor, subject_id: str, body: OutsideDirective, occurrence: Occurrence
) -> Outcome:
    """Write down a telephoned or faxed directive under the id the desk made, also after an outage."""
    if not is_identifier(subject_id):
        raise Problem(
            "422.1", "指令编号须为 UUID", "The directive id must be a UUID", fields={"subject_id": []}
        )
    row = receive_outside(work, actor, subject_id, body)
    return Outcome("applied", row.id, row.revision)


REGISTERED: tuple[Any, ...] = (decline, set_covert_on_phone, note, complete, feedback, receive_from_outside)
