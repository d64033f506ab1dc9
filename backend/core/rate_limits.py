"""Rate limits, kept in this process or, between several backends, in Redis."""

from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from backend.core.problems import Problem


class RateLimits:
    """Counts hits in a moving window and refuses the one too many."""

    def __init__(self, redis_url: str | None = None) -> None:
        self._limiter = MovingWindowRateLimiter(storage_from_string(redis_url or "memory://"))
        self._items: dict[str, RateLimitItem] = {}

    def hit(self, limit: str, *keys: str) -> None:
        """Count one hit under the keys; raise 429.1 when it is over the limit, written like `20/minute`."""
        item = self._items.setdefault(limit, parse(limit))
        if not self._limiter.hit(item, *keys):
            raise Problem("429.1", retry_after_s=int(item.get_expiry() // item.amount) or 1)
