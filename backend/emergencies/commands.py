"""What phones send in danger, each signed: the press, and that the officer is safe."""

from backend.core.commands import Occurrence, Outcome, command
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.emergencies import service
from backend.emergencies.schemas import SosPress, SosSafe


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
