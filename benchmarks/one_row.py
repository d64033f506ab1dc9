"""The other yardstick: what the database alone takes when each fix is a commit of its own, with no server around it."""

import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from backend.core.database import Database
from backend.tracking.tables import StoredFix


def rows_a_second(database: Database, seconds: float) -> float:
    """Return how many single-row commits one connection makes a second, at the durability of the installation."""
    at, count = datetime.now(UTC) - timedelta(days=10), 0
    end = time.monotonic() + seconds
    writing = database.engine.execution_options(lingda_writing=True)
    with writing.connect() as connection:
        while time.monotonic() < end:
            at += timedelta(milliseconds=1)
            connection.execute(insert(StoredFix), [row(at)])
            connection.commit()
            count += 1
    return count / seconds


def row(at: datetime) -> dict[str, object]:
    """Return one fix of nobody's device."""
    return {
        "device_id": "one-row-a-commit",
        "fixed_at": at,
        "received_at": at,
        "user_id": "nobody",
        "court_id": "binchuan",
        "position": "SRID=4326;POINT(100.575 25.829)",
        "accuracy_m": 8.0,
        "mock": False,
        "source": "pwa",
    }
