"""A new installation on either database for each measurement, as durable as a real one, deleted afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from backend.core.database import Database
from backend.core.settings import Settings, load_settings
from backend.wiring import wire_events
from benchmarks.centre import Centre, fill
from tests.support.postgis import Cluster, start_cluster

SECRET = "a secret of the benchmarks, long enough"
DATABASES = ("spatialite", "postgis")


@dataclass
class Installation:
    """A filled database, who takes part, and (on PostGIS) the server under it."""

    database: Database
    settings: Settings
    centre: Centre
    cluster: Cluster | None


@contextmanager
def installation(kind: str, phones: int) -> Iterator[Installation]:
    """Make an installation on `spatialite` or `postgis` (fsync on) with so many phones."""
    with TemporaryDirectory(prefix="lingda-bench-") as folder:
        cluster = start_cluster(durable=True) if kind == "postgis" else None
        try:
            url = cluster.create_database("bench") if cluster else f"sqlite:///{folder}/lingda.sqlite"
            settings = load_settings(
                {"LINGDA_DATA": folder, "LINGDA_DATABASE_URL": url, "LINGDA_SECRET_KEY": SECRET}
            )
            database = Database(settings.database_url, bus=wire_events())
            yield Installation(database, settings, fill(database, settings, phones), cluster)
            database.close()
        finally:
            if cluster:
                cluster.stop()
