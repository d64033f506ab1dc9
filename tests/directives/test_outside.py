"""A13: a superior telephones or faxes its directive; the clocks run from the call, and the system's copy adds none."""

from datetime import timedelta

import pytest

from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from backend.deadlines.watcher import ClockWatcher
from tests.support.world import Client, World, clock_states

CALL = {
    "issuing_court_id": "dali",
    "channel": "phone",
    "caller_name": "大理中院 值班员",
    "call_back_number": "0872-2120000",
    "read_back": True,
    "title": "协助控制被执行人车辆",
    "facts": "车辆停在金牛镇。",
    "required_action": "控制车辆。",
    "legal_basis": "《规则》第八条",
}


def write_down(desk: Client, world: World, **changes: object) -> dict:
    words = {**CALL, "received_at": to_wire(world.clock.now()), **changes}
    answer = desk.post("/api/outside-directives", words)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return answer.get_json()


def shown(desk: Client, directive: dict) -> dict:
    return desk.get(f"/api/directives/{directive['id']}").get_json()


def due_of(directive: dict, clock: str) -> str:
    (found,) = [one for one in directive["clocks"] if one["clock"] == clock]
    return str(found["due_at"])


def test_a_telephoned_directive_counts_from_the_call_and_is_answered_by_it(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    called_at = world.clock.now() - timedelta(minutes=4)
    written = write_down(duty, world, received_at=to_wire(called_at))
    assert (written["state"], clock_states(written)) == ("acknowledged", {"C1": "met", "C6": "running"})
    assert due_of(written, "C6") == to_wire(called_at + timedelta(minutes=30))
    assert (written["served_at"], written["acknowledged_at"]) == (to_wire(called_at), to_wire(called_at))
    assert written["outside"]["registered_at"] == to_wire(world.clock.now())
    assert written["outside"]["registered_by"]["id"] == duty.user_id
    assert (written["outside"]["caller_name"], written["outside"]["read_back"]) == ("大理中院 值班员", True)


def test_a_fax_is_answered_when_it_is_written_down(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    faxed_at = world.clock.now() - timedelta(minutes=15, seconds=1)
    late = write_down(duty, world, channel="fax", received_at=to_wire(faxed_at))
    in_time = write_down(
        duty, world, channel="fax", received_at=to_wire(world.clock.now() - timedelta(minutes=15))
    )
    assert (clock_states(late)["C1"], clock_states(in_time)["C1"]) == ("breached", "met")


def test_a_telephoned_order_to_fetch_gives_thirty_minutes_at_night(world: World) -> None:
    world.clock.instant = world.clock.now().replace(hour=14)  # 22:00 in Beijing
    written = write_down(world.sign_in("binchuan.duty"), world, fetches_debtor=True)
    assert clock_states(written) == {"C1": "met", "C8": "running"}


def test_the_court_that_called_sees_what_became_of_it(world: World) -> None:
    written = write_down(world.sign_in("binchuan.duty"), world)
    dali = world.sign_in("dali.duty")
    assert shown(dali, written)["number"] == written["number"]
    assert shown(dali, written)["steps"][0]["told_by"] == "大理中院 值班员"


def test_a_team_goes_out_on_it_as_on_any_other(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    written, other = write_down(duty, world), write_down(duty, world)
    order = world.order_out(duty, parent_id=written["id"])
    phone = world.phone("binchuan.teamleader1")
    phone.do("directive.accept", order["id"])
    phone.do("directive.depart", order["id"])
    assert clock_states(shown(duty, written))["C6"] == "met"
    assert clock_states(shown(duty, other))["C6"] == "running"


@pytest.mark.parametrize("court", ["xiangyun", "binchuan", "baishishan"])
def test_only_a_court_above_orders(world: World, court: str) -> None:
    words = {**CALL, "issuing_court_id": court, "received_at": to_wire(world.clock.now())}
    answer = world.sign_in("binchuan.duty").post("/api/outside-directives", words)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "422.1")


def test_a_call_of_last_year_is_a_mistake_and_one_of_tomorrow_counts_as_now(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    old = {**CALL, "received_at": to_wire(world.clock.now() - timedelta(days=31))}
    assert duty.post("/api/outside-directives", old).status_code == 422
    ahead = write_down(duty, world, received_at=to_wire(world.clock.now() + timedelta(days=1)))
    assert ahead["served_at"] == to_wire(world.clock.now())


def test_the_systems_copy_joins_it_and_no_second_clock_runs(world: World) -> None:
    duty, dali = world.sign_in("binchuan.duty"), world.sign_in("dali.commander")
    written = write_down(duty, world)
    world.clock.instant += timedelta(minutes=20)
    copy, other = world.directive_from_above(dali), world.directive_from_above(dali)
    answer = duty.post(
        f"/api/directives/{written['id']}/merge_copy",
        {"revision": written["revision"], "copy_id": copy["id"]},
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    joined = answer.get_json()
    assert (joined["outside"]["copy_id"], joined["outside"]["issuer_number"]) == (copy["id"], copy["number"])
    assert joined["issuer"]["id"] == dali.user_id
    assert clock_states(joined) == {"C1": "met", "C6": "running"}
    ended = shown(dali, copy)
    assert (ended["state"], clock_states(ended)) == ("superseded", {"C1": "cancelled", "C6": "cancelled"})
    assert clock_states(shown(dali, other)) == {"C1": "running", "C6": "running"}


def test_a_copy_whose_15_minutes_had_passed_already_accuses_nobody(world: World) -> None:
    duty, dali = world.sign_in("binchuan.duty"), world.sign_in("dali.commander")
    written = write_down(duty, world)
    copy = world.directive_from_above(dali)
    world.clock.instant += timedelta(minutes=16)
    ClockWatcher(world.database)()
    assert clock_states(shown(duty, copy))["C1"] == "breached"
    duty.post(
        f"/api/directives/{written['id']}/merge_copy",
        {"revision": shown(duty, written)["revision"], "copy_id": copy["id"]},
    )
    assert clock_states(shown(duty, copy))["C1"] == "cancelled"


def test_what_cannot_be_one_directive_is_not_joined(world: World) -> None:
    duty, dali = world.sign_in("binchuan.duty"), world.sign_in("dali.commander")
    written, again = write_down(duty, world), write_down(duty, world)
    started = world.directive_from_above(dali)
    world.order_out(duty, parent_id=started["id"])
    sibling = world.directive_from_above(dali, court_id="xiangyun")
    expected = {written["id"]: 409, again["id"]: 409, started["id"]: 409, sibling["id"]: 403}
    for copy_id, status in {**expected, new_identifier(): 404}.items():
        body = {"revision": shown(duty, written)["revision"], "copy_id": copy_id}
        answer = duty.post(f"/api/directives/{written['id']}/merge_copy", body)
        assert answer.status_code == status, copy_id


def test_a_report_nobody_above_reads_here_needs_how_it_was_sent_and_the_proof(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    written = write_down(duty, world)
    order = world.order_out(duty, parent_id=written["id"])
    phone = world.phone("binchuan.teamleader1")
    for act, body in (("accept", {}), ("depart", {}), ("complete", {"result": "completed"})):
        phone.do(f"directive.{act}", order["id"], body)
    report = {"revision": shown(duty, written)["revision"], "text": "已控制车辆。", "result": "completed"}
    refused = duty.post(f"/api/directives/{written['id']}/feedback", report)
    assert (refused.status_code, refused.get_json()["fields"]) == (422, {"sent": []})
    assert clock_states(shown(duty, written))["C7"] == "running"
    sent = {"channel": "fax", "proof": "传真回执 10:02 共2页"}
    world.clock.instant += timedelta(minutes=30)
    done = duty.post(f"/api/directives/{written['id']}/feedback", {**report, "sent": sent}).get_json()
    assert clock_states(done)["C7"] == "met"
    (step,) = [one for one in done["steps"] if one["act"] == "feedback"]
    assert (step["channel"], step["proof"]) == ("fax", "传真回执 10:02 共2页")
