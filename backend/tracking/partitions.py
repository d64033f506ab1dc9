"""Monthly partitions of fixes on PostGIS, made before the month begins; SQLite has one table."""

from datetime import datetime

from sqlalchemy import text

from backend.core.database import Database

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
    """Make the partitions of this month and the next three where they are missing."""
    if database.dialect == "sqlite":
        return
    with database.writing() as work:
        for month in months_ahead(work.now):
            name, begin, end = partition_of(month)
            work.session.execute(
                text(f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF fix FOR VALUES FROM ('{begin}') TO ('{end}')")
            )
