"""What delivery must do and cannot see: lock the thing that is given before what is given of it, in one order for all."""

from typing import Protocol

from backend.core.database import UnitOfWork
from backend.core.ports import Port


class LockSubject(Protocol):
    """Answered by whoever keeps the things that are given to people."""

    def __call__(self, work: UnitOfWork, subject_kind: str, subject_id: str) -> None:
        """Lock the thing for this transaction, where there is one."""


def nothing_to_lock(work: UnitOfWork, subject_kind: str, subject_id: str) -> None:
    """The answer of an installation without orders."""


lock_subject: Port[LockSubject] = Port(nothing_to_lock)
