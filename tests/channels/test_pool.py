"""Sending never holds the worker's loop, and a dead host never holds the places of the others."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from backend.channels.breaker import BreakerRules
from backend.channels.message import Result, Verdict
from backend.channels.pool import Job, PoolLimits, SendingPool
from backend.channels.vapid import VapidKeys
from backend.channels.web_push import Push, WebPushChannel
from backend.core.clock import FixedClock
from tests.channels.conftest import guard
from tests.support.http_double import RoughServer, hangs
from tests.support.push_without_browser import Browser, PushService

SENT = Result(Verdict.SENT, "201")
TIMEOUT = Result(Verdict.LATER, "timeout")
SOON = 10.0


class Results:
    """Results as they are told; `wait` until so many are there."""

    def __init__(self) -> None:
        self.told: list[Result] = []
        self._changed = threading.Condition()

    def __call__(self, result: Result) -> None:
        with self._changed:
            self.told.append(result)
            self._changed.notify_all()

    def wait(self, count: int) -> list[Result]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.told) >= count, SOON), f"only {self.told}"
            return list(self.told)


class Gate:
    """Jobs that stop until the gate is opened; `inside` is how many are in it, `most` how many ever were."""

    def __init__(self, result: Result = SENT) -> None:
        self._result = result
        self._open = threading.Event()
        self._changed = threading.Condition()
        self.inside = self.most = 0

    def job(self) -> Result:
        with self._changed:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self._changed.notify_all()
        self._open.wait()
        with self._changed:
            self.inside -= 1
        return self._result

    def wait(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.inside >= count, SOON)

    def open(self) -> None:
        self._open.set()


class Time:
    """A steady clock that moves when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clockwork() -> Time:
    return Time()


@pytest.fixture
def gate() -> Iterator[Gate]:
    one = Gate()
    yield one
    one.open()


@pytest.fixture
def pool(clockwork: Time) -> Iterator[SendingPool]:
    limits = PoolLimits(threads=6, per_host=2, waiting=50)
    rules = BreakerRules(failures=3, first_pause=5.0, longest_pause=60.0)
    one = SendingPool(limits, rules, {"robot": 1}, clockwork)
    yield one
    one.stop(SOON)


def give(result: Result) -> Job:
    return lambda: result


def test_a_job_runs_beside_whoever_gave_it_and_tells_its_result(pool: SendingPool) -> None:
    results, threads = Results(), []

    def job() -> Result:
        threads.append(threading.current_thread())
        return SENT

    pool.submit("apple", job, results)
    assert results.wait(1) == [SENT]
    assert threads[0] is not threading.current_thread()


def test_a_dead_host_holds_its_own_share_and_no_more(pool: SendingPool, gate: Gate) -> None:
    dead, alive = Results(), Results()
    for _ in range(10):
        pool.submit("fcm", gate.job, dead)
    gate.wait(2)
    for _ in range(5):
        pool.submit("apple", give(SENT), alive)
    assert alive.wait(5) == [SENT] * 5
    assert (gate.most, dead.told) == (2, [])
    gate.open()
    assert dead.wait(10) == [SENT] * 10
    assert gate.most == 2


def test_a_gateway_that_takes_one_at_a_time_gets_one_at_a_time(pool: SendingPool, gate: Gate) -> None:
    results = Results()
    for _ in range(3):
        pool.submit("robot", gate.job, results)
    gate.wait(1)
    gate.open()
    results.wait(3)
    assert gate.most == 1


def test_there_are_never_more_threads_than_allowed(pool: SendingPool, gate: Gate) -> None:
    results = Results()
    for number in range(20):
        pool.submit(f"host-{number % 10}", gate.job, results)
    gate.wait(6)
    assert sum(thread.name.startswith("sending-") for thread in threading.enumerate()) >= 6
    gate.open()
    results.wait(20)
    assert gate.most == 6


