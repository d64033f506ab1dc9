"""Shapes of emergencies on the wire: whole for desks, the little an officer's phone may show for the officer."""

from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

from backend.core.schemas import (
    CourtId,
    LongPageQuery,
    LongText,
    Reference,
    ShortText,
    Wire,
    WireInstant,
)
from backend.emergencies.rules import (
    DUTY_NUMBER_FORM,
    EmergencyAct,
    EmergencyKind,
    EmergencyResult,
    EmergencyState,
)

DutyNumber = Annotated[str, StringConstraints(strip_whitespace=True, pattern=DUTY_NUMBER_FORM, max_length=24)]


class SosPress(Wire):
    """The body of `sos.raise`; position and battery stand in the envelope."""

    drill: StrictBool
    note: ShortText | None = None


class SosSafe(Wire):
    """The body of `sos.safe`: the officer says to be safe; only a desk closes."""

    note: ShortText | None = None


class EmergencyPlace(Wire):
    """Where the phone was when the command was made, in WGS-84 degrees, and when that was measured."""

    longitude: float
    latitude: float
    accuracy_m: float | None
    fixed_at: WireInstant | None


class EmergencyOrder(Wire):
    """The order the officer had in hand."""

    id: str
    number: str
    title: str


class EmergencyLineShape(Wire):
    """One thing that happened; `at` and `received_at` differ where a phone was out of contact. `by` null: the system."""

    id: str
    act: EmergencyAct
    at: WireInstant
    received_at: WireInstant
    by: Reference | None
    text: str | None
    court: Reference | None


class EmergencyShape(Wire):
    """An emergency as desks see it; the desks of `alarmed` sound while it is open."""

    id: str
    revision: int
    kind: EmergencyKind
    drill: bool
    state: EmergencyState
    court: Reference
    user: Reference
    team: Reference | None
    order: EmergencyOrder | None
    raised_at: WireInstant
    received_at: WireInstant
    time_trusted: bool
    place: EmergencyPlace | None
    battery_percent: float | None
    note: str | None
    alarmed: list[str]
    unconfirmed: bool
    answered_at: WireInstant | None
    answered_by: Reference | None
    safe_at: WireInstant | None
    closed_at: WireInstant | None
    closed_by: Reference | None
    result: EmergencyResult | None
    words: str | None
    may_end_as: list[EmergencyResult]
    lines: list[EmergencyLineShape]


class EmergencyList(Wire):
    """Emergencies, newest first."""

    items: list[EmergencyShape]
    next: str | None


class EmergencyQuery(LongPageQuery):
    """Which: those not closed, or all."""

    open: bool = True


class MyEmergency(Wire):
    """What the officer's own phone shows of it: nothing that a stranger holding the phone must not read."""

    id: str
    revision: int
    kind: EmergencyKind
    drill: bool
    state: EmergencyState
    raised_at: WireInstant
    received_at: WireInstant
    answered_at: WireInstant | None
    answered_by: Reference | None
    safe_at: WireInstant | None
    closed_at: WireInstant | None


class DutyPhone(Wire):
    """The number of a command post, and which court's it is."""

    court: Reference
    number: str


Minutes = Annotated[int, Field(strict=True, ge=5, le=60)]


class CheckInInterval(Wire):
    """Every how many minutes the members check in; null: no longer. The body of `check_in.set` too."""

    minutes: Minutes | None


class MyCheckIn(Wire):
    """A member's own timer: the phone counts down to `due_at`, asks for `grace_s` seconds more, then the desk is alarmed."""

    directive_id: str
    minutes: int
    grace_s: int
    due_at: WireInstant
    last_at: WireInstant | None
    missed: bool


class CheckInMember(Wire):
    """One member who is out, as the desk sees it."""

    user: Reference
    due_at: WireInstant
    last_at: WireInstant | None
    missed: bool


class CheckInShape(Wire):
    """The check-ins of an order."""

    directive_id: str
    revision: int
    minutes: int | None
    grace_s: int
    set_by: Reference | None
    members: list[CheckInMember]


class PhoneEmergencies(Wire):
    """What a phone needs to call for help: whom to write or call, what of mine is not closed, my check-ins."""

    duty_phone: DutyPhone | None
    mine: list[MyEmergency]
    check_ins: list[MyCheckIn]


class DutyPhoneForm(Wire):
    """The number of a court's command post; null takes it away."""

    court_id: CourtId
    number: DutyNumber | None


class EmergencyNote(Wire):
    """Words of the desk about what is being done."""

    text: LongText


class EmergencyClose(Wire):
    """How it ended, in one word and a sentence."""

    result: EmergencyResult
    words: LongText


class RefusedSos(Wire):
    """A signed command of a phone that has no session any more; the same text and signature."""

    payload: str = Field(max_length=32 * 1024)
    signature: str = Field(max_length=120)
