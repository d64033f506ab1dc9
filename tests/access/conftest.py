"""One installation of each kind for all access tests: whoever is refused changes nothing, so they can share it."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from backend.app import create_app
from backend.core.clock import FixedClock
from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.core.tail import OutboxTail
from backend.tracking.store import FixStore
from backend.wiring import join_ports, wire_events
from tests.access.stage import Stage
from tests.conftest import KINDS, TUESDAY_NINE, make_settings
from tests.support.world import World

ORIGIN = "https://lingda.binchuan.example"


@pytest.fixture(scope="package", params=KINDS)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The stage on a database of its kind."""
    folder = tmp_path_factory.mktemp("access")
    if request.param == "spatialite":
        shutil.copy(request.getfixturevalue("spatialite_template"), folder / "lingda.sqlite")
        url = f"sqlite:///{folder / 'lingda.sqlite'}"
    else:
        template, cluster = (request.getfixturevalue(f"postgis_{name}") for name in ("template", "cluster"))
        url = cluster.create_database(f"access_{new_identifier().replace('-', '')}", template)
    leave = join_ports()
    clock = FixedClock(TUESDAY_NINE)
    database = Database(url, clock, wire_events())
    settings = make_settings(folder, LINGDA_PUBLIC_URL=ORIGIN)
    app = create_app(settings, database)
    extras: dict[str, Any] = app.extensions["lingda"].extras
    extras.update(tail=OutboxTail(database, lambda _rows: None), fix_store=FixStore(database))
    yield Stage(World(app, database, settings, clock))
    database.close()
    leave()
