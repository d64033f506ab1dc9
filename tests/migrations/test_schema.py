"""The schema: up, down and up again on both databases, equal to the models, and spatially sound on SpatiaLite."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from geoalchemy2 import alembic_helpers
from sqlalchemy import inspect, select, text

from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.core.outbox import server_state
from backend.core.settings import SettingError
from backend.deadlines.tables import DeadlineClock
from backend.migrations.metadata import every_table
from backend.migrations.run import demand_current, downgrade, migrate
from tests.conftest import KINDS, TUESDAY_NINE
from tests.support.postgis import Cluster


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it."""
    if request.param == "spatialite":
        url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        cluster: Cluster = request.getfixturevalue("postgis_cluster")
        name = f"empty_{new_identifier().replace('-', '')}"
        url = cluster.create_database(name)
    database = Database(url)
    yield database
    database.close()
    if request.param == "postgis":
        cluster.drop_database(name)


def tables_of(database: Database) -> set[str]:
    """Return the names of our tables that are there."""
    return set(inspect(database.engine).get_table_names()) & set(every_table().tables)


def differences(database: Database) -> list[Any]:
    """Return what Alembic would change to make the database equal to the models."""

    def ours(item: Any, name: str, kind: str, reflected: bool, compare_to: Any) -> bool:
        if kind == "table" and reflected and compare_to is None:
            return False
        found: bool = alembic_helpers.include_object(item, name, kind, reflected, compare_to)
        return found

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "include_object": ours}
        )
        return compare_metadata(context, every_table())


def insert_fix(database: Database, device_id: str, longitude: float, latitude: float) -> None:
    """Keep a position straight in the table."""
    statement = text(
        "INSERT INTO fix (device_id, fixed_at, received_at, user_id, court_id, position, mock, source) VALUES"
        " (:device_id, :at, :at, 'somebody', 'binchuan', ST_GeomFromText(:point, 4326), :mock, 'pwa')"
    )
    at = "2026-03-03T01:00:00.000000Z" if database.dialect == "sqlite" else TUESDAY_NINE
    values = {"device_id": device_id, "at": at, "point": f"POINT({longitude} {latitude})", "mock": False}
    options = {"lingda_writing": True} if database.dialect == "sqlite" else {}
    with database.engine.connect().execution_options(**options) as connection, connection.begin():
        connection.execute(statement, values)


def found_by_the_spatial_index(database: Database) -> list[str]:
    """Return the devices near Binchuan, asked in the way that uses the spatial index."""
    if database.dialect == "sqlite":
        query = (
            "SELECT device_id FROM fix WHERE rowid IN (SELECT rowid FROM SpatialIndex WHERE f_table_name = 'fix'"
            " AND f_geometry_column = 'position' AND search_frame = BuildMbr(100.5, 25.7, 100.7, 25.9, 4326))"
        )
    else:
        query = "SELECT device_id FROM fix WHERE position && ST_MakeEnvelope(100.5, 25.7, 100.7, 25.9, 4326)"
    with database.engine.connect() as connection:
        return list(connection.execute(text(query)).scalars())


def test_the_schema_made_by_migrations_is_the_one_of_the_models(empty: Database) -> None:
    migrate(empty)
    assert tables_of(empty) == set(every_table().tables)
    assert differences(empty) == []


def test_the_comparison_notices_a_column_an_index_and_a_table_that_differ(empty: Database) -> None:
    migrate(empty)
    options = {"lingda_writing": True} if empty.dialect == "sqlite" else {}
    with empty.engine.connect().execution_options(**options) as connection, connection.begin():
        for change in (
            "ALTER TABLE person ADD COLUMN nickname VARCHAR(20)",
            "DROP INDEX ix_team_member_person",
            "DROP TABLE lead_reporter",
        ):
            connection.execute(text(change))
    assert {change[0] for change in differences(empty)} == {"remove_column", "add_index", "add_table"}


def test_up_down_and_up_again_leaves_nothing_over_and_loses_nothing(empty: Database) -> None:
    migrate(empty)
    downgrade(empty, "base")
    assert tables_of(empty) == set()
    migrate(empty)
    assert differences(empty) == []
    insert_fix(empty, "phone of 赵一鸣", 100.57, 25.83)
    assert found_by_the_spatial_index(empty) == ["phone of 赵一鸣"]


def test_migrating_twice_changes_nothing_and_keeps_the_epoch(empty: Database) -> None:
    migrate(empty)
    with empty.reading() as work:
        epoch = server_state(work.session).epoch
    migrate(empty)
    with empty.reading() as work:
        assert server_state(work.session).epoch == epoch


def test_the_spatial_index_finds_what_is_near_and_nothing_else(empty: Database) -> None:
    migrate(empty)
    insert_fix(empty, "near", 100.57, 25.83)
    insert_fix(empty, "far", 127.56, 43.58)
    assert found_by_the_spatial_index(empty) == ["near"]
    if empty.dialect == "sqlite":
        with empty.engine.connect() as connection:
            assert connection.execute(text("SELECT CheckSpatialMetaData()")).scalar_one() == 3
            assert connection.execute(text("SELECT CheckSpatialIndex('fix', 'position')")).scalar_one() == 1
    else:
        with empty.engine.begin() as connection:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = "EXPLAIN SELECT 1 FROM fix WHERE position && ST_MakeEnvelope(100, 25, 101, 26, 4326)"
            assert "Index" in "\n".join(connection.execute(text(plan)).scalars())


