"""The load, in a process of its own: reads a plan as JSON on standard input, writes what it saw as JSON.

Times are taken from when a request should have been sent, not from when it could be (a stalled server is not excused).
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.issuing import issue
from benchmarks.machine import cpu_seconds_of_children, usage_of
from benchmarks.ring import ring
from benchmarks.senders import Senders, warm_up
from benchmarks.wire import HttpConnection, listen, post

SETTLE_SECONDS = 2.0
LONGEST_ORDER_SECONDS = 20.0
PAUSE_SECONDS = 0.3


class Watch:
    """The commander's socket: when each device's position was seen on the map."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[tuple[str, float]]] = {}
        self.latencies: list[float] = []

    def expect(self, device_id: str, fixed_at: str, since: float) -> None:
        """A position was given to the server; its time on the map counts from `since`."""
        self.waiting.setdefault(device_id, []).append((fixed_at, since))

    def heard(self, name: str, data: Any) -> None:
        """A later position of a device stands for those before it: the map shows the newest."""
        if name != "fixes":
            return
        now = time.monotonic()
        for position in data:
            waiting = self.waiting.get(position["device_id"], [])
            self.latencies += [now - since for fixed_at, since in waiting if fixed_at <= position["fixed_at"]]
            waiting[:] = [entry for entry in waiting if entry[0] > position["fixed_at"]]

    @property
    def unseen(self) -> int:
        """How many positions never came to the map."""
        return sum(len(entries) for entries in self.waiting.values())


async def flood(plan: dict[str, Any]) -> dict[str, Any]:
    """Every sender sends its next fix as soon as the last one is kept, for so many seconds."""
    senders = Senders(plan)
    latencies: list[float] = []
    await warm_up(senders)
    before, begin = cpu_seconds(plan), time.monotonic()
    end = begin + plan["seconds"]

    async def one(number: int) -> None:
        while (begin := time.monotonic()) < end:
            if await senders.send(number, senders.prepare(number)[1]):
                latencies.append(time.monotonic() - begin)

    await asyncio.gather(*(one(number) for number in range(len(senders.phones))))
    seconds = time.monotonic() - begin
    backend_cpu, database_cpu = (after - used for after, used in zip(cpu_seconds(plan), before, strict=True))
    senders.close()
    return {
        "kept": len(latencies),
        "seconds": seconds,
        "answer": latencies,
        "backend_cpu": backend_cpu,
        "database_cpu": database_cpu,
        "failures": senders.failures,
    }


async def paced(plan: dict[str, Any]) -> dict[str, Any]:
    """All senders together send `rate` fixes a second, evenly spread, while the commander watches the map."""
    senders, watch, ready = Senders(plan), Watch(), asyncio.Event()
    watching = asyncio.create_task(
        listen(plan["address"], plan["commander"]["cookie"], watch.heard, ready.set)
    )
    await ready.wait()
    count, kept, answer = len(senders.phones), 0, []
    await warm_up(senders)
    before = cpu_seconds(plan)
    begin = time.monotonic() + 0.2

    async def one(number: int) -> None:
        nonlocal kept
        due = begin + number / plan["rate"]
        while due < begin + plan["seconds"]:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            fixed_at, request = senders.prepare(number)
            # Before it is sent: the map may show it before the answer is read here.
            watch.expect(senders.device_of(number), fixed_at, due)
            if await senders.send(number, request):
                kept += 1
                answer.append(time.monotonic() - due)
            due += count / plan["rate"]

    await asyncio.gather(*(one(number) for number in range(count)))
    seconds = time.monotonic() - begin
    backend_cpu, database_cpu = (after - used for after, used in zip(cpu_seconds(plan), before, strict=True))
    await asyncio.sleep(SETTLE_SECONDS)
    watching.cancel()
    senders.close()
    return {
        "kept": kept,
        "seconds": seconds,
        "answer": answer,
        "map": watch.latencies,
        "unseen": watch.unseen,
        "backend_cpu": backend_cpu,
        "database_cpu": database_cpu,
        "failures": senders.failures,
    }


def cpu_seconds(plan: dict[str, Any]) -> tuple[float, float]:
    """Return the CPU seconds so far of the backend and of the database's own processes (0 where it has none)."""
    database = cpu_seconds_of_children(plan["database_pid"]) if plan["database_pid"] else 0.0
    return usage_of(plan["backend_pid"]).cpu_seconds, database


class Inbox:
    """All phones of a team: which of them still wait for the order just given, and how long the others did."""

    def __init__(self, phones: int) -> None:
        self.phones = phones
        self.waiting: set[int] = set()
        self.latencies: list[float] = []
        self.everybody_has_it = asyncio.Event()
        self._title, self._issued_at = "", 0.0

    def expect(self, title: str) -> None:
        """From now on every phone waits for the order of this title."""
        self.waiting = set(range(self.phones))
        self.everybody_has_it.clear()
        self._title, self._issued_at = title, time.monotonic()

    def of(self, number: int) -> Callable[[str, Any], None]:
        """Return what one phone does with an event."""

        def heard(name: str, data: Any) -> None:
            if name != "event" or data["kind"] != "directive.changed" or data["data"]["title"] != self._title:
                return
            if number in self.waiting:
                self.latencies.append(time.monotonic() - self._issued_at)
                self.waiting.discard(number)
            if not self.waiting:
                self.everybody_has_it.set()

        return heard


async def orders(plan: dict[str, Any]) -> dict[str, Any]:
    """Every phone is connected; the commander gives all of them one order after another."""
    phones, address = plan["phones"], plan["address"]
    inbox, connected, missed = Inbox(len(phones)), asyncio.Semaphore(0), 0
    listening = [
        asyncio.create_task(listen(address, phone["session"]["cookie"], inbox.of(number), connected.release))
        for number, phone in enumerate(phones)
    ]
    for _ in phones:
        await connected.acquire()
    host, _, port = address.rpartition(":")
    desk = HttpConnection(host, int(port))
    for count in range(plan["count"]):
        title = f"测速指令 {count}"
        request = post("/api/directives", {**plan["order"], "title": title}, **plan["commander"])
        await asyncio.sleep(PAUSE_SECONDS)
        inbox.expect(title)
        status, answer = await desk.send(request)
        if status != 201:
            raise RuntimeError(answer.decode())
        try:
            await asyncio.wait_for(inbox.everybody_has_it.wait(), LONGEST_ORDER_SECONDS)
        except TimeoutError:
            missed += len(inbox.waiting)
    for task in listening:
        task.cancel()
    desk.close()
    return {"received": inbox.latencies, "missed": missed}


KINDS = {"flood": flood, "paced": paced, "orders": orders, "ring": ring, "issue": issue}


def main() -> None:
    """Run the plan on standard input."""
    plan = json.load(sys.stdin)
    json.dump(asyncio.run(KINDS[plan["kind"]](plan)), sys.stdout)


if __name__ == "__main__":
    main()
