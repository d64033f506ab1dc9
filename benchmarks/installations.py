"""A new installation on either database for each measurement, as durable as a real one, deleted afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.core.database import Database
from backend.core.settings import Settings, load_settings
from backend.wiring import wire_events
from benchmarks.centre import Centre, fill
from benchmarks.machine import cpu_seconds_of_children
from tests.support.postgis import Cluster, start_cluster

SECRET = "a secret of the benchmark"
DATABASES = ("spatialite", "postgis")


@dataclass
class Installation:
    """A filled database, who takes part, and (on PostGIS) the server under it."""

    database: Database
    settings: Settings
    centre: Centre
    cluster: Cluster | None

    def database_cpu_seconds(self) -> float:
        """Return the CPU seconds of the database's own processes; SQLite runs inside the backend and has none."""
        return cpu_seconds_of_children(self.cluster.pid) if self.cluster else 0.0


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


def data_of(installed: Installation) -> Path:
    """Return the folder of the installation."""
    return installed.settings.data
