"""Native trackers through their real addresses: OsmAnd and Traccar Client, OwnTracks; tokens given out and revoked."""

import json
import logging
from typing import Any

import pytest
from sqlalchemy import select

from backend.core.problems import Problem
from backend.core.tables import AuditEntry
from backend.tracking.store import FixStore
from tests.support.world import World
from tests.tracking.sending import add_tracker, last_known, tracker_app, whole_track

TRACCAR_JSON = {
    "device_id": "48241179",
    "location": {
        "timestamp": "2026-03-03T00:59:30.862Z",
        "coords": {
            "latitude": 25.8301,
            "longitude": 100.5752,
            "accuracy": 5,
            "speed": 0,
            "heading": -1,
            "altitude": 1438,
        },
        "is_moving": False,
        "odometer": 0,
        "event": "motionchange",
        "battery": {"level": 0.79, "is_charging": False},
        "activity": {"type": "still"},
        "extras": {},
    },
}
OWNTRACKS = {
    "_type": "location",
    "lat": 25.8301,
    "lon": 100.5752,
    "tst": 1772499570,
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
    "created_at": 1772499571,
    "_id": "5f1a",
}
OSMAND_QUERY = (
    "id=48241179&lat=25.8301&lon=100.5752&timestamp=1772499570&speed=19.4384&bearing=271"
    "&altitude=1438&accuracy=12&batt=79&charge=false&valid=true"
)


def shown(world: World, tracker: dict[str, Any]) -> dict[str, Any]:
    return last_known(world.sign_in("binchuan.commander"))[tracker["id"]]


def post_osmand(world: World, tracker: dict[str, Any], **options: Any) -> Any:
    return tracker_app(world).post(f"/track/osmand/{tracker['token']}", **options)


def post_owntracks(world: World, tracker: dict[str, Any], body: Any) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"X-Limit-U": "limin", "X-Limit-D": "phone", "Authorization": "Basic bGltaW46eA=="}
    return tracker_app(world).post(
        f"/track/owntracks/{tracker['token']}", data=content, headers=headers, content_type="application/json"
    )


@pytest.mark.parametrize("form", ["get", "post_query", "form"])
def test_osmand_reports_by_query_and_by_form(world: World, form: str) -> None:
    tracker, app = add_tracker(world, "binchuan.officer1"), tracker_app(world)
    address = f"/track/osmand/{tracker['token']}"
    if form == "form":
        response = app.post(address, data=OSMAND_QUERY, content_type="application/x-www-form-urlencoded")
    elif form == "get":
        response = app.get(f"{address}?{OSMAND_QUERY}")
    else:
        response = app.post(f"{address}?{OSMAND_QUERY}")
    assert (response.status_code, response.get_data()) == (200, b"")
    place = shown(world, tracker)
    assert (place["longitude"], place["latitude"], place["accuracy_m"]) == (100.5752, 25.8301, 12.0)
    assert (place["fixed_at"], place["source"]) == ("2026-03-03T00:59:30.000Z", "osmand")
    assert place["speed_m_s"] == pytest.approx(10.0, abs=0.001)
    assert (place["heading"], place["battery_percent"]) == (271.0, 79.0)
    assert place["user"]["id"] == world.user("binchuan.officer1").id


def test_traccar_client_reports_as_json(world: World) -> None:
    tracker = add_tracker(world, "binchuan.officer1")
    assert post_osmand(world, tracker, json=TRACCAR_JSON).status_code == 200
    place = shown(world, tracker)
    assert (place["longitude"], place["latitude"]) == (100.5752, 25.8301)
    assert (place["speed_m_s"], place["heading"], place["battery_percent"]) == (0.0, None, 79.0)
    assert place["fixed_at"] == "2026-03-03T00:59:30.862Z"


@pytest.mark.parametrize(
    "timestamp",
    [
        "1772499570",
        "1772499570000",
        "2026-03-03T00:59:30Z",
        "2026-03-03T08:59:30%2B08:00",
        "2026-03-03 08:59:30",
    ],
)
def test_osmand_writes_its_time_in_many_ways(world: World, timestamp: str) -> None:
    tracker = add_tracker(world, "binchuan.officer1")
    query = f"id=1&location=25.8301,100.5752&timestamp={timestamp}"
    assert tracker_app(world).get(f"/track/osmand/{tracker['token']}?{query}").status_code == 200
    assert shown(world, tracker)["fixed_at"] == "2026-03-03T00:59:30.000Z"


