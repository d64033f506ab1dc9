"""What phones and trackers send, and what the map then shows; for the tests of positions."""

from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from backend.core.clock import to_wire
from tests.support.world import Client, Phone, World

JINNIU = (100.575, 25.829)
"""金牛镇, the county town of Binchuan: longitude, latitude."""


def fix_at(
    instant: datetime, longitude: float = JINNIU[0], latitude: float = JINNIU[1], **more: Any
) -> dict[str, Any]:
    """Return a position as a phone page sends it."""
    return {
        "fixed_at": to_wire(instant),
        "longitude": longitude,
        "latitude": latitude,
        "accuracy_m": 8.0,
        **more,
    }


def send_fixes(phone: Phone, *fixes: dict[str, Any]) -> dict[str, int]:
    """Send a batch from a phone and return the counts."""
    response = phone.post("/api/fixes", {"device_id": phone.device_id, "fixes": list(fixes)})
    assert response.status_code == 200, response.get_data(as_text=True)
    counts: dict[str, int] = response.get_json()
    return counts


def last_known(desk: Client) -> dict[str, dict[str, Any]]:
    """Return the last known positions a desk sees on the first page, by device."""
    return {row["device_id"]: row for row in last_known_page(desk)["items"]}


def last_known_page(desk: Client, **query: Any) -> dict[str, Any]:
    """Return one page of the last known positions a desk sees."""
    response = desk.get("/api/last-known", **query)
    assert response.status_code == 200, response.get_data(as_text=True)
    page: dict[str, Any] = response.get_json()
    return page


def track(desk: Client, user_id: str, begin: datetime, end: datetime) -> list[dict[str, Any]]:
    """Return the track of a person between two instants."""
    response = desk.get("/api/tracks", user_id=user_id, begin=to_wire(begin), end=to_wire(end))
    assert response.status_code == 200, response.get_data(as_text=True)
    items: list[dict[str, Any]] = response.get_json()["items"]
    return items


def whole_track(world: World, account: str) -> list[dict[str, Any]]:
    """Return a person's track of the day around the test's instant, as the commander of that court sees it."""
    desk = world.sign_in(f"{account.partition('.')[0]}.commander")
    now = world.clock.now()
    return track(desk, world.user(account).id, now - timedelta(hours=12), now + timedelta(hours=12))


def add_tracker(world: World, account: str, label: str = "Traccar") -> dict[str, Any]:
    """Let the duty desk of the officer's court make a tracker; return it with its token."""
    desk = world.sign_in(f"{account.partition('.')[0]}.duty")
    response = desk.post("/api/trackers", {"user_id": world.user(account).id, "label": label})
    assert response.status_code == 201, response.get_data(as_text=True)
    tracker: dict[str, Any] = response.get_json()
    return tracker


def tracker_app(world: World) -> FlaskClient:
    """Return a client as a tracker app is one: no session, no cookie."""
    return world.anonymous()
