"""Real backends before real databases: each in eventlet and threading mode, on SpatiaLite and pairwise on PostGIS."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.core.identifiers import new_identifier
from tests.support.postgis import Cluster
from tests.support.real_world import RealWorld
from tests.support.server_process import Backend

MakeDatabase = Callable[[str], str]


@pytest.fixture(scope="module")
def make_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeDatabase]:
    """Make a fresh database of a kind with the demo in it, and return its address."""
    made: list[str] = []

    def make(kind: str) -> str:
        if kind == "spatialite":
            template: Path = request.getfixturevalue("spatialite_template")
            copy = tmp_path_factory.mktemp("database") / "lingda.sqlite"
            shutil.copy(template, copy)
            return f"sqlite:///{copy}"
        made.append(f"server_{new_identifier().replace('-', '')}")
        template_name = request.getfixturevalue("postgis_template")
        cluster: Cluster = request.getfixturevalue("postgis_cluster")
        return cluster.create_database(made[-1], template_name)

    yield make
    for name in made:
        cluster: Cluster = request.getfixturevalue("postgis_cluster")
        cluster.drop_database(name)


@pytest.fixture(scope="module", params=["eventlet-spatialite", "threading-spatialite", "eventlet-postgis"])
def backend(
    request: pytest.FixtureRequest, make_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Backend]:
    """A running backend, shared by the tests of a module."""
    mode, kind = request.param.split("-")
    data = tmp_path_factory.mktemp("data")
    with Backend(make_database(kind), data, mode) as running:
        yield running
        assert "Traceback" not in running.log, running.log


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Show what the shared backend wrote when a test failed."""
    report = yield
    running: Backend | None = getattr(item, "funcargs", {}).get("backend")
    if report.failed and running is not None:
        report.sections.append(("what the backend wrote last", running.log[-4000:]))
    return report


@pytest.fixture
def world(backend: Backend) -> Iterator[RealWorld]:
    """The people of the demo, acting through the backend."""
    people = RealWorld(backend.environment["LINGDA_DATABASE_URL"], backend.url)
    yield people
    people.close()
