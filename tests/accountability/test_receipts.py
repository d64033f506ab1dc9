"""Who may open a record and not read it gets a receipt of their own act, and learns nothing by doing it again (1.11)."""

from typing import Any

import pytest

from tests.accountability.centre import Centre
from tests.support.world import Client, World


@pytest.fixture
def above(world: World) -> Client:
    """The duty leader of the court above: opens records of courts below, reads those of their own."""
    return world.sign_in("dali.leader")


@pytest.fixture
def record(centre: Centre) -> dict[str, Any]:
    centre.open(people=[], title="另一人的记录")
    return centre.open()


def test_naming_somebody_answers_with_a_receipt_alone_whether_named_before_or_not(
    world: World, centre: Centre, above: Client, record: dict[str, Any]
) -> None:
    assert above.get(f"/api/records/{record['id']}").status_code == 403
    for account in ("binchuan.officer5", "binchuan.officer6", "binchuan.officer6"):
        answer = above.post(f"/api/records/{record['id']}/name", {"user_id": world.user(account).id})
        assert answer.status_code == 200
        assert answer.get_json() == {"id": record["id"], "number": record["number"]}


def test_naming_somebody_again_changes_nothing_and_writes_no_line(
    world: World, centre: Centre, above: Client, record: dict[str, Any]
) -> None:
    before = centre.record(record["id"])
    above.post(f"/api/records/{record['id']}/name", {"user_id": world.user("binchuan.officer5").id})
    after = centre.record(record["id"])
    assert (after["revision"], after["evidence"]["lines"]) == (
        before["revision"],
        before["evidence"]["lines"],
    )


def test_an_ended_record_says_no_more_than_that(
    world: World, centre: Centre, above: Client, record: dict[str, Any]
) -> None:
    centre.act(centre.commander, record, "decide", decision="not_upheld")
    path, person = f"/api/records/{record['id']}/name", world.user("binchuan.officer6").id
    refused = above.post(path, {"user_id": person})
    assert refused.get_json()["code"] == "409.2"
    assert "state" not in refused.get_json()


def test_opening_a_record_of_a_court_below_answers_with_its_number(
    world: World, centre: Centre, above: Client
) -> None:
    made = centre.open(above, people=[world.user("binchuan.officer5").id])
    assert set(made) == {"id", "number"}
    assert centre.record(made["id"])["opened_by"]["id"] == above.user_id


def test_who_may_read_the_record_gets_it_whole(world: World, centre: Centre, record: dict[str, Any]) -> None:
    named = centre.act(centre.leader, record, "name", user_id=world.user("binchuan.officer6").id)
    assert len(named.get_json()["people"]) == 2
