"""What duty must hand over and cannot see: the work of a court's desk, kept in rooms of floors above."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from backend.core.ports import Port


@dataclass(frozen=True)
class Subject:
    """What a thing of the desk is called: its number, and its title, which only its readers are shown."""

    number: str
    title: str


@dataclass(frozen=True)
class OpenWork:
    """Something of a kind the desk has still to do, since when."""

    subject_id: str
    since: datetime


class PendingWork(Protocol):
    """Answered by whoever keeps a kind of thing (leads, directives); joined in `wiring.py`."""

    subject_kind: str
    permission: str
    """Whose readers are shown the titles."""

    def subjects(self, session: Session, subject_ids: Collection[str]) -> dict[str, Subject]:
        """Return what these things are called, by id; ids of no such thing are left out."""

    def pending(self, session: Session, court_id: str) -> list[OpenWork]:
        """Return what the desk of a court has still to do of this kind, the oldest first."""


pending_work: Port[tuple[PendingWork, ...]] = Port(())
"""Who answers for the kinds of things a desk has to do."""


def subjects_of(session: Session, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Subject]:
    """Return what things are called, by kind and id."""
    found: dict[tuple[str, str], Subject] = {}
    for keeper in pending_work.ask:
        kind = keeper.subject_kind
        ids = {subject_id for subject_kind, subject_id in wanted if subject_kind == kind}
        if ids:
            found |= {(kind, key): subject for key, subject in keeper.subjects(session, ids).items()}
    return found


def title_permission(subject_kind: str) -> str | None:
    """Return the permission that shows titles of a kind, or None for a kind nobody answers for."""
    return next((one.permission for one in pending_work.ask if one.subject_kind == subject_kind), None)
