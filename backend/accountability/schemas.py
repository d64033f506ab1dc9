"""Shapes of records and complaints on the wire; a person concerned is shown the whole, and only their own words."""

from typing import Literal

from pydantic import Field, RootModel, model_validator

from backend.accountability.rules import Decision, Ground, Opened, Reason, State
from backend.accountability.weighing import Side
from backend.core.schemas import (
    CourtId,
    Identifier,
    LongText,
    PageQuery,
    Reference,
    ShortText,
    Wire,
    WireInstant,
)
from backend.deadlines.schemas import ClauseText, ClockRow

RecordAct = Literal["explain", "accept_reason", "decide", "decide_against", "release", "name"]
SubjectKind = Literal["lead", "directive"]


class ConcernedShape(Wire):
    """A person a record concerns, why, when they were told, and until when they may still be heard.

    `released_by` and `released_words`: the judge who found that they were named by mistake, and why; None where another
    turned out to have carried it.
    """

    user: Reference
    reason: Reason
    told_at: WireInstant | None
    heard_until: WireInstant | None
    has_explained: bool
    released_at: WireInstant | None
    released_by: Reference | None
    released_words: str | None


class ExplanationShape(Wire):
    """One version of somebody's own words: when they were written, and when they arrived."""

    version: int
    by: Reference
    words: str
    written_at: WireInstant
    received_at: WireInstant
    time_trusted: bool


class FactShape(Wire):
    """One fact for or against: a code the page has words for, the clause or decision behind it, its amounts."""

    side: Side
    code: str
    clause: str
    person: Reference | None
    at: WireInstant | None
    until: WireInstant | None
    seconds: int | None
    metres: int | None
    count: int | None
    words: str | None


class LineShape(Wire):
    """One line of what happened: who, what, when it happened and when it was written down."""

    at: WireInstant
    recorded_at: WireInstant
    by: Reference
    action: str
    subject_kind: str
    number: str | None = None
    clock: str | None = None


class StretchShape(Wire):
    """What a person's phone says of the stretch: silences, positions in sum, skew; no map."""

    user: Reference
    silences: list[tuple[WireInstant, WireInstant | None]]
    fixes: int
    first_fix_at: WireInstant | None
    last_fix_at: WireInstant | None
    moved_m: int
    largest_skew_s: int | None
    viewed_at: WireInstant | None


class OnDutyShape(Wire):
    """Somebody who was on duty at the limit."""

    user: Reference
    function: str
    post: str | None


class EvidenceShape(Wire):
    """What is attached by itself; `frozen_at` and `sha256` are set once people have ended the record."""

    clock: ClockRow | None
    facts: list[FactShape]
    lines: list[LineShape]
    on_duty: list[OnDutyShape]
    stretches: list[StretchShape]
    frozen_at: WireInstant | None = None
    sha256: str | None = None


class FormerDecisionShape(Wire):
    """How a record had ended before an act on time arrived and it was decided again."""

    state: State
    decision: Decision | None
    referred_to: str | None
    words: str
    by: Reference
    at: WireInstant
    contradicted_at: WireInstant
    evidence_sha256: str


class RecordRow(Wire):
    """A record in a list."""

    id: str
    revision: int
    number: str
    court: Reference
    ground: Ground
    clause: str
    clause_text: ClauseText | None
    state: State
    opened_as: Opened
    opened_at: WireInstant
    happened_at: WireInstant
    late_seconds: int | None
    title: str
    subject_kind: SubjectKind | None
    subject_id: str | None
    subject_number: str | None
    people: list[ConcernedShape]
    decision: Decision | None
    ended_at: WireInstant | None
    contradicted_at: WireInstant | None


class RecordShape(RecordRow):
    """A record with everything its reader may see; `acts` are those open to whoever reads it."""

    opened_by: Reference | None
    words: str | None
    complaint_id: str | None
    complaint_number: str | None
    explanations: list[ExplanationShape]
    ended_by: Reference | None
    ended_words: str | None
    referred_to: str | None
    former: list[FormerDecisionShape]
    evidence: EvidenceShape
    acts: list[RecordAct]


class RecordReceipt(Wire):
    """That an act on a record was done, for whoever may act on it and not read it."""

    id: str
    number: str


class RecordAnswer(RootModel[RecordShape | RecordReceipt]):
    """The record after an act, for its readers; a receipt for whoever may not read it."""


class RecordList(Wire):
    """Records, those still open first, then the newest."""

    items: list[RecordRow]
    next: str | None


class MyRecords(Wire):
    """The records that concern whoever asks, whole, the newest first."""

    records: list[RecordShape]
    server_time: WireInstant


class RecordQuery(PageQuery):
    """Which records: those not ended or to be looked at again, or all."""

    state: Literal["open", "all"] = "open"
    court_id: CourtId | None = None


class NewRecord(Wire):
    """A record opened by a person: the ground, when it happened, the words for it, and whom it concerns."""

    id: Identifier | None = None
    court_id: CourtId
    ground: Ground
    happened_at: WireInstant
    title: ShortText
    words: LongText
    people: list[Identifier] = Field(default_factory=list, max_length=20)
    subject_kind: SubjectKind | None = None
    subject_id: Identifier | None = None
    complaint_id: Identifier | None = None

    @model_validator(mode="after")
    def subject_is_whole(self) -> "NewRecord":
        """Refuse a kind without an id, and an id without a kind."""
        if (self.subject_kind is None) != (self.subject_id is None):
            raise ValueError("subject_kind and subject_id belong together")
        return self


class ExplainAct(Wire):
    """A person's own words."""

    words: LongText


class AcceptReasonAct(Wire):
    """Why the duty leader accepts the reason."""

    revision: int = Field(ge=1)
    words: LongText


class DecideAct(Wire):
    """What is decided and why; `referred_to` names the body it goes to, for `referred` alone."""

    revision: int = Field(ge=1)
    decision: Decision
    words: LongText
    referred_to: ShortText | None = None

    @model_validator(mode="after")
    def says_to_whom(self) -> "DecideAct":
        """Refuse a referral to nobody, and a body without a referral."""
        if (self.decision is Decision.REFERRED) != (self.referred_to is not None):
            raise ValueError("referred_to is given for a referral, and for nothing else")
        return self


class NameAct(Wire):
    """Whom a record concerns."""

    user_id: Identifier


class ReleaseAct(Wire):
    """Who was named by mistake, and why a judge finds so."""

    revision: int = Field(ge=1)
    user_id: Identifier
    words: LongText
