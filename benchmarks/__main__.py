"""`python -m benchmarks`: measure both databases (five minutes), print the table and write it to benchmarks/results."""

import argparse
import sys
from datetime import date
from functools import partial
from pathlib import Path

from backend.core.settings import ASYNC_MODES
from benchmarks import thousand
from benchmarks.black_holes import measure_black_holes
from benchmarks.centre import fill
from benchmarks.crowd import fill_crowd
from benchmarks.installations import DATABASES, installation
from benchmarks.machine import describe, load_average
from benchmarks.measure import Bench, Numbers, bare_rate
from benchmarks.one_row import rows_a_second
from benchmarks.report import document
from benchmarks.watched import measure_watcher

PHONES = 200
CONNECTIONS = 100
RESULTS = Path(__file__).with_name("results")


def measure(kind: str, mode: str, seconds: float) -> Numbers:
    """Measure one database in one mode; the yardsticks are taken right before, on the same machine and disk."""
    say(f"{kind}, {mode}: making an installation with {PHONES} phones")
    with installation(kind, partial(fill, phones=PHONES)) as installed, Bench(installed, kind, mode) as bench:
        bench.memory("start")
        say("yardsticks")
        values = bench.numbers.values
        values["bare_rate"], values["bare_cpu"] = bare_rate(bench.phones(CONNECTIONS), seconds / 2)
        values["one_row_rate"] = rows_a_second(installed.database, seconds / 2)
        for sender in ("phone", "osmand"):
            say(f"single fixes, {sender}")
            bench.flood(sender, CONNECTIONS, seconds)
        say("100 phones at 1 Hz")
        bench.hundred_phones(2 * seconds)
        say("the highest rate that holds")
        bench.highest_rate(seconds * 0.75)
        say("orders to every phone")
        bench.orders(10)
        bench.memory("end")
        say("the watcher of clocks")
        values.update(measure_watcher(installed.database, 4 * seconds))
    say(f"{kind}, {mode}: making an installation with {thousand.PHONES} phones")
    fill_it = partial(fill_crowd, phones=thousand.PHONES, team=thousand.TEAM)
    with installation(kind, fill_it) as installed, bench.moved_to(installed):
        say("an order to some of a thousand connected phones")
        thousand.measure_thousand(bench)
        say("every channel black-holed, against none")
        measure_black_holes(bench, seconds)
    return bench.numbers


def say(text: str) -> None:
    """Tell what is being done; the report itself goes to standard output."""
    print(f"  {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Read the options, measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--mode", choices=[*ASYNC_MODES, "both"], default="eventlet")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each measurement (default 5)")
    options = parser.parse_args()
    databases = DATABASES if options.database == "both" else [options.database]
    modes = ASYNC_MODES if options.mode == "both" else [options.mode]
    before = load_average()
    runs = [measure(kind, mode, options.seconds) for kind in databases for mode in modes]
    report = document(runs, describe(), before, load_average())
    print(report)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{date.today().isoformat()}.md"  # noqa: DTZ011 - the day of whoever measures
    path.write_text(report, encoding="utf-8")
    say(f"written to {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


if __name__ == "__main__":
    main()
