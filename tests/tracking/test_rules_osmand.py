"""Traccar Client and OsmAnd: query, form and JSON, with every trap of their units, times and unknowns."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from backend.tracking.osmand import read_osmand
from backend.tracking.rules import MAX_REPORT_BYTES, TrackerError

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
FIXED = datetime(2026, 11, 20, 5, 59, 30, tzinfo=UTC)
PLACE = {"lat": "25.8301", "lon": "100.5752"}


def from_query(**fields):
    return read_osmand(urlencode(fields).encode(), "", b"", NOW)


def from_json(report, content_type="application/json"):
    return read_osmand(b"", content_type, json.dumps(report).encode(), NOW)


def location(**changes):
    return {
        "device_id": "48241179",
        "location": {
            "timestamp": "2026-11-20T05:59:30.000Z",
            "coords": {
                "latitude": 25.8301,
                "longitude": 100.5752,
                "accuracy": 5,
                "speed": 3.5,
                "heading": 271.2,
                "altitude": 1438.0,
            },
            "is_moving": True,
            "odometer": 1200,
            "event": "motionchange",
            "battery": {"level": 0.79, "is_charging": False},
            "activity": {"type": "in_vehicle"},
            "extras": {},
            **changes,
        },
    }


def coords(**changes):
    return location(coords={**location()["location"]["coords"], **changes})


def test_a_full_query_of_officer_lis_phone_is_read_with_its_units():
    report = from_query(
        id="48241179",
        **PLACE,
        timestamp=int(FIXED.timestamp()),
        speed="10",
        bearing="271.2",
        altitude="1438",
        accuracy="5.5",
        hdop="0.9",
        batt="79.5",
        charge="true",
        driverUniqueId="unused",
    )
    fix = report.fix
    assert (report.kind, report.name, report.alarm) == ("location", "48241179", None)
    assert (fix.longitude, fix.latitude, fix.fixed_at) == (100.5752, 25.8301, FIXED)
    assert fix.speed_m_s == pytest.approx(5.1444, abs=1e-4)
    assert (fix.heading, fix.altitude_m, fix.accuracy_m) == (271.2, 1438.0, 5.5)
    assert (fix.battery_percent, fix.charging, fix.mock) == (79.5, True, False)


def test_the_same_fields_as_a_posted_form():
    body = urlencode(
        {**PLACE, "deviceid": "li", "timestamp": int(FIXED.timestamp()), "heading": "90"}
    ).encode()
    report = read_osmand(b"", "application/x-www-form-urlencoded", body, NOW)
    assert (report.name, report.fix.fixed_at, report.fix.heading) == ("li", FIXED, 90.0)


def test_a_query_wins_over_a_body():
    report = read_osmand(urlencode(PLACE).encode(), "", b"lat=1&lon=1", NOW)
    assert report.fix.latitude == 25.8301


def test_location_in_one_field_is_latitude_first():
    fix = from_query(location="25.8301,100.5752").fix
    assert (fix.latitude, fix.longitude) == (25.8301, 100.5752)


@pytest.mark.parametrize(
    "timestamp",
    [
        "1795154370",
        "1795154370000",
        "1795154370.0",
        "2026-11-20T05:59:30Z",
        "2026-11-20T05:59:30.000Z",
        "2026-11-20T13:59:30+08:00",
        "2026-11-20 13:59:30",
    ],
)
def test_every_way_to_write_the_time_means_the_same_instant(timestamp):
    assert from_query(**PLACE, timestamp=timestamp).fix.fixed_at == FIXED


def test_a_plus_sign_that_nobody_escaped_is_still_an_offset():
    query = b"lat=25.83&lon=100.57&timestamp=2026-11-20T13:59:30+08:00"
    assert read_osmand(query, "", b"", NOW).fix.fixed_at == FIXED


def test_milliseconds_keep_their_fraction():
    assert from_query(**PLACE, timestamp="1795154370250").fix.fixed_at == FIXED + timedelta(milliseconds=250)


@pytest.mark.parametrize("fields", [{}, {"timestamp": ""}])
def test_without_a_time_the_fix_is_of_the_moment_it_came(fields):
    assert from_query(**PLACE, **fields).fix.fixed_at == NOW


@pytest.mark.parametrize(
    "timestamp", ["yesterday", "2026-11-20T05:59:30", "2026-13-01 00:00:00", "1e400", "1e18", "-1e17", "NaN"]
)
def test_a_time_that_cannot_be_read_is_refused_not_guessed(timestamp):
    with pytest.raises(TrackerError) as refusal:
        from_query(**PLACE, timestamp=timestamp)
    assert refusal.value.reason == "time_unreadable"


@pytest.mark.parametrize("unknown", ["-1", "", "NaN", "fast", "inf"])
def test_an_unknown_side_value_never_costs_the_place(unknown):
    names = ("speed", "bearing", "accuracy", "batt", "charge")
    fix = from_query(**PLACE, **dict.fromkeys(names, unknown)).fix
    assert (fix.longitude, fix.latitude) == (100.5752, 25.8301)
    assert (fix.speed_m_s, fix.heading, fix.accuracy_m, fix.battery_percent, fix.charging) == (None,) * 5


@pytest.mark.parametrize(
    "fields", [{"id": "li", "batt": "20"}, {"lat": "", "lon": ""}, {"cell": "460,0,1,2"}]
)
def test_a_report_without_a_place_is_heard_but_has_no_fix(fields):
    report = from_query(**fields)
    assert (report.kind, report.fix) == ("no_position", None)


@pytest.mark.parametrize("valid", ["false", "0"])
def test_a_receiver_that_calls_its_own_fix_invalid_has_none(valid):
    assert from_query(**PLACE, valid=valid).fix is None
    assert from_query(**PLACE, valid="true").fix is not None


def test_the_alarm_button_is_heard_with_and_without_a_place():
    assert from_query(**PLACE, alarm="sos").alarm == "sos"
    assert from_query(id="li", alarm="sos").alarm == "sos"
    assert from_json(location(alarm="sos")).alarm == "sos"
    assert from_json(location(alarm="sos", coords=None)).alarm == "sos"


def test_a_full_json_report_is_read_in_metres_a_second_and_shares_of_the_battery():
    report = from_json(location())
    fix = report.fix
    assert (report.kind, report.name, report.alarm) == ("location", "48241179", None)
    assert (fix.longitude, fix.latitude, fix.fixed_at) == (100.5752, 25.8301, FIXED)
    assert (fix.accuracy_m, fix.speed_m_s, fix.heading, fix.altitude_m) == (5.0, 3.5, 271.2, 1438.0)
    assert (fix.battery_percent, fix.charging, fix.mock) == (79.0, False, False)


def test_json_is_recognised_by_its_header_with_charset_or_by_its_brace():
    assert from_json(location(), "application/json; charset=UTF-8").fix is not None
    assert from_json(location(), "").fix is not None


def test_json_minus_one_is_unknown():
    fix = from_json(
        {
            "location": {
                **coords(speed=-1, heading=-1, accuracy=-1)["location"],
                "battery": {"level": -1, "is_charging": True},
            }
        }
    ).fix
    assert (fix.speed_m_s, fix.heading, fix.accuracy_m, fix.battery_percent) == (None, None, None, None)
    assert fix.charging is True


def test_a_made_up_position_is_marked():
    assert from_json(location(mock=True)).fix.mock is True
    assert from_query(**PLACE, mock="true").fix.mock is True


def test_json_without_coords_is_heard_but_has_no_fix():
    without = location()
    del without["location"]["coords"]
    assert from_json(without).kind == "no_position"


def test_json_without_a_time_is_of_the_moment_it_came():
    without = location()
    del without["location"]["timestamp"]
    assert from_json(without).fix.fixed_at == NOW


def test_strange_side_objects_of_json_never_cost_the_place():
    assert from_json(location(battery="full", alarm=5, mock="perhaps")).fix.battery_percent is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"lat": "25.83"}, "place_missing"),
        ({"lon": "100.57"}, "place_missing"),
        ({"location": "25.83"}, "place_missing"),
        ({"lat": "north", "lon": "100.57"}, "place_unreadable"),
        ({"lat": "25,83", "lon": "100,57"}, "place_unreadable"),
        ({"lat": "NaN", "lon": "NaN"}, "place_unreadable"),
        ({"lat": "100.57", "lon": "25.83"}, "out_of_range"),
        ({"lat": "0", "lon": "0.0"}, "null_island"),
        ({**PLACE, "timestamp": "1795154400000000"}, "time_unreadable"),
        ({**PLACE, "timestamp": "1795241000"}, "in_the_future"),
        ({**PLACE, "timestamp": "315964800"}, "too_old"),
        ({**PLACE, "accuracy": "65000"}, "too_coarse"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_a_reason_in_both_languages(fields, reason):
    with pytest.raises(TrackerError) as refusal:
        from_query(**fields)
    assert (refusal.value.reason, refusal.value.code) == (reason, "422.1")
    assert refusal.value.zh != refusal.value.en
    assert refusal.value.swallow, "or the phone would send it for ever and keep back all that follows"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("", b""),
        ("application/json", b""),
        ("application/json", b"[]"),
        ("application/json", b"null"),
        ("application/json", b'{"device_id": "li"}'),
        ("application/json", b'{"location": 5}'),
        ("application/json", b'{"location": {"coords": [25.83, 100.57]}}'),
        ("application/json", b'{"location": {"coords": {"latitude": NaN, "longitude": 100.57}}}'),
        ("application/json", b"[" * 60_000),
        ("application/json", b'{"location": ' + b"9" * 5000 + b"}"),
        ("application/json", b"\xff\xfe{}"),
        ("", b"&".join(b"x=%d" % i for i in range(1000))),
    ],
)
def test_what_is_no_report_at_all_is_malformed(content_type, body):
    with pytest.raises(TrackerError) as refusal:
        read_osmand(b"", content_type, body, NOW)
    assert (refusal.value.code, refusal.value.reason) == ("400.1", "malformed")
    assert not refusal.value.swallow


def test_more_than_64_kilobytes_are_not_read():
    with pytest.raises(TrackerError) as refusal:
        read_osmand(b"", "application/json", b" " * (MAX_REPORT_BYTES + 1), NOW)
    assert refusal.value.code == "413.1"


def test_names_are_cut_to_what_any_database_takes():
    report = from_json({**location(), "device_id": "li\x00\ud800敏" + "x" * 500})
    assert report.name == "li敏" + "x" * 97
