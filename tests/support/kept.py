"""What tests share because making it anew costs more than most tests: the routes, and SQL that is already compiled."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, make_url

from backend.app import create_app, install_services
from backend.core.clock import FixedClock
from backend.core.database import Database
from backend.core.settings import Settings
from backend.wiring import wire_events


class Kept:
    """One application, and one engine for each kind of database, that go from test to test."""

    def __init__(self) -> None:
        self._databases: dict[str, Database] = {}
        self._app: Any = None

    @contextmanager
    def database(self, url: str, clock: FixedClock) -> Iterator[Database]:
        """Lead the engine of the URL's kind to that database, and close every connection in the end."""
        kind = make_url(url).get_backend_name()
        if kind not in self._databases:
            self._databases[kind] = Database(url)
            lead_to_its_url(self._databases[kind].engine)
        found = self._databases[kind]
        found.url, found.engine.url = url, make_url(url)
        found.clock, found.bus = clock, wire_events()
        yield found
        found.close()

    def app(self, settings: Settings, database: Database) -> Any:
        """Return the application with the services of this test's installation and of no other."""
        if self._app is None:
            self._app = create_app(settings, database)
        else:
            install_services(self._app, settings, database)
        return self._app


def lead_to_its_url(engine: Engine) -> None:
    """Let new connections go where `engine.url` says now, and not where it said when the engine was made."""

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Any, _record: Any, positional: list[Any], named: dict[str, Any]) -> None:
        now_positional, now_named = dialect.create_connect_args(engine.url)
        positional[:] = now_positional
        named.update(now_named)


@contextmanager
def listening(engine: Engine, name: str, listener: Any) -> Iterator[None]:
    """Listen to an engine's event for the length of the block only: the engine is another test's next."""
    event.listen(engine, name, listener)
    try:
        yield
    finally:
        event.remove(engine, name, listener)
