"""HTTP to the outside: only to allowed addresses, within one time limit, with answers of a bounded size, by no proxy.

A push endpoint is an address that a phone gave us. So a name is resolved once, every address of it is checked, the
connection goes to the very address that was checked, TLS verifies the name, and no redirect is followed.
"""

import logging
import socket
import ssl
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError, ReadTimeoutError

from backend.channels.addresses import Allowed
from backend.channels.call_error import CallError
from backend.channels.deadline import Deadline, TimedSocket, TimedTlsSocket
from backend.channels.endpoints import check_endpoint
from backend.channels.resolver import Resolver

__all__ = ["CallError", "Guard", "GuardedSession", "check_endpoint"]
CALL_SECONDS = 10.0
WAITS = (3.05, 8.0)
"""Seconds for connecting to one address and for each wait for an answer."""
ANSWER_BYTES = 64 * 1024

# urllib3 writes whole addresses into its log, with what is secret in them; this room says by itself what happened.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)


def trusting_context(authority: Path | None = None) -> ssl.SSLContext:
    """Return a TLS context that trusts this system's authorities, certifi's, and one more if given."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if authority is not None:
        context.load_verify_locations(authority)
    context.sslsocket_class = TimedTlsSocket
    return context


class Guard:
    """Makes guarded sessions; may be shared by threads. `call_seconds` bounds a call, `answer_bytes` an answer."""

    def __init__(
        self,
        allowed: Allowed,
        *,
        call_seconds: float = CALL_SECONDS,
        waits: tuple[float, float] = WAITS,
        answer_bytes: int = ANSWER_BYTES,
        resolver: Resolver | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.allowed = allowed
        self.call_seconds = call_seconds
        self.waits = waits
        self.answer_bytes = answer_bytes
        self._resolver = resolver or Resolver()
        self.context = context or trusting_context()

    def with_allowed(self, allowed: Allowed) -> "Guard":
        """Return a guard with the same limits that lets other hosts pass."""
        return Guard(
            allowed,
            call_seconds=self.call_seconds,
            waits=self.waits,
            answer_bytes=self.answer_bytes,
            resolver=self._resolver,
            context=self.context,
        )

    def session(self, seconds: float | None = None) -> "GuardedSession":
        """Return a session for one call; its time, at most `seconds`, begins now. Close it, or use it by `with`."""
        return GuardedSession(self, Deadline(min(seconds or self.call_seconds, self.call_seconds)))

    def connect(self, host: str, port: int, seconds: float, deadline: Deadline) -> TimedSocket:
        """Return a connection to the host, each address of which is allowed; raise CallError."""
        try:
            found = self._resolver.find(host, port, deadline.left())
            for _, address in found:
                if not self.allowed.may_reach(host, ip_address(str(address[0]).partition("%")[0])):
                    raise CallError("blocked_address")
            return _first_that_answers(found, seconds, deadline)
        except TimeoutError:
            raise CallError("timeout") from None
        except OSError:
            raise CallError("connection_failed") from None


def _first_that_answers(
    found: list[tuple[int, tuple[Any, ...]]], seconds: float, deadline: Deadline
) -> TimedSocket:
    failure: OSError = ConnectionError("the name has no address")
    for family, address in found:
        connection = TimedSocket(family, socket.SOCK_STREAM)
        try:
            connection.deadline = deadline
            connection.settimeout(min(seconds, deadline.left()))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.connect(address)
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure


class GuardedSession(requests.Session):
    """A session for one call. Every failure is a CallError, one that came after the answer's head carries what there is."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        super().__init__()
        self._guard = guard
        self._deadline = deadline
        self.trust_env = False
        self.headers["User-Agent"] = "Lingda"
        # What is packed could unpack to gigabytes.
        self.headers["Accept-Encoding"] = "identity"
        adapter = _Adapter(guard, deadline)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Send the request and return the answer with its body read, up to the limit; raise CallError."""
        options.update(stream=True, allow_redirects=False)
        try:
            response = super().send(request, **options)
        except requests.Timeout:
            raise CallError("timeout") from None
        except requests.exceptions.SSLError:
            raise CallError("tls_failed") from None
        except (requests.exceptions.InvalidURL, LocationParseError):
            raise CallError("bad_address") from None
        except (requests.RequestException, HTTPError, OSError):
            raise CallError("connection_failed") from None
        self._read(response)
        return response

    def _read(self, response: requests.Response) -> None:
        limit, trouble, body = self._guard.answer_bytes, "", b""
        try:
            # To the end, which alone tells an answer that was broken off from a short one.
            while len(body) <= limit and (
                more := response.raw.read(limit + 1 - len(body), decode_content=False)
            ):
                body += more
        except (ReadTimeoutError, TimeoutError):
            trouble = "timeout"
        except (HTTPError, OSError):
            trouble = "connection_failed"
        finally:
            response.close()
        if len(body) > limit:
            trouble = "answer_too_long"
        response._content = body[:limit]
        response._content_consumed = True
        if trouble:
            raise CallError(trouble, response)


class _Adapter(HTTPAdapter):
    """Gives each connection the guard and the deadline; TLS is verified by the guard's context alone."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, ssl_context=self._guard.context, **options)

    def cert_verify(self, conn: Any, url: str | None, verify: Any, cert: Any) -> None:
        """Load no authorities again for each connection: the context has them and demands them."""

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> HTTPConnectionPool:
        pool = super().get_connection_with_tls_context(*arguments, **options)
        kind = _TlsConnection if pool.scheme == "https" else _PlainConnection
        pool.ConnectionCls = partial(kind, self._guard, self._deadline)  # type: ignore[assignment]
        return pool


class _PlainConnection(HTTPConnection):
    """A connection that the guard makes."""

    def __init__(self, guard: Guard, deadline: Deadline, **options: Any) -> None:
        self._guard = guard
        self._deadline = deadline
        super().__init__(**options)

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self._dns_host, self.port, self.timeout or WAITS[0], self._deadline)


class _TlsConnection(_PlainConnection, HTTPSConnection):
    """The same with TLS, which verifies the name and keeps to the deadline from the handshake on."""

    def connect(self) -> None:
        super().connect()
        assert isinstance(self.sock, TimedTlsSocket)
        self.sock.deadline = self._deadline
