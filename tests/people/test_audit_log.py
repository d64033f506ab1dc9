"""The audit log: who reads which lines, how they are found, and that reading leaves a line of its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from backend.core.clock import to_wire
from backend.core.tables import AuditEntry
from tests.people.test_lists import pages
from tests.people.visitor import problem
from tests.support.world import Client, World


def read(reader: Client, **query: Any) -> list[dict[str, Any]]:
    """Return the lines a reader is shown."""
    answer = reader.get("/api/audit", **query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


def readings(world: World) -> list[AuditEntry]:
    """Return the lines about readings."""
    with world.database.reading() as work:
        query = select(AuditEntry).where(AuditEntry.action == "audit.read").order_by(AuditEntry.id)
        return list(work.session.execute(query).scalars())


def test_an_administrator_reads_the_own_court_and_an_auditor_those_below_too(
    world: World, noise: Callable[[], None]
) -> None:
    noise()
    world.register_lead(world.sign_in("binchuan.duty"))
    own = {line["court_id"] for line in read(world.sign_in("binchuan.audadmin"), limit=200)}
    assert own == {"binchuan"}
    at_dali = {line["court_id"] for line in read(world.sign_in("dali.audadmin"), limit=200)}
    assert at_dali == {"dali"}
    below = {line["court_id"] for line in read(world.sign_in("dali.auditor"), action="lead.", limit=200)}
    assert below == {"binchuan", "xiangyun"}


def test_lines_are_found_by_subject_actor_action_court_and_time(
    world: World, noise: Callable[[], None]
) -> None:
    noise()
    duty = world.sign_in("binchuan.duty")
    first = world.register_lead(duty)
    world.clock.instant += timedelta(hours=1)
    second = world.register_lead(duty)
    auditor = world.sign_in("dali.auditor")

    def leads(**query: Any) -> set[str]:
        return {line["subject_id"] for line in read(auditor, action="lead.register", **query)}

    hour_ago = to_wire(world.clock.now() - timedelta(minutes=30))
    mine = {first["id"], second["id"]}
    assert leads() > mine, "and those of the court beside"
    assert leads(court_id="binchuan") == leads(actor_id=duty.user_id) == mine
    assert leads(subject_kind="lead", subject_id=first["id"]) == {first["id"]}
    assert leads(court_id="binchuan", begin=hour_ago) == {second["id"]}
    assert leads(court_id="binchuan", end=hour_ago) == {first["id"]}
    assert leads(court_id="dali") == set()
    line = read(auditor, subject_id=second["id"], action="lead.register")[0]
    assert line["actor_name"] == world.user("binchuan.duty").name
    assert line["recorded_at"] == to_wire(world.clock.now())


def test_lines_come_newest_first_in_pages_that_lose_nothing_though_each_page_adds_one(world: World) -> None:
    world.register_lead(world.sign_in("binchuan.duty"))
    reader = world.sign_in("binchuan.audadmin")
    whole = [line["id"] for line in read(reader, limit=200)]
    paged = [line["id"] for page in pages(reader, "/api/audit", 7) for line in page]
    assert whole == sorted(whole, reverse=True)
    assert [one for one in paged if one in whole] == whole[: len(whole)]


def test_each_reading_is_one_line_that_says_what_was_asked(world: World) -> None:
    reader = world.sign_in("binchuan.audadmin")
    assert read(reader, action="lead.", limit=5) == []
    (line,) = readings(world)
    assert (line.actor_id, line.court_id, line.subject_kind) == (reader.user_id, "binchuan", "audit")
    assert line.detail["asked"] == {"limit": 5, "action": "lead."}
    assert [one["action"] for one in read(reader, action="audit.")] == ["audit.read"]
    assert len(readings(world)) == 2


def test_another_court_is_refused_and_leaves_no_line(world: World) -> None:
    assert problem(world.sign_in("binchuan.audadmin").get("/api/audit", court_id="dali")) == (403, "403.1")
    assert problem(world.sign_in("dali.auditor").get("/api/audit", court_id="yunnan")) == (403, "403.1")
    assert problem(world.sign_in("dali.auditor").get("/api/audit", court_id="atlantis")) == (403, "403.1")
    assert readings(world) == []


def test_what_cannot_be_asked_is_refused(world: World) -> None:
    reader = world.sign_in("binchuan.audadmin")
    for query in ({"action": "lead%"}, {"after": "x"}, {"begin": "2026-03-03"}, {"limit": 0}, {"unknown": 1}):
        assert problem(reader.get("/api/audit", **query)) == (422, "422.1"), query


def test_no_line_names_a_reporter(world: World) -> None:
    world.register_lead(world.sign_in("binchuan.duty"))
    log = world.sign_in("binchuan.audadmin").get("/api/audit", limit=200).get_data(as_text=True)
    assert "张三" not in log and "7140000" not in log
