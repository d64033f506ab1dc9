"""What an act changes: the member's answer, the report, the state with its times, the clocks and the parents (BSS-8).

Serves A7 (the first departure counts) and A12 (the first version of a report is what its clock is about).
"""

from sqlalchemy import select

from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.deadlines import service as deadlines
from backend.directives.clocks import start_clock
from backend.directives.events import DirectiveMoved
from backend.directives.parents import CALLED_OFF, carry_to_parent, open_children
from backend.directives.rules import CLOCKED_FROM_ABOVE, ENDED, Act, State, after_objection, earliest
from backend.directives.schemas import FeedbackBody
from backend.directives.tables import Directive, DirectiveMember, Feedback

ANSWERS = frozenset({"acknowledge", "object", "depart", "complete"})
"""Acts by which the court that was ordered shows that somebody is at the post."""
STEP_TIMES = {
    "accept": "acknowledged_at",
    "take_over": "acknowledged_at",
    "acknowledge": "acknowledged_at",
    "acknowledge_for": "acknowledged_at",
    "report": "reported_at",
    "depart": "departed_at",
    "arrive": "arrived_at",
    "complete": "completed_at",
    "feedback": "feedback_at",
    "accept_feedback": "accepted_at",
}


def apply_to_member(
    row: Directive, member: DirectiveMember, act: Act, occurrence: Occurrence, reason: str | None
) -> None:
    """Write a member's own answer or receipt; whoever accepts first is responsible until another takes over."""
    if member.device_received_at is None:
        member.device_received_at = occurrence.at
    if act.name in ("accept", "take_over"):
        member.answer, member.reason = "accepted", None
        member.answered_at = occurrence.at
        if row.responsible_id is None or act.name == "take_over":
            row.responsible_id = member.user_id
    elif act.name == "decline":
        member.answer, member.reason = "declined", reason
        member.answered_at = occurrence.at
        if row.responsible_id == member.user_id:
            row.responsible_id = None


def submit_report(
    work: UnitOfWork, actor: Actor, row: Directive, report: FeedbackBody, occurrence: Occurrence
) -> None:
    """Keep a new version of the written report; the first version's time is what counts for C7 (A12)."""
    versions = (
        work.session.execute(
            select(Feedback.version).where(Feedback.directive_id == row.id).order_by(Feedback.version.desc())
        )
        .scalars()
        .first()
    )
    work.session.add(
        Feedback(
            directive_id=row.id,
            version=(versions or 0) + 1,
            writer_id=actor.user_id,
            submitted_at=occurrence.at,
            received_at=work.now,
            **report.model_dump(include=set(FeedbackBody.model_fields)),
        )
    )


def move(
    work: UnitOfWork,
    actor: Actor,
    row: Directive,
    act: Act,
    state: State,
    occurrence: Occurrence,
    reason: str | None,
) -> None:
    """Move the directive to its new state, with the times, clocks and events that follow."""
    if act.name == "object":
        row.state_before_objection = row.state
    if act.name == "confirm":
        before = State(row.state_before_objection or State.ISSUED)
        state = after_objection(before, row.departed_at, row.arrived_at, row.completed_at)
    row.state = state
    if field := STEP_TIMES.get(act.name):
        setattr(row, field, earliest(getattr(row, field), occurrence.at))
    if act.needs_reason and act.name != "decline":
        row.reason = reason
    if state in ENDED:
        row.ended_at = row.ended_at or work.now
    move_clocks(work, actor, row, act, occurrence)
    work.raise_event(
        DirectiveMoved(
            row.id, row.lead_id, row.target_court_id, row.kind, act.name, state, occurrence.at, actor
        )
    )
    carry_to_parent(work, actor, row, act, occurrence, move_clocks)


def move_clocks(work: UnitOfWork, actor: Actor, row: Directive, act: Act, occurrence: Occurrence) -> None:
    """Stop C1 at the first answer (BSS-6); C6, C8 at departure (BSS-8, BSS-10); C3 runs from the leader's instruction.

    C7 runs from completion until the written report (BSS-8).
    """
    if act.name in ANSWERS:
        deadlines.stop(work, "directive", row.id, "C1", occurrence.at, actor)
    if act.name == "depart":
        for clock in ("C3", "C6", "C8"):
            deadlines.stop(work, "directive", row.id, clock, occurrence.at, actor)
    elif act.name == "report" and row.kind in CLOCKED_FROM_ABOVE and not open_children(work, row.id):
        start_clock(work, actor, row, "C3", occurrence.at)
    elif act.name == "complete" and row.issuing_court_id != row.target_court_id:
        start_clock(work, actor, row, "C7", row.completed_at or occurrence.at)
    elif act.name == "feedback":
        deadlines.stop(work, "directive", row.id, "C7", occurrence.at, actor)
    elif act.name in CALLED_OFF:
        deadlines.cancel(work, "directive", row.id, occurrence.at, actor, act.name)
