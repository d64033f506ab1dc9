"""The world of the tests before a real server: the same people and phones, over HTTP, from outside the process."""

from typing import Any

import requests

from backend.core.clock import SystemClock
from backend.core.database import Database
from backend.wiring import wire_events
from tests.support.server_process import SECRET_KEY
from tests.support.world import World

ANSWER_SECONDS = 60


class Answer:
    """A response with the names that Flask's test client gives it."""

    def __init__(self, response: requests.Response) -> None:
        self.status_code = response.status_code
        self.headers = response.headers
        self.content = response.content

    def get_json(self) -> Any:
        """Return the body as JSON."""
        return requests.models.complexjson.loads(self.content)

    def get_data(self, *, as_text: bool = False) -> str | bytes:
        """Return the body."""
        return self.content.decode() if as_text else self.content


class OverHttp:
    """One caller's connection to a server; `base` may be moved to a proxy or another server."""

    def __init__(self, base: str, token: str | None = None) -> None:
        self.base = base
        self.token = token
        self.session = requests.Session()
        self.session.trust_env = False
        if token:
            self.session.headers["Cookie"] = f"lingda_session={token}"

    def get(self, path: str, query_string: dict[str, Any] | None = None) -> Answer:
        """GET and return the answer."""
        return Answer(self.session.get(self.base + path, params=query_string, timeout=ANSWER_SECONDS))

    def post(self, path: str, json: Any = None, headers: dict[str, str] | None = None, **more: Any) -> Answer:
        """POST JSON and return the answer."""
        return Answer(
            self.session.post(self.base + path, json=json, headers=headers, timeout=ANSWER_SECONDS, **more)
        )

    def put(self, path: str, json: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """PUT JSON and return the answer."""
        return Answer(self.session.put(self.base + path, json=json, headers=headers, timeout=ANSWER_SECONDS))

    def delete(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """DELETE and return the answer."""
        return Answer(self.session.delete(self.base + path, headers=headers, timeout=ANSWER_SECONDS))


class _Settings:
    """The one setting that sign-in from outside needs: the key of the servers under test."""

    secret_key = SECRET_KEY


class RealWorld(World):
    """People who act through the server at `base`; sessions are opened in its database, as in every test."""

    def __init__(self, database_url: str, base: str) -> None:
        database = Database(database_url, bus=wire_events())
        super().__init__(None, database, _Settings(), SystemClock())  # type: ignore[arg-type]
        self.base = base
        self._opened: list[OverHttp] = []

    def __enter__(self) -> "RealWorld":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def connection(self, token: str, base: str | None = None) -> OverHttp:
        """Open one more connection of a session, to the server or to what stands before it."""
        self._opened.append(OverHttp(base or self.base, token))
        return self._opened[-1]

    def _client(self, token: str) -> Any:
        return self.connection(token)

    def close(self) -> None:
        """Close every connection, and the tests' own look into the database."""
        for connection in self._opened:
            connection.session.close()
        self.database.close()
