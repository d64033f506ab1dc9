"""The demo's roster: yesterday handed over with two signatures, today on post, a week ahead, on posts A and B."""

from collections import Counter
from datetime import timedelta

import pytest

from backend.core.clock import to_wire
from backend.demo.load import load_demo
from backend.demo.roster import load_roster
from tests.support.world import World


@pytest.mark.parametrize("court", ["binchuan", "baishishan"])
def test_both_courts_have_people_on_duty_and_a_week_ahead(world: World, court: str) -> None:
    leader = world.sign_in(f"{court}.leader")
    now = leader.get("/api/duty/now").get_json()
    assert {(one["post"], one["function"]) for one in now["on_duty"]} == {
        ("A", "officer"),
        ("A", "standby"),
        ("B", "leader"),
        ("B", "officer"),
    }
    assert world.user(f"{court}.duty").name in {one["name"] for one in now["on_duty"]}
    assert (now["overdue"], [shift["post"] for shift in now["next"]]) == ([], ["A", "B"])
    at = world.clock.instant
    stretch = {"begin": to_wire(at - timedelta(days=2)), "end": to_wire(at + timedelta(days=9))}
    shifts = leader.get("/api/duty/shifts", **stretch).get_json()["items"]
    assert Counter((shift["post"], shift["state"]) for shift in shifts) == {
        ("A", "handed_over"): 1,
        ("A", "on_post"): 1,
        ("A", "planned"): 7,
        ("B", "handed_over"): 1,
        ("B", "on_post"): 1,
        ("B", "planned"): 7,
    }
    yesterday = shifts[0]
    assert yesterday["handover_out"]["state"] == "done"
    assert yesterday["handover_out"]["outgoing_signed_by"] != yesterday["handover_out"]["incoming_signed_by"]
    assert yesterday["off_post_at"] == "2026-03-03T00:20:00.000Z"


def test_the_roster_is_loaded_once(world: World) -> None:
    def shifts() -> int:
        begin, end = "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z"
        leader = world.sign_in("binchuan.leader")
        return len(leader.get("/api/duty/shifts", begin=begin, end=end).get_json()["items"])

    before = shifts()
    load_roster(world.database)
    assert not load_demo(world.database, world.settings)
    assert shifts() == before == 18
