"""Alembic's entry: migrates the connection it is given, with the helpers that geometry columns need."""

from typing import Any

from alembic import context
from geoalchemy2 import alembic_helpers

from backend.migrations.metadata import every_table


def include_object(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Leave out what the database keeps for itself (spatial metadata, partitions): every table we do not declare."""
    if kind == "table" and reflected and compare_to is None:
        return False
    return bool(alembic_helpers.include_object(item, name, kind, reflected, compare_to))  # type: ignore[no-untyped-call]


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=every_table(),
    include_object=include_object,
    process_revision_directives=alembic_helpers.writer,
    render_item=alembic_helpers.render_item,
    transactional_ddl=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
