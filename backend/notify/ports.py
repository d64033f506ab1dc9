"""What notices must know and cannot see: who carries the duty now, and whom the subject of a clock names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from backend.core.ports import Port


class DutyHolder(Protocol):
    """One person the roster puts on duty: leader, officer, technician or standby."""

    @property
    def user_id(self) -> str:
        """Who."""

    @property
    def function(self) -> str:
        """As what."""


class OnDuty(Protocol):
    """Answered by whoever keeps the roster."""

    def __call__(self, session: Session, court_id: str, at: datetime) -> Sequence[DutyHolder]:
        """Who carries the duty of a court at an instant; nobody where it keeps no roster."""


@dataclass(frozen=True)
class Concerned:
    """Whom a subject names: who is responsible for it now, and the other court that ordered it, with its issuer."""

    responsible: Sequence[str] = ()
    issuing_court_id: str | None = None
    issuer_id: str | None = None


class ConcernedBy(Protocol):
    """Answered by whoever knows orders and leads."""

    def __call__(self, session: Session, subject_kind: str, subject_id: str) -> Concerned:
        """Whom a subject names."""


def no_roster(session: Session, court_id: str, at: datetime) -> Sequence[DutyHolder]:
    """The answer of an installation that keeps no roster."""
    return ()


def nobody(session: Session, subject_kind: str, subject_id: str) -> Concerned:
    """The answer of an installation without orders."""
    return Concerned()


on_duty: Port[OnDuty] = Port(no_roster)
concerned_by: Port[ConcernedBy] = Port(nobody)