def test_a_tracker_that_sends_a_report_again_makes_no_second_position(world: World) -> None:
    tracker = add_tracker(world, "binchuan.officer1")
    for _ in range(3):
        assert post_osmand(world, tracker, json=TRACCAR_JSON).status_code == 200
    assert len(whole_track(world, "binchuan.officer1")) == 1


def test_an_sos_report_is_taken_as_a_position(world: World) -> None:
    tracker = add_tracker(world, "binchuan.officer1")
    report = {**TRACCAR_JSON, "location": {**TRACCAR_JSON["location"], "alarm": "sos"}}
    assert post_osmand(world, tracker, json=report).status_code == 200
    assert len(whole_track(world, "binchuan.officer1")) == 1


@pytest.mark.parametrize(
    "spoiled",
    [
        "lat=0&lon=0&timestamp=1772499570",
        "lat=95&lon=100&timestamp=1772499570",
        "lat=25.8&lon=100.5&timestamp=1",
        "valid=true",
        "lat=25.8&timestamp=1772499570",
    ],
)
def test_osmand_is_answered_200_for_what_is_of_no_use_so_that_its_queue_moves_on(
    world: World, spoiled: str
) -> None:
    tracker = add_tracker(world, "binchuan.officer1")
    assert tracker_app(world).get(f"/track/osmand/{tracker['token']}?id=1&{spoiled}").status_code == 200
    assert whole_track(world, "binchuan.officer1") == []


def test_what_no_tracker_sends_is_refused_in_our_form(world: World) -> None:
    tracker = add_tracker(world, "binchuan.officer1")
    broken = post_osmand(world, tracker, data=b'{"location":', content_type="application/json")
    assert (broken.status_code, broken.get_json()["code"]) == (400, "400.1")
    nothing = tracker_app(world).get(f"/track/osmand/{tracker['token']}")
    assert nothing.status_code == 400
    huge = post_osmand(world, tracker, data=b" " * 70_000, content_type="application/json")
    assert (huge.status_code, huge.get_json()["code"]) == (413, "413.1")
    assert post_owntracks(world, tracker, b"[]").status_code == 400


def test_owntracks_reports_its_location(world: World) -> None:
    tracker = add_tracker(world, "binchuan.officer1", "OwnTracks")
    response = post_owntracks(world, tracker, OWNTRACKS)
    assert (response.status_code, response.get_json()) == (200, [])
    place = shown(world, tracker)
    assert (place["longitude"], place["latitude"], place["accuracy_m"]) == (100.5752, 25.8301, 12.0)
    assert place["speed_m_s"] == pytest.approx(10.0)
    assert (place["heading"], place["battery_percent"], place["source"]) == (271.0, 79.0, "owntracks")
    assert place["fixed_at"] == "2026-03-03T00:59:30.000Z"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        {"_type": "lwt", "tst": 1772499570},
        {"_type": "status", "android": {}},
        {"_type": "transition", "event": "enter", "tst": 1772499570, "lat": 25.83, "lon": 100.57},
        {"_type": "waypoints", "waypoints": []},
        {"_type": "encrypted", "data": "AAAA"},
        {"_type": "location", "lat": 0, "lon": 0, "tst": 1772499570},
        {"_type": "location", "lat": 25.83, "lon": 100.57},
    ],
)
def test_everything_else_owntracks_posts_is_answered_with_an_empty_list(world: World, body: Any) -> None:
    tracker = add_tracker(world, "binchuan.officer1")
    response = post_owntracks(world, tracker, body)
    assert (response.status_code, response.get_json()) == (200, [])
    assert whole_track(world, "binchuan.officer1") == []


def test_a_revoked_tracker_is_refused_at_once_and_others_go_on(world: World) -> None:
    lost, kept = add_tracker(world, "binchuan.officer1"), add_tracker(world, "binchuan.officer2")
    assert post_osmand(world, lost, json=TRACCAR_JSON).status_code == 200
    duty = world.sign_in("binchuan.duty")
    assert duty.post(f"/api/trackers/{lost['id']}/revoke").get_json()["revoked_at"] is not None
    later = {**TRACCAR_JSON, "location": {**TRACCAR_JSON["location"], "timestamp": "2026-03-03T01:00:00Z"}}
    for response in (
        post_osmand(world, lost, json=later),
        post_osmand(world, lost, data=b"{", content_type="application/json"),
        tracker_app(world).get(f"/track/osmand/{lost['token']}?{OSMAND_QUERY}"),
        post_owntracks(world, lost, OWNTRACKS),
        post_owntracks(world, lost, b""),
    ):
        assert (response.status_code, response.get_json()["code"]) == (403, "403.3")
    assert len(whole_track(world, "binchuan.officer1")) == 1
    assert post_osmand(world, kept, json=later).status_code == 200
    again = duty.post(f"/api/trackers/{lost['id']}/revoke")
    assert (again.status_code, again.get_json()["code"]) == (409, "409.2")


