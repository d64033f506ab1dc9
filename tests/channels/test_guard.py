"""Guarded HTTP: the address that was checked is the one that is called, TLS verifies the name, nothing holds a call."""

import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from backend.channels.addresses import Allowed
from backend.channels.call_error import CallError
from backend.channels.guard import Guard, trusting_context
from backend.channels.resolver import MOST_AT_ONCE, Found, Resolver
from tests.channels.conftest import guard, hasty_guard
from tests.support.http_double import (
    Answer,
    HttpDouble,
    RoughServer,
    breaks_off,
    drips_its_body,
    drips_its_head,
    hangs,
    streams_for_ever,
)
from tests.support.tls import Authority

NAME = "push.binchuan.example"


class Names:
    """A name server's answers, one after the other; `asked` are the questions."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Found:
        self.asked.append(host)
        addresses = self._answers.pop(0)
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, (one, port, *((0, 0) if ":" in one else ())))
            for one in addresses
        ]


def call(one: Guard, url: str, **options: Any) -> bytes:
    with one.session() as session:
        content: bytes = session.post(url, data=b"x", timeout=one.waits, **options).content
        return content


def fail(one: Guard, url: str, **options: Any) -> CallError:
    with pytest.raises(CallError) as failed:
        call(one, url, **options)
    return failed.value


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    one = guard(Allowed.read(["127.0.0.1"]), resolver=Resolver(names))
    with HttpDouble(Answer(body=b"here")) as server:
        assert call(one, f"http://{NAME}:{server.port}/") == b"here"
        assert server.requests[0].headers["host"] == f"{NAME}:{server.port}"
        assert names.asked == [NAME], "asked once: a second answer could be another one"
        assert fail(one, f"http://{NAME}:{server.port}/").code == "blocked_address"
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["fe80::1%1"],
        ["1.1.1.1", "10.0.0.1"],
    ],
)
def test_a_name_that_leads_inside_is_not_called(addresses: list[str]) -> None:
    one = guard(Allowed(), resolver=Resolver(Names(addresses)))
    with HttpDouble() as server:
        assert fail(one, f"http://{NAME}:{server.port}/").code == "blocked_address"
        assert not server.requests


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    one = guard(Allowed.read(["127.0.0.0/8"]), resolver=Resolver(Names(["127.0.0.2", "127.0.0.1"])))
    with HttpDouble(Answer(body=b"here")) as server:
        assert call(one, f"http://{NAME}:{server.port}/") == b"here"


def test_a_redirect_is_not_followed() -> None:
    with HttpDouble(Answer(body=b"secret of the inside")) as inside, HttpDouble() as server:
        server.answer = Answer(307, headers={"Location": f"{inside.url}/admin"})
        assert call(guard(), f"{server.url}/", allow_redirects=True) == b""
        assert not inside.requests


def test_no_proxy_and_no_password_file_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login duty password geheim\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with HttpDouble() as proxy, HttpDouble(Answer(body=b"direct")) as server:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        assert call(guard(), f"{server.url}/") == b"direct"
        assert not proxy.requests
        assert "authorization" not in server.requests[0].headers


def test_tls_verifies_the_name_and_the_authority(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    context = trusting_context(authority.path)

    def called(name: str, context: Any = context) -> Guard:
        return guard(Allowed.read(["127.0.0.1"]), resolver=Resolver(Names(["127.0.0.1"])), context=context)

    with HttpDouble(Answer(body=b"private"), authority.server(NAME)) as server:
        assert call(called(NAME), f"https://{NAME}:{server.port}/") == b"private"
        assert fail(called("other"), f"https://other.binchuan.example:{server.port}/").code == "tls_failed"
        assert fail(called(NAME, trusting_context()), f"https://{NAME}:{server.port}/").code == "tls_failed"
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "code", "has_head"),
    [
        (hangs, "timeout", False),
        (drips_its_head, "timeout", False),
        (drips_its_body, "timeout", True),
        (breaks_off, "connection_failed", True),
        (streams_for_ever, "answer_too_long", True),
    ],
)
def test_a_whole_call_ends_in_time_whatever_the_server_does(
    behaviour: Any, code: str, has_head: bool
) -> None:
    with RoughServer(behaviour) as server:
        began = time.monotonic()
        error = fail(hasty_guard(waits=(0.25, 0.25)), f"{server.url}/")
        assert (error.code, error.response is not None) == (code, has_head)
        assert time.monotonic() - began < 2.0, "three tenths of a second, and a slow machine"


def test_tls_keeps_to_the_deadline_too(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    context = authority.server(NAME)

    def drips_under_tls(connection: socket.socket, over: threading.Event) -> None:
        with context.wrap_socket(connection, server_side=True) as tls:
            drips_its_body(tls, over)

    for behaviour in (hangs, drips_under_tls):
        one = hasty_guard(resolver=Resolver(Names(["127.0.0.1"])), context=trusting_context(authority.path))
        with RoughServer(behaviour, reads_first=False) as server:
            assert fail(one, f"https://{NAME}:{server.port}/").code == "timeout"


def test_of_an_answer_no_more_than_the_limit_is_kept() -> None:
    with HttpDouble(Answer(body=b"x" * 1025)) as server:
        error = fail(guard(answer_bytes=1024), f"{server.url}/")
        assert error.code == "answer_too_long" and error.response is not None
        assert error.response.content == b"x" * 1024
        assert len(call(guard(answer_bytes=1025), f"{server.url}/")) == 1025


def test_nothing_packed_is_unpacked() -> None:
    with HttpDouble(Answer(body=b"\x1f\x8b" + b"0" * 9, headers={"Content-Encoding": "gzip"})) as server:
        assert call(guard(), f"{server.url}/") == b"\x1f\x8b" + b"0" * 9
        assert server.requests[0].headers["accept-encoding"] == "identity"


def test_a_name_server_that_does_not_answer_holds_nobody_and_is_asked_once() -> None:
    asked, silent = [], threading.Event()

    def never(host: str, port: int) -> Found:
        asked.append(host)
        silent.wait()
        return []

    one = hasty_guard(resolver=Resolver(never))
    try:
        for _ in range(3):
            assert fail(one, f"http://{NAME}/").code == "name_timeout"
        assert asked == [NAME]
    finally:
        silent.set()


def test_there_is_a_bound_on_how_many_names_are_looked_up_at_once() -> None:
    silent = threading.Event()

    def never(host: str, port: int) -> Found:
        silent.wait()
        return [(socket.AF_INET, ("127.0.0.1", port))]

    resolver = Resolver(never)
    try:
        for number in range(MOST_AT_ONCE):
            with pytest.raises(CallError):
                resolver.find(f"n{number}.example", 443, 0.0)
        before = threading.active_count()
        with pytest.raises(CallError, match="name_timeout"):
            resolver.find("one-more.example", 443, 5.0)
        assert threading.active_count() == before
    finally:
        silent.set()


def test_a_name_nobody_knows_is_trouble_with_the_name() -> None:
    def unknown(host: str, port: int) -> Found:
        raise socket.gaierror("Name or service not known")

    assert fail(guard(resolver=Resolver(unknown)), f"http://{NAME}/").code == "unknown_name"
    assert (
        fail(guard(resolver=Resolver(lambda host, port: [])), f"http://{NAME}/").code == "connection_failed"
    )


def test_what_went_wrong_never_names_the_address() -> None:
    with HttpDouble() as server:
        url = f"{server.url}/secret-capability"
    error = fail(guard(), url)
    shown = repr(error) + str(error)
    assert "secret" not in shown and error.__suppress_context__
