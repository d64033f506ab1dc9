"""Done 3: fifty commands of one phone, from two tabs at once, through a network that loses answers and a server that dies."""

import json
import threading
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from backend.core.tables import CommandReceipt
from backend.directives.tables import DirectiveStep
from tests.server.conftest import MakeDatabase, make_database
from tests.support.chaos_proxy import ChaosProxy, Fault
from tests.support.real_world import OverHttp, RealWorld
from tests.support.server_process import Backend
from tests.support.world import Phone

__all__ = ["make_database"]
COMMANDS = "/api/commands"
A_BATCH = 3
EFFECTS = 50
TOO_EARLY = 2
FEWEST_CUTS = 16
RESTART_AFTER = (6, 14, 22)
"""After how many answers of the server, lost ones among them, it is killed."""
AGAIN_SECONDS = 0.05


class Queue:
    """The outbox of one phone, shared by its tabs: what has no receipt yet, in order; receipts as exact JSON."""

    def __init__(self, commands: list[dict[str, Any]]) -> None:
        self.commands = commands
        self.receipts: dict[str, dict[str, Any]] = {}
        self.lock = threading.Lock()

    def next_batch(self) -> list[dict[str, Any]]:
        with self.lock:
            waiting = (one for one in self.commands if id_of(one) not in self.receipts)
            return list(islice(waiting, A_BATCH))

    def take(self, results: list[dict[str, Any]]) -> None:
        with self.lock:
            for result in results:
                if result["result"] == "retry":
                    continue
                known = self.receipts.setdefault(result["command_id"], result)
                assert known == result, "another answer to the same command"


def id_of(command: dict[str, Any]) -> str:
    return str(json.loads(command["payload"])["command_id"])


class Tab(threading.Thread):
    """One sender: sends the head of the queue again and again until everything has its receipt."""

    def __init__(self, queue: Queue, http: OverHttp, csrf: str) -> None:
        super().__init__(daemon=True)
        self.queue = queue
        self.http = http
        self.csrf = csrf
        self.lost = 0
        self.error: BaseException | None = None

    def run(self) -> None:
        """Send until nothing waits."""
        try:
            while batch := self.queue.next_batch():
                self.send(batch)
        except BaseException as error:  # noqa: BLE001 - raised by the test
            self.error = error

    def send(self, batch: list[dict[str, Any]]) -> None:
        """Send one batch once."""
        try:
            answer = self.http.post(COMMANDS, {"commands": batch}, {"X-CSRF-Token": self.csrf})
            body = answer.get_json() if answer.status_code == 200 else None
        except (requests.RequestException, ValueError):
            body = None
        if body is None:
            self.lost += 1
            time.sleep(AGAIN_SECONDS)
            return
        self.queue.take(body["results"])


def fifty_taps(phone: Phone, first: str, second: str) -> list[dict[str, Any]]:
    """Fifty commands with an effect over two orders, interleaved, a second acceptance among them; two that are refused."""
    acts: list[tuple[str, str, dict[str, Any]]] = []
    for order in (first, second):
        acts += [(order, act, {}) for act in ("receive", "accept", "accept", "take_over")]
    acts += [(first, "feedback", {"text": "过早的报告", "result": "completed"})] * TOO_EARLY
    acts += [(order, "note", {"text": f"笔记{number}"}) for number in range(10) for order in (first, second)]
    acts += [(order, "depart", {}) for order in (first, second)]
    acts += [(order, "note", {"text": f"路上{number}"}) for number in range(5) for order in (first, second)]
    acts += [(order, "arrive", {}) for order in (first, second)]
    acts += [(order, "complete", {"result": "completed"}) for order in (first, second)]
    acts += [(order, "feedback", {"text": "已办结", "result": "completed"}) for order in (first, second)]
    acts += [(order, "note", {"text": f"之后{number}"}) for number in range(2) for order in (first, second)]
    assert len(acts) == EFFECTS + TOO_EARLY
    return [phone.command(f"directive.{act}", order, body) for order, act, body in acts]


