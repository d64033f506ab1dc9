"""Two backends on one PostGIS with a Redis between them: to people it makes no difference which one they reached."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from backend.core.clock import to_wire
from backend.tracking.relay import channel_of
from tests.server.conftest import MakeDatabase
from tests.support.front import running_front
from tests.support.live_socket import LiveSocket
from tests.support.real_world import RealWorld
from tests.support.redis_server import RedisServer
from tests.support.server_process import SECRET_KEY, Backend
from tests.support.world import Client, DeviceKey, Phone
from tests.tracking.sending import fix_at, send_fixes

CHANNEL = channel_of(SECRET_KEY)
PATIENCE_SECONDS = 5.0
"""Longer than any wait for Redis may make an answer."""


@dataclass
class Pair:
    """Two backends, their Redis, and the people before each."""

    redis: RedisServer
    backends: tuple[Backend, Backend]
    here: RealWorld
    there: RealWorld

    def both_ways(self) -> tuple[tuple[RealWorld, RealWorld], tuple[RealWorld, RealWorld]]:
        """Return where something is done and where it must be seen, in both directions."""
        return (self.here, self.there), (self.there, self.here)


@pytest.fixture(scope="module", params=["eventlet-threading", "eventlet-eventlet", "threading-threading"])
def pair(
    request: pytest.FixtureRequest, make_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    """Two running backends, shared by the tests of a module."""
    url, data = make_database("postgis"), tmp_path_factory.mktemp("data")
    one, other = request.param.split("-")
    with RedisServer(tmp_path_factory.mktemp("redis")) as redis:
        options = {"LINGDA_REDIS_URL": redis.url}
        with (
            Backend(url, data, one, **options) as first,
            Backend(url, data, other, **options) as second,
            RealWorld(url, first.url) as here,
            RealWorld(url, second.url) as there,
        ):
            redis.wait_for_listeners(CHANNEL, 2)
            yield Pair(redis, (first, second), here, there)
            for backend in (first, second):
                assert "Traceback" not in backend.log, backend.log
                backend.terminate()
                assert backend.wait(5) == 0, backend.log
                assert "Traceback" not in backend.log, backend.log


def listen(world: RealWorld, caller: Client) -> LiveSocket:
    return LiveSocket(world.base, caller.http.token)


def send(phone: Phone, longitude: float, seconds_ago: float = 0) -> None:
    send_fixes(phone, fix_at(datetime.now(UTC) - timedelta(seconds=seconds_ago), longitude))


def seen(socket: LiveSocket, phone: Phone) -> list[float]:
    """Return the longitudes at which the phone was seen on a socket, in the order they came."""
    return [
        position["longitude"]
        for together in socket.fixes
        for position in together
        if position["device_id"] == phone.device_id
    ]


def wait_until_seen(socket: LiveSocket, phone: Phone, longitude: float) -> None:
    socket.wait_for(lambda: longitude in seen(socket, phone))


def guess(world: RealWorld, address: str) -> int:
    """Try a made-up enrolment code from an address outside, and return the status."""
    body = {"code": "AAAA-AAAA-AAAA", "public_key": DeviceKey().public_key, "label": "x"}
    headers = {"X-Forwarded-For": address}
    return world.connection("").post("/api/devices/enrol", json=body, headers=headers).status_code


def test_twenty_guesses_a_minute_are_twenty_on_both_backends_together(pair: Pair) -> None:
    worlds = (pair.here, pair.there)
    assert 429 not in [guess(worlds[number % 2], "203.0.113.7") for number in range(20)]
    assert [guess(world, "203.0.113.7") for world in worlds] == [429, 429]
    assert guess(pair.there, "203.0.113.8") != 429


def test_a_position_sent_to_one_backend_reaches_the_commanders_of_its_court_on_both_exactly_once(
    pair: Pair,
) -> None:
    for sent_to, seen_from in pair.both_ways():
        phone, elsewhere = sent_to.phone("binchuan.officer1"), sent_to.phone("xiangyun.officer1")
        with (
            listen(sent_to, sent_to.sign_in("binchuan.commander")) as beside,
            listen(seen_from, seen_from.sign_in("binchuan.commander")) as far,
            listen(seen_from, seen_from.sign_in("dali.duty")) as above,
            listen(seen_from, seen_from.sign_in("xiangyun.commander")) as in_xiangyun,
            listen(seen_from, seen_from.phone("binchuan.officer2")) as on_a_phone,
        ):
            send(phone, 100.51, seconds_ago=2)
            for socket in (beside, far, above):
                wait_until_seen(socket, phone, 100.51)
            send(phone, 100.52)
            send(elsewhere, 100.61)
            for socket in (beside, far, above):
                wait_until_seen(socket, phone, 100.52)
                assert Counter(seen(socket, phone)) == {100.51: 1, 100.52: 1}
            wait_until_seen(in_xiangyun, elsewhere, 100.61)
            assert seen(in_xiangyun, phone) == []
            assert seen(far, elsewhere) == []
            on_a_phone.heartbeat()
            assert on_a_phone.fixes == []


def test_a_position_looks_the_same_from_both_backends_and_as_the_map_loads_it(pair: Pair) -> None:
    for sent_to, seen_from in pair.both_ways():
        phone = sent_to.phone("binchuan.officer3")
        desks = [world.sign_in("binchuan.commander") for world in (sent_to, seen_from)]
        with listen(sent_to, desks[0]) as beside, listen(seen_from, desks[1]) as far:
            send(phone, 100.53)
            shown = []
            for socket in (beside, far):
                wait_until_seen(socket, phone, 100.53)
                shown += [
                    one
                    for together in socket.fixes
                    for one in together
                    if one["device_id"] == phone.device_id
                ]
        loaded = desks[1].get("/api/last-known").get_json()["items"]
        assert [shown[0]] == [one for one in loaded if one["device_id"] == phone.device_id]
        assert shown[0] == shown[1]
        assert shown[0]["user"]["id"] == phone.user_id and shown[0]["team_id"]


def test_a_phone_that_changes_its_backend_stays_one_marker(pair: Pair) -> None:
    phone, watching = pair.here.phone("binchuan.officer4"), pair.there.sign_in("binchuan.commander")
    with listen(pair.there, watching) as socket:
        send(phone, 100.54, seconds_ago=2)
        wait_until_seen(socket, phone, 100.54)
        phone.http.base = pair.there.base
        send(phone, 100.55)
        wait_until_seen(socket, phone, 100.55)
        assert seen(socket, phone) == [100.54, 100.55]


def test_without_redis_everything_but_the_others_positions_goes_on_and_with_it_again_these_too(
    pair: Pair,
) -> None:
    for number, (sent_to, seen_from) in enumerate(pair.both_ways()):
        phone = sent_to.phone("binchuan.officer5")
        desks = [world.sign_in("binchuan.commander") for world in (sent_to, seen_from)]
        lines = [backend.log.count("live positions") for backend in pair.backends]
        with listen(sent_to, desks[0]) as beside, listen(seen_from, desks[1]) as far:
            pair.redis.kill()
            for step in range(4):
                longitude = 100.7 + number / 10 + step / 100
                began = datetime.now(UTC)
                send(phone, longitude, seconds_ago=4 - step)
                wait_until_seen(beside, phone, longitude)
                assert (datetime.now(UTC) - began).total_seconds() < PATIENCE_SECONDS
            order = sent_to.order_out(desks[0])
            far.wait_for_event("directive.changed", order["id"])
            assert seen(far, phone) == []
            assert requests.get(f"{seen_from.base}/readyz", timeout=10).ok
            pair.redis.start()
            pair.redis.wait_for_listeners(CHANNEL, 2)
            send(phone, 100.9 + number / 100)
            wait_until_seen(far, phone, 100.9 + number / 100)
        for backend, before in zip(pair.backends, lines, strict=True):
            assert backend.log.count("live positions") - before <= 2, backend.log


def test_a_redis_that_hangs_delays_no_position_no_sign_in_and_no_heartbeat(pair: Pair) -> None:
    phone, desk = pair.here.phone("binchuan.officer6"), pair.here.sign_in("binchuan.commander")
    with listen(pair.here, desk) as beside:
        pair.redis.hang()
        try:
            for step in range(3):
                send(phone, 101 + step / 100, seconds_ago=3 - step)
                wait_until_seen(beside, phone, 101 + step / 100)
                assert beside.heartbeat() < PATIENCE_SECONDS
                began = datetime.now(UTC)
                assert guess(pair.here, "203.0.113.66") != 429
                assert (datetime.now(UTC) - began).total_seconds() < PATIENCE_SECONDS
        finally:
            pair.redis.kill()
            pair.redis.start()
            pair.redis.wait_for_listeners(CHANNEL, 2)


def test_garbage_on_the_channel_disturbs_nobody(pair: Pair) -> None:
    phone, watching = pair.here.phone("binchuan.officer2"), pair.there.sign_in("binchuan.commander")
    # Whoever lost its channel in a test before comes back by itself, and may be on its way.
    pair.redis.wait_for_listeners(CHANNEL, 2)
    with listen(pair.there, watching) as socket:
        with pair.redis.client() as client:
            for garbage in (
                b"nobody's message",
                b"{}",
                b"\xff",
                b'{"version":2,"sender":"x","positions":[]}',
            ):
                assert client.publish(CHANNEL, garbage) == 2
        send(phone, 100.57)
        wait_until_seen(socket, phone, 100.57)
    assert [backend.log.count("is ignored") for backend in pair.backends] == [1, 1]


def test_a_phone_revoked_on_one_backend_is_put_out_of_the_other(pair: Pair) -> None:
    for done_at, seen_from in pair.both_ways():
        duty = done_at.sign_in("binchuan.duty")
        lost, kept = seen_from.phone("binchuan.officer1"), seen_from.phone("binchuan.officer1")
        with listen(seen_from, lost) as in_a_strangers_hand, listen(seen_from, kept) as in_the_pocket:
            answer = duty.post(f"/api/devices/{lost.device_id}/revoke", {"reason": "遗失"})
            assert answer.status_code == 200
            in_a_strangers_hand.wait_for(lambda: in_a_strangers_hand.closed, PATIENCE_SECONDS)
            in_the_pocket.heartbeat()
            assert not in_the_pocket.closed
        body = {"device_id": lost.device_id, "fixes": [fix_at(datetime.now(UTC))]}
        assert lost.post("/api/fixes", body).status_code == 401


def test_signing_out_everywhere_on_one_backend_closes_the_sockets_on_the_other(pair: Pair) -> None:
    for done_at, seen_from in pair.both_ways():
        leaving, staying = done_at.sign_in("binchuan.leader"), seen_from.sign_in("binchuan.duty")
        at_home = seen_from.sign_in("binchuan.leader")
        with listen(seen_from, at_home) as forgotten, listen(seen_from, staying) as another:
            assert leaving.post("/api/sign-out-everywhere").status_code == 200
            forgotten.wait_for(lambda: forgotten.closed, PATIENCE_SECONDS)
            another.heartbeat()
            assert not another.closed
        assert at_home.get("/api/me").status_code == 401


def test_authority_given_on_one_backend_counts_on_the_other_at_once_and_for_its_sockets(pair: Pair) -> None:
    for number, (done_at, seen_from) in enumerate(pair.both_ways()):
        court = ("xiangyun", "baishishan")[number]
        commander, leader = done_at.sign_in(f"{court}.commander"), seen_from.sign_in(f"{court}.leader")
        assert "delegate" not in leader.get("/api/me").get_json()["permissions"]
        now = datetime.now(UTC)
        with listen(seen_from, leader) as socket:
            answer = commander.post(
                "/api/delegations",
                {
                    "user_id": leader.user_id,
                    "effective_from": to_wire(now),
                    "effective_until": to_wire(now + timedelta(hours=1)),
                    "reason": "赴省高院开会",
                },
            )
            assert answer.status_code == 201, answer.get_data(as_text=True)
            assert "delegate" in leader.get("/api/me").get_json()["permissions"]
            # It comes back and joins the rooms it may listen in now.
            socket.wait_for(lambda: socket.closed, 30)


def test_a_long_poll_on_one_backend_is_answered_by_what_happens_on_the_other(pair: Pair) -> None:
    for done_at, seen_from in pair.both_ways():
        commander, waiting = done_at.sign_in("binchuan.commander"), seen_from.sign_in("binchuan.commander")
        cursor = waiting.get("/api/board").get_json()["cursor"]
        order = done_at.order_out(commander)
        feed: Any = waiting.get("/api/events", since=cursor, wait=25).get_json()
        assert order["id"] in {event["subject_id"] for event in feed["events"]}


def test_behind_one_front_every_desk_sees_the_phone_whichever_backend_each_of_them_reached(
    pair: Pair, tmp_path: Path
) -> None:
    addresses = " ".join(f"127.0.0.1:{backend.port}" for backend in pair.backends)
    with (
        running_front(("", 0), tmp_path, tmp_path, LINGDA_BACKEND=addresses) as origin,
        RealWorld(pair.here.database.url, origin) as world,
        ExitStack() as opened,
    ):
        desks = [world.sign_in("binchuan.commander") for _ in range(8)]
        sockets = [opened.enter_context(listen(world, desk)) for desk in desks]
        for number in range(4):
            phone = world.phone("binchuan.officer1")
            send(phone, 102 + number / 100)
            for socket in sockets:
                wait_until_seen(socket, phone, 102 + number / 100)
