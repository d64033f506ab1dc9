"""What is told by name from the rooms above: a record that awaits words (BSS-12), a roll call nobody answered (A1)."""

from datetime import timedelta

from backend.duty.jobs import close_roll_calls
from tests.notify.conftest import minutes_pass
from tests.support.world import Client, World


def told(client: Client, kind: str) -> list[dict]:
    return [one for one in client.get("/api/notices").get_json()["items"] if one["kind"] == kind]


def test_whoever_a_record_concerns_is_told_by_name_and_the_others_are_not(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead = world.register_lead(desk)
    world.order_out(desk, lead_id=lead["id"])
    phone = world.phone("binchuan.teamleader1")
    phone.get("/api/phone")
    minutes_pass(world, 31)
    minutes_pass(world, 60 * 72)
    (notice,) = told(world.phone("binchuan.teamleader1"), "record")
    assert notice["subject_kind"] == "record"
    assert [one["user"]["id"] for one in notice["recipients"]] == [phone.user_id]
    assert told(world.phone("binchuan.officer6"), "record") == []


def test_a_roll_call_nobody_answered_is_told_to_those_who_lead_the_duty(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    called = commander.post("/api/duty/roll-calls", {"court_id": "binchuan"})
    assert called.status_code == 201, called.get_data(as_text=True)
    names = {one["name"] for one in called.get_json()["people"]}
    assert len(names) >= 2
    world.clock.instant += timedelta(minutes=15)
    close_roll_calls(world.database)
    assert told(commander, "roll_call") == [], "exactly fifteen minutes is in time"
    world.clock.instant += timedelta(seconds=1)
    close_roll_calls(world.database)
    assert {one["title"] for one in told(commander, "roll_call")} == names
    assert told(world.sign_in("xiangyun.leader"), "roll_call") == []
