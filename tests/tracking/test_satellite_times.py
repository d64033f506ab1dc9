"""Whose times are satellites' and whose are not: trackers close and with a height; never the page, nor a report without time."""

from datetime import timedelta

import pytest

from backend.tracking.views import satellite_fixes
from tests.support.world import World
from tests.tracking.sending import add_tracker, tracker_app

NINE_LESS_A_SECOND = 1772499599
OWNTRACKS = {
    "_type": "location",
    "lat": 25.83,
    "lon": 100.575,
    "tst": NINE_LESS_A_SECOND,
    "acc": 8,
    "alt": 1438,
}
OSMAND = {
    "lat": "25.83",
    "lon": "100.575",
    "timestamp": str(NINE_LESS_A_SECOND),
    "accuracy": "8",
    "altitude": "1438",
}


def heard(world: World) -> list[float]:
    with world.database.reading() as work:
        fixes = satellite_fixes(work.session, work.now - timedelta(minutes=1))
        return [(fix.received_at - fix.fixed_at).total_seconds() for fix in fixes]


@pytest.fixture
def tracker(world: World):
    return add_tracker(world, "binchuan.officer1")


def test_a_tracker_with_a_close_fix_and_a_height_is_a_witness(world: World, tracker) -> None:
    tracker_app(world).post(f"/track/owntracks/{tracker['token']}", json=OWNTRACKS)
    assert heard(world) == [1.0]


def test_osmand_is_one_too(world: World, tracker) -> None:
    tracker_app(world).get(f"/track/osmand/{tracker['token']}", query_string=OSMAND)
    assert heard(world) == [1.0]


@pytest.mark.parametrize(
    "changes", [{"acc": 31}, {"alt": None}, {"acc": None}], ids=["coarse", "no height", "no accuracy"]
)
def test_what_cells_and_networks_place_is_no_witness(world: World, tracker, changes) -> None:
    report = {name: value for name, value in {**OWNTRACKS, **changes}.items() if value is not None}
    answer = tracker_app(world).post(f"/track/owntracks/{tracker['token']}", json=report)
    assert answer.status_code == 200
    assert heard(world) == []


def test_a_report_without_a_time_was_given_the_servers_own(world: World, tracker) -> None:
    world.clock.instant += timedelta(milliseconds=250)
    query = {name: value for name, value in OSMAND.items() if name != "timestamp"}
    tracker_app(world).get(f"/track/osmand/{tracker['token']}", query_string=query)
    assert heard(world) == []


def test_the_pages_positions_are_timed_by_this_server_and_prove_nothing(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    fix = {
        "fixed_at": "2026-03-03T00:59:59.000Z",
        "longitude": 100.57,
        "latitude": 25.83,
        "accuracy_m": 8,
        "altitude_m": 1438,
    }
    assert phone.post("/api/fixes", {"device_id": phone.device_id, "fixes": [fix]}).get_json()["stored"] == 1
    assert heard(world) == []


def test_what_arrived_long_ago_is_not_heard_again(world: World, tracker) -> None:
    tracker_app(world).post(f"/track/owntracks/{tracker['token']}", json=OWNTRACKS)
    world.clock.instant += timedelta(minutes=2)
    assert heard(world) == []
