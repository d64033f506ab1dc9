"""Bringing a database to today's schema: `lingda migrate`, and the start of every process checks it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from backend.core.database import Database, create_spatial_metadata
from backend.core.outbox import ensure_server_state
from backend.core.settings import SettingError

MIGRATION_LOCK = 7_204_212_014


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision; two processes that start at once do it one after the other."""
    create_spatial_metadata(database.engine)
    options = {"lingda_writing": True} if database.dialect == "sqlite" else {}
    with reachable(database, options) as connection, connection.begin():
        if database.dialect == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
        command.upgrade(configuration(connection), revision)
    ensure_server_state(database)


def downgrade(database: Database, revision: str) -> None:
    """Take the database back to a revision (`base` removes every table of ours)."""
    options = {"lingda_writing": True} if database.dialect == "sqlite" else {}
    with reachable(database, options) as connection, connection.begin():
        command.downgrade(configuration(connection), revision)


def demand_current(database: Database) -> None:
    """Raise one sentence when the database has not been brought to today's schema."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    with reachable(database) as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present != newest:
        raise SettingError(f"The database is at schema {present or 'none'} and {newest} is needed; run: lingda migrate")


def reachable(database: Database, options: dict[str, bool] | None = None) -> Connection:
    """Return a connection, or raise one sentence that says which setting to look at."""
    try:
        return database.engine.connect().execution_options(**(options or {}))
    except OperationalError as error:
        where = database.engine.url.render_as_string(hide_password=True)
        raise SettingError(
            f"The database {where} cannot be reached; check LINGDA_DATABASE_URL and that the server runs."
        ) from error
