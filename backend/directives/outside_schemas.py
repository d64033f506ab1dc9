"""Shapes of directives that came by telephone or fax (A13)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.core.schemas import CourtId, Identifier, LongText, Place, Reference, ShortText, Wire, WireInstant
from backend.directives.rules import Kind

OutsideChannel = Literal["phone", "fax"]
SendingChannel = Literal["phone", "fax", "letter", "message", "in_person"]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
TelephoneNumber = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+*() -]{3,40}$")]


class OutsideDirective(Wire):
    """What the desk writes down of a directive it was telephoned or faxed: who, when, read back, and what is ordered."""

    issuing_court_id: CourtId
    kind: Literal[Kind.SUPERIOR, Kind.ASSISTANCE, Kind.INSTRUCTION] = Kind.SUPERIOR
    channel: OutsideChannel
    caller_name: PersonName
    call_back_number: TelephoneNumber | None = None
    read_back: bool
    issuer_number: ShortText | None = None
    received_at: WireInstant
    title: ShortText
    facts: LongText
    required_action: LongText
    legal_basis: LongText
    case_number: ShortText | None = None
    place: Place | None = None
    urgency: Literal["urgent", "normal"] = "urgent"
    fetches_debtor: bool = False


class OutsideShape(Wire):
    """How a directive came in outside the system."""

    channel: OutsideChannel
    caller_name: str
    call_back_number: str | None
    read_back: bool
    issuer_number: str | None
    received_at: WireInstant
    registered_at: WireInstant
    registered_by: Reference
    copy_id: str | None


class Sending(Wire):
    """How a written report was sent outside the system, and the proof of it."""

    channel: SendingChannel
    proof: ShortText


class MergeCopy(Wire):
    """Which directive in the system is the copy of this one."""

    revision: int = Field(ge=1)
    copy_id: Identifier
