"""Shapes of directives on the wire: the order as every screen reads it, and the body of each act."""

from typing import Literal

from pydantic import Field

from backend.core.schemas import CourtId, Identifier, LongText, Place, Reference, ShortText, Wire, WireInstant
from backend.deadlines.schemas import ClockRow
from backend.directives.outside_schemas import OutsideChannel, OutsideShape, Sending, SendingChannel
from backend.directives.rules import Kind, State

ResultCode = Literal["completed", "partly", "not_possible"]
ReportChannel = Literal["in_person", "phone", "message"]
TellingChannel = Literal["phone", "radio", "in_person"]
"""How a desk and a team it acts for told each other."""
Urgency = Literal["urgent", "normal"]


class Requirements(Wire):
    """Who must come: how many officers, and whether a woman (for the search of a woman)."""

    officers: int = Field(2, ge=1, le=20)
    woman: bool = False


class Composition(Wire):
    """Whether those who accepted fulfil the requirements, and what is missing."""

    complete: bool
    gaps: list[Literal["officers", "woman"]]
    officers_missing: int


class Basis(Wire):
    """What the directive rests on; `number` is that of the lead or of the directive."""

    kind: Literal["lead", "case", "directive", "instruction"]
    id: str | None
    number: str | None = None
    text: str | None


class MemberShape(Wire):
    """A person the directive was given to."""

    user: Reference
    duty: Literal["leader", "officer", "driver"]
    answer: Literal["pending", "accepted", "declined"]
    reason: str | None
    answered_at: WireInstant | None
    device_received_at: WireInstant | None


class StepPosition(Wire):
    """Where the phone was, in WGS-84 degrees."""

    longitude: float
    latitude: float
    accuracy_m: float | None


class StepShape(Wire):
    """One step: when it was done, when it arrived, and whether it could still change anything.

    `on_behalf`: a desk wrote it down for a team that could not; `told_by` says with whom it spoke, `channel` how. A
    report to the leader has `reported_to` and `channel`, one sent outside the system `channel` and `proof`. `child_id` is
    the directive whose team took the step.
    """

    id: str
    act: str
    by: Reference
    occurred_at: WireInstant
    received_at: WireInstant
    late_sync: bool
    time_trusted: bool
    text: str | None
    position: StepPosition | None
    result: Literal["applied", "superseded"]
    revision: int
    finished_as: ResultCode | None = None
    reported_to: str | None = None
    channel: ReportChannel | TellingChannel | OutsideChannel | SendingChannel | None = None
    told_by: str | None = None
    proof: str | None = None
    child_id: str | None = None
    on_behalf: bool = False


class FeedbackBody(Wire):
    """The written report: what was done, with what result, and what the issuer should do next."""

    text: LongText
    result: ResultCode
    persons: LongText | None = None
    property: LongText | None = None
    documents_served: LongText | None = None
    money_controlled: ShortText | None = None
    next_step: LongText | None = None


class FeedbackShape(FeedbackBody):
    """A report as it was submitted."""

    version: int
    writer: Reference
    submitted_at: WireInstant


class DirectiveShape(Wire):
    """A directive as every screen reads it; `next_acts` is what the state allows, whoever reads it."""

    id: str
    number: str
    revision: int
    kind: Kind
    state: State
    urgency: Urgency
    title: str
    required_action: str
    facts: str
    legal_basis: str
    basis: Basis
    case_number: str | None
    place: Place | None
    issuing_court: Reference
    issuer: Reference
    target_court: Reference
    target_team: Reference | None
    target_person: Reference | None
    parent_id: str | None
    lead_id: str | None
    issued_at: WireInstant
    served_at: WireInstant
    acknowledged_at: WireInstant | None
    reported_at: WireInstant | None
    departed_at: WireInstant | None
    arrived_at: WireInstant | None
    completed_at: WireInstant | None
    feedback_at: WireInstant | None
    accepted_at: WireInstant | None
    ended_at: WireInstant | None
    reason: str | None
    requirements: Requirements
    fetches_debtor: bool
    covert: bool
    outside: OutsideShape | None
    composition: Composition
    responsible: Reference | None
    members: list[MemberShape]
    clocks: list[ClockRow]
    next_acts: list[str]
    feedback: FeedbackShape | None
    steps: list[StepShape] = Field(default_factory=list)


class DirectiveList(Wire):
    """Directives, newest first."""

    items: list[DirectiveShape]
    next: str | None


class DirectiveQuery(Wire):
    """Which directives: those still open, or all."""

    state: Literal["open", "all"] = "open"
    limit: int = Field(50, ge=1, le=200)
    after: str | None = Field(None, max_length=36)


class Target(Wire):
    """To whom: a court, and in it a team or a person when not the court itself."""

    court_id: CourtId
    team_id: Identifier | None = None
    user_id: Identifier | None = None


class NewDirective(Wire):
    """An order slip (指令单): basis, target, required action, place, legal basis and requirements.

    `id` is made by the desk for this slip, so that sending it again after a cut connection issues it once.
    """

    id: Identifier | None = None
    lead_id: Identifier | None = None
    parent_id: Identifier | None = None
    kind: Kind
    target: Target
    title: ShortText
    facts: LongText
    required_action: LongText
    legal_basis: LongText
    case_number: ShortText | None = None
    place: Place | None = None
    urgency: Urgency = "urgent"
    requirements: Requirements = Field(default_factory=lambda: Requirements(officers=2, woman=False))
    fetches_debtor: bool = Field(
        False,
        description="The receiving court's own debtor is held elsewhere: set off within 30 minutes (BSS-10)",
    )
    covert: bool = Field(False, description="Phones stay dark and silent: an alarm could betray a stake-out")


class Revised(Wire):
    """The revision the desk was looking at; a newer one answers 409.1 with the difference."""

    revision: int = Field(ge=1)


class PlainAct(Revised):
    """An act that needs no words."""


class ReasonedAct(Revised):
    """An act that needs its reason."""

    reason: LongText


class TextAct(Revised):
    """A note."""

    text: LongText


class ReportAct(Revised):
    """Whom the directive was reported to, how, and what was instructed."""

    reported_to: ShortText
    channel: ReportChannel
    instruction: LongText


class DeskStepAct(Revised):
    """A step recorded by the desk for a team without a phone: why, told how and by whom, and when it was taken."""

    reason: LongText
    channel: TellingChannel | None = None
    told_by: ShortText | None = None
    at: WireInstant | None = Field(None, description="When the step was taken; without it, now")


class AcknowledgeForAct(DeskStepAct):
    """The acknowledgement a desk records for a team it told by other means: always with how and whom."""

    channel: TellingChannel
    told_by: ShortText


class DeskCompleteAct(DeskStepAct):
    """The completion recorded by the desk."""

    result: ResultCode


class DeskFeedbackAct(Revised, FeedbackBody):
    """The written report of a court to the issuing court; `sent` where that court is told outside the system (A13)."""

    sent: Sending | None = None


class NoBody(Wire):
    """A command that needs no words."""


class ReasonBody(Wire):
    """A command with its reason."""

    reason: LongText


class CovertBody(Wire):
    """Whether phones stay dark and silent from now on."""

    covert: bool


class TextBody(Wire):
    """A command with a note."""

    text: LongText


class CompleteBody(Wire):
    """With what result the team finished, and why when not completed."""

    result: ResultCode
    reason: LongText | None = None
