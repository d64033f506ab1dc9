"""Shapes of leads on the wire: the registration form, the lead as screens read it, and the body of each act."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.core.schemas import Identifier, LongText, Place, Reference, ShortText, Wire, WireInstant
from backend.deadlines.schemas import ClockRow
from backend.leads.rules import State, Triage, UrgentGround

Channel = Literal["phone", "visit", "web", "police", "grid_worker", "handler"]
LeadKind = Literal["property", "whereabouts", "both"]
Risk = Literal["weapons", "crowd", "illness"]
ReportChannel = Literal["in_person", "phone", "message"]
PhoneNumber = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+*() -]{3,40}$")]
IdentityTail = Annotated[str, StringConstraints(pattern=r"^[0-9Xx]{4,6}$")]


class ReporterForm(Wire):
    """Who reports: all of it may be missing."""

    name: ShortText | None = None
    phone: PhoneNumber | None = None
    relation: ShortText | None = None
    wants_anonymity: bool = False
    wants_reply: bool = False


class LeadForm(Wire):
    """The registration form (线索登记表); `received_at` is the time of the call, not of typing."""

    received_at: WireInstant
    channel: Channel
    kind: LeadKind = "property"
    content: LongText
    case_number_text: ShortText | None = None
    debtor_name: ShortText | None = None
    debtor_identity_tail: IdentityTail | None = None
    place: Place | None = None
    chance_from: WireInstant | None = None
    chance_until: WireInstant | None = None
    grounds: list[UrgentGround] = Field(default_factory=list, max_length=4)
    risks: list[Risk] = Field(default_factory=list, max_length=3)
    reporter: ReporterForm | None = None
    triage: Literal["urgent", "non_urgent"] | None = None


class NewLead(LeadForm):
    """A registration form with the id the desk made for it, so that sending it twice registers once."""

    id: Identifier | None = None


class InquiryForm(Wire):
    """An inquiry call in two fields: what about, and who called if they said."""

    received_at: WireInstant
    summary: LongText
    caller: ShortText | None = None


class MergedLead(Wire):
    """A lead about the same event that was merged into this one; its reporter is read there."""

    id: str
    number: str
    has_reporter: bool


class LeadShape(Wire):
    """A lead as every screen reads it; the reporter's identity is not part of it."""

    id: str
    number: str
    revision: int
    court_id: str
    state: State
    triage: Triage | None
    triage_reason: str | None
    kind: LeadKind
    channel: Channel
    received_at: WireInstant
    registered_at: WireInstant
    duty_officer: Reference
    case_number: str | None
    legacy_case_number: str | None
    debtor_name: str | None
    debtor_identity_tail: str | None
    content: str
    place: Place | None
    chance_from: WireInstant | None
    chance_until: WireInstant | None
    grounds: list[UrgentGround]
    risks: list[Risk]
    reported_to: str | None
    reported_at: WireInstant | None
    leader_instruction: str | None
    result: str | None
    reply: str | None
    closed_at: WireInstant | None
    directive_ids: list[str]
    clocks: list[ClockRow]
    has_reporter: bool
    merged_into_id: str | None
    merged: list[MergedLead]


class LeadList(Wire):
    """Leads, the last received first."""

    items: list[LeadShape]
    next: str | None


class LeadQuery(Wire):
    """Which leads: those still open, or all."""

    state: Literal["open", "all"] = "open"
    limit: int = Field(50, ge=1, le=200)
    after: Annotated[str, StringConstraints(max_length=36)] | None = None


class TriageAct(Wire):
    """What the lead turned out to be, on which grounds and why."""

    revision: int = Field(ge=1)
    triage: Literal["urgent", "non_urgent", "not_ours"]
    grounds: list[UrgentGround] = Field(default_factory=list, max_length=4)
    reason: LongText | None = None


class ReportAct(Wire):
    """Whom the lead was reported to, how, and what was instructed."""

    revision: int = Field(ge=1)
    reported_to: ShortText
    channel: ReportChannel
    instruction: LongText


class CloseAct(Wire):
    """What came of the lead, and what the reporter was told."""

    revision: int = Field(ge=1)
    result: LongText
    reply: LongText | None = None


class MergeAct(Wire):
    """Which other lead is about the same event."""

    revision: int = Field(ge=1)
    other_id: Identifier
