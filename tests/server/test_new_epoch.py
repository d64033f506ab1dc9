"""A new epoch on a running backend: every socket is closed and every waiting reader told, at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

from click.testing import CliRunner

from backend.cli import main
from tests.support.live_socket import LiveSocket
from tests.support.real_world import RealWorld
from tests.support.server_process import Backend

AT_ONCE_SECONDS = 10.0


def test_everybody_who_listens_or_waits_is_told_at_once_and_can_load_afresh(
    backend: Backend, world: RealWorld
) -> None:
    callers = [
        world.sign_in("binchuan.commander"),
        world.phone("binchuan.officer1"),
        world.phone("xiangyun.officer1"),
    ]
    board = callers[0].get("/api/board").get_json()

    def wait_for_events() -> Any:
        query = {"since": board["cursor"], "epoch": board["epoch"], "wait": 25}
        return world.sign_in("binchuan.duty").get("/api/events", **query)

    with ExitStack() as opened, ThreadPoolExecutor(1) as pool:
        sockets = [opened.enter_context(LiveSocket(world.base, caller.http.token)) for caller in callers]
        waiting = pool.submit(wait_for_events)
        for socket in sockets:
            socket.heartbeat()
        done = CliRunner().invoke(main, ["new-epoch", "--yes"], env=backend.environment)
        assert done.exit_code == 0, done.output
        for socket in sockets:
            socket.wait_for(lambda socket=socket: socket.closed, AT_ONCE_SECONDS)
        told = waiting.result(AT_ONCE_SECONDS)
        assert (told.status_code, told.get_json()["code"]) == (410, "410.1")
    fresh = callers[0].get("/api/board").get_json()
    assert fresh["epoch"] != board["epoch"]
    with LiveSocket(world.base, callers[0].http.token) as again:
        order = world.order_out(callers[0])
        again.wait_for_event("directive.changed", order["id"])