def test_hosts_take_turns(clockwork: Time) -> None:
    pool, gate, order, results = (
        SendingPool(PoolLimits(threads=1), monotonic=clockwork),
        Gate(),
        [],
        Results(),
    )

    def named(name: str) -> Job:
        def job() -> Result:
            order.append(name)
            return SENT

        return job

    pool.submit("busy", gate.job, results)
    gate.wait(1)
    for name in ("busy", "busy", "busy", "quiet"):
        pool.submit(name, named(name), results)
    gate.open()
    results.wait(5)
    assert order.index("quiet") <= 1
    assert pool.stop(SOON)


def test_a_host_that_fails_is_closed_at_once_for_all_that_wait_and_all_that_come(
    pool: SendingPool, clockwork: Time
) -> None:
    results = Results()
    for _ in range(12):
        pool.submit("fcm", give(TIMEOUT), results)
    told = results.wait(12)
    sent = [one for one in told if one == TIMEOUT]
    assert 3 <= len(sent) <= 4, "three shut it, and one more may have been on its way"
    closed = Result(Verdict.LATER, "breaker_open", retry_after=timedelta(seconds=5))
    assert told.count(closed) == 12 - len(sent)
    clockwork.now += 2
    assert pool.pause_of("fcm") == timedelta(seconds=3)
    pool.submit("fcm", give(SENT), results)
    assert results.told[-1] == Result(Verdict.LATER, "breaker_open", timedelta(seconds=3)), (
        "told before it returned"
    )
    pool.submit("apple", give(SENT), results)
    assert results.wait(14)[-1] == SENT
    clockwork.now += 3
    pool.submit("fcm", give(SENT), results)
    assert results.wait(15)[-1] == SENT
    assert pool.pause_of("fcm") == timedelta()


def test_what_waited_too_long_is_never_begun(pool: SendingPool, gate: Gate, clockwork: Time) -> None:
    held, late, begun = Results(), Results(), []
    for _ in range(2):
        pool.submit("slow", gate.job, held)
    gate.wait(2)
    pool.submit("slow", lambda: begun.append("late") or SENT, late)
    clockwork.now += 15.1
    pool.submit("slow", gate.job, held)
    assert late.wait(1) == [Result(Verdict.LATER, "waited_too_long")], "though both places are taken"
    gate.open()
    assert held.wait(3) == [SENT] * 3
    assert not begun


def test_after_the_pause_one_message_tries_the_host_for_all(pool: SendingPool, clockwork: Time) -> None:
    results, tried = Results(), Gate(TIMEOUT)
    for _ in range(3):
        pool.submit("fcm", give(TIMEOUT), results)
    results.wait(3)
    clockwork.now += 5
    pool.submit("fcm", tried.job, results)
    tried.wait(1)
    pool.submit("fcm", give(SENT), results)
    assert results.wait(4)[-1].code == "breaker_open", "one finds out, the next does not go with it"
    tried.open()
    assert results.wait(5)[-1] == TIMEOUT
    assert pool.pause_of("fcm") == timedelta(seconds=10)


def test_what_was_never_sent_forgives_a_host_nothing(pool: SendingPool) -> None:
    results = Results()
    unsent = Result(Verdict.REFUSED, "bad_keys")
    for number, result in enumerate([TIMEOUT, TIMEOUT, unsent, TIMEOUT], start=1):
        pool.submit("fcm", give(result), results)
        results.wait(number)
    assert pool.pause_of("fcm") == timedelta(seconds=5)
    for number, result in enumerate([TIMEOUT, TIMEOUT, SENT, TIMEOUT], start=5):
        pool.submit("apple", give(result), results)
        results.wait(number)
    assert pool.pause_of("apple") == timedelta(), "an answer between does"


