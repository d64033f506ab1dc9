"""What phones send in danger, each signed: the press, that the officer is safe, check-ins and their interval."""

from backend.core.commands import Occurrence, Outcome, command
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.schemas import Empty
from backend.emergencies import check_ins, service
from backend.emergencies.schemas import CheckInInterval, SosPress, SosSafe


@command("sos.raise", SosPress, signed=True)
def raise_sos(
    work: UnitOfWork, actor: Actor, subject_id: str, body: SosPress, occurrence: Occurrence
) -> Outcome:
    """Call for help; the subject is the id the phone made for it. The answer names the emergency it belongs to."""
    row = service.raise_sos(work, actor, subject_id, body, occurrence)
    return Outcome("applied", row.id, row.revision)


@command("sos.safe", SosSafe, signed=True)
def say_safe(
    work: UnitOfWork, actor: Actor, subject_id: str, body: SosSafe, occurrence: Occurrence
) -> Outcome:
    """Say to be safe; the subject is the emergency, or the press that was added to it."""
    row, open_still = service.say_safe(work, actor, subject_id, body, occurrence)
    return Outcome("applied" if open_still else "superseded", row.id, row.revision)


@command("check_in.confirm", Empty, signed=True)
def confirm_check_in(
    work: UnitOfWork, actor: Actor, subject_id: str, body: Empty, occurrence: Occurrence
) -> Outcome:
    """Check in on an order; superseded once its timer has ended, and kept all the same."""
    _, runs = check_ins.confirm(work, actor, subject_id, occurrence)
    return Outcome("applied" if runs else "superseded", subject_id, None)


@command("check_in.set", CheckInInterval, signed=True)
def set_check_ins(
    work: UnitOfWork, actor: Actor, subject_id: str, body: CheckInInterval, occurrence: Occurrence
) -> Outcome:
    """Set the interval of an order, as the leader of its team."""
    plan = check_ins.set_by_leader(work, actor, subject_id, body.minutes, occurrence)
    return Outcome("applied", subject_id, plan.revision)
