"""Sending beside the worker's loop: so many threads in all, so many for one host, none for a host that does not answer."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from backend.channels.breaker import Breaker, BreakerRules
from backend.channels.message import Result, Verdict

log = logging.getLogger(__name__)
Job = Callable[[], Result]
Done = Callable[[Result], None]


@dataclass(frozen=True)
class PoolLimits:
    """How much may be on its way: in all, to one host, and waiting; a job that waited for too long is not begun."""

    threads: int = 16
    per_host: int = 4
    waiting: int = 10_000
    waiting_seconds: float = 15.0
    """With the ten seconds of a call less than half a minute: whoever takes work for so long is not overtaken."""


@dataclass(frozen=True)
class _Waiting:
    """One job that waits, and until when it may begin."""

    job: Job
    done: Done
    begins_by: float


@dataclass
class _Host:
    """One host: what waits for it, how many are on their way, what its breaker knows."""

    waiting: deque[_Waiting]
    running: int = 0
    breaker: Breaker = field(default_factory=Breaker)


class SendingPool:
    """Runs jobs for hosts. One dead host holds at most its own share of threads, and none once its breaker is shut.

    `done` is called exactly once for each job, on a thread of the pool; or, when the job is turned away, in `submit`
    or `stop` before it returns. After `stop` has returned it is not called any more: what was on its way then has no answer, as
    after a crash. Hosts without work that answered are forgotten.
    """

    def __init__(
        self,
        limits: PoolLimits | None = None,
        rules: BreakerRules | None = None,
        per_host: Mapping[str, int] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or PoolLimits()
        self._rules = rules or BreakerRules()
        self._per_host = dict(per_host or {})
        self._monotonic = monotonic
        self._hosts: dict[str, _Host] = {}
        self._waiting = 0
        self._running = 0
        self._telling = 0
        self._threads = 0
        self._idle = 0
        self._stopping = False
        self._stopped = False
        self._changed = threading.Condition()

    def submit(self, host: str, job: Job, done: Done) -> None:
        """Take a job for a host and return at once; LATER is its result when it cannot be taken or its host is closed."""
        with self._changed:
            turned_away = self._why_not(host)
            if turned_away is None:
                begins_by = self._monotonic() + self._limits.waiting_seconds
                self._host(host).waiting.append(_Waiting(job, done, begins_by))
                self._waiting += 1
                if self._idle < self._waiting and self._threads < self._limits.threads:
                    self._threads += 1
                    threading.Thread(target=self._work, name=f"sending-{self._threads}", daemon=True).start()
                self._changed.notify()
        if turned_away is not None:
            _tell(done, turned_away)

    def pause_of(self, host: str) -> timedelta:
        """Return for how long a host is closed; nothing when it is open."""
        with self._changed:
            known = self._hosts.get(host)
            return timedelta(seconds=known.breaker.pause(self._monotonic(), self._rules) if known else 0.0)

    def stop(self, seconds: float) -> bool:
        """Take nothing more, turn away what waits, give what is on its way so long; tell whether all of it ended."""
        with self._changed:
            self._stopping = True
            waiting = [one.done for host in self._hosts.values() for one in host.waiting]
            for host in self._hosts.values():
                host.waiting.clear()
            self._waiting = 0
            self._changed.notify_all()
        for done in waiting:
            _tell(done, Result(Verdict.LATER, "stopping"))
        with self._changed:
            ended = self._changed.wait_for(lambda: self._running == 0, timeout=seconds)
            self._stopped = True
            # A result that is being told at this very moment is told to its end.
            self._changed.wait_for(lambda: self._telling == 0, timeout=seconds)
        return ended

    def _why_not(self, host: str) -> Result | None:
        if self._stopping:
            return Result(Verdict.LATER, "stopping")
        if self._waiting >= self._limits.waiting:
            return Result(Verdict.LATER, "queue_full")
        known = self._hosts.get(host)
        pause = known.breaker.pause(self._monotonic(), self._rules) if known else 0.0
        return _breaker_open(pause) if pause > 0 else None

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(deque())
        return self._hosts[name]

    def _work(self) -> None:
        while True:
            with self._changed:
                taken = self._take()
                while taken is None:
                    if self._stopping:
                        self._threads -= 1
                        return
                    self._idle += 1
                    self._changed.wait()
                    self._idle -= 1
                    taken = self._take()
            name, job, done, turned_away = taken
            result = turned_away or _run(job)
            self._finish(name, done, result, was_run=turned_away is None)

    def _take(self) -> tuple[str, Job, Done, Result | None] | None:
        """Take the next job of a host that has a place, or one that must be turned away; hosts take turns."""
        now = self._monotonic()
        for name, host in self._hosts.items():
            if not host.waiting:
                continue
            turned_away = self._too_late_for(host, now)
            if not turned_away and host.running >= self._per_host.get(name, self._limits.per_host):
                continue
            one = host.waiting.popleft()
            self._waiting -= 1
            self._running += 1
            # To the end of the line.
            self._hosts[name] = self._hosts.pop(name)
            if turned_away is None:
                host.running += 1
                host.breaker = host.breaker.started()
            return name, one.job, one.done, turned_away
        return None

    def _too_late_for(self, host: _Host, now: float) -> Result | None:
        """Return what the first that waits for a host is told instead of being sent; None when it may be sent."""
        if pause := host.breaker.pause(now, self._rules):
            return _breaker_open(pause)
        return Result(Verdict.LATER, "waited_too_long") if now > host.waiting[0].begins_by else None

    def _finish(self, name: str, done: Done, result: Result, *, was_run: bool) -> None:
        with self._changed:
            host = self._host(name)
            if was_run:
                host.running -= 1
                self._learn(name, host, result)
            if not host.waiting and not host.running and host.breaker == Breaker():
                del self._hosts[name]
            is_told = not self._stopped
            self._telling += is_told
            self._changed.notify()
        if is_told:
            _tell(done, result)
        with self._changed:
            self._telling -= is_told
            self._running -= 1
            self._changed.notify_all()

    def _learn(self, name: str, host: _Host, result: Result) -> None:
        was_shut = host.breaker.shut_until
        if result.tells_against_host:
            host.breaker = host.breaker.failed(self._monotonic(), self._rules)
        elif result.was_answered:
            host.breaker = host.breaker.answered()
        else:
            host.breaker = host.breaker.abandoned()
        if was_shut is None and host.breaker.shut_until is not None:
            log.warning("%s does not answer (%s); nothing is sent there for a while", name, result.code)
        elif was_shut is not None and host.breaker.shut_until is None:
            log.info("%s answers again", name)


def _breaker_open(pause: float) -> Result:
    return Result(Verdict.LATER, "breaker_open", retry_after=timedelta(seconds=pause))


def _run(job: Job) -> Result:
    try:
        return job()
    except Exception as error:  # noqa: BLE001 - one message's mistake ends no thread
        # Its kind alone: what an error says may be an address or a text that is secret.
        log.error("a message could not be sent: %s", type(error).__name__)
        return Result(Verdict.LATER, "failed")


def _tell(done: Done, result: Result) -> None:
    try:
        done(result)
    except Exception:
        log.exception("what became of a message could not be noted")
