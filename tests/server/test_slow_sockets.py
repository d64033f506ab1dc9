"""A client that stops reading is cut, and nobody else waits for it."""

import select

from backend.core.permissions import room_of_court
from tests.support.live_socket import LiveSocket
from tests.support.real_world import RealWorld

MOST_BATCHES = 40
EVENTS_A_BATCH = 50
FILLING = "长" * 10_000
SMALL = 4096


def test_a_desk_that_stops_reading_is_cut_while_the_next_one_hears_everything(world: RealWorld) -> None:
    stalled_desk, reading_desk = world.sign_in("binchuan.duty"), world.sign_in("binchuan.duty")
    stalled = LiveSocket(world.base, stalled_desk.http.token, reading=False, receive_buffer=SMALL)
    with LiveSocket(world.base, reading_desk.http.token) as reading:
        told = 0
        for _ in range(MOST_BATCHES):
            tell_the_desks_of_binchuan(world, EVENTS_A_BATCH)
            told += EVENTS_A_BATCH
            reading.wait_for(lambda: len(reading.events) >= told)  # noqa: B023 - called before the next round
            reading.heartbeat()
            if is_reset(stalled):
                break
        assert is_reset_within_seconds(stalled, 10), "the stalled socket was never cut"
        assert len(reading.events) == told
        assert not reading.closed
    stalled.close()


def tell_the_desks_of_binchuan(world: RealWorld, count: int) -> None:
    rooms = [room_of_court("directive.read", "binchuan")]
    with world.database.writing() as work:
        for number in range(count):
            work.publish(
                "filler.changed", f"filler {number}", number, "binchuan", rooms, {"filling": FILLING}
            )


def is_reset(stalled: LiveSocket) -> bool:
    return is_reset_within_seconds(stalled, 0)


def is_reset_within_seconds(stalled: LiveSocket, seconds: float) -> bool:
    """Tell whether the server has reset the connection, without reading what waits in it."""
    poll = select.poll()
    poll.register(stalled.websocket.sock, 0)
    return any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll(seconds * 1000))
