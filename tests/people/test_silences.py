"""Stretches in which a phone was out of contact are kept when it is heard from again, to clear whoever carried it (A8)."""

from datetime import timedelta

from backend.people.contact import in_contact_throughout, record_contacts, silences_of
from tests.conftest import TUESDAY_NINE as START
from tests.support.world import World


def hear(world: World, device_id: str) -> None:
    """Let a phone be heard from now."""
    with world.database.writing() as work:
        record_contacts(work, [device_id])


def silences(world: World, user_id: str) -> list[tuple[float, float | None]]:
    """Return the silences of a person in the hour from the start, in minutes after it."""
    begin = START
    with world.database.reading() as work:
        found = silences_of(work.session, [user_id], begin, begin + timedelta(hours=1))
    return [
        (
            (one.began_at - begin) / timedelta(minutes=1),
            None if one.ended_at is None else (one.ended_at - begin) / timedelta(minutes=1),
        )
        for one in found
    ]


def test_a_gap_is_kept_from_the_last_contact_to_the_next(world: World) -> None:
    phone, other = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    for minute in (0, 1, 20, 21, 60):
        world.clock.instant = START + timedelta(minutes=minute)
        hear(world, phone.device_id)
        if minute < 20:
            hear(world, other.device_id)
    assert silences(world, phone.user_id) == [(1.0, 20.0), (21.0, 60.0)]


def test_two_minutes_are_the_pace_of_contacts_and_no_silence(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    for minute in range(0, 61, 2):
        world.clock.instant = START + timedelta(minutes=minute)
        hear(world, phone.device_id)
    assert silences(world, phone.user_id) == []


def test_a_phone_not_heard_from_since_is_silent_until_now(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    world.clock.instant = START + timedelta(minutes=5)
    hear(world, phone.device_id)
    world.clock.instant = START + timedelta(hours=2)
    assert silences(world, phone.user_id) == [(5.0, None)]


def test_a_phone_that_has_lain_in_a_drawer_clears_nobody(world: World) -> None:
    world.clock.instant = START - timedelta(hours=13)
    phone = world.phone("binchuan.officer1")
    hear(world, phone.device_id)
    world.clock.instant = START + timedelta(hours=2)
    assert silences(world, phone.user_id) == []


def test_in_contact_throughout_is_only_a_phone_that_was_bound_and_heard_from_all_the_time(
    world: World,
) -> None:
    steady, late, drawer, mute = (world.phone(f"binchuan.officer{number}") for number in (1, 2, 3, 4))
    for phone, minutes in (
        (steady, [0, *range(720, 781)]),
        (late, range(720, 750)),
        (drawer, (0, 760, 780)),
        (mute, ()),
    ):
        for minute in minutes:
            world.clock.instant = START + timedelta(minutes=minute)
            hear(world, phone.device_id)
    begin, end = START + timedelta(minutes=721), START + timedelta(minutes=780)
    everybody = [phone.user_id for phone in (steady, late, drawer, mute)]
    with world.database.reading() as work:
        assert in_contact_throughout(work.session, everybody, begin, end) == {steady.user_id}
        before_bound = in_contact_throughout(work.session, everybody, START - timedelta(minutes=1), START)
    assert before_bound == frozenset()
