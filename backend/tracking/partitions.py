"""Monthly partitions of fixes on PostGIS, made before the month begins; SQLite has one table."""

from datetime import datetime

from sqlalchemy import text

from backend.core.database import Database, UnitOfWork

MONTHS_AHEAD = 3


def partition_of(month: int) -> tuple[str, str, str]:
    """Return name, first and following first day of a month counted from year 0."""
    begin, end = (f"{at // 12:04}-{at % 12 + 1:02}-01 00:00:00+00" for at in (month, month + 1))
    return f"fix_{month // 12}_{month % 12 + 1:02}", begin, end


def months_ahead(now: datetime) -> list[int]:
    """Return this month and the following ones, counted from year 0."""
    this = now.year * 12 + now.month - 1
    return list(range(this, this + MONTHS_AHEAD + 1))


def keep_partitions_ahead(database: Database) -> None:
    """Make the partitions of this month and the next three where they are missing.

    Fixes of a month that nobody prepared (the worker stood still) lie in the default partition; they move over.
    """
    if database.dialect == "sqlite":
        return
    with database.reading() as work:
        if not missing_partitions(work):
            return
    with database.writing() as work:
        # Nobody writes into the default partition until the new one is there, and another worker waits its turn.
        work.session.execute(text("LOCK TABLE fix_default IN ACCESS EXCLUSIVE MODE"))
        for month in missing_partitions(work):
            add_partition(work, month)


def missing_partitions(work: UnitOfWork) -> list[int]:
    """Return the months from this one on, counted from year 0, that should have a partition and have none."""
    found = work.session.execute(
        text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'fix'::regclass")
    )
    names = set(found.scalars())
    return [month for month in months_ahead(work.now) if partition_of(month)[0] not in names]


def add_partition(work: UnitOfWork, month: int) -> None:
    """Make the partition of a month; attached when filled, so that readers of other months never wait."""
    name, begin, end = partition_of(month)
    stretch = {"begin": begin, "end": end}
    work.session.execute(text(f"CREATE TABLE {name} (LIKE fix INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"))
    work.session.execute(
        text(
            "WITH moved AS (DELETE FROM fix_default WHERE fixed_at >= CAST(:begin AS timestamptz)"
            f" AND fixed_at < CAST(:end AS timestamptz) RETURNING *) INSERT INTO {name} SELECT * FROM moved"
        ),
        stretch,
    )
    work.session.execute(
        text(f"ALTER TABLE fix ATTACH PARTITION {name} FOR VALUES FROM ('{begin}') TO ('{end}')")
    )
