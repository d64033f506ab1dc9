"""The door of the live sockets: whoever is not signed in gets 401 before there is a socket at all."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.http import parse_cookie

from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.web import SESSION_COOKIE

SOCKETS = "/socket.io"
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Doorman:
    """A WSGI layer before the socket server; everything that is not a socket passes unlooked at."""

    def __init__(self, application: Application, authenticate: Callable[[str], Actor | None]) -> None:
        self.application = application
        self.authenticate = authenticate

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass a request on, or refuse a socket to whoever is not signed in."""
        if not str(environ.get("PATH_INFO", "")).startswith(SOCKETS):
            return self.application(environ, start_response)
        try:
            if self.authenticate(parse_cookie(environ).get(SESSION_COOKIE, "")) is None:
                raise Problem("401.1")
        except Problem as problem:
            body = json.dumps(problem.body(), ensure_ascii=False).encode()
            headers = [("Content-Type", "application/problem+json"), ("Content-Length", str(len(body)))]
            start_response(f"{problem.status} Refused", [*headers, ("Cache-Control", "no-store")])
            return [body]
        return self.application(environ, start_response)
