"""Live positions between backends: to the rooms of their courts, never twice, the newest of each device, and no waiting."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from backend.core.permissions import room_of_court
from backend.people.permissions import Permission
from backend.tracking.broadcast import FixBroadcast
from backend.tracking.relay import (
    LONGEST_PAUSE_SECONDS,
    MOST_TOGETHER,
    MOST_WAITING,
    VERSION,
    FixRelay,
    channel_of,
    pause_after,
)
from tests.support.redis_server import RedisServer
from tests.support.world import World
from tests.tracking.sending import fix_at, send_fixes
from tests.tracking.test_broadcast import Emitted

CHANNEL = channel_of("a secret of the tests")
NOWHERE = "redis://127.0.0.1:1/0"
DEVICE = "0190c0de-0000-7000-8000-000000000001"


def position(device_id: str = DEVICE, court_id: str = "binchuan", **changes: Any) -> dict[str, Any]:
    """Return a position in the shape `LastKnown`."""
    return {
        "device_id": device_id,
        "user": {"id": "0190c0de-0000-7000-8000-0000000000aa", "name": "赵一鸣"},
        "team_id": None,
        "court_id": court_id,
        "longitude": 100.575,
        "latitude": 25.829,
        "accuracy_m": 8.0,
        "speed_m_s": None,
        "heading": None,
        "battery_percent": 71.0,
        "fixed_at": "2026-03-03T01:00:00.000Z",
        "received_at": "2026-03-03T01:00:01.000Z",
        "source": "pwa",
        **changes,
    }


def message(*positions: Any, **changes: Any) -> bytes:
    """Return what another process publishes."""
    return json.dumps(
        {"version": VERSION, "sender": "another process", "positions": list(positions), **changes}
    ).encode()


@pytest.fixture
def emitted() -> Emitted:
    return Emitted()


@pytest.fixture
def relay(emitted: Emitted) -> FixRelay:
    """A relay before a Redis that is not there, handing on to a broadcast."""
    return FixRelay(NOWHERE, CHANNEL, FixBroadcast(emitted).emit_to_courts)


def test_what_another_backend_sends_goes_to_the_room_of_its_court_as_it_is(
    relay: FixRelay, emitted: Emitted
) -> None:
    mine, elsewhere = position(), position("0190c0de-0000-7000-8000-000000000002", "xiangyun")
    relay.receive(message(mine, elsewhere))
    assert emitted.all == [
        (room_of_court(Permission.POSITION_READ, "binchuan"), [mine]),
        (room_of_court(Permission.POSITION_READ, "xiangyun"), [elsewhere]),
    ]


def test_what_this_backend_sent_itself_is_not_emitted_again(relay: FixRelay, emitted: Emitted) -> None:
    relay.receive(message(position(), sender=relay.process_id))
    assert emitted.all == []


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\xff\xfe",
        b"nobody's message",
        b"[]",
        b"null",
        b"[" * 100_000,
        message(position(), version=2),
        message(position(), more="than this version knows"),
        message("a text"),
        message({"court_id": "binchuan"}),
        message(position(user=None, source="a spy")),
        message(position(fixed_at="yesterday")),
        message(position(longitude=float("nan"))),
        message(position()).replace(b"100.575", b"1e999"),
        message(*[position()] * (MOST_TOGETHER + 1)),
    ],
)
def test_garbage_on_the_channel_is_one_line_and_nothing_else(
    relay: FixRelay, emitted: Emitted, caplog: pytest.LogCaptureFixture, garbage: bytes
) -> None:
    for _ in range(3):
        relay.receive(garbage)
    assert emitted.all == []
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "赵一鸣" not in caplog.text, "what is on the channel is personal"
    relay.receive(message(position()))
    assert len(emitted.all) == 1


def test_the_broadcast_passes_on_what_it_collected_the_newest_of_each_device(world: World) -> None:
    passed_on: list[list[dict[str, Any]]] = []
    broadcast = FixBroadcast(Emitted())
    broadcast.pass_on = passed_on.append
    world.app.extensions["lingda"].extras["fix_store"].moved = broadcast.add
    phones = [world.phone("binchuan.officer1"), world.phone("xiangyun.officer1")]
    for seconds, longitude in ((0, 100.51), (5, 100.52)):
        world.clock.instant = world.clock.now().replace(second=seconds)
        for phone in phones:
            send_fixes(phone, fix_at(world.clock.now(), longitude))
    broadcast.flush()
    broadcast.flush()
    (together,) = passed_on
    assert {one["device_id"]: (one["court_id"], one["longitude"]) for one in together} == {
        phones[0].device_id: ("binchuan", 100.52),
        phones[1].device_id: ("xiangyun", 100.52),
    }


def test_while_redis_is_away_the_newest_of_each_device_waits_and_never_too_many(relay: FixRelay) -> None:
    for number in range(MOST_WAITING + 10):
        relay.offer([position(f"device {number}")])
    relay.offer([position(f"device {MOST_WAITING}", longitude=100.9)])
    assert len(relay._waiting) == MOST_WAITING
    assert "device 9" not in relay._waiting and "device 10" in relay._waiting
    assert relay._waiting[f"device {MOST_WAITING}"]["longitude"] == 100.9


def test_the_pause_before_the_next_try_grows_and_is_spread_over_its_whole_length() -> None:
    assert [pause_after(failures, 1.0) for failures in (1, 2, 3, 4)] == [0.25, 0.5, 1.0, 2.0]
    assert pause_after(1_000, 1.0) == LONGEST_PAUSE_SECONDS
    assert pause_after(1_000, 0.0) == 0.0


def test_two_installations_on_one_redis_have_each_a_channel_of_their_own() -> None:
    assert channel_of("one court's key") != channel_of("another court's key")
    assert "key" not in channel_of("one court's key")


class Running:
    """A relay with both its loops in threads, and what it emitted."""

    def __init__(self, redis: RedisServer) -> None:
        self.emitted = Emitted()
        self.relay = FixRelay(redis.url, CHANNEL, FixBroadcast(self.emitted).emit_to_courts)
        self.threads = [Thread(target=loop, daemon=True) for loop in (self.relay.send, self.relay.listen)]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.relay.stop()
        for thread in self.threads:
            thread.join(10)
            assert not thread.is_alive()

    def hears(self, longitude: float) -> None:
        """Wait until the position with this longitude was emitted."""

        def heard() -> bool:
            return any(one["longitude"] == longitude for _, together in self.emitted.all for one in together)

        while not heard():
            self.emitted.something.clear()
            assert heard() or self.emitted.something.wait(30), self.emitted.all


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    with RedisServer(tmp_path) as server:
        yield server


@pytest.fixture
def start(redis: RedisServer) -> Iterator[Callable[[], Running]]:
    started: list[Running] = []

    def one() -> Running:
        started.append(Running(redis))
        return started[-1]

    yield one
    for running in started:
        running.stop()


def test_each_position_reaches_every_other_backend_once_and_the_sender_never(
    redis: RedisServer, start: Callable[[], Running]
) -> None:
    first, second, third = start(), start(), start()
    redis.wait_for_listeners(CHANNEL, 3)
    for number in range(5):
        first.relay.offer([position(longitude=100 + number)])
        for other in (second, third):
            other.hears(100 + number)
    assert first.emitted.all == []
    for other in (second, third):
        assert [one["longitude"] for _, together in other.emitted.all for one in together] == [
            100.0,
            101.0,
            102.0,
            103.0,
            104.0,
        ]


def test_after_redis_died_and_came_back_the_newest_position_arrives_and_two_lines_say_so(
    redis: RedisServer, start: Callable[[], Running], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "backend.core.redis_link")
    first, second = start(), start()
    redis.wait_for_listeners(CHANNEL, 2)
    first.relay.offer([position(longitude=100.1)])
    second.hears(100.1)
    redis.kill()
    for longitude in (100.2, 100.3, 100.4):
        first.relay.offer([position(longitude=longitude)])
    redis.start()
    redis.wait_for_listeners(CHANNEL, 2)
    first.relay.offer([position(longitude=100.5)])
    second.hears(100.5)
    said = [record.getMessage() for record in caplog.records]
    assert sum("Redis is away" in line for line in said) == 2, said
    assert sum("go to the other backends" in line for line in said) == 4, said
