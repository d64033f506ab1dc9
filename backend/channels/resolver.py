"""Names to addresses with a bound on the wait: the system's resolver may take half a minute over a name that is gone."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from backend.channels.call_error import CallError

MOST_AT_ONCE = 32
SocketAddress = tuple[Any, ...]
Found = list[tuple[int, SocketAddress]]
"""Family and socket address of each address of a name, in the order to try them."""
LookUp = Callable[[str, int], Found]


def ask_the_system(host: str, port: int) -> Found:
    """Return the addresses the system's resolver knows for the name; raise OSError when there is none."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, address) for family, _, _, _, address in answers]


class Resolver:
    """Looks each name up in a thread of its own; who asks for a name that is being looked up waits for the same answer.

    A thread that the system keeps is left behind and ends by itself; there are never more than MOST_AT_ONCE.
    """

    def __init__(self, look_up: LookUp = ask_the_system) -> None:
        self._look_up = look_up
        self._asked: dict[tuple[str, int], Future[Found]] = {}
        self._line = threading.Lock()

    def find(self, host: str, port: int, seconds: float) -> Found:
        """Return the addresses of the name within so many seconds; raise CallError otherwise."""
        try:
            return self._answer(host, port).result(timeout=max(seconds, 0.0))
        except TimeoutError:
            raise CallError("name_timeout") from None
        except (OSError, UnicodeError):
            raise CallError("unknown_name") from None

    def _answer(self, host: str, port: int) -> Future[Found]:
        with self._line:
            if (host, port) in self._asked:
                return self._asked[host, port]
            if len(self._asked) >= MOST_AT_ONCE:
                raise CallError("name_timeout")
            future: Future[Found] = Future()
            self._asked[host, port] = future
        threading.Thread(target=self._ask, args=(host, port, future), name="look-up", daemon=True).start()
        return future

    def _ask(self, host: str, port: int, future: Future[Found]) -> None:
        try:
            answer: Found | Exception = self._look_up(host, port)
        except Exception as error:  # noqa: BLE001 - it is raised again where the answer is waited for
            answer = error
        # Forgotten first: who asks from now on is given an answer of now.
        with self._line:
            del self._asked[host, port]
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
