"""Reads what OwnTracks posts over HTTP: one JSON object a request, of which only `location` carries a place.

As its booklet says (2026-06): an empty body and every other `_type` are to be answered with success; the
phone keeps whatever is not, and sends it again and again.
"""

from collections.abc import Mapping
from datetime import datetime

from backend.tracking.rules import (
    TrackerError,
    TrackerReport,
    coordinates,
    instant,
    json_object,
    located,
    number,
    refuse_oversized,
    scaled,
    text,
)
from geo.fixes import Fix

KILOMETRES_AN_HOUR = 1 / 3.6
_CHARGING_BY_STATUS = {1: False, 2: True, 3: True}


def read_owntracks(body: bytes, received_at: datetime) -> TrackerReport:
    """Read one request's body; raise `TrackerError`.

    `kind` is "empty" for no body, otherwise the `_type`: "location", "lwt", "status", "encrypted" …
    """
    refuse_oversized(body)
    if not body.strip():
        return TrackerReport("empty")
    message = json_object(body)
    kind = text(message.get("_type"))
    if kind is None:
        raise TrackerError("malformed")
    if kind != "location":
        return TrackerReport(kind, name=_name(message))
    return located(TrackerReport(kind, _fix(message), _name(message)), received_at)


def _name(message: Mapping[str, object]) -> str | None:
    """Return the device of the topic `owntracks/user/device`, or the two-letter tracker id."""
    topic = message.get("topic")
    device = topic.split("/")[2] if isinstance(topic, str) and topic.count("/") >= 2 else None
    return text(device) or text(message.get("tid"))


def _fix(message: Mapping[str, object]) -> Fix:
    place = coordinates(message.get("lon"), message.get("lat"))
    if place is None:
        raise TrackerError("place_missing")
    if message.get("tst") is None:
        raise TrackerError("time_missing")
    status = number(message.get("bs"))
    return Fix(
        fixed_at=instant(message["tst"]),
        longitude=place[0],
        latitude=place[1],
        accuracy_m=number(message.get("acc")),
        altitude_m=number(message.get("alt")),
        speed_m_s=scaled(message.get("vel"), KILOMETRES_AN_HOUR),
        heading=number(message.get("cog")),
        battery_percent=number(message.get("batt")),
        charging=None if status is None else _CHARGING_BY_STATUS.get(int(status)),
    )
