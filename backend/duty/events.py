"""What duty tells the other rooms inside a transaction (A1)."""

from dataclasses import dataclass
from datetime import datetime

from backend.core.events import Event


@dataclass(frozen=True)
class RollCallUnanswered(Event):
    """Somebody on duty did not answer a roll call for more than 15 minutes: an alert, never a record (A1).

    `out_of_contact`: a phone of theirs could not be reached, so the call may never have arrived.
    """

    roll_call_id: str
    court_id: str
    user_id: str
    shift_id: str
    started_at: datetime
    due_at: datetime
    out_of_contact: bool