def test_a_process_that_never_saw_the_tracker_refuses_it_too(world: World) -> None:
    lost = add_tracker(world, "binchuan.officer1")
    world.sign_in("binchuan.duty").post(f"/api/trackers/{lost['id']}/revoke")
    other_process = FixStore(world.database)
    with pytest.raises(Problem) as refusal:
        other_process.trackers.find(lost["token"])
    assert refusal.value.code == "403.3"


def test_a_tracker_of_a_person_whose_account_ended_is_refused(world: World) -> None:
    tracker = add_tracker(world, "binchuan.officer1")
    assert post_osmand(world, tracker, json=TRACCAR_JSON).status_code == 200
    with world.database.writing() as work:
        work.authorise_by_rule("the test stands in for the security administrator")
        officer = work.session.merge(world.user("binchuan.officer1"))
        officer.closed_at = work.now
        work.audit(world.actor("binchuan.secadmin"), "person.close", "person", officer.id, "binchuan")
    later = {**TRACCAR_JSON, "location": {**TRACCAR_JSON["location"], "timestamp": "2026-03-03T01:00:00Z"}}
    assert post_osmand(world, tracker, json=later).status_code == 403


def test_a_token_nobody_gave_out_opens_nothing(world: World) -> None:
    for address in ("/track/osmand/made-up", "/track/owntracks/made-up"):
        response = tracker_app(world).post(address, json=OWNTRACKS)
        assert (response.status_code, response.get_json()["code"]) == (401, "401.1")


def test_the_desk_hands_out_a_token_once_and_lists_its_own_trackers(world: World) -> None:
    elsewhere = add_tracker(world, "xiangyun.officer1")
    tracker = add_tracker(world, "binchuan.officer1", "李的手机 Traccar")
    assert tracker["osmand_url"].endswith(f"/track/osmand/{tracker['token']}")
    assert tracker["owntracks_url"].endswith(f"/track/owntracks/{tracker['token']}")
    (listed,) = world.sign_in("binchuan.duty").get("/api/trackers").get_json()["items"]
    assert (listed["id"], listed["label"], listed["revoked_at"]) == (tracker["id"], "李的手机 Traccar", None)
    assert listed["user"]["id"] == world.user("binchuan.officer1").id
    assert "token" not in listed
    assert elsewhere["id"] != tracker["id"]


def test_a_desk_gives_no_tokens_to_another_courts_people_and_revokes_none(world: World) -> None:
    elsewhere = add_tracker(world, "xiangyun.officer1")
    officer = world.user("xiangyun.officer1")
    for who in ("binchuan.duty", "dali.duty", "binchuan.officer1", "binchuan.clerk"):
        other = world.sign_in(who)
        assert other.post("/api/trackers", {"user_id": officer.id, "label": "x"}).status_code in (403, 404)
        assert other.post(f"/api/trackers/{elsewhere['id']}/revoke").status_code in (403, 404)
    (listed,) = world.sign_in("xiangyun.duty").get("/api/trackers").get_json()["items"]
    assert listed["revoked_at"] is None


def test_a_token_is_in_no_log_and_in_no_audit_line(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    tracker = add_tracker(world, "binchuan.officer1")
    post_osmand(world, tracker, json=TRACCAR_JSON)
    post_osmand(world, tracker, data=b"{", content_type="application/json")
    post_owntracks(world, tracker, OWNTRACKS)
    tracker_app(world).delete(f"/track/osmand/{tracker['token']}")
    world.app.extensions["lingda"].extras.pop("fix_store")
    assert post_osmand(world, tracker, json=TRACCAR_JSON).status_code == 500
    assert "unexpected error" in caplog.text
    assert tracker["token"] not in caplog.text
    with world.database.reading() as work:
        lines = work.session.execute(select(AuditEntry)).scalars()
        assert not any(tracker["token"] in json.dumps(line.detail) for line in lines)
