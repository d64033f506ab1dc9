"""Clients that never give up, and the ledger they keep outside the server of everything it acknowledged to them."""

import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from tests.support.real_world import RealWorld
from tests.support.world import LEAD, Client, Phone

AGAIN_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 0.05
LONGEST_OUTAGE_SECONDS = 120
FIX_STEP = timedelta(milliseconds=250)


@dataclass
class Ledger:
    """What the server said it has: answers by command, leads by id, positions by device and instant."""

    answers: dict[str, str] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    fixes: dict[tuple[str, datetime], tuple[float, float]] = field(default_factory=dict)
    repeats: int = 0
    """Requests that had to be made again: the answer, or the request itself, was lost in a kill."""

    def note_answer(self, command: dict[str, Any], answer: dict[str, Any]) -> None:
        """Keep an answer; the same command may never get another one."""
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        command_id = json.loads(command["payload"])["command_id"]
        known = self.answers.setdefault(command_id, text)
        assert known == text, f"two answers to one command:\n{known}\n{text}"


class Worker:
    """One client: a thread that makes things, sends each until it is acknowledged, and ends when told."""

    def __init__(self, ledger: Ledger, seed: int, up: threading.Event) -> None:
        self.ledger = ledger
        self.up = up
        self.chance = random.Random(seed)
        self.stopping = threading.Event()
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def finish(self) -> None:
        """Let what was begun be acknowledged, then end; raise what went wrong on the way."""
        self.stopping.set()
        self.thread.join(120)
        assert not self.thread.is_alive(), "a client is still waiting for its acknowledgement"
        if self.error is not None:
            raise self.error

    def _run(self) -> None:
        try:
            while not self.stopping.wait(self.chance.uniform(0, LONGEST_PAUSE_SECONDS)):
                self.make_and_send()
        except BaseException as error:  # noqa: BLE001 - raised again by finish()
            self.error = error

    def make_and_send(self) -> None:
        """Make one thing and see it through."""
        raise NotImplementedError

    def until_acknowledged(self, send: Callable[[], Any]) -> Any:
        """Send until the server answers 200; everything else is a reason to send again."""
        while True:
            try:
                answer = send()
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code == 200:
                return answer.get_json()
            assert answer is None or answer.status_code >= 500, answer.get_data(as_text=True)
            self.wait_before_the_repetition()

    def send_commands(self, client: Client, commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send a batch until each command has its final answer."""
        while True:
            results = self.until_acknowledged(lambda: client.post("/api/commands", {"commands": commands}))[
                "results"
            ]
            for command, result in zip(commands, results, strict=True):
                if result["result"] != "retry":
                    self.ledger.note_answer(command, result)
            if all(result["result"] != "retry" for result in results):
                return list(results)
            self.wait_before_the_repetition()

    def wait_before_the_repetition(self) -> None:
        """Wait a moment, and as long as nothing runs that could answer."""
        self.ledger.repeats += 1
        time.sleep(AGAIN_SECONDS)
        assert self.up.wait(LONGEST_OUTAGE_SECONDS), "the server did not come up again"


class NoteWriter(Worker):
    """An officer who adds notes to an order, up to five in a batch."""

    def __init__(self, ledger: Ledger, seed: int, up: threading.Event, phone: Phone, order_id: str) -> None:
        super().__init__(ledger, seed, up)
        self.phone = phone
        self.order_id = order_id

    def make_and_send(self) -> None:
        """Send a batch of notes."""
        texts = [f"笔记 {new_identifier()}" for _ in range(self.chance.randint(1, 5))]
        commands = [self.phone.command("directive.note", self.order_id, {"text": text}) for text in texts]
        for result, text in zip(self.send_commands(self.phone, commands), texts, strict=True):
            assert result["result"] == "applied", result
            self.ledger.notes[result["command_id"]] = text


class LeadWriter(Worker):
    """A duty desk that registers leads through its outbox."""

    def __init__(self, ledger: Ledger, seed: int, up: threading.Event, desk: Client) -> None:
        super().__init__(ledger, seed, up)
        self.desk = desk
        self.device_id = f"desk-{new_identifier()}"
        self.sequence = 0

    def make_and_send(self) -> None:
        """Register one lead."""
        self.sequence += 1
        lead_id, content, now = new_identifier(), f"线索 {new_identifier()}", to_wire(datetime.now(UTC))
        payload = {
            "schema": 1,
            "command_id": new_identifier(),
            "device_id": self.device_id,
            "sequence": self.sequence,
            "type": "lead.register",
            "subject_id": lead_id,
            "body": {**LEAD, "received_at": now, "content": content},
            "made_at": now,
        }
        command = {"payload": json.dumps(payload, ensure_ascii=False), "signature": None}
        [result] = self.send_commands(self.desk, [command])
        assert result["result"] == "applied", result
        self.ledger.leads[lead_id] = content


class FixSender(Worker):
    """A phone that sends its positions in batches, each until it is acknowledged."""

    def __init__(self, ledger: Ledger, seed: int, up: threading.Event, phone: Phone) -> None:
        super().__init__(ledger, seed, up)
        self.phone = phone
        self.at = (datetime.now(UTC) - timedelta(hours=20)).replace(microsecond=0)

    def make_and_send(self) -> None:
        """Send a batch of positions along a road."""
        fixes = {}
        for _ in range(self.chance.randint(1, 8)):
            self.at += FIX_STEP
            fixes[self.phone.device_id, self.at] = (
                round(100.5 + self.chance.random() / 10, 6),
                round(25.8 + self.chance.random() / 10, 6),
            )
        body = {
            "device_id": self.phone.device_id,
            "fixes": [
                {"fixed_at": to_wire(at), "longitude": longitude, "latitude": latitude, "accuracy_m": 8}
                for (_, at), (longitude, latitude) in fixes.items()
            ],
        }
        answer = self.until_acknowledged(lambda: self.phone.post("/api/fixes", body))
        assert answer["stored"] + answer["duplicates"] == len(fixes), answer
        self.ledger.fixes |= fixes


def clients_of(world: RealWorld, ledger: Ledger, seed: int, up: threading.Event) -> list[Worker]:
    """Two officers with notes, one desk with leads, one phone with positions: all before one server."""
    order = world.order_out(world.sign_in("binchuan.commander"))
    return [
        NoteWriter(ledger, seed + 1, up, world.phone("binchuan.officer1"), order["id"]),
        NoteWriter(ledger, seed + 2, up, world.phone("binchuan.officer2"), order["id"]),
        LeadWriter(ledger, seed + 3, up, world.sign_in("binchuan.duty")),
        FixSender(ledger, seed + 4, up, world.phone("binchuan.teamleader1")),
    ]
