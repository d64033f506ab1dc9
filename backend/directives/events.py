"""What directives tell the other rooms inside the transaction (design.md 3: what must go the other way goes by event)."""

from dataclasses import dataclass
from datetime import datetime

from backend.core.events import Event
from backend.core.permissions import Actor


@dataclass(frozen=True)
class DirectiveMoved(Event):
    """A directive went on: which act, when it happened, and the state it led to."""

    directive_id: str
    lead_id: str | None
    court_id: str
    kind: str
    act: str
    state: str
    at: datetime
    by: Actor


@dataclass(frozen=True)
class DirectiveIssued(Event):
    """A directive was issued."""

    directive_id: str
    lead_id: str | None
    court_id: str
    kind: str
    at: datetime
    by: Actor
