"""Every Socket.IO handler: who is let in, who hears what, and that nobody else does."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask_socketio import SocketIO
from flask_socketio.test_client import SocketIOTestClient

from backend.core.tail import OutboxTail
from backend.sync.sockets import HANDLERS, LiveSockets
from tests.access.stage import Stage
from tests.support.rows import digest_of_state
from tests.support.world import Client

TESTED_HERE = ("connect", "disconnect", "heartbeat")


class Hall:
    """The sockets of one process, the tail that feeds them, and those who came."""

    def __init__(self, stage: Stage) -> None:
        self.app = stage.world.app
        self.socketio = SocketIO(self.app, async_mode="threading", manage_session=False)
        services = self.app.extensions["lingda"]
        self.sockets = LiveSockets(self.socketio, stage.world.database, services.authenticate)
        self.tail = OutboxTail(stage.world.database, self.sockets.deliver)
        self.tail.catch_up()
        self.clients: list[SocketIOTestClient] = []

    def connect(self, http: Any) -> SocketIOTestClient:
        """Open a socket with the cookies of a browser or phone."""
        client = self.socketio.test_client(self.app, flask_test_client=http)
        self.clients.append(client)
        return client

    def heard(self, client: SocketIOTestClient) -> list[dict[str, Any]]:
        """Return the events a socket has received since it was asked last."""
        self.tail.catch_up()
        return [message["args"][0] for message in client.get_received() if message["name"] == "event"]


@pytest.fixture
def hall(stage: Stage) -> Iterator[Hall]:
    hall = Hall(stage)
    yield hall
    for client in hall.clients:
        if client.is_connected():
            client.disconnect()


def test_every_handler_is_tested_here(hall: Hall) -> None:
    registered = hall.socketio.server.handlers["/"]
    assert sorted(registered) == sorted(HANDLERS) == sorted(TESTED_HERE)


def test_connect_lets_in_whoever_is_signed_in_and_nobody_else(stage: Stage, hall: Hall) -> None:
    before = digest_of_state(stage.world.database)
    for stranger in (stage.world.anonymous(), stage.half_signed_in("binchuan.duty").http):
        assert not hall.connect(stranger).is_connected()
    assert hall.sockets.listeners == {}
    assert digest_of_state(stage.world.database) == before
    for name in ("binchuan.duty", "phone binchuan.officer1"):
        assert hall.connect(stage.person(name).http).is_connected()
    assert len(hall.sockets.listeners) == 2


def test_connect_joins_the_rooms_of_ones_own_court_and_role_alone(stage: Stage, hall: Hall) -> None:
    socket: Callable[[str], SocketIOTestClient] = lambda name: hall.connect(stage.person(name).http)  # noqa: E731
    for phone in ("phone binchuan.officer6", "phone xiangyun.officer1", "phone binchuan.officer1"):
        # A phone that is bound while the desks listen is news to them.
        stage.person(phone)
    hall.tail.catch_up()
    hearing = {name: socket(name) for name in ("binchuan.duty", "binchuan.clerk", "dali.commander")}
    deaf = {
        name: socket(name)
        for name in (
            "xiangyun.duty",
            "baishishan.commander",
            "binchuan.sysadmin",
            "binchuan.secadmin",
            "binchuan.audadmin",
            "binchuan.auditor",
            "phone binchuan.officer6",
            "phone xiangyun.officer1",
        )
    }
    member = socket("phone binchuan.officer1")
    lead = stage.lead()
    order = stage.order()
    hall.tail.catch_up()
    for name, client in hearing.items():
        events = hall.heard(client)
        assert {lead["id"], order} <= {event["subject_id"] for event in events}, name
        assert {event["court_id"] for event in events} == {"binchuan"}, name
    for name, client in deaf.items():
        assert hall.heard(client) == [], name
    heard = hall.heard(member)
    about = {
        event["data"]["subject_id"] if event["kind"] == "delivery.ring" else event["subject_id"]
        for event in heard
    }
    assert about == {order}, "a member hears of the order alone, and that it rings"


def test_heartbeat_answers_a_session_that_goes_on_and_ends_with_it(stage: Stage, hall: Hall) -> None:
    going: Client = stage.world.sign_in("binchuan.leader")
    ending: Client = stage.world.sign_in("binchuan.duty")
    socket, other = hall.connect(going.http), hall.connect(ending.http)
    answer = socket.emit("heartbeat", {"sent_at": "x"}, callback=True)
    assert set(answer) == {"server_time", "sent_at"}
    assert ending.post("/api/sign-out").status_code == 200
    before = digest_of_state(stage.world.database)
    refused = other.emit("heartbeat", {"sent_at": "x"}, callback=True)
    assert refused["problem"]["code"] == "401.1"
    assert refused["problem"]["zh"] and refused["problem"]["en"]
    assert not other.is_connected()
    assert socket.is_connected()
    assert digest_of_state(stage.world.database) == before


def test_heartbeat_of_somebody_who_was_never_let_in_does_nothing(stage: Stage, hall: Hall) -> None:
    stranger = hall.connect(stage.world.anonymous())
    with pytest.raises(RuntimeError, match="not connected"):
        stranger.emit("heartbeat", {"sent_at": "x"})


def test_heartbeat_takes_any_nonsense(stage: Stage, hall: Hall) -> None:
    socket = hall.connect(stage.person("binchuan.duty").http)
    for nonsense in (None, 7, "x", [], {"sent_at": {"deep": [1]}}, {"other": 1}):
        assert "server_time" in socket.emit("heartbeat", nonsense, callback=True)


def test_a_revoked_phone_is_cut_off_at_once(stage: Stage, hall: Hall) -> None:
    phone = stage.world.phone("binchuan.officer5")
    socket, colleague = hall.connect(phone.http), hall.connect(stage.person("phone binchuan.officer2").http)
    duty = stage.client("binchuan.duty")
    assert duty.post(f"/api/devices/{phone.device_id}/revoke", {"reason": "丢失"}).status_code == 200
    hall.tail.catch_up()
    assert not socket.is_connected()
    assert colleague.is_connected()


def test_disconnect_forgets_the_socket(stage: Stage, hall: Hall) -> None:
    socket = hall.connect(stage.person("binchuan.duty").http)
    assert len(hall.sockets.listeners) == 1
    socket.disconnect()
    assert hall.sockets.listeners == {}
