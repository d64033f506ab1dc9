"""Rate limits, kept in this process or, between several backends, in Redis."""

import logging
import math
import time

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from backend.core.problems import Problem

log = logging.getLogger(__name__)


class RateLimits:
    """Counts hits in a moving window and refuses the one too many."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = self._own
        if redis_url:
            self._shared = MovingWindowRateLimiter(storage_from_string(redis_url, wrap_exceptions=True))
        self._items: dict[str, RateLimitItem] = {}

    def hit(self, limit: str, *keys: str) -> None:
        """Count one hit under the keys; raise 429.1 when it is over the limit, written like `20/minute`.

        While Redis is away each process counts for itself: nobody is locked out, and nobody guesses freely.
        """
        item = self._items.setdefault(limit, parse(limit))
        try:
            self._hit(self._shared, item, keys)
        except StorageError:
            log.exception("Redis does not answer; this process counts for itself")
            self._hit(self._own, item, keys)

    @staticmethod
    def _hit(limiter: MovingWindowRateLimiter, item: RateLimitItem, keys: tuple[str, ...]) -> None:
        if limiter.hit(item, *keys):
            return
        free_at = limiter.get_window_stats(item, *keys).reset_time
        raise Problem("429.1", retry_after_s=max(1, math.ceil(free_at - time.time())))
