"""What a phone says of notices: its person took note (works offline, replayed once)."""

from backend.core.commands import Occurrence, Outcome, command
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.notify.schemas import NoticeCommand
from backend.notify.service import acknowledge


@command("notice.acknowledge", NoticeCommand, signed=True)
def acknowledge_on_phone(
    work: UnitOfWork, actor: Actor, subject_id: str, body: NoticeCommand, occurrence: Occurrence
) -> Outcome:
    """Take note of a notice on the phone of the person it was given to."""
    row = acknowledge(work, actor, subject_id, occurrence.at)
    return Outcome("applied", row.id, row.revision)
