"""Opening the installation for one command; what is wrong becomes one sentence and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import DBAPIError

from backend.core.database import Database
from backend.core.problems import Problem
from backend.core.settings import SettingError, Settings, load_settings
from backend.migrations.run import demand_current
from backend.wiring import open_database


@contextmanager
def installation(*, migrated: bool = True) -> Iterator[tuple[Settings, Database]]:
    """Give the settings and the open database; the schema must be today's unless the command makes it so."""
    database: Database | None = None
    try:
        settings = load_settings()
        settings.data.mkdir(parents=True, exist_ok=True)
        database = open_database(settings)
        if migrated:
            demand_current(database)
        yield settings, database
    except SettingError as error:
        raise click.ClickException(str(error)) from error
    except Problem as problem:
        raise click.ClickException(f"{problem.zh} / {problem.en}") from problem
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0]
        raise click.ClickException(f"The database failed ({reason}); check LINGDA_DATABASE_URL.") from error
    finally:
        if database is not None:
            database.close()
