"""The two statements of the hot path, fixes and last known positions, written once and not through the ORM."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.dml import ReturningInsert

from backend.core.tables import ServerState
from backend.tracking.tables import LastKnownFix, StoredFix
from geo.fixes import Fix

DIALECTS = ("sqlite", "postgresql")
FIX = cast(Table, StoredFix.__table__)
LAST_KNOWN = cast(Table, LastKnownFix.__table__)


def _keep_new(dialect: str) -> ReturningInsert[Any]:
    insert = sqlite_insert(FIX) if dialect == "sqlite" else postgresql_insert(FIX)
    return insert.on_conflict_do_nothing().returning(FIX.c.device_id, FIX.c.fixed_at)


def _move_forward(dialect: str) -> ReturningInsert[Any]:
    insert = sqlite_insert(LAST_KNOWN) if dialect == "sqlite" else postgresql_insert(LAST_KNOWN)
    columns = [column.name for column in LAST_KNOWN.columns if column.name != "device_id"]
    return insert.on_conflict_do_update(
        index_elements=["device_id"],
        set_={name: insert.excluded[name] for name in columns},
        where=insert.excluded.fixed_at > LAST_KNOWN.c.fixed_at,
    ).returning(LAST_KNOWN.c.device_id, select(ServerState.authority_version).scalar_subquery())


KEEP_NEW = {dialect: _keep_new(dialect) for dialect in DIALECTS}
MOVE_FORWARD = {dialect: _move_forward(dialect) for dialect in DIALECTS}


def insert_fixes(
    connection: Connection, dialect: str, rows: Sequence[dict[str, Any]]
) -> list[tuple[str, datetime]]:
    """Insert the fixes that are new; return their keys. A device and time kept before stays as it is."""
    if not rows:
        return []
    return [(row.device_id, row.fixed_at) for row in connection.execute(KEEP_NEW[dialect], rows)]


def move_last_known(
    connection: Connection, dialect: str, rows: Iterable[dict[str, Any]]
) -> tuple[list[str], int | None]:
    """Move each device's last known position forward, never back.

    Returns the devices that moved, and the version of authority that their labels need (None when none did).
    """
    forward = list(rows)
    moved = connection.execute(MOVE_FORWARD[dialect], forward).all() if forward else []
    return [device_id for device_id, _ in moved], moved[0][1] if moved else None


def to_milliseconds(instant: datetime) -> datetime:
    """Return the instant in whole milliseconds: the time that makes a resent fix the same one."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def row_of(
    device_id: str, user_id: str, court_id: str, source: str, fix: Fix, now: datetime
) -> dict[str, Any]:
    """Return a fix as a row of the table."""
    return {
        "device_id": device_id,
        "fixed_at": to_milliseconds(fix.fixed_at),
        "received_at": now,
        "user_id": user_id,
        "court_id": court_id,
        "position": f"SRID=4326;POINT({fix.longitude!r} {fix.latitude!r})",
        "accuracy_m": fix.accuracy_m,
        "altitude_m": fix.altitude_m,
        "speed_m_s": fix.speed_m_s,
        "heading": fix.heading,
        "battery_percent": fix.battery_percent,
        "mock": fix.mock,
        "source": source,
    }


def last_known_row(
    device_id: str, user_id: str, court_id: str, source: str, fix: Fix, now: datetime
) -> dict[str, Any]:
    """Return a fix as a row of last known positions."""
    return {
        "device_id": device_id,
        "user_id": user_id,
        "court_id": court_id,
        "longitude": fix.longitude,
        "latitude": fix.latitude,
        "accuracy_m": fix.accuracy_m,
        "speed_m_s": fix.speed_m_s,
        "heading": fix.heading,
        "battery_percent": fix.battery_percent,
        "fixed_at": to_milliseconds(fix.fixed_at),
        "received_at": now,
        "source": source,
    }
