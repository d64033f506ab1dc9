"""One order to some of a thousand connected phones: how soon each is rung, has it on record, and its desk sees that.

Each phone does what its page does: it sends a heartbeat now and then, some send positions, and whoever is rung says at
once that it has the order (domain 1.16). Times count from before the order is posted.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from simple_websocket import AioClient, ConnectionClosed  # type: ignore[import-untyped]

from benchmarks.machine import usage_of
from benchmarks.senders import Senders, warm_up
from benchmarks.wire import HttpConnection, RefusedError, listen, post

CONNECTING_AT_ONCE = 50
HEARTBEAT_SECONDS = 25.0
"""As often as the pages of phones send one."""
QUIET_SECONDS = 3.0
PAUSE_SECONDS = 1.0
LONGEST_ROUND_SECONDS = 20.0


class Round:
    """One order on its way to so many phones."""

    def __init__(self, phones: int) -> None:
        self.issued_at = time.monotonic()
        self.order_id: str | None = None
        self.rung: dict[int, float] = {}
        self.received: dict[int, float] = {}
        self.seen: dict[str, float] = {}
        self.over = asyncio.Event()
        self._phones = phones

    def elapsed(self) -> float:
        """Return the seconds since the order was about to be posted."""
        return time.monotonic() - self.issued_at

    def look(self) -> None:
        """Be over once every phone has it on record and the desk saw each of them."""
        if len(self.received) == self._phones == len(self.seen):
            self.over.set()


class Crowd:
    """All the phones; those of the team answer a ring, each on a connection of its own."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.address: str = plan["address"]
        self.phones: list[dict[str, Any]] = plan["phones"]
        self.team: int = plan["team"]
        self.commander: dict[str, str] = plan["commander"]
        host, _, port = self.address.rpartition(":")
        self.connections = [HttpConnection(host, int(port)) for _ in range(self.team)]
        self.desk = HttpConnection(host, int(port))
        self.round = Round(self.team)
        self.failures: dict[str, int] = {}
        self._answering: set[asyncio.Task[None]] = set()
        self._listening: list[asyncio.Task[None]] = []

    async def connect(self) -> None:
        """Connect every phone and the commander; phones of a court do not all come in one moment."""
        at_once = asyncio.Semaphore(CONNECTING_AT_ONCE)
        callers = [(phone["session"]["cookie"], self.of(number)) for number, phone in enumerate(self.phones)]
        callers.append((self.commander["cookie"], self.seen_by_desk))
        for number, (cookie, heard) in enumerate(callers):
            await at_once.acquire()
            concerns = is_ring if number < len(self.phones) else is_delivery
            task = asyncio.create_task(self.stay(cookie, heard, at_once.release, concerns))
            # Who is lost says so below; the others must not wait for it.
            task.add_done_callback(lambda _task: at_once.release())
            self._listening.append(task)
        for _ in range(CONNECTING_AT_ONCE):
            await at_once.acquire()
        if lost := [task for task in self._listening if task.done()]:
            raise RuntimeError(f"{len(lost)} sockets were lost: {lost[0].exception()}")

    async def stay(
        self,
        cookie: str,
        heard: Callable[[str, Any], None],
        ready: Callable[[], None],
        concerns: Callable[[str], bool],
    ) -> None:
        """Stay connected; who is refused comes again, as pages do, and it is counted."""
        while True:
            try:
                await listen(self.address, cookie, heard, ready, concerns, beat)
            except RefusedError:
                self.fail("sockets refused, which came again")
                await asyncio.sleep(PAUSE_SECONDS)

    def of(self, number: int) -> Callable[[str, Any], None]:
        """Return what one phone does with a ring."""

        def heard(_name: str, data: Any) -> None:
            if number >= self.team or number in self.round.rung:
                self.fail("rung though not meant")
                return
            self.round.rung[number] = self.round.elapsed()
            task = asyncio.create_task(self.answer(number, data["data"]["subject_id"]))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

        return heard

    async def answer(self, number: int, subject_id: str) -> None:
        """Say that the phone has the order; it is on record when the server has answered."""
        now, running = datetime.now(UTC), self.round
        item = {
            "subject_kind": "directive",
            "subject_id": subject_id,
            "stage": "device_received",
            "channel": "socket",
            "at": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        request = post("/api/deliveries/receipts", {"items": [item]}, **self.phones[number]["session"])
        status, body = await self.connections[number].send(request)
        if status == 200:
            running.received[number] = running.elapsed()
            running.look()
        else:
            self.fail(f"{status} {body[:120].decode(errors='replace')}")

    def seen_by_desk(self, _name: str, event: Any) -> None:
        """Note which phone the desk sees to have it."""
        if event["data"]["state"] == "device_received":
            self.round.seen.setdefault(event["subject_id"], self.round.elapsed())
            self.round.look()

    async def issue(self, order: dict[str, Any]) -> tuple[Round, float]:
        """Post one order and wait until every phone has it; returns the round and how long the post took."""
        running = self.round = Round(self.team)
        status, body = await self.desk.send(post("/api/directives", order, **self.commander))
        posted = running.elapsed()
        if status != 201:
            raise RuntimeError(body.decode())
        try:
            await asyncio.wait_for(running.over.wait(), LONGEST_ROUND_SECONDS)
        except TimeoutError:
            self.fail("never had by all")
        return running, posted

    def fail(self, reason: str) -> None:
        """Count what went wrong."""
        self.failures[reason] = self.failures.get(reason, 0) + 1

    def close(self) -> None:
        """Let everybody go."""
        lost = [task for task in self._listening if task.done()]
        if lost:
            self.failures["sockets lost"] = len(lost)
        for task in self._listening:
            task.cancel()
        for connection in (*self.connections, self.desk):
            connection.close()


def is_ring(packet: str) -> bool:
    """Tell whether an event rings; the rest of what a page shows is read by each phone itself."""
    return '"kind":"delivery.ring"' in packet[:200]


def is_delivery(packet: str) -> bool:
    """Tell whether an event says how far an order came."""
    return '"kind":"delivery.changed"' in packet[:200]


async def beat(client: AioClient) -> None:
    """Send a heartbeat as often as a page does, beginning anywhere between two of them."""
    await asyncio.sleep(random.uniform(0, HEARTBEAT_SECONDS))
    try:
        while True:
            await client.send(
                '421["heartbeat",' + json.dumps({"sent_at": datetime.now(UTC).isoformat()}) + "]"
            )
            await asyncio.sleep(HEARTBEAT_SECONDS)
    except ConnectionClosed:
        """Whoever reads the socket says so."""


class Walk:
    """Positions of some phones, one a second each, evenly spread, for as long as it is not stopped."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.senders = Senders({**plan, "phones": plan["phones"][: plan["moving"]], "sender": "phone"})
        self._walking: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Set out."""
        await warm_up(self.senders)
        self._walking = [asyncio.create_task(self._one(n)) for n in range(len(self.senders.phones))]

    async def _one(self, number: int) -> None:
        due = time.monotonic() + number / len(self.senders.phones)
        while True:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self.senders.send(number, self.senders.prepare(number)[1])
            due += 1.0

    def stop(self) -> None:
        """Stand still."""
        for task in self._walking:
            task.cancel()
        self.senders.close()


async def ring(plan: dict[str, Any]) -> dict[str, Any]:
    """Connect everybody, let some walk, and give the team one order after another."""
    crowd, walk = Crowd(plan), Walk(plan)
    began = time.monotonic()
    await crowd.connect()
    connecting = time.monotonic() - began
    await walk.start()
    before = usage_of(plan["backend_pid"]).cpu_seconds
    await asyncio.sleep(QUIET_SECONDS)
    core = (usage_of(plan["backend_pid"]).cpu_seconds - before) / QUIET_SECONDS
    rounds, posts, cpu = [], [], []
    for count in range(plan["rounds"]):
        await asyncio.sleep(PAUSE_SECONDS)
        before = usage_of(plan["backend_pid"]).cpu_seconds
        running, posted = await crowd.issue({**plan["order"], "title": f"测速令 {count}"})
        rounds.append(running)
        posts.append(posted)
        cpu.append(usage_of(plan["backend_pid"]).cpu_seconds - before)
    walk.stop()
    crowd.close()
    return {
        "connecting": connecting,
        "core": core,
        "cpu": cpu,
        "posted": posts,
        "rung": [list(one.rung.values()) for one in rounds],
        "received": [list(one.received.values()) for one in rounds],
        "all_seen": [max(one.seen.values(), default=LONGEST_ROUND_SECONDS) for one in rounds],
        "missed": sum(crowd.team - len(one.received) for one in rounds),
        "failures": {**crowd.failures, **walk.senders.failures},
    }
