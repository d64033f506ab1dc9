"""BSS-12(6): 向被执行人泄漏执行机密. Who opened, listed, printed or was shown a lead in the hours before the debtor fled."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from backend.core.clock import to_wire
from backend.core.outbox import sequence_events
from backend.core.tables import Viewing
from backend.core.viewings import Way
from backend.deadlines.watcher import ClockWatcher
from backend.sync.shown import lead_in_event
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


@pytest.mark.parametrize(
    "path", ["/api/duty/log", "/api/clocks", "/api/notices?subject_kind=lead&subject_id={id}", "/api/notices"]
)
def test_whoever_reads_where_it_is_in_the_log_the_clocks_or_a_notice_is_written_down(
    world: World, centre: Centre, lead: dict[str, Any], path: str
) -> None:
    world.clock.instant += timedelta(minutes=31)
    ClockWatcher(world.database)()
    leader = world.sign_in("binchuan.leader")
    answer = leader.http.get(path.format(id=lead["id"]))
    assert lead["place"]["text"] in answer.get_data(as_text=True)
    assert (world.user("binchuan.leader").name, "listed") in seen(world, lead)


def test_whoever_reads_it_on_a_handover_or_its_paper_is_written_down(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    now = world.clock.now()
    shifts = [
        centre.commander.post(
            "/api/duty/shifts",
            {
                "court_id": "binchuan",
                "post": "week",
                "planned_start": to_wire(now + timedelta(hours=begin)),
                "planned_end": to_wire(now + timedelta(hours=begin + 1)),
                "people": [{"user_id": world.user(f"binchuan.{post}").id, "function": "officer"}],
            },
        ).get_json()
        for begin, post in ((0, "duty"), (1, "leader"))
    ]
    assert centre.desk.post(f"/api/duty/shifts/{shifts[0]['id']}/take_over").status_code == 200
    drafted = centre.desk.post("/api/duty/handovers", {"shift_id": shifts[0]["id"]}).get_json()
    for reader, path in (("binchuan.commander", ""), ("dali.commander", "/slip")):
        shown = world.sign_in(reader).get(f"/api/duty/handovers/{drafted['id']}{path}")
        assert lead["place"]["text"] in shown.get_data(as_text=True)
        assert (world.user(reader).name, "listed") in seen(world, lead)


def test_a_clock_told_by_the_live_feed_shows_where_it_is(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    sequence_events(world.database)
    events = centre.leader.get("/api/events", since=0).get_json()["events"]
    told = next(one for one in events if one["kind"] == "clock.changed")
    assert lead_in_event(told["kind"], told["subject_id"], told["data"]) == (Way.LISTED, lead["id"])


def test_who_looked_again_within_the_hour_is_found_by_a_search_that_begins_after_the_first_look(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    for minutes in (5, 45):
        world.clock.instant += timedelta(minutes=minutes)
        centre.leader.get(f"/api/leads/{lead['id']}")
    world.clock.instant += timedelta(minutes=40)
    assert (world.user("binchuan.leader").name, "opened") in seen(
        world, lead, before=to_wire(world.clock.now()), hours=1
    ), "it was looked at 09:05 and 09:50, and the search begins at 09:30"


def test_an_act_of_the_stretch_is_found_among_hundreds_before_it(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    with world.database.writing() as work:
        work.authorise_by_rule("the test fills the log of the lead")
        for second in range(520):
            at = world.clock.now() + timedelta(seconds=second)
            work.audit(
                world.actor("binchuan.duty"), "lead.change", "lead", lead["id"], "binchuan", occurred_at=at
            )
    world.clock.instant += timedelta(hours=2)
    desk = world.sign_in("binchuan.duty")
    closed = desk.post(f"/api/leads/{lead['id']}/close", {"revision": lead["revision"], "result": "不实"})
    assert closed.status_code == 200, closed.get_data(as_text=True)
    answer = world.sign_in("binchuan.auditor").get(f"/api/leads/{lead['id']}/viewings", hours=1).get_json()
    assert [one["action"] for one in answer["viewings"] if one["way"] == "acted"] == ["lead.close"]
    assert answer["more"] is False
