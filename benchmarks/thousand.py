"""A thousand connected phones, a hundred of them moving, and an order to fifty: what a full court asks of one backend."""

from statistics import median

from benchmarks.installations import SECRET
from benchmarks.measure import Bench, percentile
from tests.support.server_process import Worker
from tests.support.world import ORDER

PHONES = 1_000
MOVING = 100
TEAM = 50
ROUNDS = 6


def measure_thousand(bench: Bench) -> None:
    """Note how soon each of the team's phones is rung and has the order on record, beside a worker without channels."""
    installed = bench.installed
    order = {
        **ORDER,
        "kind": "dispatch",
        "target": {"court_id": "binchuan", "team_id": installed.centre.team_id},
    }
    settings = installed.settings
    with Worker(settings.database_url, settings.data, LINGDA_SECRET_KEY=SECRET):
        seen = bench.run(
            {
                "kind": "ring",
                "phones": bench.phones(PHONES),
                "moving": MOVING,
                "team": TEAM,
                "rounds": ROUNDS,
                "order": order,
            }
        )
    values = bench.numbers.values
    values["thousand_core"] = seen["core"] * 100
    values["thousand_connecting"] = seen["connecting"]
    values["thousand_cpu"] = median(seen["cpu"]) * 1000
    values["thousand_missed"] = seen["missed"]
    for name in ("rung", "received"):
        every = [seconds for one in seen[name] for seconds in one]
        values[f"thousand_{name}_p50"] = percentile(every, 0.5)
        values[f"thousand_{name}_p99"] = percentile(every, 0.99)
    for name in ("posted", "all_seen"):
        values[f"thousand_{name}_median"] = median(seen[name]) * 1000
        values[f"thousand_{name}_worst"] = max(seen[name]) * 1000
    bench.memory("thousand")
