"""What deadlines must know and cannot see: whether a phone out of contact may hold the act that counts."""

from datetime import datetime
from typing import Protocol

from backend.core.database import UnitOfWork


class SilentPhones(Protocol):
    """Answered by whoever knows a subject's people and their devices; joined in `wiring.py`."""

    def __call__(self, work: UnitOfWork, subject_kind: str, subject_id: str, since: datetime) -> bool:
        """Whether a device that could have stopped the clock has not been heard from since `since`."""


def nobody_is_silent(work: UnitOfWork, subject_kind: str, subject_id: str, since: datetime) -> bool:
    """The answer of an installation without phones: nothing that happened is still on its way."""
    return False


_joined: list[SilentPhones] = [nobody_is_silent]


def join_silent_phones(port: SilentPhones) -> SilentPhones:
    """Join the one implementation in place of the former, which is returned."""
    former = _joined[0]
    _joined[0] = port
    return former


def could_still_disprove(work: UnitOfWork, subject_kind: str, subject_id: str, since: datetime) -> bool:
    """Whether an act before `since` on this subject may still arrive from a phone silent since then."""
    return _joined[0](work, subject_kind, subject_id, since)
