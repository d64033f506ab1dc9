"""The measurements: each runs the load in its own process against a real server and returns plain numbers."""

import json
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.installations import SECRET, Installation
from benchmarks.machine import usage_of
from tests.support.backend_process import BackendProcess, free_port
from tests.support.world import ORDER

HOLDS_BELOW_SECONDS = 0.5
HOLDS_SHARE = 0.98


def percentile(values: list[float], share: float) -> float:
    """Return the value below which that share lies, in milliseconds; NaN of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


@dataclass
class Numbers:
    """Everything one database in one mode showed; milliseconds, MiB, CPU seconds."""

    database: str
    mode: str
    values: dict[str, float] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)


def run_load(plan: dict[str, Any]) -> Any:
    """Run one plan in a process of its own and return what it saw."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the load ended with an error:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


class Bench:
    """One running backend of an installation under measurement."""

    def __init__(self, installed: Installation, kind: str, mode: str) -> None:
        self.numbers = Numbers(kind, mode)
        self.moved_to(installed)

    def moved_to(self, installed: Installation) -> "Bench":
        """Let what is measured from now on be a server of this installation, not started yet; the numbers stay."""
        self.installed = installed
        self.server = BackendProcess(
            installed.settings.database_url,
            installed.settings.data,
            self.numbers.mode,
            LINGDA_SECRET_KEY=SECRET,
        )
        return self

    def __enter__(self) -> "Bench":
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    def run(self, plan: dict[str, Any]) -> Any:
        """Run a plan against this backend and return what it saw."""
        cluster = self.installed.cluster
        seen = run_load(
            {
                "address": self.server.address,
                "backend_pid": self.server.pid,
                "database_pid": cluster.pid if cluster else None,
                "commander": asdict(self.installed.centre.commander),
                **plan,
            }
        )
        for reason, count in seen.get("failures", {}).items():
            self.numbers.failures[reason] = self.numbers.failures.get(reason, 0) + count
        return seen

    def phones(self, count: int) -> list[dict[str, Any]]:
        """Return the first so many phones as a plan names them."""
        return [asdict(phone) for phone in self.installed.centre.phones[:count]]

    def flood(self, sender: str, connections: int, seconds: float) -> None:
        """Measure how many single fixes a second are committed when each phone waits for its answer only."""
        plan = {"kind": "flood", "sender": sender, "phones": self.phones(connections), "seconds": seconds}
        seen = self.run(plan)
        values = self.numbers.values
        values[f"{sender}_rate"] = seen["kept"] / seen["seconds"]
        values[f"{sender}_answer_p50"] = percentile(seen["answer"], 0.5)
        values[f"{sender}_answer_p99"] = percentile(seen["answer"], 0.99)
        values[f"{sender}_cpu"] = seen["backend_cpu"] / max(seen["kept"], 1) * 1000
        values[f"{sender}_database_cpu"] = seen["database_cpu"] / max(seen["kept"], 1) * 1000

    def hundred_phones(self, seconds: float) -> None:
        """Measure 100 phones at 1 Hz with a commander watching: time to the map, and the share of one core."""
        seen = self.run(self.paced_plan(100, seconds))
        values = self.numbers.values
        values["hundred_map_p50"] = percentile(seen["map"], 0.5)
        values["hundred_map_p99"] = percentile(seen["map"], 0.99)
        values["hundred_unseen"] = seen["unseen"]
        values["hundred_core"] = seen["backend_cpu"] / seen["seconds"] * 100
        values["hundred_database_core"] = seen["database_cpu"] / seen["seconds"] * 100
        values["hundred_cpu"] = seen["backend_cpu"] / max(seen["kept"], 1) * 1000

    def paced_plan(self, rate: float, seconds: float) -> dict[str, Any]:
        """Return the plan of 100 phones that send so many fixes a second together."""
        return {
            "kind": "paced",
            "sender": "phone",
            "phones": self.phones(100),
            "rate": rate,
            "seconds": seconds,
        }

    def highest_rate(self, seconds: float, first: float = 250, finest: float = 1.2) -> None:
        """Find the highest rate that holds: all kept in time, and on the map within half a second (p99)."""
        holds, fails, rate = 0.0, float("inf"), first
        while rate < 10_000 and fails > holds * finest and rate > first / 10:
            seen = self.run(self.paced_plan(rate, seconds))
            in_time = seen["kept"] >= HOLDS_SHARE * rate * seconds and seen["seconds"] < seconds + 1
            if in_time and percentile(seen["map"], 0.99) < HOLDS_BELOW_SECONDS * 1000:
                holds = rate
                self.numbers.values["highest_map_p99"] = percentile(seen["map"], 0.99)
                self.numbers.values["highest_map_p50"] = percentile(seen["map"], 0.5)
            else:
                fails = rate
            rate = holds * 2 if fails == float("inf") else (holds + fails) / 2
        self.numbers.values["highest_rate"] = holds

    def orders(self, count: int) -> None:
        """Measure from issuing an order to every connected phone of the team having it."""
        centre = self.installed.centre
        order = {**ORDER, "kind": "dispatch", "target": {"court_id": "binchuan", "team_id": centre.team_id}}
        seen = self.run(
            {"kind": "orders", "phones": self.phones(len(centre.phones)), "count": count, "order": order}
        )
        values = self.numbers.values
        values["order_p50"] = percentile(seen["received"], 0.5)
        values["order_p99"] = percentile(seen["received"], 0.99)
        values["order_missed"] = seen["missed"]

    def memory(self, name: str) -> None:
        """Note the memory of the server now."""
        self.numbers.values[f"memory_{name}"] = usage_of(self.server.pid).resident_mib


def bare_rate(phones: list[dict[str, Any]], seconds: float) -> tuple[float, float]:
    """Return requests a second, and CPU seconds per 1,000, of a Flask view on eventlet that does nothing."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.bare", str(port)])
    plan = {
        "kind": "flood",
        "sender": "bare",
        "address": f"127.0.0.1:{port}",
        "phones": phones,
        "seconds": seconds,
    }
    try:
        _wait_for(port)
        seen = run_load({**plan, "backend_pid": process.pid, "database_pid": None})
        return seen["kept"] / seen["seconds"], seen["backend_cpu"] / max(seen["kept"], 1) * 1000
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the bare server did not start")
