"""`lingda demo --simulate`: the map lives, leads come in, orders run their whole life, and Ctrl-C ends it."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.core.clock import to_wire
from backend.core.settings import Settings, load_settings
from backend.demo.moving_teams import BEGAN_AT
from backend.demo.simulate import Simulation
from backend.demo.story import MARK
from geo.basemap import county_at
from geo.coordinates import Position
from geo.simulation import fixes_between
from tests.support.backend_process import BackendProcess, free_port
from tests.support.world import World
from tests.tracking.sending import last_known, track

PROGRAM = (sys.executable, "-c", "from backend.cli import main; main()")
COUNTIES = {"binchuan": "532924", "xiangyun": "532923", "dalishi": "532901"}
ROOT = Path(__file__).parents[2]
ONE_DATABASE = pytest.mark.parametrize("database_url", ["spatialite"], indirect=True)
"""The rooms the simulation acts through are held on both; a newcomer runs it on the embedded default."""


@pytest.fixture
def server(world: World, tmp_path: Path) -> Iterator[BackendProcess]:
    """A real backend on the test's database, with the secrets of the test's installation."""
    process = BackendProcess(
        world.database.url,
        tmp_path,
        LINGDA_SECRET_KEY=world.settings.secret_key,
        LINGDA_DEMO_PASSWORD="correct horse",
    )
    with process:
        yield process


def settings_of(server: BackendProcess) -> Settings:
    return load_settings(server.environment)


@ONE_DATABASE
def test_three_quarters_of_an_hour_show_leads_of_all_kinds_and_orders_from_issue_to_acceptance(
    world: World, server: BackendProcess
) -> None:
    said: list[str] = []
    simulation = Simulation(settings_of(server), world.database, said.append)
    dali, seen = world.sign_in("dali.commander"), set()
    for _ in range(45 * 2):
        # The server has a clock of its own, so positions of this invented hour are for another test.
        simulation.take_calls()
        simulation.go_on()
        world.clock.instant += timedelta(seconds=30)
    leads = dali.get("/api/leads", state="all", limit=200).get_json()["items"]
    orders = dali.get("/api/directives", state="all", limit=200).get_json()["items"]
    assert len(leads) == 23
    assert {lead["triage"] for lead in leads} == {"urgent", "non_urgent", "inquiry", "not_ours"}
    assert all(lead["content"].startswith(MARK) for lead in leads)
    for lead in leads:
        if lead["place"]:
            county = county_at(Position(lead["place"]["longitude"], lead["place"]["latitude"]))
            assert county is not None
            seen.add((lead["court_id"], county.code))
    assert seen == set(COUNTIES.items())

    accepted = [order for order in orders if order["state"] == "accepted"]
    assert {order["target_court"]["id"] for order in accepted} == set(COUNTIES)
    assert all(order["composition"]["complete"] and order["feedback"]["text"] for order in accepted)
    assert all(clock["state"] == "met" for order in accepted for clock in order["clocks"])
    acts = {line.split("  ")[1].split(" ")[0] for line in said}
    assert acts >= {"receive", "accept", "depart", "arrive", "complete", "feedback", "accept_feedback"}
    assert not [line for line in said if " / " in line]


@ONE_DATABASE
def test_a_simulation_that_is_started_again_goes_on_with_its_orders_and_its_trackers(
    world: World, server: BackendProcess
) -> None:
    settings = settings_of(server)
    first = Simulation(settings, world.database, lambda _line: None)
    for _ in range(12):
        first.take_calls()
        first.go_on()
        world.clock.instant += timedelta(seconds=15)
    dali = world.sign_in("dali.commander")
    before = {order["id"] for order in dali.get("/api/directives").get_json()["items"]}
    assert before
    second = Simulation(settings, world.database, lambda _line: None)
    assert [team.token for team in second.teams] == [team.token for team in first.teams]
    for _ in range(50):
        second.go_on()
        world.clock.instant += timedelta(seconds=30)
    done = {
        order["id"]: order["state"] for order in dali.get("/api/directives", state="all").get_json()["items"]
    }
    assert {done[order] for order in before} == {"accepted"}


@ONE_DATABASE
def test_what_a_person_ordered_is_left_to_people(world: World, server: BackendProcess) -> None:
    order = world.order_out(world.sign_in("binchuan.commander"))
    simulation = Simulation(settings_of(server), world.database, lambda _line: None)
    world.clock.instant += timedelta(hours=1)
    simulation.go_on()
    shown = world.sign_in("binchuan.commander").get(f"/api/directives/{order['id']}").get_json()
    assert (shown["state"], shown["revision"]) == (order["state"], order["revision"])


class Command:
    """`lingda demo --simulate` as a newcomer starts it."""

    def __init__(self, server: BackendProcess, **environment: str) -> None:
        self.process = subprocess.Popen(
            # A suite that a shell started in the background ignores Ctrl-C, and so would this.
            ["env", "--default-signal=INT", *PROGRAM, "demo", "--simulate"],
            env={**server.environment, **environment},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def read_until(self, text: str) -> str:
        """Return what it wrote up to a line with the text."""
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if re.search(text, line):
                return "".join(lines)
        raise AssertionError(f"ended without {text!r}:\n{''.join(lines)}")


def positions(desk: Any) -> dict[str, str]:
    return {row["court_id"]: row["fixed_at"] for row in last_known(desk).values()}


@ONE_DATABASE
def test_a_newcomer_sees_three_teams_move_and_a_lead_come_in_and_ends_it_with_ctrl_c(
    world: World, server: BackendProcess
) -> None:
    desk = world.sign_in("dali.commander")
    command = Command(server)
    try:
        shown = command.read_until("来线索")
        assert "Ctrl-C" in shown
        command.read_until("(triage|report|issue|来线索)")
        give_up = time.monotonic() + 60
        first = positions(desk)
        while positions(desk) == first and time.monotonic() < give_up:
            time.sleep(0.2)
    finally:
        command.process.send_signal(signal.SIGINT)
        rest, _ = command.process.communicate(timeout=30)
    assert set(first) == set(COUNTIES)
    assert positions(desk) != first
    assert command.process.returncode == 0, rest
    assert "演示已停止" in rest
    assert "Traceback" not in rest
    assert len(desk.get("/api/leads").get_json()["items"]) >= 1


@ONE_DATABASE
def test_without_a_server_one_sentence_says_what_to_start(world: World, server: BackendProcess) -> None:
    server.stop()
    nobody = f"127.0.0.1:{free_port()}"
    command = Command(server, LINGDA_BACKEND=nobody, LINGDA_HTTP=nobody)
    output, _ = command.process.communicate(timeout=60)
    assert command.process.returncode == 1
    assert "lingda serve" in output.splitlines()[-1]
    assert "Traceback" not in output


@ONE_DATABASE
def test_a_server_that_goes_away_gets_the_missing_positions_when_it_is_back(
    world: World, server: BackendProcess
) -> None:
    now = datetime.now(UTC)
    world.clock.instant = now - timedelta(minutes=4)
    said: list[str] = []
    simulation = Simulation(settings_of(server), world.database, said.append)
    simulation.move()
    server.kill()
    for _ in range(3):
        world.clock.instant += timedelta(minutes=1)
        simulation.move()
    assert len([line for line in said if "does not answer" in line]) == 1
    server.start()
    simulation.move()
    simulation.server.close()

    (team,) = [team for team in simulation.teams if team.court_id == "binchuan"]
    desk, leader = world.sign_in("binchuan.commander"), world.user("binchuan.teamleader1")
    began, ended = now - timedelta(minutes=7), now - timedelta(minutes=1)
    measured = fixes_between(team.track, BEGAN_AT, began, ended)
    assert [point["fixed_at"] for point in track(desk, leader.id, began, ended)] == [
        to_wire(fix.fixed_at) for fix in measured
    ]
