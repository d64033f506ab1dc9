"""A8: which time of a command counts, for the legal clocks and for whoever reads the record."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.core.clock import to_wire
from backend.sync.rules import SURE_ENOUGH_MS, digest_of, occurrence_of
from backend.sync.schemas import CommandPayload
from tests.support.world import World, team_clocks

ARRIVAL = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
EARLIER = ARRIVAL - timedelta(minutes=40)


def command(**changes: Any) -> CommandPayload:
    fields = {
        "schema": 1,
        "command_id": "01a1f4e6-7c00-7000-8000-000000000001",
        "device_id": "d",
        "sequence": 1,
        "type": "directive.depart",
        "subject_id": "s",
        "made_at": to_wire(EARLIER),
        "uncertainty_ms": 500,
    }
    return CommandPayload.model_validate({**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "signed", "at", "trusted"),
    [
        ({}, True, EARLIER, True),
        ({"uncertainty_ms": SURE_ENOUGH_MS}, True, EARLIER, True),
        ({"uncertainty_ms": SURE_ENOUGH_MS + 1}, True, ARRIVAL, False),
        ({"uncertainty_ms": None}, True, ARRIVAL, False),
        ({}, False, ARRIVAL, False),
        ({"made_at": to_wire(ARRIVAL + timedelta(days=1))}, True, ARRIVAL, True),
        ({"made_at": to_wire(ARRIVAL)}, True, ARRIVAL, True),
    ],
    ids=["sure", "just sure", "not sure", "unknown", "unsigned desk", "from the future", "now"],
)
def test_the_devices_time_counts_when_signed_and_sure_and_never_lies_in_the_future(
    changes: dict[str, Any], signed: bool, at: datetime, trusted: bool
) -> None:
    occurrence = occurrence_of(command(**changes), ARRIVAL, signed=signed)
    assert (occurrence.at, occurrence.trusted) == (at, trusted)


def test_the_place_and_the_devices_own_clock_are_kept_beside_it() -> None:
    position = {"longitude": 100.575, "latitude": 25.829, "accuracy_m": 8}
    occurrence = occurrence_of(
        command(position=position, made_at_device=to_wire(EARLIER)), ARRIVAL, signed=True
    )
    assert (occurrence.longitude, occurrence.latitude, occurrence.accuracy_m) == (100.575, 25.829, 8)
    assert occurrence.device_at == EARLIER


def test_a_digest_is_of_the_exact_text() -> None:
    assert digest_of('{"a":1}') != digest_of('{"a": 1}')


def test_a_departure_without_network_stops_c4_at_its_own_time_and_both_times_are_on_record(
    world: World,
) -> None:
    duty, commander = world.sign_in("binchuan.duty"), world.sign_in("binchuan.commander")
    officer = world.phone("binchuan.officer1")
    lead = world.register_lead(duty)
    order = world.order_out(commander, lead_id=lead["id"])
    officer.do("directive.accept", order["id"])
    world.clock.instant += timedelta(minutes=20)
    departed_at = world.clock.now()
    departure = officer.command("directive.depart", order["id"])
    world.clock.instant += timedelta(minutes=50)
    assert officer.send(departure)[0]["result"] == "applied"
    shown = team_clocks(duty.get(f"/api/leads/{lead['id']}").get_json())[0]
    assert (shown["state"], shown["stopped_at"]) == ("met", to_wire(departed_at))
    step = commander.get(f"/api/directives/{order['id']}").get_json()["steps"][-1]
    assert (step["occurred_at"], step["received_at"]) == (to_wire(departed_at), to_wire(world.clock.now()))
    assert step["late_sync"] is True


def test_a_phone_that_does_not_know_its_clock_counts_from_its_arrival(world: World) -> None:
    commander, officer = world.sign_in("binchuan.commander"), world.phone("binchuan.officer1")
    order = world.order_out(commander)
    made_at = world.clock.now()
    unsure = officer.command("directive.accept", order["id"], made_at=made_at, uncertainty_ms=120_000)
    world.clock.instant += timedelta(minutes=9)
    officer.send(unsure)
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert shown["acknowledged_at"] == to_wire(world.clock.now())
