"""Every channel black-holed against no channel: whether sendings that nobody answers delay an order, or a deadline.

Two workers take turns on one installation. One has gateways and push services that take every connection and never
answer, with hundreds of sendings on their way to them; the other has no channel. The same orders are issued beside both,
and the same clocks fall due.
"""

import base64
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.deadlines.tables import DeadlineClock
from backend.delivery.tables import Delivery, DeliveryAttempt, DeliveryDevice, PushSubscription
from backend.people.tables import Device
from benchmarks.centre import COURT
from benchmarks.crowd import Rows, keep
from benchmarks.installations import SECRET
from benchmarks.machine import usage_of
from benchmarks.measure import Bench, percentile
from benchmarks.watched import add, clock
from tests.support.http_double import RoughServer, hangs
from tests.support.server_process import Worker
from tests.support.world import ORDER, DeviceKey

PUSH_SERVICES = 4
GATEWAYS = ("sms", "voice")
ORDERS_A_SECOND = 5
CLOCKS_A_SECOND = 3
FIRST_DUE_SECONDS = 0.5
HOLES, NONE = "holes", "none"
TURNS = (NONE, HOLES, HOLES, NONE)
"""Whatever drifts during the run weighs on both alike."""
SECTION = """
[{kind}]
url = "{url}/send"
body = '{{"to": "{{{{mobile}}}}", "text": "{{{{text}}}}"}}'
time_limit_seconds = 1.5
success = {{ status = [200], contains = "ok" }}
"""


def measure_black_holes(bench: Bench, seconds: float) -> None:
    """Note how long issuing an order takes beside each worker, how late breaches are found, and how much was stuck."""
    took: dict[str, list[float]] = {HOLES: [], NONE: []}
    lags: dict[str, list[float]] = {HOLES: [], NONE: []}
    cpu: dict[str, list[float]] = {HOLES: [], NONE: []}
    stuck: list[int] = []
    database, data = bench.installed.database, bench.installed.settings.data
    team = {"court_id": COURT, "team_id": bench.installed.centre.team_id}
    person = {"court_id": COURT, "user_id": one_person(bench)}
    with black_holes(data) as (holes, environment):
        subscribe(bench, holes[:PUSH_SERVICES])
        for number, turn in enumerate(TURNS):
            issue(bench, team, "stuck", 1, 1)
            if turn == HOLES:
                queue_everything(database)
            with Worker(database.url, data, LINGDA_SECRET_KEY=SECRET, **environment[turn]) as worker:
                if turn == HOLES:
                    worker.wait_for(lambda: sum(hole.connections for hole in holes) > 0)
                due, before = fall_due(database, seconds), usage_of(worker.pid).cpu_seconds
                took[turn] += issue(bench, person, f"{turn} {number}", seconds, ORDERS_A_SECOND)
                worker.wait_for(lambda due=due: len(lags_of(database, due)) == len(due))
                cpu[turn].append(usage_of(worker.pid).cpu_seconds - before)
                if turn == HOLES:
                    stuck.append(count_taken(database))
            lags[turn] += lags_of(database, due)
            settle_everything(database)
    values = bench.numbers.values
    values["holes_stuck"] = min(stuck)
    for turn in (HOLES, NONE):
        values[f"{turn}_worker_cpu"] = sum(cpu[turn]) / len(cpu[turn])
        for name, found in (("issue", took[turn]), ("breach", lags[turn])):
            values[f"{turn}_{name}_p50"] = percentile(found, 0.5)
            values[f"{turn}_{name}_p99"] = percentile(found, 0.99)


@contextmanager
def black_holes(data: Path) -> Iterator[tuple[list[RoughServer], dict[str, dict[str, str]]]]:
    """Open what never answers; returns the servers, gateways last, and the environment of each worker."""
    with ExitStack() as stack:
        holes = [stack.enter_context(RoughServer(hangs)) for _ in range(PUSH_SERVICES + len(GATEWAYS))]
        file = data / "gateways.toml"
        file.write_text(
            "".join(
                SECTION.format(kind=kind, url=hole.url)
                for kind, hole in zip(GATEWAYS, holes[PUSH_SERVICES:], strict=True)
            ),
            encoding="utf-8",
        )
        channels = {
            "LINGDA_GATEWAYS": str(file),
            "LINGDA_PUSH_ALLOWED_HOSTS": "127.0.0.1",
            "LINGDA_VAPID_SUBJECT": "mailto:duty@binchuan.gov.cn",
        }
        yield holes, {HOLES: channels, NONE: {}}


