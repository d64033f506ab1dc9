"""What the worker runs for delivery: the climber of ladders, the sender, and the pool in which channels are waited for."""

import logging
from collections.abc import Callable

from backend.channels.opening import Channels
from backend.core.database import Database
from backend.core.settings import Settings
from backend.delivery.climbing import LadderClimber
from backend.delivery.dispatch import Dispatcher

log = logging.getLogger(__name__)
STOP_WITHIN_SECONDS = 3.0


class Sender:
    """The delivery of one worker: climbs, then sends what that queued; nothing in it waits for a channel."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        channels: Channels,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.pool = channels.open_pool()
        self.climb = LadderClimber(database, channels.gateways.keys(), should_stop)
        self.dispatch = Dispatcher(database, settings, self.pool, channels)

    def __call__(self) -> int:
        """Do what is due and return how much that was."""
        return self.climb() + self.dispatch()

    def stop(self) -> None:
        """Let what is on its way end; what does not is taken again by the next worker."""
        if not self.pool.stop(STOP_WITHIN_SECONDS):
            log.warning("some sendings had no answer yet; they are sent again with the same key")
        self.dispatch.put_back()
