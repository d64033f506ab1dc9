"""What the worker runs for delivery: the climber of ladders, the sender, and the pool in which channels are waited for."""

from collections.abc import Callable

from backend.channels.addresses import Allowed
from backend.channels.gateway import Gateway
from backend.channels.gateway_settings import load_gateways
from backend.channels.guard import Guard
from backend.channels.pool import SendingPool
from backend.channels.vapid import open_vapid
from backend.channels.web_push import WebPushChannel
from backend.core.database import Database
from backend.core.settings import Settings
from backend.delivery.climbing import LadderClimber
from backend.delivery.dispatch import Dispatcher

STOP_WITHIN_SECONDS = 3.0


class Sender:
    """The delivery of one worker: climbs, then sends what that queued; nothing in it waits for a channel."""

    def __init__(
        self, database: Database, settings: Settings, should_stop: Callable[[], bool] = lambda: False
    ) -> None:
        guard = Guard(Allowed.read(settings.push_allowed_hosts))
        gateways = {
            name: Gateway(found, guard, database.clock)
            for name, found in load_gateways(settings.gateways).items()
        }
        self.pool = SendingPool(per_host={one.host: one.max_per_host for one in gateways.values()})
        self.climb = LadderClimber(database, gateways.keys(), should_stop)
        self.dispatch = Dispatcher(
            database,
            settings,
            self.pool,
            WebPushChannel(open_vapid(settings), guard, database.clock),
            gateways,
        )

    def __call__(self) -> int:
        """Do what is due and return how much that was."""
        return self.climb() + self.dispatch()

    def stop(self) -> None:
        """Let what is on its way end; what does not is taken again by the next worker."""
        self.pool.stop(STOP_WITHIN_SECONDS)