@pytest.mark.parametrize(
    "result",
    [Result(Verdict.LATER, "429"), Result(Verdict.LATER, "failed"), Result(Verdict.REFUSED, "bad_keys")],
)
def test_what_is_not_the_hosts_fault_closes_it_for_nobody(pool: SendingPool, result: Result) -> None:
    results = Results()
    for _ in range(8):
        pool.submit("fcm", give(result), results)
    assert results.wait(8) == [result] * 8


def test_a_job_that_raises_is_told_as_failed_and_says_nothing_secret(
    pool: SendingPool, caplog: pytest.LogCaptureFixture
) -> None:
    results = Results()

    def job() -> Result:
        raise ValueError("https://push.example.com/secret-capability")

    pool.submit("fcm", job, results)
    assert results.wait(1) == [Result(Verdict.LATER, "failed")]
    assert "ValueError" in caplog.text and "secret" not in caplog.text


def test_a_listener_that_raises_stops_nobody(pool: SendingPool, caplog: pytest.LogCaptureFixture) -> None:
    results = Results()

    def listener(result: Result) -> None:
        raise RuntimeError("the database is away")

    pool.submit("apple", give(SENT), listener)
    pool.submit("apple", give(SENT), results)
    assert results.wait(1) == [SENT]
    assert pool.stop(SOON)
    assert "could not be noted" in caplog.text


def test_more_than_may_wait_is_turned_away_at_once(pool: SendingPool, gate: Gate) -> None:
    results, late = Results(), Results()
    for number in range(52):
        pool.submit("fcm", gate.job, results)
        gate.wait(min(number + 1, 2))
    pool.submit("apple", give(SENT), late)
    assert late.told == [Result(Verdict.LATER, "queue_full")]


def test_stopping_turns_away_what_waits_and_lets_what_is_on_its_way_end(clockwork: Time) -> None:
    pool, gate, results = (
        SendingPool(PoolLimits(threads=2, per_host=1), monotonic=clockwork),
        Gate(),
        Results(),
    )
    for _ in range(4):
        pool.submit("apple", gate.job, results)
    gate.wait(1)
    ender = threading.Thread(target=lambda: (results.wait(3), gate.open()))
    ender.start()
    assert pool.stop(SOON)
    ender.join()
    assert results.told == [*[Result(Verdict.LATER, "stopping")] * 3, SENT]
    pool.submit("apple", give(SENT), results)
    assert results.told[-1] == Result(Verdict.LATER, "stopping")


def test_stopping_ends_within_its_bound_and_nothing_is_told_after(clockwork: Time) -> None:
    pool, gate, results = SendingPool(monotonic=clockwork), Gate(), Results()
    pool.submit("apple", gate.job, results)
    gate.wait(1)
    began = time.monotonic()
    assert not pool.stop(0.05)
    assert time.monotonic() - began < 5.0
    gate.open()
    for thread in threading.enumerate():
        if thread.name.startswith("sending-"):
            thread.join(SOON)
    assert results.told == []


def test_a_push_service_that_swallows_everything_does_not_keep_the_other_waiting(
    keys: VapidKeys, clock: FixedClock, browser: Browser
) -> None:
    channel, results = WebPushChannel(keys, guard(call_seconds=30.0, waits=(5.0, 30.0)), clock), Results()
    pool = SendingPool(PoolLimits(threads=4, per_host=2))
    with PushService() as apple:

        def submit(endpoint: str) -> None:
            push = Push(browser.subscription(endpoint), b"{}", 60)
            pool.submit(channel.host(push), lambda: channel.send(push), results)

        with RoughServer(hangs) as black_hole:
            for _ in range(6):
                submit(f"{black_hole.url}/wpush/1")
            for _ in range(4):
                submit(apple.endpoint())
            assert results.wait(4) == [SENT] * 4, "all of the living one's, while the other holds two places"
            assert black_hole.connections <= 2
        assert {one.code for one in results.wait(10)[4:]} <= {"connection_failed", "breaker_open"}
        assert pool.stop(SOON)
