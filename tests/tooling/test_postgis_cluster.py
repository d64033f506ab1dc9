"""The private PostGIS server keeps databases apart, keeps what was committed, and leaves nothing behind."""

import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.support.postgis import Cluster, start_cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with start_cluster(durable=True) as running:
        yield running


def run(url: str, statement: str) -> list[tuple]:
    engine = create_engine(url)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        rows = [tuple(row) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def test_each_database_has_postgis_and_none_of_the_others_tables(cluster):
    binchuan = cluster.create_database("binchuan")
    midu = cluster.create_database("midu")
    run(binchuan, "CREATE TABLE place (at geography(point, 4326))")
    run(binchuan, "INSERT INTO place VALUES ('POINT(100.57 25.83)')")
    assert run(binchuan, "SELECT count(*) FROM place") == [(1,)]
    assert run(midu, "SELECT count(*) FROM pg_tables WHERE tablename = 'place'") == [(0,)]


def test_a_migrated_database_can_itself_be_the_template(cluster):
    migrated = cluster.create_database("migrated")
    run(migrated, "CREATE TABLE court (id text)")
    assert run(cluster.create_database("clone", template="migrated"), "SELECT count(*) FROM court") == [(0,)]


def test_the_product_does_not_run_as_superuser(cluster):
    url = cluster.create_database("rights")
    assert run(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]


def test_a_dropped_database_is_gone_even_while_someone_is_connected(cluster):
    url = cluster.create_database("dropped").replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        cluster.drop_database("dropped")
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)


def test_what_was_committed_survives_a_killed_server(cluster):
    url = cluster.create_database("survivor")
    run(url, "CREATE TABLE receipt (command_id text)")
    run(url, "INSERT INTO receipt VALUES ('019359c0-0000-7000-8000-000000000001')")
    cluster.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url.replace("+psycopg", ""))
    cluster.start()
    assert run(url, "SELECT count(*) FROM receipt") == [(1,)]


def test_no_server_outlives_tests_that_were_killed():
    program = (
        "import os, time; from tests.support.postgis import start_cluster; cluster = start_cluster();"
        "print(cluster.directory, cluster._process.pid, flush=True); time.sleep(600)"
    )
    tests = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    directory, server = tests.stdout.readline().split()
    handle = os.pidfd_open(int(server))
    tests.send_signal(signal.SIGKILL)
    tests.wait()
    tests.stdout.close()
    try:
        ended, _, _ = select.select([handle], [], [], 20)
        assert ended == [handle]
    finally:
        os.close(handle)
        shutil.rmtree(directory)
