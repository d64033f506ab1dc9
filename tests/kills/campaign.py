"""A campaign of kills against one installation: backend, worker and database server die at random moments, again and again."""

import random
import threading
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update

from backend.core.permissions import SYSTEM
from backend.core.problems import Problem
from backend.deadlines.rules import ClockState
from backend.deadlines.tables import DeadlineClock
from tests.kills.audit import hold_against
from tests.kills.ledger import Ledger, clients_of
from tests.support.postgis import Cluster
from tests.support.real_world import RealWorld
from tests.support.server_process import Backend, Worker

WORKER_KILLS_A_ROUND = 3
DIES_WHILE_STARTING = 0.15
LONGEST_START_SECONDS = 1.2
LONGEST_WORK_SECONDS = 0.4
DATABASE_DIES_EVERY = 5


class Campaign:
    """One installation that is killed for `rounds` rounds or until `deadline`; its ledger is held against it at the end."""

    def __init__(self, url: str, data: Path, seed: int, cluster: Cluster | None = None) -> None:
        self.url = url
        self.chance = random.Random(seed)
        self.seed = seed
        self.cluster = cluster
        self.backend = Backend(url, data)
        self.worker = Worker(url, data)
        self.ledger = Ledger()
        self.up = threading.Event()
        self.kills = 0
        self.database_kills = 0
        self.rounds = 0

    def run(self, rounds: int, deadline: float) -> None:
        """Kill for at least so many rounds and until the deadline, then compare row by row."""
        with self.backend, RealWorld(self.url, self.backend.url) as world, self.worker:
            clients = clients_of(world, self.ledger, self.seed, self.up)
            self.up.set()
            for client in clients:
                client.thread.start()
            while self.rounds < rounds or time.monotonic() < deadline:
                self.one_round(world)
                assert not any(client.error for client in clients), [client.error for client in clients]
            self.start_again()
            for client in clients:
                client.finish()
            self.worker.wait_for(lambda: not overdue(world))
            self.worker.terminate()
            assert self.worker.wait() == 0
            hold_against(self.ledger, world)

    def one_round(self, world: RealWorld) -> None:
        """Let limits pass, let everything die at moments of its own, and see it come up again."""
        self.rounds += 1
        let_limits_pass(world)
        for _ in range(WORKER_KILLS_A_ROUND):
            self.work_for(LONGEST_WORK_SECONDS)
            self.worker.kill()
            self.kills += 1
            self.worker.launch()
        if self.cluster is not None and self.rounds % DATABASE_DIES_EVERY == 0:
            self.work_for(LONGEST_WORK_SECONDS)
            self.cluster.kill()
            self.database_kills += 1
            self.work_for(LONGEST_WORK_SECONDS)
            self.cluster.start()
        self.work_for(LONGEST_WORK_SECONDS)
        self.backend.kill()
        self.up.clear()
        self.kills += 1
        if self.chance.random() < DIES_WHILE_STARTING:
            self.backend.launch()
            self.work_for(LONGEST_START_SECONDS)
            self.backend.kill()
            self.kills += 1
        self.backend.environment["LINGDA_ASYNC_MODE"] = self.chance.choice(
            ["eventlet", "eventlet", "threading"]
        )
        self.backend.start()
        self.up.set()

    def start_again(self) -> None:
        """Bring everything up for the end."""
        self.worker.kill()
        self.worker.start()

    def work_for(self, longest: float) -> None:
        """Let everything run for a random while: the moment of the kill is what this test draws by lot."""
        time.sleep(self.chance.uniform(0, longest))


def let_limits_pass(world: RealWorld) -> None:
    """Make the running limits end in a moment, so that the workers always have something to mark."""
    running = DeadlineClock.state == ClockState.RUNNING
    try:
        with world.database.writing() as work:
            work.authorise_by_rule("the test lets time pass")
            work.audit(SYSTEM, "test.age", "lead", "all", "binchuan")
            moments = {
                "started_at": work.now - timedelta(hours=1),
                "due_at": work.now + timedelta(milliseconds=200),
                "warnings": [],
                "next_look_at": work.now + timedelta(milliseconds=200),
            }
            work.session.execute(update(DeadlineClock).where(running).values(**moments))
    except Problem:
        # Everything may be dying at this moment; there is another round.
        return


def overdue(world: RealWorld) -> list[str]:
    """Return the clocks that ended and that no worker has marked yet."""
    with world.database.reading() as work:
        running = select(DeadlineClock.id).where(
            DeadlineClock.state == ClockState.RUNNING, DeadlineClock.due_at < work.now
        )
        return list(work.session.scalars(running))
