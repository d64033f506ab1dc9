"""Two people at once on orders that hang together: both acts happen, on PostGIS where rows are locked one by one."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from backend.core.database import Database
from backend.directives.issue import issue
from backend.directives.schemas import NewDirective
from backend.directives.service import locked
from tests.support.world import ORDER, World, clock_states


def wait_until_somebody_waits(database: Database) -> None:
    """Return once a session of this database waits for a lock of another one."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    give_up_at = time.monotonic() + 30
    while time.monotonic() < give_up_at:
        with database.reading() as work:
            if work.session.execute(waiting).scalar_one():
                return
    raise AssertionError("nobody waited")


@pytest.mark.parametrize("database_url", ["postgis"], indirect=True)
def test_a_team_leaves_while_its_desk_orders_a_second_team_out(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    officer = world.phone("binchuan.officer1")
    lead = world.register_lead(world.sign_in("dali.duty"))
    above = world.directive_from_above(dali, lead_id=lead["id"])
    first = world.order_out(duty, parent_id=above["id"])
    officer.do("directive.accept", first["id"])
    target = {"court_id": "binchuan", "team_id": world.team("binchuan", "快反二组")}
    order = NewDirective.model_validate(
        {**ORDER, "kind": "dispatch", "target": target, "parent_id": above["id"]}
    )
    desk = world.actor("binchuan.duty")
    with ThreadPoolExecutor(1) as pool:
        with world.database.writing() as work:
            locked(work, above["id"])
            departure = pool.submit(officer.do, "directive.depart", first["id"])
            wait_until_somebody_waits(world.database)
            second = issue(work, desk, order).id
        assert departure.result()["result"] == "applied"
    shown = dali.get(f"/api/directives/{above['id']}").get_json()
    assert (shown["state"], clock_states(shown)["C6"]) == ("dispatched", "met")
    assert duty.get(f"/api/directives/{second}").get_json()["state"] == "issued"
