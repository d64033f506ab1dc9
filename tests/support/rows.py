"""Everything a database holds, read straight from the tables: for proving that nothing changed or nothing leaked."""

import hashlib
from typing import Any

from sqlalchemy import select

from backend.core.database import Database
from backend.migrations.metadata import every_table


def every_row(database: Database, *, audited_only: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table by its name, in the order of the primary key."""
    tables = [
        table for table in every_table().sorted_tables if table.info.get("audited", True) or not audited_only
    ]
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables
        }


def digest_of_state(database: Database) -> str:
    """Return one digest of every audited table: whatever an act may change is in one of them."""
    return hashlib.sha256(repr(every_row(database, audited_only=True)).encode()).hexdigest()
