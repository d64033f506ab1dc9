"""Done 4: backend, worker and database are killed (-9) at random moments; nothing acknowledged is lost or done twice."""

import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import fill
from tests.kills.campaign import Campaign
from tests.support.postgis import Cluster, start_cluster

SEED = 20261121
ROUNDS = 13
FEWEST_KILLS = 100
SOAK_MINUTES = float(os.environ.get("LINGDA_SOAK_MINUTES") or 0)


@pytest.fixture
def durable_cluster(fast_password_hashing: None) -> Iterator[Cluster]:
    """A PostGIS server that loses nothing it committed, even when it is killed."""
    with start_cluster(durable=True) as cluster:
        yield cluster


@pytest.mark.soak
def test_a_hundred_kills_lose_nothing_that_was_acknowledged_and_do_nothing_twice(
    spatialite_template: Path, durable_cluster: Cluster, tmp_path: Path
) -> None:
    seed = SEED if not SOAK_MINUTES else int(time.time())
    on_file, on_server = tmp_path / "spatialite", tmp_path / "postgis"
    for folder in (on_file, on_server):
        folder.mkdir()
    shutil.copy(spatialite_template, on_file / "lingda.sqlite")
    url = durable_cluster.create_database("kills")
    fill(url, on_server)
    campaigns = [
        Campaign(f"sqlite:///{on_file / 'lingda.sqlite'}", on_file, seed),
        Campaign(url, on_server, seed + 100, durable_cluster),
    ]
    deadline = time.monotonic() + SOAK_MINUTES * 60
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(campaign.run, ROUNDS, deadline) for campaign in campaigns]:
            done.result()
    report = f"seed {seed}: " + "; ".join(summary(campaign) for campaign in campaigns)
    (tmp_path / "report.txt").write_text(report)
    assert sum(campaign.kills for campaign in campaigns) >= FEWEST_KILLS, report
    assert campaigns[1].database_kills >= 2, report
    for campaign in campaigns:
        assert campaign.ledger.repeats > 10, f"the kills cost no client anything: {report}"
        assert campaign.ledger.notes, report
        assert campaign.ledger.leads, report
        assert campaign.ledger.fixes, report


def summary(campaign: Campaign) -> str:
    """Say in one line what a campaign did."""
    ledger = campaign.ledger
    return (
        f"{campaign.backend.environment['LINGDA_DATABASE_URL'].split(':')[0]}: {campaign.kills} kills,"
        f" {campaign.database_kills} of the database, {len(ledger.answers)} commands, {len(ledger.leads)} leads,"
        f" {len(ledger.fixes)} positions, {ledger.repeats} requests repeated"
    )
