"""What duty must hand over and cannot see: the work of a court's desk, kept in rooms of floors above."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session


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


_joined: dict[str, PendingWork] = {}


def join_pending_work(*ports: PendingWork) -> tuple[PendingWork, ...]:
    """Join the implementations in place of all former ones, which are returned."""
    former = tuple(_joined.values())
    _joined.clear()
    _joined.update({port.subject_kind: port for port in ports})
    return former


def pending_work() -> tuple[PendingWork, ...]:
    """Return who answers for the kinds of things, in the order they were joined."""
    return tuple(_joined.values())


def subjects_of(session: Session, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Subject]:
    """Return what things are called, by kind and id."""
    found: dict[tuple[str, str], Subject] = {}
    for kind, port in _joined.items():
        ids = {subject_id for subject_kind, subject_id in wanted if subject_kind == kind}
        if ids:
            found |= {(kind, key): subject for key, subject in port.subjects(session, ids).items()}
    return found


def title_permission(subject_kind: str) -> str | None:
    """Return the permission that shows titles of a kind, or None for a kind nobody answers for."""
    port = _joined.get(subject_kind)
    return port.permission if port is not None else None
