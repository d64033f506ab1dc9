"""A server restored from a backup has a new epoch, and what it lost is taken again, once (design.md principle 1)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url, select

from backend.app import create_app
from backend.cli import main
from backend.core.clock import to_wire
from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.core.tables import AuditEntry
from backend.core.tail import OutboxTail
from backend.core.web import csrf_token
from backend.people.sessions import open_session
from backend.people.views import find_device
from backend.tracking.store import FixStore
from backend.wiring import wire_events
from tests.support.backup import back_up
from tests.support.rows import every_row
from tests.support.world import LEAD, Client, Phone, World


def restored_from(address: str, world: World) -> World:
    """Return the world as a backup knows it, served again."""
    database = Database(address, world.clock, wire_events())
    app = create_app(world.settings, database)
    extras: dict[str, Any] = app.extensions["lingda"].extras
    extras.update(tail=OutboxTail(database, lambda _rows: None), fix_store=FixStore(database))
    return World(app, database, world.settings, world.clock)


@pytest.fixture
def cluster(request: pytest.FixtureRequest, database: Database) -> Any:
    return request.getfixturevalue("postgis_cluster") if database.dialect != "sqlite" else None


@pytest.fixture
def backup(world: World, tmp_path: Path, cluster: Any) -> Iterator[Any]:
    """Take a backup now; restore it with the world it returns."""
    opened: list[World] = []
    addresses: list[str] = []

    def take() -> Any:
        addresses.append(back_up(world.database, tmp_path, cluster))

        def restore() -> World:
            opened.append(restored_from(addresses[-1], world))
            return opened[-1]

        return restore

    yield take
    for restored in opened:
        restored.database.close()
    if cluster is not None:
        for address in addresses:
            cluster.drop_database(make_url(address).database)


def new_epoch(world: World, tmp_path: Path, answer: str | None = None) -> Result:
    """Run the command on a world's database, with `--yes` or with an answer to its question."""
    return CliRunner().invoke(
        main,
        ["new-epoch"] if answer is not None else ["new-epoch", "--yes"],
        input=answer,
        env={
            "LINGDA_DATA": str(tmp_path),
            "LINGDA_DATABASE_URL": world.database.engine.url.render_as_string(hide_password=False),
        },
    )


def epoch_of(caller: Client) -> str:
    epoch: str = caller.get("/api/me").get_json()["epoch"]
    return epoch


def meets(phone: Phone, world: World) -> Phone:
    """Return the phone as it signs in again, with the same key and outbox, at the restored server."""
    user = world.user(phone.account)
    with world.database.writing() as work:
        opened = open_session(work, user, find_device(work.session, phone.device_id))
    return Phone(
        world._client(opened.token),
        csrf_token(world.settings, opened.id),
        user.id,
        phone.account,
        phone.device_id,
        phone.key,
        phone.clock,
        phone.sequence,
    )


def steps_of(world: World, command: dict[str, Any]) -> int:
    """Count the receipts that name this command."""
    command_id = json.loads(command["payload"])["command_id"]
    return sum(command_id in row for row in every_row(world.database)["command_receipt"])


def test_an_act_the_phone_was_told_is_applied_is_sent_again_after_the_restore_and_applied_exactly_once(
    world: World, backup: Any, tmp_path: Path
) -> None:
    order = world.order_out(world.sign_in("binchuan.commander"))
    phone = world.phone("binchuan.officer1")
    kept, lost = (
        phone.command("directive.receive", order["id"]),
        phone.command("directive.accept", order["id"]),
    )
    assert phone.send(kept)[0]["result"] == "applied"
    restore = backup()
    assert phone.send(lost)[0]["result"] == "applied"
    told = phone.get("/api/phone").get_json()
    assert told["directives"][0]["acknowledged_at"] is not None

    restored = restore()
    assert new_epoch(restored, tmp_path).exit_code == 0
    again = meets(phone, restored)
    expired = again.get("/api/events", since=told["cursor"], epoch=told["epoch"])
    fresh = again.get("/api/phone").get_json()
    assert (expired.status_code, expired.get_json()["code"]) == (410, "410.1")
    assert expired.get_json()["epoch"] == fresh["epoch"] != told["epoch"]
    assert fresh["directives"][0]["acknowledged_at"] is None, "the backup does not know it"

    for _ in range(3):
        answers = again.send(kept, lost)
        assert [answer["result"] for answer in answers] == ["applied", "applied"]
    assert (steps_of(restored, kept), steps_of(restored, lost)) == (1, 1)
    with restored.database.reading() as work:
        done = work.session.scalars(
            select(AuditEntry.action).where(AuditEntry.subject_id == order["id"]).order_by(AuditEntry.id)
        ).all()
    assert done.count("directive.accept") == 1 and done.count("directive.receive") == 1
    members = again.get("/api/phone").get_json()["directives"][0]["members"]
    assert [one["answer"] for one in members if one["user"]["id"] == phone.user_id] == ["accepted"]