def one_person(bench: Bench) -> str:
    """Return the id of the person of a phone."""
    with bench.installed.database.reading() as work:
        return work.session.get_one(Device, bench.installed.centre.phones[-1].device_id).user_id


def issue(bench: Bench, target: dict[str, str], name: str, seconds: float, rate: float) -> list[float]:
    """Issue orders at a steady pace and return how many seconds each request took."""
    order = {**ORDER, "kind": "dispatch", "target": target}
    plan = {"kind": "issue", "name": name, "seconds": seconds, "rate": rate, "order": order}
    took: list[float] = bench.run(plan)["took"]
    return took


def subscribe(bench: Bench, holes: list[RoughServer]) -> None:
    """Let each phone receive its pushes at one of these services."""
    numbers = DeviceKey().private.public_key().public_numbers()
    point = b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")
    now = datetime.now(UTC)
    rows: list[dict[str, Any]] = [
        {
            "device_id": phone.device_id,
            "endpoint": f"http://127.0.0.1:{holes[number % len(holes)].port}/push/{number}",
            "endpoint_sha256": f"{number:064x}",
            "p256dh": base64.urlsafe_b64encode(point).decode().rstrip("="),
            "auth": base64.urlsafe_b64encode(bytes(range(16))).decode().rstrip("="),
            "state": "active",
            "made_at": now,
            "seen_at": now,
        }
        for number, phone in enumerate(bench.installed.centre.phones)
    ]
    keep(bench.installed.database, {PushSubscription: rows})


def queue_everything(database: Database) -> None:
    """Queue, for each delivery under way, a push to each phone and a message and a call to its person, all due now."""
    now = datetime.now(UTC)
    with database.reading() as work:
        devices = work.session.execute(
            select(DeliveryDevice.delivery_id, DeliveryDevice.device_id)
            .join(Delivery, Delivery.id == DeliveryDevice.delivery_id)
            .where(Delivery.settled_at.is_(None))
        ).all()
    sendings: list[tuple[str, str | None, str, str]] = [
        (delivery_id, device_id, "push", "push") for delivery_id, device_id in devices
    ]
    sendings += [(delivery_id, None, "message", "sms") for delivery_id, _ in devices]
    sendings += [(delivery_id, None, "voice", "voice") for delivery_id, _ in devices]
    rows: Rows = {
        DeliveryAttempt: [
            {
                "id": new_identifier(),
                "delivery_id": delivery_id,
                "device_id": device_id,
                "rung": rung,
                "channel": channel,
                "state": "waiting",
                "tries": 0,
                "created_at": now,
                "next_try_at": now,
            }
            for delivery_id, device_id, rung, channel in sendings
        ]
    }
    keep(database, rows)


def fall_due(database: Database, seconds: float) -> list[str]:
    """Add clocks whose limits pass evenly from soon on, for so many seconds; return their ids."""
    begin = datetime.now(UTC) + timedelta(seconds=FIRST_DUE_SECONDS)
    limits = [
        begin + timedelta(seconds=number / CLOCKS_A_SECOND)
        for number in range(int(seconds * CLOCKS_A_SECOND))
    ]
    rows = [clock(due_at - timedelta(minutes=30), due_at) for due_at in limits]
    add(database, iter(rows))
    return [row["id"] for row in rows]


def lags_of(database: Database, clock_ids: list[str]) -> list[float]:
    """Return how many seconds after its limit each of these clocks was found broken, those that were."""
    with database.reading() as work:
        found = work.session.execute(
            select(DeadlineClock.detected_at, DeadlineClock.due_at).where(
                DeadlineClock.id.in_(clock_ids), DeadlineClock.detected_at.is_not(None)
            )
        ).all()
    return [(detected_at - due_at).total_seconds() for detected_at, due_at in found if detected_at]


def count_taken(database: Database) -> int:
    """Return how many sendings were handed to a channel and have neither arrived nor been given up."""
    with database.reading() as work:
        return work.session.execute(
            select(func.count())
            .select_from(DeliveryAttempt)
            .where(DeliveryAttempt.tries > 0, DeliveryAttempt.finished_at.is_(None))
        ).scalar_one()


def settle_everything(database: Database) -> None:
    """End what is under way, so that the next turn begins like the first."""
    now = datetime.now(UTC)
    with database.engine.execution_options(lingda_writing=True).begin() as connection:
        connection.execute(
            update(Delivery)
            .where(Delivery.settled_at.is_(None))
            .values(settled_at=now, settled_by="closed", next_look_at=None)
        )
        connection.execute(
            update(DeliveryAttempt)
            .where(DeliveryAttempt.finished_at.is_(None))
            .values(state="moot", next_try_at=None, finished_at=now)
        )
