"""What the tests of commands share: an installation of their own, and databases with nothing in them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from backend.cli import main
from backend.core.identifiers import new_identifier
from tests.cli.running import Run
from tests.conftest import KINDS, PASSWORD
from tests.support.postgis import Cluster
from tests.support.world import World


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast_password_hashing: None) -> Run:
    """Run a command in an installation of its own; keyword arguments are its settings."""
    monkeypatch.setenv("LINGDA_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("LINGDA_DEMO_PASSWORD", PASSWORD)
    for name in (
        "LINGDA_DATABASE_URL",
        "LINGDA_GATEWAYS",
        "LINGDA_HTTP",
        "LINGDA_PUBLIC_URL",
        "LINGDA_PUSH_ALLOWED_HOSTS",
        "LINGDA_REDIS_URL",
        "LINGDA_SECRET_KEY",
        "LINGDA_VAPID_PRIVATE_KEY",
        "LINGDA_VAPID_SUBJECT",
    ):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, input: str | None = None, **environment: Any) -> Result:
        for name, value in environment.items():
            monkeypatch.setenv(name, str(value))
        return CliRunner().invoke(main, arguments, input=input)

    return call


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of each kind with nothing in it."""
    if request.param == "spatialite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    cluster: Cluster = request.getfixturevalue("postgis_cluster")
    name = f"empty_{new_identifier().replace('-', '')}"
    yield cluster.create_database(name)
    cluster.drop_database(name)


@pytest.fixture
def demo(run: Run, world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world, on whose database every command runs; commands ask the machine's own clock, and so does it."""
    monkeypatch.setenv("LINGDA_DATABASE_URL", world.database.engine.url.render_as_string(hide_password=False))
    world.clock.instant = datetime.now(UTC)
    return world
