"""Fixtures of every test: a fresh database of each kind with the demo's courts and people, at a set instant."""

import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher

from backend.core.clock import FixedClock
from backend.core.database import Database
from backend.core.settings import Settings, load_settings
from backend.core.tail import OutboxTail
from backend.demo.load import load_demo
from backend.migrations.run import migrate
from backend.people import accounts
from backend.tracking.store import FixStore
from backend.wiring import join_ports, wire_events
from tests.support.browser_fixtures import browser, chromium, pages, playwright
from tests.support.database_pool import DatabasePool
from tests.support.folders import keep_test_folders_quick
from tests.support.kept import Kept
from tests.support.postgis import Cluster, start_cluster
from tests.support.time_spent import pytest_terminal_summary
from tests.support.world import World

__all__ = ["browser", "chromium", "pages", "playwright", "pytest_terminal_summary"]
"""Fixtures and hooks kept elsewhere."""
TUESDAY_NINE = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
"""Tuesday 2026-03-03 09:00 in China: a working day in working time."""
PASSWORD = "correct horse battery"
KINDS = ("spatialite", "postgis")

keep_test_folders_quick()
# A slow moment of the machine is no fault of what is tested: no test is held to a time.
hypothesis.settings.register_profile("lingda", deadline=None)
hypothesis.settings.load_profile("lingda")
# Looking for garbage took an eighth of the time: a test's objects die young and its databases are closed by hand.
gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def fast_password_hashing() -> Iterator[None]:
    """Hash passwords cheaply: the cost has its own test, sixty people need not pay it."""
    former, accounts.HASHER = accounts.HASHER, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    accounts.HASHER = former


@pytest.fixture(scope="session")
def postgis_cluster() -> Iterator[Cluster]:
    """A private PostGIS server, started when the first test needs it."""
    cluster = start_cluster()
    yield cluster
    cluster.stop()


def make_settings(data: Path, **environment: str) -> Settings:
    """Return the settings of a test installation."""
    return load_settings(
        {
            "LINGDA_DATA": str(data),
            "LINGDA_SECRET_KEY": "a secret of the tests, long enough to be one",
            "LINGDA_DEMO_PASSWORD": PASSWORD,
            **environment,
        }
    )


def fill(url: str, data: Path) -> None:
    """Migrate a database and load the demo as of the tests' instant."""
    database = Database(url, FixedClock(TUESDAY_NINE), wire_events())
    migrate(database)
    load_demo(database, make_settings(data))
    database.close()


@pytest.fixture(scope="session")
def spatialite_template(tmp_path_factory: pytest.TempPathFactory, fast_password_hashing: None) -> Path:
    """A SpatiaLite file with the demo in it, copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    fill(f"sqlite:///{folder / 'template.sqlite'}", folder)
    return folder / "template.sqlite"


@pytest.fixture(scope="session")
def postgis_template(
    postgis_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory, fast_password_hashing: None
) -> str:
    """The name of a PostGIS database with the demo in it, copied for each test."""
    fill(postgis_cluster.create_database("lingda_template"), tmp_path_factory.mktemp("template"))
    return "lingda_template"


@pytest.fixture(scope="session")
def postgis_pool(postgis_cluster: Cluster, postgis_template: str) -> Iterator[DatabasePool]:
    """PostGIS databases with the demo in them, made while other tests run."""
    pool = DatabasePool(postgis_cluster, postgis_template)
    yield pool
    pool.close()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with the demo in it; each test runs on both kinds."""
    if request.param == "spatialite":
        copy = tmp_path / "lingda.sqlite"
        shutil.copy(request.getfixturevalue("spatialite_template"), copy)
        yield f"sqlite:///{copy}"
        return
    pool: DatabasePool = request.getfixturevalue("postgis_pool")
    name, url = pool.take()
    yield url
    pool.give_back(name)


@pytest.fixture
def clock() -> FixedClock:
    """The instant of the test; move it with `clock.instant = …`."""
    return FixedClock(TUESDAY_NINE)


@pytest.fixture(scope="session")
def kept() -> Kept:
    """The application and the engines that go from test to test."""
    return Kept()


@pytest.fixture
def database(database_url: str, clock: FixedClock, kept: Kept) -> Iterator[Database]:
    """A fresh database with the demo in it, with events and ports wired as in production."""
    leave = join_ports()
    with kept.database(database_url, clock) as found:
        yield found
    leave()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of the installation under test."""
    return make_settings(tmp_path)


@pytest.fixture
def world(database: Database, settings: Settings, clock: FixedClock, kept: Kept) -> World:
    """The application on the fresh database, with people who can sign in and phones that can be enrolled."""
    app = kept.app(settings, database)
    extras: dict[str, Any] = app.extensions["lingda"].extras
    extras.update(tail=OutboxTail(database, lambda _rows: None), fix_store=FixStore(database))
    return World(app, database, settings, clock)


@pytest.fixture
def noise(world: World) -> Callable[[], None]:
    """Rows of other courts that no answer of the test's court may hold: call it before asking."""

    def make() -> None:
        for court in ("xiangyun", "baishishan"):
            desk = world.sign_in(f"{court}.duty")
            lead = world.register_lead(desk, content=f"{court} 的线索")
            world.order_out(desk, court, lead_id=lead["id"])

    return make
