"""Live positions go to the rooms of those who may see them, the newest of each device, and to nobody else."""

import threading
from typing import Any

from backend.core.permissions import room_of_court
from backend.people.permissions import Permission
from backend.tracking.broadcast import FixBroadcast
from tests.support.world import World
from tests.tracking.sending import fix_at, send_fixes


class Emitted:
    """What was emitted, a pair of room and positions each."""

    def __init__(self) -> None:
        self.all: list[tuple[str, list[dict[str, Any]]]] = []
        self.something = threading.Event()

    def __call__(self, room: str, positions: list[dict[str, Any]]) -> None:
        self.all.append((room, positions))
        self.something.set()


def broadcasting(world: World) -> tuple[FixBroadcast, Emitted]:
    """Join a broadcast to the application's store."""
    emitted = Emitted()
    broadcast = FixBroadcast(emitted)
    world.app.extensions["lingda"].extras["fix_store"].moved = broadcast.add
    return broadcast, emitted


def test_positions_reach_exactly_the_rooms_of_those_who_may_see_them(world: World) -> None:
    broadcast, emitted = broadcasting(world)
    for court in ("binchuan", "xiangyun", "baishishan"):
        send_fixes(world.phone(f"{court}.officer1"), fix_at(world.clock.now()))
    broadcast.flush()
    heard_by = {
        account: {
            position["court_id"]
            for room, positions in emitted.all
            if room in world.actor(account).rooms()
            for position in positions
        }
        for account in (
            "binchuan.commander",
            "xiangyun.duty",
            "dali.duty",
            "binchuan.clerk",
            "binchuan.officer1",
        )
    }
    assert heard_by == {
        "binchuan.commander": {"binchuan"},
        "xiangyun.duty": {"xiangyun"},
        "dali.duty": {"binchuan", "xiangyun"},
        "binchuan.clerk": set(),
        "binchuan.officer1": set(),
    }


def test_the_newest_of_each_device_is_emitted_once(world: World) -> None:
    broadcast, emitted = broadcasting(world)
    first, second = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    send_fixes(first, fix_at(world.clock.now(), 100.51))
    send_fixes(second, fix_at(world.clock.now(), 100.61))
    world.clock.instant = world.clock.now().replace(second=5)
    send_fixes(first, fix_at(world.clock.now(), 100.52))
    broadcast.flush()
    broadcast.flush()
    ((room, positions),) = emitted.all
    assert room == room_of_court(Permission.POSITION_READ, "binchuan")
    assert {position["device_id"]: position["longitude"] for position in positions} == {
        first.device_id: 100.52,
        second.device_id: 100.61,
    }


def test_an_emit_that_fails_ends_the_broadcast_of_nobody_else(world: World) -> None:
    emitted = Emitted()

    def failing_for_binchuan(room: str, positions: list[dict[str, Any]]) -> None:
        if "binchuan" in room:
            raise ConnectionError("the socket server is restarting")
        emitted(room, positions)

    broadcast = FixBroadcast(failing_for_binchuan)
    world.app.extensions["lingda"].extras["fix_store"].moved = broadcast.add
    running = threading.Thread(target=broadcast.run)
    running.start()
    try:
        for court in ("binchuan", "xiangyun"):
            send_fixes(world.phone(f"{court}.officer1"), fix_at(world.clock.now()))
        assert emitted.something.wait(20)
    finally:
        broadcast.stop()
        running.join(20)
    assert not running.is_alive()
    assert [room for room, _ in emitted.all] == [room_of_court(Permission.POSITION_READ, "xiangyun")]
