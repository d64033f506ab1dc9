"""OwnTracks over HTTP: the location message, everything else it posts, and its units."""

import json
from datetime import UTC, datetime

import pytest

from backend.tracking.owntracks import read_owntracks
from backend.tracking.rules import MAX_REPORT_BYTES, TrackerError

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
FIXED = datetime(2026, 11, 20, 5, 59, 30, tzinfo=UTC)
LOCATION = {
    "_type": "location",
    "lat": 25.8301,
    "lon": 100.5752,
    "tst": 1795154370,
    "acc": 12,
    "alt": 1438,
    "vac": 3,
    "vel": 36,
    "cog": 271,
    "batt": 79,
    "bs": 1,
    "conn": "m",
    "t": "u",
    "tid": "LM",
    "topic": "owntracks/limin/phone",
    "created_at": 1795154371,
    "_id": "5f1a",
    "inregions": ["法院"],
}


def read(**changes):
    message = {name: value for name, value in {**LOCATION, **changes}.items() if value != "absent"}
    return read_owntracks(json.dumps(message).encode(), NOW)


def test_a_full_location_of_officer_li_is_read_with_its_units():
    report = read()
    fix = report.fix
    assert (report.kind, report.name, report.alarm) == ("location", "phone", None)
    assert (fix.longitude, fix.latitude, fix.fixed_at) == (100.5752, 25.8301, FIXED)
    assert fix.speed_m_s == pytest.approx(10.0)
    assert (fix.accuracy_m, fix.altitude_m, fix.heading) == (12.0, 1438.0, 271.0)
    assert (fix.battery_percent, fix.charging, fix.mock) == (79.0, False, False)


def test_only_place_and_time_are_required():
    fix = read_owntracks(b'{"_type":"location","lat":25.8301,"lon":100.5752,"tst":1795154370}', NOW).fix
    assert (fix.fixed_at, fix.accuracy_m, fix.speed_m_s, fix.charging) == (FIXED, None, None, None)


@pytest.mark.parametrize("body", [b"", b"  \r\n"])
def test_an_empty_body_is_heard_and_ignored(body):
    assert (read_owntracks(body, NOW).kind, read_owntracks(body, NOW).fix) == ("empty", None)


@pytest.mark.parametrize(
    "kind", ["lwt", "status", "transition", "waypoint", "waypoints", "card", "encrypted"]
)
def test_every_other_type_is_heard_and_carries_no_place(kind):
    report = read(_type=kind)
    assert (report.kind, report.fix, report.name) == (kind, None, "phone")


@pytest.mark.parametrize(
    ("status", "charging"), [(0, None), (1, False), (2, True), (3, True), ("absent", None)]
)
def test_the_battery_status_says_whether_it_charges(status, charging):
    assert read(bs=status).fix.charging is charging


def test_minus_one_for_unknown_speed_and_course_is_unknown():
    fix = read(vel=-1, cog=-1, acc=-1, batt=-1).fix
    assert (fix.speed_m_s, fix.heading, fix.accuracy_m, fix.battery_percent) == (None, None, None, None)


def test_milliseconds_are_understood_as_such():
    assert read(tst=1795154370000).fix.fixed_at == FIXED


@pytest.mark.parametrize(
    ("topic", "name"), [("absent", "LM"), ("owntracks", "LM"), (7, "LM"), ("a/b/c/d", "c")]
)
def test_the_device_is_named_by_its_topic_or_else_by_its_two_letters(topic, name):
    assert read(topic=topic).name == name


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"tst": "absent"}, "time_missing"),
        ({"tst": None}, "time_missing"),
        ({"tst": "soon"}, "time_unreadable"),
        ({"tst": True}, "time_unreadable"),
        ({"tst": [1]}, "time_unreadable"),
        ({"tst": 0}, "too_old"),
        ({"tst": 1795250000}, "in_the_future"),
        ({"lat": "absent"}, "place_missing"),
        ({"lat": "absent", "lon": "absent"}, "place_missing"),
        ({"lat": False}, "place_unreadable"),
        ({"lat": {}}, "place_unreadable"),
        ({"lon": "east"}, "place_unreadable"),
        ({"lat": 91}, "out_of_range"),
        ({"lat": 0, "lon": 0}, "null_island"),
        ({"acc": 30000}, "too_coarse"),
    ],
)
def test_a_location_that_cannot_be_stored_is_refused_but_must_not_block_the_phones_queue(changes, reason):
    with pytest.raises(TrackerError) as refusal:
        read(**changes)
    assert (refusal.value.reason, refusal.value.code, refusal.value.swallow) == (reason, "422.1", True)


@pytest.mark.parametrize(
    "body",
    [
        b"lat=25.83&lon=100.57",
        b"[]",
        b"5",
        b"{}",
        b'{"_type": null}',
        b'{"_type": "location", "lat": NaN, "lon": 100, "tst": 1795154370}',
        b'{"a":' * 12_000,
        b"\xff",
    ],
)
def test_what_is_no_owntracks_message_is_malformed(body):
    with pytest.raises(TrackerError) as refusal:
        read_owntracks(body, NOW)
    assert (refusal.value.code, refusal.value.reason) == ("400.1", "malformed")


def test_more_than_64_kilobytes_are_not_read():
    with pytest.raises(TrackerError) as refusal:
        read_owntracks(b" " * (MAX_REPORT_BYTES + 1), NOW)
    assert refusal.value.code == "413.1"
