"""The table of fixes: partitions by month on PostGIS made ahead of time, and spatial questions answered by the index."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from backend.core.database import Database
from backend.tracking.partitions import keep_partitions_ahead
from backend.tracking.store import FixBatchToStore, FixStore
from geo.fixes import Fix
from tests.support.world import World
from tests.tracking.sending import fix_at, send_fixes

BOX = "100.57, 25.82, 100.58, 25.84"


def partitions(database: Database) -> set[str]:
    """Return the names of the partitions of the table of fixes."""
    with database.reading() as work:
        found = work.session.execute(
            text("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'fix'::regclass")
        )
        return set(found.scalars())


def only_on(database: Database, dialect: str) -> None:
    if database.dialect != dialect:
        pytest.skip(f"only {dialect} has this")


def test_a_fix_lands_in_the_partition_of_its_month(world: World) -> None:
    only_on(world.database, "postgresql")
    phone = world.phone("binchuan.officer1")
    world.clock.instant = datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)
    send_fixes(
        phone, fix_at(world.clock.now()), fix_at(world.clock.now() - timedelta(days=28, seconds=86_399))
    )
    world.clock.instant += timedelta(seconds=1)
    send_fixes(phone, fix_at(world.clock.now()))
    with world.database.reading() as work:
        rows = work.session.execute(text("SELECT tableoid::regclass::text FROM fix ORDER BY fixed_at"))
        assert list(rows.scalars()) == ["fix_2026_01", "fix_2026_02", "fix_2026_03"]


def test_the_worker_makes_this_months_partition_and_the_next_three(world: World) -> None:
    only_on(world.database, "postgresql")
    before = partitions(world.database)
    world.clock.instant = datetime(2028, 11, 5, tzinfo=UTC)
    keep_partitions_ahead(world.database)
    keep_partitions_ahead(world.database)
    assert partitions(world.database) - before == {"fix_2028_11", "fix_2028_12", "fix_2029_01", "fix_2029_02"}
    user = world.user("binchuan.officer1")
    fix = Fix(fixed_at=world.clock.now(), longitude=100.57, latitude=25.83)
    FixStore(world.database).store(FixBatchToStore("a tracker", user.id, user.court_id, "osmand", [fix]))
    with world.database.reading() as work:
        assert (
            work.session.execute(text("SELECT tableoid::regclass::text FROM fix")).scalar_one()
            == "fix_2028_11"
        )


def test_a_month_nobody_prepared_loses_no_fix_and_is_prepared_later(world: World) -> None:
    only_on(world.database, "postgresql")
    world.clock.instant = datetime(2028, 11, 5, tzinfo=UTC)
    user = world.user("binchuan.officer1")
    fix = Fix(fixed_at=world.clock.now(), longitude=100.57, latitude=25.83)
    FixStore(world.database).store(FixBatchToStore("a tracker", user.id, user.court_id, "osmand", [fix]))
    keep_partitions_ahead(world.database)
    with world.database.reading() as work:
        assert (
            work.session.execute(text("SELECT tableoid::regclass::text FROM fix")).scalar_one()
            == "fix_2028_11"
        )


def test_the_worker_has_nothing_to_do_on_spatialite(world: World) -> None:
    only_on(world.database, "sqlite")
    keep_partitions_ahead(world.database)
    with world.database.reading() as work:
        names = work.session.execute(
            text("SELECT name FROM sqlite_master WHERE name LIKE 'fix_2%'")
        ).scalars()
        assert list(names) == []


def spread(world: World) -> None:
    """Keep 400 fixes over the prefecture, ten of them in the box that is asked for."""
    user, now = world.user("binchuan.officer1"), world.clock.now()
    fixes = [
        Fix(fixed_at=now - timedelta(seconds=number), longitude=99.0 + number / 250, latitude=25.0)
        for number in range(390)
    ]
    fixes += [
        Fix(
            fixed_at=now - timedelta(seconds=1000 + number), longitude=100.571 + number / 2000, latitude=25.83
        )
        for number in range(10)
    ]
    FixStore(world.database).store(FixBatchToStore("a tracker", user.id, user.court_id, "osmand", fixes))


def test_where_were_phones_in_this_box_is_answered_by_the_spatial_index_on_postgis(world: World) -> None:
    only_on(world.database, "postgresql")
    spread(world)
    asked = f"SELECT count(*) FROM fix WHERE position && ST_MakeEnvelope({BOX}, 4326) AND fixed_at >= '2026-03-01Z'"
    with world.database.reading() as work:
        assert work.session.execute(text(asked)).scalar_one() == 10
        # The table of a test is small; what matters is that the index can answer, partition by partition.
        work.session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(work.session.execute(text(f"EXPLAIN {asked}")).scalars())
        assert "fix_2026_03_position_idx" in plan
        assert "fix_2026_02" not in plan


def test_where_were_phones_in_this_box_is_answered_by_the_spatial_index_on_spatialite(world: World) -> None:
    only_on(world.database, "sqlite")
    spread(world)
    asked = (
        "SELECT count(*) FROM fix WHERE rowid IN (SELECT rowid FROM SpatialIndex WHERE f_table_name = 'fix' "
        f"AND f_geometry_column = 'position' AND search_frame = BuildMbr({BOX}, 4326))"
    )
    with world.database.reading() as work:
        assert work.session.execute(text(asked)).scalar_one() == 10
        assert work.session.execute(text("SELECT CheckSpatialMetaData()")).scalar_one() == 3
