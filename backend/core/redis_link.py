"""How this process speaks with Redis: with limits on every wait, and never in the way of anything else."""

import logging
import socket
import threading
from typing import Any

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from backend.core.offload import OFFLOAD

__all__ = ["Reachability", "Redis", "RedisError", "look_up", "open_redis", "redis_options"]
log = logging.getLogger(__name__)
CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 1.0


def redis_options() -> dict[str, Any]:
    """Return the options of every connection: one try, and no wait longer than a second."""
    return {
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": ANSWER_SECONDS,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
    }


def open_redis(url: str) -> Redis:
    """Return a client of the server at `url`; it connects when it is first used."""
    return Redis.from_url(url, **redis_options())


def look_up(client: Redis) -> None:
    """Look the server's name up off the hub; raise OSError when it is not known.

    The system's resolver may take seconds over a name that is gone, and would stop every socket meanwhile.
    """
    where = client.connection_pool.connection_kwargs
    if host := where.get("host"):
        OFFLOAD.run(socket.getaddrinfo, host, where.get("port"))


class Reachability:
    """Whether Redis is reached, over each of a process's connections; only a change is a line in the log."""

    def __init__(self, found: str, lost: str) -> None:
        self._found = found
        self._lost = lost
        self._reached: dict[str, bool] = {}
        self._said: bool | None = None
        self._line = threading.Lock()

    def found(self, connection: str) -> None:
        """Note that Redis answered on the connection."""
        if self._changed(connection, reached=True):
            log.info("%s", self._found)

    def lost(self, connection: str, error: Exception) -> None:
        """Note that Redis did not answer on the connection."""
        if self._changed(connection, reached=False):
            log.warning("%s: %s", self._lost, str(error).partition("\n")[0])

    def _changed(self, connection: str, *, reached: bool) -> bool:
        with self._line:
            self._reached[connection] = reached
            all_reached = all(self._reached.values())
            if all_reached == self._said:
                return False
            self._said = all_reached
            return True
