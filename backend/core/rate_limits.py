"""Rate limits, kept in this process or, between several backends, in Redis."""

import math
import time
from functools import partial

from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from backend.core.problems import Problem

AGAIN_AFTER_SECONDS = 5.0
"""How long Redis is left alone after it did not answer: no sign-in waits for it again and again."""


class RateLimits:
    """Counts hits in a moving window and refuses the one too many."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared: MovingWindowRateLimiter | None = None
        self._left_alone_until = 0.0
        self._items: dict[str, RateLimitItem] = {}
        if redis_url:
            from backend.core import redis_link  # noqa: PLC0415 - Redis is slow to import

            client = redis_link.open_redis(redis_url)
            storage = RedisStorage(redis_url, connection_pool=client.connection_pool, wrap_exceptions=True)
            self._shared = MovingWindowRateLimiter(storage)
            self._look_up = partial(redis_link.look_up, client)
            self._reachability = redis_link.Reachability(
                "rate limits are counted in Redis",
                "Redis is away, each backend counts rate limits for itself",
            )

    def hit(self, limit: str, *keys: str) -> None:
        """Count one hit under the keys; raise 429.1 when it is over the limit, written like `20/minute`.

        While Redis is away each process counts for itself: nobody is locked out, and nobody guesses freely.
        """
        item = self._items.setdefault(limit, parse(limit))
        free_at = self._hit_shared(item, keys) if self._shared else self._hit(self._own, item, keys)
        if free_at is not None:
            raise Problem("429.1", retry_after_s=max(1, math.ceil(free_at - time.time())))

    def _hit_shared(self, item: RateLimitItem, keys: tuple[str, ...]) -> float | None:
        assert self._shared is not None
        if time.monotonic() >= self._left_alone_until:
            try:
                if self._left_alone_until:
                    self._look_up()
                free_at = self._hit(self._shared, item, keys)
            except (StorageError, OSError) as error:
                self._left_alone_until = time.monotonic() + AGAIN_AFTER_SECONDS
                self._reachability.lost("counting", getattr(error, "storage_error", error))
            else:
                self._left_alone_until = 0.0
                self._reachability.found("counting")
                return free_at
        return self._hit(self._own, item, keys)

    @staticmethod
    def _hit(limiter: MovingWindowRateLimiter, item: RateLimitItem, keys: tuple[str, ...]) -> float | None:
        """Count one hit; return None, or when the next one is free where this was one too many."""
        return None if limiter.hit(item, *keys) else limiter.get_window_stats(item, *keys).reset_time
