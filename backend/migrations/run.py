"""Bringing a database to today's schema: `lingda migrate`, and the start of every process checks it."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from backend.core.database import Database
from backend.core.engines import create_spatial_metadata
from backend.core.outbox import ensure_server_state
from backend.core.problems import Problem
from backend.core.settings import SettingError
from backend.migrations import NEWEST

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATION_LOCK = 7_204_212_014


def configuration(connection: Connection | None = None) -> "Config":
    """Return Alembic's configuration without a file of its own."""
    # A start needs no Alembic, and a fifth of a second less without it.
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the database to a revision; two processes that start at once do it one after the other."""
    reachable(database).close()
    from alembic import command  # noqa: PLC0415

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
    from alembic import command  # noqa: PLC0415

    options = {"lingda_writing": True} if database.dialect == "sqlite" else {}
    with reachable(database, options) as connection, connection.begin():
        command.downgrade(configuration(connection), revision)


def demand_current(database: Database) -> None:
    """Raise one sentence when the database has not been brought to today's schema, or does not answer."""
    present = None
    try:
        with database.reading() as work:
            if inspect(work.session.connection()).has_table("alembic_version"):
                present = work.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (Problem, DBAPIError) as error:
        raise out_of_reach(database) from error
    if present != NEWEST:
        raise SettingError(
            f"The database is at schema {present or 'none'} and {NEWEST} is needed; run: lingda migrate"
        )


def reachable(database: Database, options: dict[str, bool] | None = None) -> Connection:
    """Return a connection, or raise one sentence that says which setting to look at."""
    try:
        return database.engine.connect().execution_options(**(options or {}))
    except DBAPIError as error:
        raise out_of_reach(database) from error


def out_of_reach(database: Database) -> SettingError:
    """Return the sentence about a database that does not answer; its password is not in it."""
    where = database.engine.url.render_as_string(hide_password=True)
    return SettingError(
        f"The database {where} cannot be reached; check LINGDA_DATABASE_URL and that it runs."
    )
