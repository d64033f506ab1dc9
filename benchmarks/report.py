"""The table of a run: what was measured, as ratios to the two yardsticks of the same run, and the aims beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from benchmarks.measure import Numbers

Values = dict[str, float]


@dataclass(frozen=True)
class Line:
    """One row: its name, the aim if there is one, and how to write it from the numbers."""

    name: str
    aim: str
    write: Callable[[Values], str]


def plain(key: str, unit: str, digits: int = 0) -> Callable[[Values], str]:
    """Write one number with its unit."""
    return lambda values: f"{values[key]:.{digits}f} {unit}".strip()


def pair(key: str) -> Callable[[Values], str]:
    """Write the median and the 99th percentile of milliseconds."""
    return lambda values: f"{values[f'{key}_p50']:.0f} / {values[f'{key}_p99']:.0f} ms"


def median_and_worst(key: str) -> Callable[[Values], str]:
    """Write the median and the worst of some rounds, in milliseconds."""
    return lambda values: f"{values[f'{key}_median']:.0f} / {values[f'{key}_worst']:.0f} ms"


def ratio(key: str, yardstick: str) -> Callable[[Values], str]:
    """Write how many times the yardstick it is."""
    return lambda values: f"{values[key] / values[yardstick]:.2f} ×"


LINES = (
    Line("yardstick: a Flask view on eventlet that does nothing", "", plain("bare_rate", "requests/s")),
    Line("yardstick: one row a commit, no server", "", plain("one_row_rate", "rows/s")),
    Line("single fixes committed, `/api/fixes`", "≥ 500/s", plain("phone_rate", "/s")),
    Line("… against the empty view", "", ratio("phone_rate", "bare_rate")),
    Line("… against one row a commit", "", ratio("phone_rate", "one_row_rate")),
    Line("… answered, p50 / p99", "", pair("phone_answer")),
    Line("… CPU seconds a 1,000, backend", "", plain("phone_cpu", "s", 2)),
    Line("… CPU seconds a 1,000, database's own processes", "", plain("phone_database_cpu", "s", 2)),
    Line("… CPU of the backend against the empty view", "", ratio("phone_cpu", "bare_cpu")),
    Line("single fixes committed, OsmAnd", "≥ 500/s", plain("osmand_rate", "/s")),
    Line("… answered, p50 / p99", "", pair("osmand_answer")),
    Line("… CPU seconds a 1,000, backend", "", plain("osmand_cpu", "s", 2)),
    Line("100 phones at 1 Hz: posted to commander's map, p50 / p99", "p99 < 100 ms", pair("hundred_map")),
    Line("100 phones at 1 Hz: share of one core, backend", "< 25 %", plain("hundred_core", "%", 1)),
    Line("100 phones at 1 Hz: share of one core, database", "", plain("hundred_database_core", "%", 1)),
    Line("100 phones at 1 Hz: positions that never came to the map", "0", plain("hundred_unseen", "")),
    Line("highest rate that holds (on the map within 0.5 s, p99)", "", plain("highest_rate", "/s")),
    Line("… posted to map at that rate, p50 / p99", "", pair("highest_map")),
    Line("order issued to 200 connected phones having it, p50 / p99", "p99 < 300 ms", pair("order")),
    Line("orders that never came to a phone", "0", plain("order_missed", "")),
    Line(
        "1,000 connected phones, 100 at 1 Hz: share of one core, backend", "", plain("thousand_core", "%", 1)
    ),
    Line("… order to 50 of them: rung on the phone, p50 / p99", "", pair("thousand_rung")),
    Line("… `device_received` on record, p50 / p99", "p99 < 1,000 ms", pair("thousand_received")),
    Line("… the desk saw all 50, median / worst of the rounds", "", median_and_worst("thousand_all_seen")),
    Line("… the request that issues it, median / worst", "", median_and_worst("thousand_posted")),
    Line("… phones that never had it on record", "0", plain("thousand_missed", "")),
    Line(
        "… CPU of the backend from the order to its 50th receipt, positions too",
        "",
        plain("thousand_cpu", "ms"),
    ),
    Line("… all 1,000 connected after", "", plain("thousand_connecting", "s", 1)),
    Line("issuing an order, no channel, p50 / p99", "", pair("none_issue")),
    Line("… every channel black-holed, p50 / p99", "", pair("holes_issue")),
    Line("… black-holed against none, p50", "1 ×", ratio("holes_issue_p50", "none_issue_p50")),
    Line("… sendings that hung or waited meanwhile, at least", "", plain("holes_stuck", "")),
    Line("CPU seconds of the worker a turn, no channel", "", plain("none_worker_cpu", "s", 2)),
    Line("… every channel black-holed", "", plain("holes_worker_cpu", "s", 2)),
    Line("from a limit to the breach on record, no channel, p50 / p99", "", pair("none_breach")),
    Line("… every channel black-holed, p50 / p99", "", pair("holes_breach")),
    Line("… black-holed against none, p50", "1 ×", ratio("holes_breach_p50", "none_breach_p50")),
    Line(
        "memory of the backend, at the start / at the end / with 1,000 phones",
        "",
        lambda v: f"{v['memory_start']:.0f} / {v['memory_end']:.0f} / {v['memory_thousand']:.0f} MiB",
    ),
    Line("100,000 running clocks, 200 breaches a minute: a pass, p50 / p99", "", pair("watch_pass")),
    Line("… from the limit to the breach on record, p50 / p99 (a pass a second)", "", pair("watch_lag")),
    Line("… an idle pass", "", plain("watch_idle", "ms", 1)),
    Line(
        "… an idle pass beside 100,000 finished clocks more", "", ratio("watch_idle_finished", "watch_idle")
    ),
)


def table(runs: list[Numbers]) -> str:
    """Write the runs as a Markdown table, a column a run."""
    head = ["", "aim", *(f"{run.database}, {run.mode}" for run in runs)]
    rows = [head, ["---"] * len(head)]
    rows += [[line.name, line.aim, *(cell(line, run) for run in runs)] for line in LINES]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def cell(line: Line, run: Numbers) -> str:
    """Write one number of one run; a dash where it was not measured."""
    try:
        return line.write(run.values)
    except KeyError:
        return "–"


def document(runs: list[Numbers], machine: str, load_before: float, load_after: float) -> str:
    """Write the whole report."""
    failures = [
        f"- {run.database}, {run.mode}: {count} × {reason}"
        for run in runs
        for reason, count in run.failures.items()
    ]
    return "\n".join(
        [
            f"# Measured on {date.today().isoformat()}",  # noqa: DTZ011 - the day of whoever measures
            "",
            machine + ".",
            "",
            "The load, the backend and the database's own processes share these cores; nothing left the machine. Every fix "
            "is a request of its own and is answered only after its commit (SQLite: `synchronous=FULL`; PostgreSQL: "
            "fsync on). Latencies count from when a request was due. The machine's load average was "
            f"{load_before:.1f} before and {load_after:.1f} after: what others did is in these numbers.",
            "",
            table(runs),
            "",
            *(["Requests that were not answered as they should:", "", *failures, ""] if failures else []),
        ]
    )
