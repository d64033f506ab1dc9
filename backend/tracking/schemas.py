"""Shapes of positions and trackers on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from backend.core.schemas import Identifier, Reference, ShortText, Wire, WireInstant

Source = Literal["pwa", "osmand", "owntracks"]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A JSON number: neither text nor true, which would be read as one degree."""


class FixForm(Wire):
    """A position as a phone page measured it."""

    fixed_at: WireInstant
    longitude: Number
    latitude: Number
    accuracy_m: Number | None = None
    altitude_m: Number | None = None
    speed_m_s: Number | None = None
    heading: Number | None = None
    battery_percent: Number | None = None


class FixBatch(Wire):
    """Up to five hundred positions of the phone this session is bound to."""

    device_id: Identifier
    fixes: list[FixForm] = Field(min_length=1, max_length=500)


class FixAnswer(Wire):
    """How many positions were kept, known already, or not believable."""

    stored: int
    duplicates: int
    rejected: int


class LastKnown(Wire):
    """The last known position of a device; WGS-84 degrees, metres, metres a second."""

    device_id: str
    user: Reference | None
    team_id: str | None
    court_id: str
    longitude: float
    latitude: float
    accuracy_m: float | None
    speed_m_s: float | None
    heading: float | None
    battery_percent: float | None
    fixed_at: WireInstant
    received_at: WireInstant
    source: Source


class LastKnownList(Wire):
    """The last known positions I may see."""

    items: list[LastKnown]
    next: str | None


class TrackerForm(Wire):
    """Whose tracker it is and what it is called."""

    user_id: Identifier
    label: ShortText


class TrackerShape(Wire):
    """A tracker as the desk sees it."""

    id: str
    user: Reference
    court_id: str
    label: str
    created_at: WireInstant
    revoked_at: WireInstant | None


class NewTracker(TrackerShape):
    """A tracker just made: its token is shown this once, with the addresses to type into the app."""

    token: str
    osmand_url: str
    owntracks_url: str


class TrackerList(Wire):
    """Trackers, newest first."""

    items: list[TrackerShape]
    next: str | None = None


class TrackQuery(Wire):
    """Whose track, between which instants (at most 24 hours)."""

    user_id: Identifier
    begin: WireInstant
    end: WireInstant


class TrackPoint(Wire):
    """One position of a track."""

    fixed_at: WireInstant
    longitude: float
    latitude: float
    accuracy_m: float | None
    source: Source


class TrackShape(Wire):
    """A track in the order of time; `complete` is false when it had to be cut at ten thousand positions."""

    user: Reference
    items: list[TrackPoint]
    complete: bool
    next: str | None = None
