"""The worker process: marks broken deadlines, keeps partitions ahead of time, deletes what is outdated; never emits."""

import logging
import select
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from backend.channels.opening import Channels, open_channels
from backend.core.database import Database
from backend.core.logs import set_up_logs
from backend.core.outbox import KEPT, prune_events
from backend.core.serving import stop_signals
from backend.core.settings import SettingError, Settings, load_settings
from backend.deadlines.watcher import ClockWatcher
from backend.delivery.jobs import Sender
from backend.duty.jobs import close_roll_calls
from backend.migrations.run import demand_current
from backend.people.jobs import tidy_sign_ins
from backend.timekeeping.jobs import ClockKeeper
from backend.tracking.partitions import keep_partitions_ahead
from backend.wiring import open_database

log = logging.getLogger(__name__)
Job = Callable[[], object]


def prune_old_events(database: Database) -> None:
    """Delete live events nobody comes back for."""
    prune_events(database, database.clock.now() - KEPT)


def jobs_of(
    database: Database, sender: Sender, should_stop: Callable[[], bool]
) -> tuple[tuple[Job, float], ...]:
    """Return each job with how many seconds lie between two runs."""
    return (
        # Before the watcher: what ran across a jump of the clock is in doubt before it is judged.
        (ClockKeeper(database), 1.0),
        (ClockWatcher(database, should_stop=should_stop), 1.0),
        (sender, 0.5),
        (partial(close_roll_calls, database), 5.0),
        (partial(keep_partitions_ahead, database), 6 * 3600.0),
        (partial(prune_old_events, database), 3600.0),
        (partial(tidy_sign_ins, database), 3600.0),
    )


def channels_of(settings: Settings, database: Database) -> Channels:
    """Open the channels; a gateways file that cannot be used leaves the gateways out, for the clocks must go on.

    Whom they would have told is on the call list then, and `lingda doctor` says the same sentence.
    """
    try:
        return open_channels(settings, database.clock)
    except SettingError as error:
        if settings.gateways is None:
            raise
        log.error("no gateway is used: %s", error)
        return open_channels(replace(settings, gateways=None), database.clock)


def run(database: Database, settings: Settings, channels: Channels, asked_to_stop: socket.socket) -> None:
    """Run every job in its turn until asked to stop; a job that fails is logged and stops no other."""

    def is_asked(seconds: float = 0.0) -> bool:
        return bool(select.select([asked_to_stop], [], [], seconds)[0])

    sender = Sender(database, settings, channels, is_asked)
    jobs = jobs_of(database, sender, is_asked)
    due = [0.0 for _ in jobs]
    pause = 0.0
    while not is_asked(pause):
        for number, (job, seconds) in enumerate(jobs):
            if time.monotonic() < due[number]:
                continue
            due[number] = time.monotonic() + seconds
            try:
                job()
            except Exception:
                log.exception("a job failed: %s", job)
        pause = max(0.0, min(due) - time.monotonic())
    sender.stop()


def main() -> None:
    """Work until asked to stop; a wrong setting is one sentence and exit code 2."""
    set_up_logs()
    asked_to_stop = stop_signals()
    try:
        settings = load_settings()
        database = open_database(settings)
        channels = channels_of(settings, database)
        demand_current(database)
    except SettingError as error:
        log.error("%s", error)
        sys.exit(2)
    log.info("working")
    run(database, settings, channels, asked_to_stop)
    database.close()
    log.info("stopped")


if __name__ == "__main__":
    main()
