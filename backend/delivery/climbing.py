"""The climber of ladders: each rung of each delivery exactly once, by any number of workers (design.md 1, principle 3).

A delivery says itself when it needs the next look. A rung and what it queues or tells is one commit: a worker that dies
leaves the rung climbed with everything it sends, or not climbed at all.
"""

import logging
from collections.abc import Callable, Collection

from sqlalchemy import select

from backend.core.database import Database, UnitOfWork
from backend.core.permissions import SYSTEM
from backend.delivery.describe import standing_of
from backend.delivery.rules import SENDING, Rung, RungName, Settled, ladders
from backend.delivery.sending import queue_gateways, queue_pushes
from backend.delivery.service import action_of, changed, look_again, settle_row
from backend.delivery.tables import Delivery
from backend.delivery.telling import alarm
from backend.people.views import addresses_of

log = logging.getLogger(__name__)
PER_LOOK = 200
ADDRESS_OF = {"wecom": "message_account"}
"""What a gateway needs of a person; every other one needs the number of a telephone."""


class LadderClimber:
    """One a worker; `gateways` are the names of the installation's gateways."""

    def __init__(
        self,
        database: Database,
        gateways: Collection[str] = (),
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.database = database
        self.gateways = gateways
        self.should_stop = should_stop

    def __call__(self) -> int:
        """Climb everything that is due and return how many deliveries moved; one that fails stops no other."""
        with self.database.reading() as work:
            due = list(
                work.session.execute(
                    select(Delivery.id)
                    .where(Delivery.next_look_at <= work.now)
                    .order_by(Delivery.next_look_at, Delivery.id)
                    .limit(PER_LOOK)
                ).scalars()
            )
        moved = 0
        for delivery_id in due:
            if self.should_stop():
                break
            try:
                with self.database.writing() as work:
                    moved += self._climb(work, delivery_id)
            except Exception:
                log.exception("the delivery %s could not climb", delivery_id)
        return moved

    def _climb(self, work: UnitOfWork, delivery_id: str) -> bool:
        row = work.session.execute(
            select(Delivery)
            .where(Delivery.id == delivery_id, Delivery.next_look_at <= work.now)
            .with_for_update(skip_locked=True)
        ).scalar_one_or_none()
        if row is None:
            return False
        work.authorise_by_rule("a ladder climbs by itself")
        rungs = standing_of(row).due(ladders()[row.ladder], work.now)
        for rung in rungs:
            row.climbed = [*row.climbed, rung.name]
            changed(work, SYSTEM, row, action_of(row, "climb"), rung=rung.name, **self._do(work, row, rung))
        look_again(row)
        if not rungs and row.ladder == "test" and row.deadline_at is not None and row.deadline_at <= work.now:
            settle_row(work, row, Settled.CLOSED)
            changed(work, SYSTEM, row, action_of(row, "close"))
        return True

    def _do(self, work: UnitOfWork, row: Delivery, rung: Rung) -> dict[str, object]:
        """Queue or tell what the rung is for; returns what of it belongs in the log."""
        if rung.name is RungName.PUSH:
            return {"pushes": len(queue_pushes(work, row))}
        if rung.name in SENDING:
            return {"gateways": self._send(work, row, rung)}
        return {"told": alarm(work, row, rung.name)}

    def _send(self, work: UnitOfWork, row: Delivery, rung: Rung) -> list[str]:
        """Queue the rung's gateways that exist here and that know where to reach the person."""
        known = addresses_of(work.session, row.user_id)
        usable = [
            name
            for name in rung.channels
            if name in self.gateways and known.get(ADDRESS_OF.get(name, "mobile"))
        ]
        queue_gateways(work, row, rung.name, usable)
        return usable