@pytest.mark.parametrize(
    ("kind", "mode"), [("spatialite", "eventlet"), ("postgis", "eventlet"), ("postgis", "threading")]
)
def test_fifty_commands_have_fifty_effects_in_order_whatever_is_lost_and_whoever_dies(
    kind: str, mode: str, make_database: MakeDatabase, tmp_path: Path
) -> None:
    url = make_database(kind)
    with (
        Backend(url, tmp_path, mode) as backend,
        RealWorld(url, backend.url) as world,
        ChaosProxy(("127.0.0.1", backend.port)) as proxy,
    ):
        commander, phone = world.sign_in("binchuan.commander"), world.phone("binchuan.officer1")
        first, second = (world.order_out(commander)["id"] for _ in range(2))
        commands = fifty_taps(phone, first, second)
        queue = Queue(commands)
        cuts = [
            proxy.strike(COMMANDS, Fault.LOSE_ANSWER, every=2),
            proxy.strike(COMMANDS, Fault.LOSE_REQUEST, every=7),
            proxy.strike(COMMANDS, Fault.TEAR_ANSWER, every=5),
        ]
        tabs = [Tab(queue, world.connection(phone.http.token, proxy.url), phone.csrf) for _ in range(2)]
        for tab in tabs:
            tab.start()
        withdrawn = False
        for answers in RESTART_AFTER:
            until(lambda answers=answers: proxy.answered[COMMANDS] >= answers, tabs)
            if not withdrawn:
                withdraw(world, commander, second)
                withdrawn = True
            backend.kill()
            backend.start()
        for tab in tabs:
            tab.join(120)
            assert tab.error is None, tab.error
            assert not tab.is_alive()
        lost_after_commit = cuts[0].done + cuts[2].done
        assert lost_after_commit >= FEWEST_CUTS, f"only {lost_after_commit} answers were lost"
        hold_each_command_once(world, phone, commands, queue)
        hold_order(world, phone, commands)
        hold_replays(world, phone, commands)
        shown = commander.get(f"/api/directives/{first}").get_json()
        assert shown["state"] == "feedback_submitted"
        assert commander.get(f"/api/directives/{second}").get_json()["state"] == "withdrawn"


def withdraw(world: RealWorld, commander: Any, order_id: str) -> None:
    """Withdraw an order from the desk, looking again whenever its phone was quicker."""
    while True:
        revision = commander.get(f"/api/directives/{order_id}").get_json()["revision"]
        answer = commander.post(
            f"/api/directives/{order_id}/withdraw", {"revision": revision, "reason": "线索不实"}
        )
        if answer.status_code == 200:
            return
        assert answer.get_json()["code"] == "409.1", answer.get_json()


def until(condition: Any, tabs: list[Tab]) -> None:
    give_up = time.monotonic() + 60
    while not condition() and any(tab.is_alive() for tab in tabs):
        assert time.monotonic() < give_up
        time.sleep(0.005)


def receipts_of(world: RealWorld, phone: Phone) -> list[CommandReceipt]:
    mine = select(CommandReceipt).where(CommandReceipt.device_id == phone.device_id)
    with world.database.reading() as work:
        return list(work.session.scalars(mine.order_by(CommandReceipt.sequence)))


def steps_of(world: RealWorld, phone: Phone) -> list[DirectiveStep]:
    mine = select(DirectiveStep).where(DirectiveStep.device_id == phone.device_id)
    with world.database.reading() as work:
        return list(work.session.scalars(mine.order_by(DirectiveStep.revision)))


def hold_each_command_once(
    world: RealWorld, phone: Phone, commands: list[dict[str, Any]], queue: Queue
) -> None:
    """Fifty receipts, one a command; a step for each that was applied or superseded, none for those refused."""
    receipts = receipts_of(world, phone)
    assert [receipt.command_id for receipt in receipts] == [id_of(command) for command in commands]
    assert [receipt.payload for receipt in receipts] == [command["payload"] for command in commands]
    assert {receipt.command_id: json.loads(receipt.answer) for receipt in receipts} == queue.receipts
    stepped = [step.detail["command_id"] for step in steps_of(world, phone)]
    effective = [receipt.command_id for receipt in receipts if receipt.result != "rejected"]
    assert len(stepped) == len(set(stepped)) == EFFECTS
    assert set(stepped) == set(effective)
    results = Counter(receipt.result for receipt in receipts)
    assert results["rejected"] == TOO_EARLY
    assert results["superseded"] > 0, f"the withdrawal met no act: {results}"


def hold_order(world: RealWorld, phone: Phone, commands: list[dict[str, Any]]) -> None:
    """On each order, the steps stand in the order of the taps."""
    tapped = [id_of(command) for command in commands]
    by_order: dict[str, list[str]] = {}
    for step in steps_of(world, phone):
        by_order.setdefault(step.directive_id, []).append(step.detail["command_id"])
    assert len(by_order) == 2
    for happened in by_order.values():
        assert happened == sorted(happened, key=tapped.index)


def hold_replays(world: RealWorld, phone: Phone, commands: list[dict[str, Any]]) -> None:
    """Every command sent once more gets the stored bytes, and nothing changes."""
    before = len(steps_of(world, phone))
    stored = [receipt.answer for receipt in receipts_of(world, phone)]
    for start in (0, EFFECTS):
        part = slice(start, start + EFFECTS)
        answer = phone.post(COMMANDS, {"commands": commands[part]}).get_data(as_text=True)
        assert answer.endswith(f'"results":[{",".join(stored[part])}]}}')
    assert len(steps_of(world, phone)) == before
    assert len(receipts_of(world, phone)) == len(commands)
