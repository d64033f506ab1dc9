"""Everything a database holds, read straight from the tables: for proving that nothing changed or nothing leaked."""

import hashlib
from typing import Any

from geoalchemy2 import WKBElement
from sqlalchemy import select

from backend.core.database import Database
from backend.migrations.metadata import every_table

NOT_STATE = frozenset(
    {
        "audit_entry",
        "command_receipt",
        "contact_gap",
        "device_challenge",
        "device_contact",
        "server_state",
        "sign_in_failure",
        "sign_in_session",
        "viewing",
    }
)
"""What a refusal may write: that it happened, and how far somebody got with signing in; and who was shown what."""


def every_row(
    database: Database, leaving_out: frozenset[str] = frozenset()
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table by its name, in the order of the primary key."""
    tables = [table for table in every_table().sorted_tables if table.name not in leaving_out]
    with database.engine.connect() as connection:
        return {
            table.name: [
                tuple(plain(value) for value in row)
                for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in tables
        }


def plain(value: Any) -> Any:
    """Return a value in a form that looks the same each time it is read."""
    return value.desc if isinstance(value, WKBElement) else value


def digest_of_state(database: Database) -> str:
    """Return one digest of everything an act may change: all audited tables, and fixes, serials and events besides.

    Of the rows as the driver gives them, which takes a fifth of the time and is asked hundreds of times.
    """
    digest = hashlib.sha256()
    with database.engine.connect() as connection:
        for table in every_table().sorted_tables:
            if table.name in NOT_STATE:
                continue
            key = ", ".join(f'"{column.name}"' for column in table.primary_key)
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}" ORDER BY {key}')
            digest.update(repr((table.name, [tuple(row) for row in rows])).encode())
    return digest.hexdigest()
