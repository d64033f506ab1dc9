"""A backup of a test's database of either kind, taken at an instant and opened as a database of its own."""

import sqlite3
from pathlib import Path

from backend.core.database import Database
from backend.core.identifiers import new_identifier
from tests.support.postgis import Cluster


def back_up(database: Database, folder: Path, cluster: Cluster | None) -> str:
    """Copy the database as it stands and return the address of the copy; `cluster` is the server of a PostGIS one."""
    if database.dialect == "sqlite":
        assert database.engine.url.database is not None
        copy = folder / f"{new_identifier()}.sqlite"
        with sqlite3.connect(database.engine.url.database) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        source.close()
        target.close()
        return f"sqlite:///{copy}"
    assert cluster is not None and database.engine.url.database is not None
    # PostgreSQL copies a database only while nobody is connected to it.
    database.engine.dispose()
    return cluster.create_database(
        f"backup_{new_identifier().replace('-', '')}", database.engine.url.database
    )
