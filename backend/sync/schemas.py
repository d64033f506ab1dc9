"""Shapes of command batches and of the event feed."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from backend.core.schemas import Identifier, ProblemShape, Wire, WireInstant

LONGEST_PAYLOAD = 32 * 1024


class CommandPosition(Wire):
    """Where the phone was when the command was made, in WGS-84 degrees."""

    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)
    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    accuracy_m: float | None = Field(None, ge=0, le=100_000, allow_inf_nan=False)
    fixed_at: WireInstant | None = None


class CommandPayload(BaseModel):
    """What a phone signs: one command. Unknown members are allowed, so that older servers take newer phones."""

    model_config = ConfigDict(extra="ignore")

    schema_version: int = Field(alias="schema", ge=1, le=1)
    command_id: Identifier
    device_id: str = Field(min_length=1, max_length=80)
    sequence: int = Field(ge=1, le=2**53)
    type: str = Field(max_length=60)
    subject_id: str = Field(min_length=1, max_length=80)
    base_revision: int | None = None
    body: dict[str, Any] = Field(default_factory=dict)
    made_at: WireInstant
    made_at_device: WireInstant | None = None
    uncertainty_ms: int | None = Field(None, ge=0)
    position: CommandPosition | None = None
    battery_percent: float | None = Field(None, ge=0, le=100, allow_inf_nan=False)
    app_version: str | None = Field(None, max_length=60)


class SignedCommand(Wire):
    """A command as the exact text that was signed, and the signature (base64url of r then s); null from desks."""

    payload: str = Field(max_length=LONGEST_PAYLOAD)
    signature: str | None = Field(None, max_length=120)


class CommandBatch(Wire):
    """Up to fifty commands, applied one by one in this order."""

    commands: list[SignedCommand] = Field(min_length=1, max_length=50)


class CommandResult(BaseModel):
    """The answer to one command; the same command gets the same bytes again."""

    command_id: str | None
    result: str
    subject_id: str | None
    revision: int | None
    received_at: WireInstant
    applied_at: WireInstant | None
    problem: ProblemShape | None


class BatchAnswer(BaseModel):
    """The answers in the order of the batch, with the server's epoch and time."""

    epoch: str
    server_time: WireInstant
    results: list[CommandResult]


class FeedQuery(Wire):
    """From which cursor of which epoch, and how many seconds to wait for the first event."""

    since: int = Field(ge=0, le=2**53)
    epoch: str | None = Field(None, max_length=36)
    wait: float = Field(0, ge=0, le=25)


class FeedEvent(Wire):
    """One live event with the whole object it is about."""

    cursor: int
    kind: str
    subject_id: str
    revision: int
    court_id: str
    team_id: str | None
    at: WireInstant
    data: dict[str, Any]


class Feed(Wire):
    """The events after the cursor, and the cursor to go on from."""

    epoch: str
    cursor: int
    server_time: WireInstant
    events: list[FeedEvent]
