"""The worker process: marks broken deadlines, keeps partitions ahead of time, deletes what is outdated; never emits."""

import logging
import select
import socket
import sys
import time
from collections.abc import Callable

from backend.core.database import Database
from backend.core.logs import set_up_logs
from backend.core.outbox import KEPT, prune_events
from backend.core.serving import stop_signals
from backend.core.settings import SettingError, load_settings
from backend.deadlines.jobs import mark_breaches
from backend.migrations.run import demand_current
from backend.people.jobs import tidy_sign_ins
from backend.tracking.partitions import keep_partitions_ahead
from backend.wiring import open_database

log = logging.getLogger(__name__)


def prune_old_events(database: Database) -> None:
    """Delete live events nobody comes back for."""
    prune_events(database, database.clock.now() - KEPT)


JOBS: tuple[tuple[Callable[[Database], object], float], ...] = (
    (mark_breaches, 1.0),
    (keep_partitions_ahead, 6 * 3600.0),
    (prune_old_events, 3600.0),
    (tidy_sign_ins, 3600.0),
)
"""Each job with how many seconds lie between two runs."""


def run(database: Database, asked_to_stop: socket.socket) -> None:
    """Run every job in its turn until asked to stop; a job that fails is logged and stops no other."""
    due = {job: 0.0 for job, _ in JOBS}
    pause = 0.0
    while not select.select([asked_to_stop], [], [], pause)[0]:
        for job, seconds in JOBS:
            if time.monotonic() < due[job]:
                continue
            due[job] = time.monotonic() + seconds
            try:
                job(database)
            except Exception:
                log.exception("the job %s failed", job.__name__)
        pause = max(0.0, min(due.values()) - time.monotonic())


def main() -> None:
    """Work until asked to stop; a wrong setting is one sentence and exit code 2."""
    set_up_logs()
    asked_to_stop = stop_signals()
    try:
        database = open_database(load_settings())
        demand_current(database)
    except SettingError as error:
        log.error("%s", error)
        sys.exit(2)
    log.info("working")
    run(database, asked_to_stop)
    database.close()
    log.info("stopped")


if __name__ == "__main__":
    main()
