"""Shapes of notices on the wire."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, StringConstraints

from backend.core.clock import from_wire
from backend.core.schemas import PageQuery, Reference, Wire, WireInstant
from backend.deadlines.rulebooks import Audience, ClockCode
from backend.notify.rules import NoticeKind, RecordMatter

StoredInstant = Annotated[
    WireInstant, BeforeValidator(lambda value: from_wire(value) if isinstance(value, str) else value)
]
How = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class NoticeClause(Wire):
    """The clause a notice rests on, in its own words and in English."""

    id: str
    zh: str
    en: str


class NoticeRecipientShape(Wire):
    """One person a notice was given to."""

    user: Reference
    told_as: list[Audience]
    acknowledged_at: WireInstant | None
    acknowledged_by: Reference | None
    told_by_desk: str | None


class NoticeShape(Wire):
    """A notice: what it is about, since when, to whom it was given and who took note."""

    id: str
    revision: int
    court_id: str
    kind: NoticeKind
    subject_kind: str
    subject_id: str
    title: str
    clock_id: str | None
    clock: ClockCode | None
    clause: NoticeClause | None
    due_at: StoredInstant | None
    step: int | None
    passed: str | None
    matter: RecordMatter | None
    at: WireInstant
    given_at: WireInstant
    settled_at: WireInstant | None
    recipients: list[NoticeRecipientShape]


class NoticeList(Wire):
    """Some notices, and where the list goes on."""

    items: list[NoticeShape]
    next: str | None


class NoticeQuery(PageQuery):
    """Which notices: mine that are open, or all about one lead or directive."""

    subject_kind: Literal["lead", "directive"] | None = None
    subject_id: str | None = None


class AcknowledgeNotice(Wire):
    """Take note: both null for oneself; for another person, who it is and how the desk told them."""

    user_id: str | None
    how: How | None


class NoticeCommand(Wire):
    """The body of `notice.acknowledge`: the phone's own person takes note."""
