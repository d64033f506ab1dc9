"""Who may see where people are: last known places and tracks reach as far as one's court and those below it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from backend.core.clock import to_wire
from tests.support.world import World
from tests.tracking.sending import fix_at, last_known, last_known_page, send_fixes, track, whole_track

COUNTIES = ("binchuan", "xiangyun", "dalishi", "baishishan")


def test_a_desk_sees_its_court_and_those_below_it(world: World, noise: Callable[[], None]) -> None:
    noise()
    phones = {court: world.phone(f"{court}.officer1") for court in COUNTIES}
    for phone in phones.values():
        send_fixes(phone, fix_at(world.clock.now()))
    expected = {
        "binchuan.commander": {"binchuan"},
        "binchuan.duty": {"binchuan"},
        "xiangyun.duty": {"xiangyun"},
        "dali.duty": {"binchuan", "xiangyun", "dalishi"},
        "yunnan.commander": {"binchuan", "xiangyun", "dalishi"},
        "changchun_forest.commander": {"baishishan"},
    }
    for account, courts in expected.items():
        seen = {row["court_id"] for row in last_known(world.sign_in(account)).values()}
        assert seen == courts, account


def test_a_court_with_more_devices_than_a_page_is_read_page_by_page(
    world: World, noise: Callable[[], None]
) -> None:
    noise()
    send_fixes(world.phone("xiangyun.officer1"), fix_at(world.clock.now()))
    phones = [world.phone(f"binchuan.officer{number}") for number in range(1, 6)]
    for phone in phones:
        send_fixes(phone, fix_at(world.clock.now()))
    desk, seen, after = world.sign_in("binchuan.duty"), [], None
    pages = 0
    while pages == 0 or after:
        page = last_known_page(desk, limit=2, **({"after": after} if after else {}))
        seen += [row["device_id"] for row in page["items"]]
        after, pages = page["next"], pages + 1
    assert (pages, seen) == (3, sorted(phone.device_id for phone in phones))
    assert last_known_page(desk)["next"] is None


@pytest.mark.parametrize(
    "account", ["binchuan.officer1", "binchuan.clerk", "binchuan.sysadmin", "binchuan.auditor"]
)
def test_who_has_no_business_with_positions_sees_none(world: World, account: str) -> None:
    send_fixes(world.phone("binchuan.officer2"), fix_at(world.clock.now()))
    who = world.sign_in(account)
    assert who.get("/api/last-known").status_code == 403
    now = world.clock.now()
    stretch = {"begin": to_wire(now - timedelta(hours=1)), "end": to_wire(now)}
    asked = who.get("/api/tracks", user_id=world.user("binchuan.officer2").id, **stretch)
    assert asked.status_code == 403


def test_a_track_is_what_was_measured_between_two_instants_in_the_order_of_time(world: World) -> None:
    phone, other = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    now = world.clock.now()
    send_fixes(other, *[fix_at(now - timedelta(minutes=minute), 100.9) for minute in range(10)])
    send_fixes(
        phone, *[fix_at(now - timedelta(minutes=minute), 100.5 + minute / 100) for minute in (7, 3, 9, 5)]
    )
    second_phone = world.phone("binchuan.officer1")
    send_fixes(second_phone, fix_at(now - timedelta(minutes=4), 100.54))
    commander, officer = world.sign_in("binchuan.commander"), world.user("binchuan.officer1")
    seen = track(commander, officer.id, now - timedelta(minutes=7), now - timedelta(minutes=4))
    assert [point["longitude"] for point in seen] == pytest.approx([100.57, 100.55, 100.54])
    assert seen[0] == {
        "fixed_at": to_wire(now - timedelta(minutes=7)),
        "longitude": 100.57,
        "latitude": 25.829,
        "accuracy_m": 8.0,
        "source": "pwa",
    }


def test_the_superior_court_reads_a_track_below_and_a_neighbour_does_not(world: World) -> None:
    phone, officer = world.phone("binchuan.officer1"), world.user("binchuan.officer1")
    now = world.clock.now()
    send_fixes(phone, fix_at(now))
    stretch = (now - timedelta(hours=1), now)
    assert len(track(world.sign_in("dali.commander"), officer.id, *stretch)) == 1
    for account in ("xiangyun.commander", "changchun_forest.commander"):
        refused = world.sign_in(account).get(
            "/api/tracks", user_id=officer.id, begin=to_wire(stretch[0]), end=to_wire(stretch[1])
        )
        assert refused.status_code in (403, 404), account


def test_a_track_is_asked_for_at_most_a_day_forwards_in_time(world: World) -> None:
    commander, officer, now = (
        world.sign_in("binchuan.commander"),
        world.user("binchuan.officer1"),
        world.clock.now(),
    )
    for hours in (24.01, 0, -1):
        query = {"begin": to_wire(now - timedelta(hours=hours)), "end": to_wire(now)}
        refused = commander.get("/api/tracks", user_id=officer.id, **query)
        assert (refused.status_code, refused.get_json()["code"]) == (422, "422.1")
    assert track(commander, officer.id, now - timedelta(hours=24), now) == []


def test_a_team_that_changes_shows_on_the_map_with_the_next_position(world: World) -> None:
    phone, commander = world.phone("binchuan.officer5"), world.sign_in("binchuan.commander")
    moved: list[dict[str, object]] = []
    world.app.extensions["lingda"].extras["fix_store"].moved = moved.extend
    send_fixes(phone, fix_at(world.clock.now()))
    assert moved[-1]["team_id"] == world.team("binchuan", "快反三组")
    assert moved[-1] == last_known(commander)[phone.device_id]

    second = world.team("binchuan", "快反二组")
    joined = commander.post(f"/api/teams/{second}/members", {"user_id": phone.user_id, "duty": "officer"})
    assert joined.status_code < 300, joined.get_data(as_text=True)
    world.clock.instant += timedelta(seconds=10)
    send_fixes(phone, fix_at(world.clock.now()))
    assert moved[-1]["team_id"] == second
    assert whole_track(world, "binchuan.officer5")[-1]["fixed_at"] == moved[-1]["fixed_at"]
