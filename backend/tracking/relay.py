"""Live positions between several backends, over one Redis channel; volatile by design (design.md 2, ADR 0028).

What a backend collected for its own sockets it also publishes, and every other backend emits it to its own. Nobody
waits for Redis: what cannot be published waits here, the newest of each device, and whatever is lost the last-known
table repairs at the next load.
"""

import hashlib
import hmac
import json
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Literal

from pydantic import Field, ValidationError
from redis import Redis, RedisError
from redis import TimeoutError as RedisTimeoutError

from backend.core.identifiers import new_identifier
from backend.core.redis_link import Reachability, look_up, open_redis
from backend.core.schemas import Wire
from backend.core.strict_json import finite, refuse_constant, refuse_lost_text
from backend.tracking.schemas import LastKnown

log = logging.getLogger(__name__)
VERSION = 1
MOST_WAITING = 5_000
"""Devices whose newest position waits for Redis; more than a province has in the field at once."""
MOST_TOGETHER = 500
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 5.0
DOUBLINGS = 10
LISTEN_SECONDS = 1.0
ASK_AFTER_SECONDS = 3.0
GIVE_UP_AFTER_SECONDS = 6.0
COMPLAIN_EVERY_SECONDS = 60.0


class Relayed(Wire):
    """One message of the channel: which process sends which positions; the court of each says who may see it."""

    version: Literal[1]
    sender: str = Field(max_length=36)
    positions: list[LastKnown] = Field(max_length=MOST_TOGETHER)


def channel_of(secret_key: str) -> str:
    """Return the channel of one installation: its backends share the secret key, and others may share its Redis."""
    digest = hmac.new(secret_key.encode(), b"fixes", hashlib.sha256).hexdigest()
    return f"lingda:fixes:{digest[:16]}"


def pause_after(failures: int, chance: float) -> float:
    """Return the seconds before the next try: anything up to a bound that doubles (`chance` is between 0 and 1)."""
    bound = FIRST_PAUSE_SECONDS * 2.0 ** min(failures - 1, DOUBLINGS)
    return chance * min(LONGEST_PAUSE_SECONDS, bound)


class FixRelay:
    """Publishes this process's positions and hands on those of the others; two loops, `send` and `listen`."""

    def __init__(
        self, redis_url: str, channel: str, emit_to_courts: Callable[[list[dict[str, Any]]], None]
    ) -> None:
        self.channel = channel
        self.emit_to_courts = emit_to_courts
        self.process_id = new_identifier()
        self.redis_url = redis_url
        self._reachability = Reachability(
            "live positions go to the other backends through Redis",
            "Redis is away, live positions reach the sockets of this backend only",
        )
        self._waiting: dict[str, dict[str, Any]] = {}
        self._line = threading.Lock()
        self._something = threading.Event()
        self._stopped = threading.Event()
        self._complained_at: float | None = None

    def offer(self, positions: list[dict[str, Any]]) -> None:
        """Take positions in the shape `LastKnown` to be published; returns at once."""
        with self._line:
            self._keep_newest({**self._waiting, **{one["device_id"]: one for one in positions}})
        self._something.set()

    def send(self) -> None:
        """Publish what waits until stopped."""
        failures, redis = 0, open_redis(self.redis_url)
        while not self._stopped.is_set():
            self._something.wait()
            self._something.clear()
            with self._line:
                taken, self._waiting = self._waiting, {}
            try:
                if failures:
                    look_up(redis)
                self._publish(redis, list(taken.values()))
            except (RedisError, OSError) as error:
                failures += 1
                self._reachability.lost("sending", error)
                with self._line:
                    self._keep_newest({**taken, **self._waiting})
                self._stopped.wait(pause_after(failures, random.random()))
                self._something.set()
            else:
                failures = 0
        redis.close()

    def listen(self) -> None:
        """Hand on what the other processes publish until stopped."""
        failures = 0
        while not self._stopped.is_set():
            try:
                for message in self._messages():
                    failures = 0
                    self._reachability.found("listening")
                    if message["type"] == "message":
                        self.receive(message["data"])
            except (RedisError, OSError) as error:
                failures += 1
                self._reachability.lost("listening", error)
                self._stopped.wait(pause_after(failures, random.random()))

    def stop(self) -> None:
        """End both loops within about a second."""
        self._stopped.set()
        self._something.set()

    def receive(self, data: bytes) -> None:
        """Emit the positions of another process's message to its courts; what is no such message is ignored."""
        try:
            read = json.loads(data, parse_float=finite, parse_constant=refuse_constant)
            refuse_lost_text(read)
            if isinstance(read, dict) and read.get("sender") == self.process_id:
                return
            relayed = Relayed.model_validate(read)
        except (ValueError, ValidationError, RecursionError):
            self._complain()
            return
        self.emit_to_courts([position.model_dump(mode="json") for position in relayed.positions])

    def _publish(self, redis: Redis, positions: list[dict[str, Any]]) -> None:
        for start in range(0, len(positions), MOST_TOGETHER):
            together = positions[start : start + MOST_TOGETHER]
            message = {"version": VERSION, "sender": self.process_id, "positions": together}
            redis.publish(self.channel, json.dumps(message, separators=(",", ":")))
            self._reachability.found("sending")

    def _messages(self) -> Iterator[dict[str, Any]]:
        """Yield what comes over the channel, answers to our own questions included; raise when nothing comes at all."""
        redis = open_redis(self.redis_url)
        look_up(redis)
        with redis, redis.pubsub() as subscription:  # type: ignore[no-untyped-call]
            subscription.subscribe(self.channel)
            heard_at, asked = time.monotonic(), False
            while not self._stopped.is_set():
                message = subscription.get_message(timeout=LISTEN_SECONDS)
                silent_for = time.monotonic() - heard_at
                if message is not None:
                    heard_at, asked = time.monotonic(), False
                    yield message
                elif silent_for > GIVE_UP_AFTER_SECONDS:
                    # A server that hangs, or a network that swallows everything, ends no connection by itself.
                    raise RedisTimeoutError("Redis says nothing any more")
                elif silent_for > ASK_AFTER_SECONDS and not asked:
                    asked = True
                    subscription.ping()

    def _keep_newest(self, waiting: dict[str, dict[str, Any]]) -> None:
        """Keep what waits, without those that have waited longest when they are too many."""
        for device_id in list(waiting)[: max(0, len(waiting) - MOST_WAITING)]:
            del waiting[device_id]
        self._waiting = waiting

    def _complain(self) -> None:
        """Say, once a minute at most and without its content, that something on the channel is not ours."""
        now = time.monotonic()
        if self._complained_at is None or now - self._complained_at >= COMPLAIN_EVERY_SECONDS:
            self._complained_at = now
            log.warning("a message on %s is none of this version's and is ignored", self.channel)
