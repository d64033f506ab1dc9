"""A new installation on either database for each measurement, as durable as a real one, deleted afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from backend.core.database import Database
from backend.core.settings import Settings, load_settings
from backend.wiring import wire_events
from benchmarks.centre import Centre
from tests.support.postgis import Cluster, start_cluster

SECRET = "a secret of the benchmarks, long enough"
DATABASES = ("spatialite", "postgis")
Fill = Callable[[Database, Settings], Centre]


@dataclass
class Installation:
    """A filled database, who takes part, and (on PostGIS) the server under it."""

    database: Database
    settings: Settings
    centre: Centre
    cluster: Cluster | None


@contextmanager
def installation(kind: str, fill: Fill) -> Iterator[Installation]:
    """Make an installation on `spatialite` or `postgis` (fsync on), filled with whoever takes part."""
    with TemporaryDirectory(prefix="lingda-bench-") as folder:
        cluster = start_cluster(durable=True) if kind == "postgis" else None
        try:
            url = cluster.create_database("bench") if cluster else f"sqlite:///{folder}/lingda.sqlite"
            settings = load_settings(
                {"LINGDA_DATA": folder, "LINGDA_DATABASE_URL": url, "LINGDA_SECRET_KEY": SECRET}
            )
            database = Database(settings.database_url, bus=wire_events())
            yield Installation(database, settings, fill(database, settings), cluster)
            database.close()
        finally:
            if cluster:
                cluster.stop()
