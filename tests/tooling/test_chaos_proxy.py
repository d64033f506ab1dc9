"""The bad network of the tests does the harm it is asked for and no other, or its tests prove nothing."""

from collections.abc import Iterator

import pytest
import requests
import websocket

from tests.support.chaos_proxy import ChaosProxy, Fault
from tests.support.double_upstream import DoubleUpstream


@pytest.fixture
def upstream() -> Iterator[DoubleUpstream]:
    with DoubleUpstream() as running:
        yield running


@pytest.fixture
def proxy(upstream: DoubleUpstream) -> Iterator[ChaosProxy]:
    with ChaosProxy(upstream.address) as running:
        yield running


def send(proxy: ChaosProxy, path: str) -> requests.Response:
    return requests.post(proxy.url + path, data=b"officer Duan departs", timeout=5)


def test_a_request_passes_whole_in_both_directions(proxy, upstream):
    answer = send(proxy, "/api/commands?batch=1")
    assert answer.json()["size"] == len(b"officer Duan departs")
    assert upstream.requests[0][1] == "/api/commands?batch=1"
    assert proxy.answered["/api/commands?batch=1"] == 1


def test_a_chunked_body_passes_whole(proxy, upstream):
    requests.post(proxy.url + "/api/fixes", data=iter([b"first 0\r\n", b"second"]), timeout=5)
    assert upstream.requests[0][3] == b"first 0\r\nsecond"


def test_a_lost_answer_is_lost_after_the_upstream_has_answered(proxy, upstream):
    rule = proxy.strike("/api/commands", Fault.LOSE_ANSWER, times=2)
    for _ in range(2):
        with pytest.raises(requests.ConnectionError):
            send(proxy, "/api/commands")
    assert send(proxy, "/api/commands").status_code == 200
    assert len(upstream.requests) == 3
    assert rule.done == 2
    assert proxy.answered["/api/commands"] == 3


def test_a_lost_request_never_reaches_the_upstream(proxy, upstream):
    proxy.strike("/api/commands", Fault.LOSE_REQUEST, times=1)
    with pytest.raises(requests.ConnectionError):
        send(proxy, "/api/commands")
    assert upstream.requests == []


def test_a_torn_answer_ends_in_the_middle(proxy, upstream):
    proxy.strike("/api/board", Fault.TEAR_ANSWER)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        send(proxy, "/api/board")
    assert len(upstream.requests) == 1


def test_a_rule_strikes_its_own_path_and_every_third_request_only(proxy):
    rule = proxy.strike("/api/commands", Fault.LOSE_ANSWER, every=3)
    assert send(proxy, "/api/phone").status_code == 200
    outcomes = []
    for _ in range(6):
        try:
            outcomes.append(send(proxy, "/api/commands").status_code)
        except requests.ConnectionError:
            outcomes.append("lost")
    assert outcomes == [200, 200, "lost", 200, 200, "lost"]
    assert rule.done == 2


def test_a_delayed_answer_comes_late(proxy):
    proxy.strike("/api/board", Fault.DELAY, seconds=0.3)
    assert send(proxy, "/api/board").elapsed.total_seconds() >= 0.3


def test_a_proxy_that_is_down_refuses_and_comes_back_on_the_same_port(proxy):
    port = proxy.port
    proxy.down()
    with pytest.raises(requests.ConnectionError):
        send(proxy, "/api/commands")
    proxy.up()
    assert proxy.port == port
    assert send(proxy, "/api/commands").status_code == 200


def test_a_websocket_passes_and_breaks_when_the_network_does(proxy):
    socket = websocket.create_connection(f"ws://127.0.0.1:{proxy.port}/socket.io/", timeout=5)
    socket.send("heartbeat")
    assert socket.recv() == "heartbeat"
    proxy.break_connections()
    with pytest.raises((ConnectionError, websocket.WebSocketException)):
        socket.recv()
    socket.close()
    assert send(proxy, "/api/commands").status_code == 200


def test_calm_forgets_every_rule(proxy):
    proxy.strike("/", Fault.LOSE_REQUEST)
    proxy.calm()
    assert send(proxy, "/api/commands").status_code == 200
