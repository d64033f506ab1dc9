"""A court without the demo: the commands of docs/operations.md, in their order, make one that takes a lead and an order."""

import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from backend.app import create_app
from backend.core.clock import FixedClock, to_wire
from backend.core.database import Database
from backend.core.settings import load_settings
from backend.core.tail import OutboxTail
from backend.tracking.store import FixStore
from backend.wiring import wire_events
from tests.cli.running import Run
from tests.people.visitor import Visitor
from tests.support.front import ROOT
from tests.support.world import LEAD, ORDER, DeviceKey, Phone, World

TYPED, CHOSEN = "typed at the terminal", "chosen by its owner"
CODE = re.compile(r"^([2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}) ", re.MULTILINE)


def commands_of_the_page() -> list[list[str]]:
    """Return the arguments of every command of the chapter, in its order."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    chapter = page.partition("## Setting up a court without the demo")[2].partition("\n## ")[0]
    block = chapter.partition("```sh\n")[2].partition("```")[0]
    return [shlex.split(line.removeprefix("lingda ")) for line in block.splitlines()]


def open_world(tmp_path: Path, url: str) -> World:
    """Open the application on the database that the commands made, an hour after they ran."""
    settings = load_settings({"LINGDA_DATA": str(tmp_path / "var"), "LINGDA_DATABASE_URL": url})
    clock = FixedClock(datetime.now(UTC) + timedelta(hours=1))
    database = Database(settings.database_url, clock, wire_events())
    app = create_app(settings, database)
    app.extensions["lingda"].extras.update(
        tail=OutboxTail(database, lambda _rows: None), fix_store=FixStore(database)
    )
    return World(app, database, settings, clock)


def first_sign_in(world: World, account: str) -> Visitor:
    """Sign in for the first time at a desk: password, a new authenticator, a password of one's own."""
    person = Visitor(world, account)
    assert person.give_password(TYPED).get_json()["state"] == "second_factor_setup_required"
    secret = person.post("/api/second-factors/totp").get_json()["secret"]
    code = pyotp.TOTP(secret).at(world.clock.now())
    shown = person.post("/api/second-factors/totp/confirm", {"code": code}).get_json()
    assert shown["state"] == "password_change_required" and not person.is_signed_in
    chosen = person.post("/api/sign-in/password", {"new_password": CHOSEN}).get_json()
    assert chosen["state"] == "signed_in" and person.is_signed_in
    return person


def enrol(world: World, code: str) -> Phone:
    """Bind a phone with the code that the command showed."""
    key, http = DeviceKey(), world.anonymous()
    body = {"code": code, "public_key": key.public_key, "label": "手机"}
    bound = http.post("/api/devices/enrol", json=body).get_json()
    user = bound["user"]
    return Phone(http, bound["csrf_token"], user["id"], user["account"], bound["device_id"], key, world.clock)


def test_the_commands_of_the_page_make_a_court_that_takes_a_lead_and_an_order(
    run: Run, empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGDA_DATABASE_URL", empty_url)
    said = {}
    for arguments in commands_of_the_page():
        asked = f"{TYPED}\n{TYPED}\n" if arguments[0] == "create-user" else None
        done = run(*arguments, input=asked)
        assert done.exit_code == 0, (arguments, done.output)
        said[arguments[0]] = done.output
    assert "ok   schema" in said["doctor"]
    found = CODE.search(said["enrol-phone"])
    assert found is not None, said["enrol-phone"]

    world = open_world(tmp_path, empty_url)
    # The code lasts ten minutes and the rest of the story an hour: the phone is bound as of now.
    later, world.clock.instant = world.clock.instant, datetime.now(UTC)
    phone = enrol(world, found[1])
    world.clock.instant = later
    duty, commander = (first_sign_in(world, f"binchuan.{post}") for post in ("duty", "commander"))
    lead = duty.post("/api/leads", {**LEAD, "received_at": to_wire(world.clock.now())})
    assert lead.status_code == 201, lead.get_data(as_text=True)
    clocks = duty.get("/api/clocks").get_json()["items"]
    assert {row["clock"] for row in clocks} == {"C2", "C4"}, "the adopted rulebook counts"
    order = {**ORDER, "lead_id": lead.get_json()["id"], "kind": "dispatch"}
    target = {"court_id": "binchuan", "team_id": world.team("binchuan")}
    issued = commander.post("/api/directives", {**order, "target": target})
    assert issued.status_code == 201, issued.get_data(as_text=True)
    assert [one["id"] for one in phone.get("/api/phone").get_json()["directives"]] == [
        issued.get_json()["id"]
    ]
    assert phone.do("directive.accept", issued.get_json()["id"])["result"] == "applied"
    world.database.close()
