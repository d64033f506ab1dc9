"""BSS-10 at the desk: our own debtor is held elsewhere, a superior orders us to fetch him: 30 minutes, day and night (C8)."""

from datetime import timedelta

from backend.core.clock import to_wire
from tests.support.world import ORDER, World, clock_states


def test_a_directive_to_fetch_runs_c8_in_place_of_c6_and_at_night_too(world: World) -> None:
    world.clock.instant = world.clock.now().replace(hour=14)  # 22:00 in Beijing
    dali = world.sign_in("dali.commander")
    above, other = world.directive_from_above(dali, fetches_debtor=True), world.directive_from_above(dali)
    assert clock_states(above) == {"C1": "running", "C8": "running"}
    assert clock_states(other) == {"C1": "running", "C6": "running"}
    (clock,) = [one for one in above["clocks"] if one["clock"] == "C8"]
    assert (clock["clause"], clock["due_at"]) == (
        "BSS-10",
        to_wire(world.clock.now() + timedelta(minutes=30)),
    )


def test_the_departure_of_the_team_sent_out_stops_it(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali, fetches_debtor=True)
    order = world.order_out(duty, parent_id=above["id"])
    phone = world.phone("binchuan.teamleader1")
    assert clock_states(order) == {"C8": "running"}
    phone.do("directive.accept", order["id"])
    world.clock.instant += timedelta(minutes=30)
    phone.do("directive.depart", order["id"])
    shown = dali.get(f"/api/directives/{above['id']}").get_json()
    assert clock_states(shown) == {"C1": "met", "C8": "met"}


def test_withdrawing_calls_it_off(world: World) -> None:
    dali = world.sign_in("dali.commander")
    above = world.directive_from_above(dali, fetches_debtor=True)
    words = {"revision": above["revision"], "reason": "被执行人已释放"}
    withdrawn = dali.post(f"/api/directives/{above['id']}/withdraw", words).get_json()
    assert clock_states(withdrawn)["C8"] == "cancelled"


def test_an_instruction_fetches_nobody(world: World) -> None:
    words = {**ORDER, "kind": "instruction", "target": {"court_id": "binchuan"}, "fetches_debtor": True}
    answer = world.sign_in("dali.commander").post("/api/directives", words)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "422.1")


def test_the_leaders_instruction_on_a_directive_gives_five_minutes_to_order(world: World) -> None:
    """BSS-5(1), BSS-5(3): the desk reports the directive, hears the instruction, and orders the team out at once."""
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    seen = duty.post(f"/api/directives/{above['id']}/acknowledge", {"revision": above["revision"]}).get_json()
    told = {"reported_to": "钱丽", "channel": "phone", "instruction": "派一组"}
    heard = duty.post(
        f"/api/directives/{above['id']}/report", {"revision": seen["revision"], **told}
    ).get_json()
    assert clock_states(heard)["C3"] == "running"
    world.clock.instant += timedelta(minutes=5)
    order = world.order_out(duty, parent_id=above["id"])
    assert clock_states(duty.get(f"/api/directives/{above['id']}").get_json())["C3"] == "met"
    assert "C3" not in clock_states(order)
