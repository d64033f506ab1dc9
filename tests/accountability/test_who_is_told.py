"""Who has a record is told to that person alone: no duty desk reads it, none takes note in the person's place (1.11, 1.16)."""

from typing import Any

import pytest

from backend.core.outbox import sequence_events
from tests.accountability.centre import Centre
from tests.support.world import Client, Phone, World

DESKS = ("binchuan.duty", "binchuan.liaison", "dali.duty", "dali.liaison")
TITLE = "来电人称被训斥 · 五号"


@pytest.fixture
def officer(world: World) -> Phone:
    return world.phone("binchuan.officer5")


@pytest.fixture
def cursor(centre: Centre, officer: Phone) -> int:
    """Where the feed stands before the record is opened."""
    found: int = officer.get("/api/phone").get_json()["cursor"]
    return found


@pytest.fixture
def record(centre: Centre, cursor: int) -> dict[str, Any]:
    centre.open(people=[centre.world.user("binchuan.officer6").id], title="另一人的记录")
    return centre.open(title=TITLE)


def heard(world: World, client: Client, since: int) -> str:
    """Return all that the feed has told somebody since."""
    sequence_events(world.database)
    answer = client.get("/api/events", since=since, wait=0)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return str(answer.get_json()["events"])


def notice_of(client: Client, record: dict[str, Any]) -> dict[str, Any]:
    """Return the notice of the record that a person was given."""
    items = client.get("/api/notices").get_json()["items"]
    (found,) = [one for one in items if one["subject_id"] == record["id"]]
    return dict(found)


@pytest.mark.parametrize("account", DESKS)
def test_no_desk_that_sees_clocks_is_told_who_has_a_record(
    world: World, officer: Phone, cursor: int, record: dict[str, Any], account: str
) -> None:
    desk = world.sign_in(account)
    assert desk.get(f"/api/records/{record['id']}").status_code == 403
    assert record["id"] not in heard(world, desk, cursor)
    for path in ("/api/board", "/api/notices"):
        shown = desk.get(path).get_data(as_text=True)
        assert record["id"] not in shown, path
        assert TITLE not in shown, path
    assert TITLE in heard(world, officer, cursor)


def test_a_desk_neither_takes_note_for_the_person_nor_learns_that_there_is_a_notice(
    centre: Centre, officer: Phone, record: dict[str, Any]
) -> None:
    path = f"/api/notices/{notice_of(officer, record)['id']}/acknowledge"
    for body in ({"user_id": officer.user_id, "how": "电话"}, {"user_id": None, "how": None}):
        refused = centre.desk.post(path, body)
        assert (refused.status_code, refused.get_json()["code"]) == (404, "404.1")
    assert notice_of(officer, record)["recipients"][0]["acknowledged_at"] is None


def test_the_duty_leader_who_may_read_the_record_writes_down_how_the_person_was_told(
    centre: Centre, officer: Phone, record: dict[str, Any]
) -> None:
    path = f"/api/notices/{notice_of(officer, record)['id']}/acknowledge"
    told = centre.leader.post(path, {"user_id": officer.user_id, "how": "当面告知"})
    assert told.status_code == 200, told.get_data(as_text=True)
    assert told.get_json()["recipients"][0]["told_by_desk"] == "当面告知"


def test_that_the_person_took_note_is_told_to_nobody_else(
    world: World, centre: Centre, officer: Phone, cursor: int, record: dict[str, Any]
) -> None:
    officer.do("notice.acknowledge", notice_of(officer, record)["id"])
    assert record["id"] not in heard(world, centre.desk, cursor)
