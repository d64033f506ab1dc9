"""Shapes of complaints, the courtesy script, and who saw a lead (BSS-11, BSS-12(6))."""

from typing import Literal

from pydantic import Field

from backend.accountability.schemas import OnDutyShape
from backend.core.schemas import Identifier, LongText, Reference, ShortText, Wire, WireInstant
from backend.core.viewings import Way
from backend.deadlines.schemas import ClauseText
from backend.leads.schemas import ReporterForm


class ComplaintForm(Wire):
    """A complaint (BSS-11): when it came and when it happened, about whom (None: not known), and in which words."""

    received_at: WireInstant
    happened_at: WireInstant
    channel: Literal["phone", "in_person"]
    content: LongText
    about_user_id: Identifier | None = None
    recording: ShortText | None = None
    lead_id: Identifier | None = None
    directive_id: Identifier | None = None
    complainant: ReporterForm | None = None


class NewComplaint(ComplaintForm):
    """A complaint with the id the desk made for it, so that sending it twice registers it once."""

    id: Identifier | None = None


class ComplaintShape(Wire):
    """A complaint as its readers see it; the complainant's identity is not part of it."""

    id: str
    number: str
    court_id: str
    received_at: WireInstant
    happened_at: WireInstant
    registered_at: WireInstant
    registered_by: Reference
    channel: Literal["phone", "in_person"]
    content: str
    about: Reference | None
    recording: str | None
    lead_id: str | None
    directive_id: str | None
    has_complainant: bool
    record_ids: list[str]


class ComplaintList(Wire):
    """Complaints, the last registered first."""

    items: list[ComplaintShape]
    next: str | None


class WhoQuery(Wire):
    """At which instant."""

    at: WireInstant


class WhoList(Wire):
    """Who was on duty then; empty where the court keeps no roster."""

    people: list[OnDutyShape]


class CourtesyLine(Wire):
    """One line of the script: when to say it, and the words, in both languages."""

    when: ClauseText
    say: ClauseText


class CourtesyScript(Wire):
    """What the duty officer says to whoever calls or comes (BSS-11), with the clause."""

    clause: str
    clause_text: ClauseText
    lines: list[CourtesyLine]
    never: list[ClauseText]


class ViewingQuery(Wire):
    """Who saw it before an instant, at most so many hours before it; `after` goes on with the next page."""

    before: WireInstant | None = None
    hours: int = Field(72, ge=1, le=24 * 366)
    limit: int = Field(200, ge=1, le=500)


class ViewingShape(Wire):
    """That somebody saw a thing: the way, and the first time in that hour; `acted` is a line of the audit log."""

    user: Reference
    court: Reference | None
    way: Way | Literal["acted"]
    at: WireInstant
    action: str | None = None
    device_id: str | None = None


class ViewingList(Wire):
    """Who saw the lead, the last first; `more`: there were more than the limit."""

    viewings: list[ViewingShape]
    more: bool
