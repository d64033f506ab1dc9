"""Whatever the network sends to a tracker address ends as a storable report or a refusal in two languages."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from backend.core.problems import PROBLEMS
from backend.tracking.osmand import read_osmand
from backend.tracking.owntracks import read_owntracks
from backend.tracking.rules import TrackerError, TrackerReport
from geo.fixes import fault_of

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
# Values that come close to being right find more than pure noise.
nearly = st.sampled_from(
    [25.83, "25.83", 100.57, 1795154370, 1795154370000, "2026-11-20T05:59:30Z", "-1", -1, 1e308, 10**400, "∞"]
)
values = st.recursive(
    scalars | nearly,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
coords = st.fixed_dictionaries({}, optional={"latitude": values, "longitude": values, "speed": values})
location = st.fixed_dictionaries(
    {},
    optional={
        "coords": coords | values,
        "timestamp": values,
        "battery": st.fixed_dictionaries({}, optional={"level": values, "is_charging": values}) | values,
        "alarm": values,
        "mock": values,
    },
)
osmand_json = st.fixed_dictionaries({}, optional={"device_id": values, "location": location | values})
owntracks_json = st.fixed_dictionaries(
    {"_type": st.just("location") | values},
    optional={
        name: values for name in ("lat", "lon", "tst", "acc", "vel", "cog", "batt", "bs", "topic", "tid")
    },
)
fields = st.dictionaries(
    st.sampled_from(
        ["id", "lat", "lon", "location", "timestamp", "speed", "batt", "valid", "charge", "heading", "alarm"]
    ),
    st.text(max_size=30) | nearly.map(str),
)
content_types = st.sampled_from(["", "application/json", "application/x-www-form-urlencoded", "text/plain"])


def report_or_refusal(read, *arguments):
    try:
        report = read(*arguments, NOW)
    except TrackerError as refusal:
        assert refusal.code in PROBLEMS
        assert refusal.zh
        assert refusal.en
        return
    assert isinstance(report, TrackerReport)
    for written in (report.kind, report.name, report.alarm):
        assert written is None or "\x00" not in written.encode("utf-8").decode("utf-8")
    if report.fix is not None:
        assert fault_of(report.fix, NOW) is None


@given(st.binary(), content_types | st.text(), st.binary())
def test_any_bytes_to_osmand(query, content_type, body):
    report_or_refusal(read_osmand, query, content_type, body)


@given(st.binary())
def test_any_bytes_to_owntracks(body):
    report_or_refusal(read_owntracks, body)


@given(fields)
def test_any_fields_to_osmand(sent):
    query = "&".join(f"{name}={value}" for name, value in sent.items())
    report_or_refusal(read_osmand, query.encode("utf-8"), "", b"")


@given(osmand_json, content_types)
def test_any_json_to_osmand(sent, content_type):
    report_or_refusal(read_osmand, b"", content_type, json.dumps(sent).encode())


@given(owntracks_json)
def test_any_json_to_owntracks(sent):
    report_or_refusal(read_owntracks, json.dumps(sent).encode())
