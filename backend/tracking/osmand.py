"""Reads the OsmAnd protocol of Traccar Client and OsmAnd: a query, a form or JSON, one fix a request.

As Traccar's server reads it (OsmAndProtocolDecoder, 2026-08), except that the token in the address says who
sends: `id` is only kept as the device's own name, and no id is no error.
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl

from backend.tracking.rules import (
    TrackerError,
    TrackerReport,
    as_object,
    coordinates,
    instant,
    json_object,
    located,
    number,
    refuse_oversized,
    scaled,
    text,
    truth,
)
from geo.fixes import Fix

METRES_A_SECOND_PER_KNOT = 1852 / 3600
MAX_FIELDS = 200


def read_osmand(query: bytes, content_type: str, body: bytes, received_at: datetime) -> TrackerReport:
    """Read one request: the raw query, the Content-Type header (may be empty) and the body.

    A report without a time was fixed when it was received. Raise `TrackerError`.
    """
    refuse_oversized(query)
    refuse_oversized(body)
    is_json = content_type.partition(";")[0].strip().lower() == "application/json"
    if is_json or (not query and body.lstrip().startswith(b"{")):
        return located(_from_json(json_object(body), received_at), received_at)
    return located(_from_fields(_fields(query or body), received_at), received_at)


def _fields(encoded: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            encoded.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise TrackerError("malformed") from None
    return dict(pairs)


def _from_fields(fields: Mapping[str, str], received_at: datetime) -> TrackerReport:
    if not fields:
        raise TrackerError("malformed")
    name, alarm = text(fields.get("id") or fields.get("deviceid")), text(fields.get("alarm"))
    latitude, longitude = fields.get("lat"), fields.get("lon")
    if "location" in fields:
        latitude, _, longitude = fields["location"].partition(",")
    place = coordinates(longitude, latitude)
    if place is None or truth(fields.get("valid")) is False:
        return TrackerReport("no_position", None, name, alarm)
    timestamp = fields.get("timestamp")
    fix = Fix(
        fixed_at=instant(timestamp) if timestamp else received_at,
        longitude=place[0],
        latitude=place[1],
        accuracy_m=number(fields.get("accuracy")),
        altitude_m=number(fields.get("altitude")),
        speed_m_s=scaled(fields.get("speed"), METRES_A_SECOND_PER_KNOT),
        heading=number(fields.get("bearing") or fields.get("heading")),
        battery_percent=number(fields.get("batt")),
        charging=truth(fields.get("charge")),
        mock=truth(fields.get("mock")) is True,
    )
    return TrackerReport("location", fix, name, alarm)


def _from_json(report: Mapping[str, object], received_at: datetime) -> TrackerReport:
    location = as_object(report.get("location"))
    name, alarm = text(report.get("device_id")), text(location.get("alarm"))
    if location.get("coords") is None:
        return TrackerReport("no_position", None, name, alarm)
    coords = as_object(location["coords"])
    place = coordinates(coords.get("longitude"), coords.get("latitude"))
    if place is None:
        return TrackerReport("no_position", None, name, alarm)
    battery, timestamp = location.get("battery"), location.get("timestamp")
    if not isinstance(battery, dict):
        battery = {}
    fix = Fix(
        fixed_at=received_at if timestamp is None else instant(timestamp),
        longitude=place[0],
        latitude=place[1],
        accuracy_m=number(coords.get("accuracy")),
        altitude_m=number(coords.get("altitude")),
        speed_m_s=scaled(coords.get("speed"), 1.0),
        heading=number(coords.get("heading")),
        battery_percent=scaled(battery.get("level"), 100.0),
        charging=truth(battery.get("is_charging")),
        mock=truth(location.get("mock")) is True,
    )
    return TrackerReport("location", fix, name, alarm)
