"""A deadline for a whole call: a server that sends a byte now and then must not hold a slot for longer."""

import socket
import ssl
import time
from collections.abc import Callable
from typing import Any


class Deadline:
    """An instant of a clock that never jumps, `seconds` from now."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._at = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; raise TimeoutError when there are none."""
        left = self._at - self._monotonic()
        if left <= 0:
            raise TimeoutError("the call took too long")
        return left


class _Timed(socket.socket):
    """Waits for each piece no longer than is left of the whole; the usual limit of one wait still holds."""

    deadline: Deadline | None = None

    def _hurry(self) -> None:
        if self.deadline is not None:
            left, usual = self.deadline.left(), self.gettimeout()
            self.settimeout(left if usual is None else min(left, usual))

    def recv_into(self, *arguments: Any, **options: Any) -> int:
        self._hurry()
        return super().recv_into(*arguments, **options)

    def send(self, *arguments: Any, **options: Any) -> int:
        self._hurry()
        return super().send(*arguments, **options)

    def sendall(self, *arguments: Any, **options: Any) -> None:
        self._hurry()
        super().sendall(*arguments, **options)


class TimedSocket(_Timed):
    """A plain socket under a deadline."""


class TimedTlsSocket(_Timed, ssl.SSLSocket):
    """A TLS socket under a deadline; contexts make it when it is their `sslsocket_class`."""
