"""BSS-12(6): 向被执行人泄漏执行机密. Who opened, listed, printed or was shown a lead in the hours before the debtor fled."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from backend.core.clock import to_wire
from backend.core.outbox import sequence_events
from backend.core.tables import Viewing
from tests.accountability.centre import Centre, facts
from tests.support.world import Client, World


@pytest.fixture
def lead(world: World, centre: Centre) -> dict[str, Any]:
    world.register_lead(world.sign_in("xiangyun.duty"), content="另一法院的线索")
    return world.register_lead(centre.desk)


def seen(
    world: World, lead: dict[str, Any], reader: Client | None = None, **query: Any
) -> list[tuple[str, str]]:
    """Return who saw the lead and in which way, the last first, acts left out."""
    reader = reader or world.sign_in("binchuan.auditor")
    world.app.extensions["lingda"].extras["viewings"].write()
    answer = reader.get(f"/api/leads/{lead['id']}/viewings", **query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [
        (one["user"]["name"], one["way"]) for one in answer.get_json()["viewings"] if one["way"] != "acted"
    ]


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/api/leads/{id}", "opened"),
        ("/api/leads/{id}/slip", "printed"),
        ("/api/leads/{id}/reporter", "reporter"),
        ("/api/leads?state=all", "listed"),
        ("/api/board", "listed"),
    ],
)
def test_every_way_of_reading_a_lead_is_written_down(
    world: World, centre: Centre, lead: dict[str, Any], path: str, way: str
) -> None:
    assert centre.leader.http.get(path.format(id=lead["id"])).status_code == 200
    assert (world.user("binchuan.leader").name, way) in seen(world, lead)


def test_an_order_that_rests_on_the_lead_shows_it_to_the_team(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    order = world.order_out(centre.desk, lead_id=lead["id"])
    officer = world.phone("binchuan.officer1")
    officer.get("/api/phone")
    officer.get(f"/api/directives/{order['id']}")
    name = world.user("binchuan.officer1").name
    assert {way for who, way in seen(world, lead) if who == name} == {"order_listed", "order_opened"}


def test_whoever_hears_of_it_by_the_live_feed_is_written_down(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    sequence_events(world.database)
    assert centre.leader.get("/api/events", since=0).status_code == 200
    assert (world.user("binchuan.leader").name, "listed") in seen(world, lead)


def test_a_board_read_often_is_one_line_an_hour(world: World, centre: Centre, lead: dict[str, Any]) -> None:
    for _ in range(3):
        centre.leader.get("/api/board")
        world.clock.instant += timedelta(minutes=10)
    world.clock.instant += timedelta(hours=1)
    centre.leader.get("/api/board")
    seen(world, lead)
    with world.database.reading() as work:
        count = work.session.execute(
            select(func.count())
            .select_from(Viewing)
            .where(Viewing.subject_id == lead["id"], Viewing.way == "listed")
        ).scalar_one()
    assert count == 2


def test_nobody_who_was_refused_is_said_to_have_seen_it(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    assert world.sign_in("xiangyun.duty").get(f"/api/leads/{lead['id']}").status_code == 403
    assert [way for _, way in seen(world, lead)] == ["searched"]


def test_it_asks_for_the_hours_before_an_instant(world: World, centre: Centre, lead: dict[str, Any]) -> None:
    centre.leader.get(f"/api/leads/{lead['id']}")
    world.clock.instant += timedelta(hours=3)
    fled_at = world.clock.now()
    world.clock.instant += timedelta(hours=1)
    centre.commander.get(f"/api/leads/{lead['id']}")
    assert [who for who, _ in seen(world, lead, before=to_wire(fled_at), hours=24)] == [
        world.user("binchuan.leader").name
    ]
    assert seen(world, lead, before=to_wire(fled_at), hours=1) == []


def test_who_acted_on_it_is_named_too(world: World, centre: Centre, lead: dict[str, Any]) -> None:
    answer = world.sign_in("binchuan.auditor").get(f"/api/leads/{lead['id']}/viewings").get_json()
    acts = [(one["user"]["name"], one["action"]) for one in answer["viewings"] if one["way"] == "acted"]
    assert (world.user("binchuan.duty").name, "lead.register") in acts


def test_asking_is_written_down_itself(world: World, centre: Centre, lead: dict[str, Any]) -> None:
    seen(world, lead, centre.commander)
    assert (world.user("binchuan.commander").name, "searched") in seen(world, lead)


def test_a_record_of_a_leak_says_who_had_seen_it_and_who_never_had(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    world.phone("binchuan.officer6")
    centre.leader.get(f"/api/leads/{lead['id']}")
    world.clock.instant += timedelta(hours=2)
    record = centre.open(
        ground="leaked_secret",
        people=[world.user("binchuan.leader").id, world.user("binchuan.officer6").id],
        subject_kind="lead",
        subject_id=lead["id"],
        happened_at=to_wire(world.clock.now()),
    )
    assert facts(record, "for") == ["never_viewed"]
    assert facts(record, "against") == ["had_viewed"]


def test_a_search_for_a_lead_that_is_not_there_finds_nothing(world: World, centre: Centre) -> None:
    from backend.core.identifiers import new_identifier

    assert centre.commander.get(f"/api/leads/{new_identifier()}/viewings").status_code == 404
