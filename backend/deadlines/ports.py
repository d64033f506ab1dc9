"""What deadlines must know and cannot see: whether a phone out of contact may hold the act that counts."""

from datetime import datetime
from typing import Protocol

from backend.core.database import UnitOfWork
from backend.core.ports import Port


class SilentPhones(Protocol):
    """Answered by whoever knows a subject's people and their devices; joined in `wiring.py`."""

    def __call__(self, work: UnitOfWork, subject_kind: str, subject_id: str, since: datetime) -> bool:
        """Whether a device that could have stopped the clock has not been heard from since `since`."""


def nobody_is_silent(work: UnitOfWork, subject_kind: str, subject_id: str, since: datetime) -> bool:
    """The answer of an installation without phones: nothing that happened is still on its way."""
    return False


silent_phones: Port[SilentPhones] = Port(nobody_is_silent)
"""Whether an act before an instant on a subject may still arrive from a phone silent since then."""