def test_a_registration_of_a_desk_that_the_backup_lacks_is_taken_again_once(
    world: World, backup: Any, tmp_path: Path
) -> None:
    restore = backup()
    lead_id, now = new_identifier(), to_wire(world.clock.now())
    payload = {
        "schema": 1,
        "command_id": new_identifier(),
        "device_id": f"desk-{new_identifier()}",
        "sequence": 1,
        "type": "lead.register",
        "subject_id": lead_id,
        "body": {**LEAD, "received_at": now},
        "made_at": now,
    }
    command = {"payload": json.dumps(payload, ensure_ascii=False), "signature": None}

    def register(served: World) -> str:
        desk = served.sign_in("binchuan.duty")
        results = desk.post("/api/commands", {"commands": [command]}).get_json()["results"]
        return str(results[0]["result"])

    assert register(world) == "applied"
    restored = restore()
    assert new_epoch(restored, tmp_path).exit_code == 0
    assert restored.sign_in("binchuan.duty").get(f"/api/leads/{lead_id}").status_code == 404
    assert [register(restored), register(restored)] == ["applied", "applied"]
    assert [row[0] for row in every_row(restored.database)["lead"]].count(lead_id) == 1


def test_a_new_epoch_is_asked_for_audited_and_changes_nothing_else(world: World, tmp_path: Path) -> None:
    desk = world.sign_in("binchuan.duty")
    before, rows = (
        epoch_of(desk),
        every_row(world.database, frozenset({"server_state", "audit_entry", "outbox_event"})),
    )
    declined = new_epoch(world, tmp_path, "n\n")
    assert (declined.exit_code, epoch_of(desk)) == (1, before)
    agreed = new_epoch(world, tmp_path, "y\n")
    after = epoch_of(desk)
    assert agreed.exit_code == 0 and after in agreed.output and after != before
    assert every_row(world.database, frozenset({"server_state", "audit_entry", "outbox_event"})) == rows
    with world.database.reading() as work:
        (line,) = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "server.new_epoch"))
        assert (line.actor_id, line.subject_id, line.detail) == ("system", after, {"former_epoch": before})


def test_a_reader_of_the_feed_hears_of_the_new_epoch_with_or_without_naming_its_own(
    world: World, tmp_path: Path
) -> None:
    desk = world.sign_in("binchuan.duty")
    board = desk.get("/api/board").get_json()
    new_epoch(world, tmp_path)
    named = desk.get("/api/events", since=board["cursor"], epoch=board["epoch"])
    assert (named.status_code, named.get_json()["code"]) == (410, "410.1")
    unnamed = desk.get("/api/events", since=board["cursor"])
    assert unnamed.get_json()["epoch"] != board["epoch"]
    assert desk.get("/api/board").get_json()["epoch"] == unnamed.get_json()["epoch"]


def test_a_reader_who_waits_without_naming_an_epoch_hears_of_a_new_one_too(
    world: World, tmp_path: Path
) -> None:
    class Tail:
        """Another process begins the new epoch while the reader waits."""

        stopping = False

        def wait_beyond(self, _cursor: int, _seconds: float) -> None:
            assert new_epoch(world, tmp_path).exit_code == 0

    desk = world.sign_in("binchuan.duty")
    board = desk.get("/api/board").get_json()
    world.app.extensions["lingda"].extras["tail"] = Tail()
    told = desk.get("/api/events", since=board["cursor"], wait=25)
    assert (told.status_code, told.get_json()["code"]) == (410, "410.1")
    assert told.get_json()["epoch"] == epoch_of(desk) != board["epoch"]