def test_fixes_are_partitioned_by_month_on_postgis_from_the_first_migration(empty: Database) -> None:
    migrate(empty)
    if empty.dialect == "sqlite":
        assert [name for name in inspect(empty.engine).get_table_names() if name.startswith("fix_")] == []
        return
    insert_fix(empty, "in march", 100.57, 25.83)
    with empty.engine.connect() as connection:
        where = connection.execute(text("SELECT tableoid::regclass::text FROM fix")).scalar_one()
    assert where == "fix_2026_03"


def test_a_process_refuses_a_database_that_was_not_brought_to_todays_schema(empty: Database) -> None:
    with pytest.raises(SettingError, match="lingda migrate"):
        demand_current(empty)
    migrate(empty)
    demand_current(empty)
    downgrade(empty, "base")
    with pytest.raises(SettingError, match="lingda migrate"):
        demand_current(empty)


def test_the_conditions_of_the_models_are_in_the_database(empty: Database) -> None:
    """Alembic compares no CHECK constraints, so their names are compared here."""
    migrate(empty)
    inspector = inspect(empty.engine)
    for name, table in every_table().tables.items():
        declared = {
            str(one.name) for one in table.constraints if one.name and str(one.name).startswith("ck_")
        }
        there = {str(one["name"]) for one in inspector.get_check_constraints(name)}
        assert declared <= there, name


def test_clocks_begun_before_warnings_were_kept_keep_their_limit_and_are_watched(empty: Database) -> None:
    migrate(empty)
    downgrade(empty, "0002")
    lite = empty.dialect == "sqlite"

    def instant(hour: int) -> Any:
        return f"2026-03-03T0{hour}:00:00.000000Z" if lite else TUESDAY_NINE.replace(hour=hour)

    options = {"lingda_writing": True} if lite else {}
    with empty.engine.connect().execution_options(**options) as connection, connection.begin():
        connection.execute(
            text(
                "INSERT INTO court (id, code, code_verified, name, name_en, level, effective_from)"
                " VALUES ('binchuan', '云2924', :yes, '宾川县人民法院', 'Binchuan', 'supreme', :begun)"
            ),
            {"yes": True, "begun": instant(0)},
        )
        for name, state, stopped_at in (("running", "running", None), ("met", "met", instant(2))):
            connection.execute(
                text(
                    "INSERT INTO deadline_clock (id, revision, clock, rulebook_id, clause, kind, subject_kind,"
                    " subject_id, court_id, title, started_at, limit_seconds, due_at, provisional, state, stopped_at)"
                    " VALUES (:id, 1, 'C6', 'bss_2017', 'BSS-8', 'rule', 'directive', :id, 'binchuan', '扣押',"
                    " :begun, 1800, :due, :no, :state, :stopped)"
                ),
                {
                    "id": name,
                    "begun": instant(1),
                    "due": instant(3),
                    "no": False,
                    "state": state,
                    "stopped": stopped_at,
                },
            )
    migrate(empty)
    with empty.reading() as work:
        clocks = {row.id: row for row in work.session.execute(select(DeadlineClock)).scalars()}
        assert clocks["running"].next_look_at == clocks["running"].due_at == TUESDAY_NINE.replace(hour=3)
        assert clocks["met"].next_look_at is None
        assert {row.warnings_given for row in clocks.values()} == {0}
        assert [row.warnings for row in clocks.values()] == [[], []]


def test_every_row_can_be_read_of_a_fresh_database(empty: Database) -> None:
    migrate(empty)
    with empty.engine.connect() as connection:
        counts = {
            name: len(connection.execute(select(table)).all()) for name, table in every_table().tables.items()
        }
    assert {name for name, count in counts.items() if count} == {"server_state"}


def test_people_and_their_sessions_survive_the_second_migration_up_and_down(empty: Database) -> None:
    migrate(empty, "0001")
    noon = "2026-03-03T04:00:00.000000Z"
    options = {"lingda_writing": True} if empty.dialect == "sqlite" else {}
    with empty.engine.connect().execution_options(**options) as connection, connection.begin():
        for row in (
            "INSERT INTO court (id, code, code_verified, name, name_en, level, effective_from)"
            f" VALUES ('spc', '最高法', true, '最高人民法院', 'Supreme Court', 'supreme', '{noon}')",
            "INSERT INTO person (id, account, name, sex, court_id, created_at)"
            f" VALUES ('p', 'spc.duty', '赵一鸣', 'man', 'spc', '{noon}')",
            "INSERT INTO sign_in_session (id, token_sha256, user_id, started_at, expires_at)"
            f" VALUES ('s', 'token', 'p', '{noon}', '{noon}')",
            f"INSERT INTO sign_in_failure (account, failures, last_failed_at) VALUES ('spc.duty', 7, '{noon}')",
        ):
            connection.execute(text(row))

    def rows(query: str) -> list[tuple[Any, ...]]:
        with empty.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    migrate(empty)
    assert differences(empty) == []
    assert rows("SELECT account, name, initial_password_at, last_sign_in_at FROM person") == [
        ("spc.duty", "赵一鸣", None, None)
    ]
    assert rows("SELECT id, address FROM sign_in_session") == [("s", None)]
    assert rows("SELECT account, address FROM sign_in_failure") == [], "counted anew, now by address too"
    downgrade(empty, "0001")
    assert rows("SELECT account, name FROM person") == [("spc.duty", "赵一鸣")]
    assert rows("SELECT id FROM sign_in_session") == [("s",)]
    migrate(empty)
    assert differences(empty) == []
