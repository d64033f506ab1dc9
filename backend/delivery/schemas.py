"""Shapes of deliveries, subscriptions, receipts, self-checks and link tests on the wire."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.core.schemas import CourtId, Identifier, PageQuery, Reference, ShortText, Wire, WireInstant
from backend.delivery.rules import CallOutcome, RungName, Settled, Stage

SubjectKind = Literal["directive", "link_test", "self_check"]
ReceiptStage = Literal["device_received", "displayed", "opened"]
ReceiptChannel = Literal["socket", "poll", "push"]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+={0,2}$")]


class PushKey(Wire):
    """The public key pages subscribe with: the P-256 point, base64url."""

    public_key: str


class NewSubscription(Wire):
    """Where this phone's browser receives pushes, as `PushSubscription.toJSON` says it."""

    endpoint: str = Field(min_length=10, max_length=1000)
    p256dh: Key = Field(min_length=80, max_length=100)
    auth: Key = Field(min_length=16, max_length=40)
    expires_at: WireInstant | None = None


class SubscriptionShape(Wire):
    """What the server knows of this phone's subscription."""

    state: Literal["none", "active", "gone"]
    endpoint_sha256: str | None


class PushReceipt(Wire):
    """What a service worker says of a push it got."""

    token: str = Field(max_length=80)
    stage: ReceiptStage
    at: WireInstant


class PageReceipt(Wire):
    """What a page says of a thing it has, showed or opened."""

    subject_kind: SubjectKind
    subject_id: Identifier
    stage: ReceiptStage
    channel: ReceiptChannel
    at: WireInstant


class PageReceipts(Wire):
    """Some receipts."""

    items: list[PageReceipt] = Field(max_length=100)


class DeviceDelivery(Wire):
    """How far a thing came to one phone, and by which channel the phone first had it."""

    id: str
    label: str
    emitted_at: WireInstant | None
    pushed_at: WireInstant | None
    device_received_at: WireInstant | None
    displayed_at: WireInstant | None
    opened_at: WireInstant | None
    accepted_at: WireInstant | None
    channel: ReceiptChannel | None
    trouble: str | None


class AttemptShape(Wire):
    """One sending: by which rung and channel, and what came of it."""

    id: str
    rung: RungName
    channel: str
    device_id: str | None
    state: Literal["waiting", "taken", "sent", "failed", "moot"]
    code: str | None
    tries: int
    at: WireInstant
    finished_at: WireInstant | None


class CallShape(Wire):
    """A call by hand."""

    by: Reference
    at: WireInstant
    outcome: CallOutcome
    note: str | None


class DeliveryShape(Wire):
    """A thing on its way to a person: how far it came, on which rung it is, and when the next one comes."""

    id: str
    revision: int
    subject_kind: SubjectKind
    subject_id: str
    court_id: str
    user: Reference
    title: str
    urgency: Literal["urgent", "normal"]
    covert: bool
    state: Stage
    started_at: WireInstant
    received_at: WireInstant | None
    rung: RungName
    next_rung: RungName | None
    next_at: WireInstant | None
    settled_at: WireInstant | None
    settled_by: Settled | None
    devices: list[DeviceDelivery]
    attempts: list[AttemptShape]
    calls: list[CallShape]


class DeliveryList(Wire):
    """Some deliveries, and where the list goes on."""

    items: list[DeliveryShape]
    next: str | None


class DeliveryQuery(PageQuery):
    """Which deliveries: those no device has yet, or all of one order or link test."""

    subject_kind: SubjectKind | None = None
    subject_id: Identifier | None = None


class CallListEntry(Wire):
    """Whom to ring next, at which number; `covert`: the phone must not ring, only the team's leader may be told."""

    delivery: DeliveryShape
    mobile: str | None
    leader: Reference | None
    leader_mobile: str | None


class CallList(Wire):
    """Whom to ring, the most pressing first."""

    items: list[CallListEntry]


class NewCall(Wire):
    """What came of a call."""

    outcome: CallOutcome
    note: ShortText | None = None


class SelfCheckReport(Wire):
    """What a phone found of itself."""

    push: Literal["ok", "denied", "unsupported", "timeout", "failed", "none"]
    notifications: Literal["granted", "denied", "default", "unsupported"]
    service_worker: bool
    sound: bool
    wake_lock: bool
    vibration: bool
    storage_persisted: bool | None
    storage_free_mb: int | None = Field(ge=0, le=100_000_000)
    position: Literal["granted", "denied", "prompt", "unsupported", "unknown"]
    clock_offset_ms: int | None = Field(ge=-10_000_000_000, le=10_000_000_000)
    secure: bool
    installed: bool
    battery_percent: int | None = Field(ge=0, le=100)
    battery_saver_done: bool | None
    maker: Annotated[str, StringConstraints(max_length=40)] | None
    round_trip_ms: int | None = Field(ge=0, le=600_000)
    app_version: Annotated[str, StringConstraints(max_length=40)]


class TestPush(Wire):
    """Whether a test push is on its way, and the token its message will carry."""

    token: str | None
    channel: Literal["push", "none"]


class PhoneReadiness(Wire):
    """Whether one phone can be woken, and what stands in the way."""

    device_id: str
    label: str
    user: Reference
    can_be_woken: bool
    obstacles: list[str]
    heard_at: WireInstant | None
    checked_at: WireInstant | None
    report: SelfCheckReport | None


class ReadinessList(Wire):
    """The phones of a court, those that cannot be woken first."""

    items: list[PhoneReadiness]


class CourtQuery(Wire):
    """Of which court; the asker's own when not said."""

    court_id: CourtId | None = None


class NewLinkTest(Wire):
    """A test of every phone of a court."""

    court_id: CourtId


class LinkTestShape(Wire):
    """A link test with what came of it."""

    id: str
    court_id: str
    started_by: Reference
    started_at: WireInstant
    closes_at: WireInstant
    closed: bool
    phones: int
    received: int
    people_without_phone: list[Reference]
    deliveries: list[DeliveryShape]


class LinkTestList(Wire):
    """The link tests of a court, the last first, and where the list goes on."""

    items: list[LinkTestShape]
    next: str | None


class LinkTestQuery(PageQuery):
    """Link tests of which court, the asker's own when not said."""

    limit: int = Field(12, ge=1, le=200)
    court_id: CourtId | None = None
