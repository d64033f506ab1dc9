"""Positions that phone pages send in batches: kept once, in any order, only from one's own phone, only if believable."""

from datetime import timedelta
from itertools import permutations

import pytest

from backend.people.contact import is_any_phone_silent
from tests.support.world import World
from tests.tracking.sending import fix_at, last_known, send_fixes, whole_track


def test_a_batch_of_an_officer_is_kept_and_its_newest_position_is_on_the_commanders_map(world: World) -> None:
    phone, commander = world.phone("binchuan.officer1"), world.sign_in("binchuan.commander")
    now = world.clock.now()
    earlier = fix_at(now - timedelta(seconds=20), 100.570, 25.830)
    newest = fix_at(
        now - timedelta(seconds=10), 100.571, 25.831, speed_m_s=9.5, heading=45.0, battery_percent=80
    )
    assert send_fixes(phone, earlier, newest) == {"stored": 2, "duplicates": 0, "rejected": 0}

    officer = world.user("binchuan.officer1")
    assert last_known(commander)[phone.device_id] == {
        "device_id": phone.device_id,
        "user": {"id": officer.id, "name": officer.name},
        "team_id": world.team("binchuan"),
        "court_id": "binchuan",
        "longitude": 100.571,
        "latitude": 25.831,
        "accuracy_m": 8.0,
        "speed_m_s": 9.5,
        "heading": 45.0,
        "battery_percent": 80.0,
        "fixed_at": newest["fixed_at"],
        "received_at": "2026-03-03T01:00:00.000Z",
        "source": "pwa",
    }
    assert commander.get("/api/board").get_json()["last_known"] == list(last_known(commander).values())


def test_a_batch_sent_again_changes_nothing(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    fixes = [fix_at(world.clock.now() - timedelta(seconds=age)) for age in (30, 20, 10)]
    send_fixes(phone, *fixes[:2])
    assert send_fixes(phone, *fixes) == {"stored": 1, "duplicates": 2, "rejected": 0}
    assert send_fixes(phone, *fixes) == {"stored": 0, "duplicates": 3, "rejected": 0}
    assert [point["fixed_at"] for point in whole_track(world, "binchuan.officer1")] == [
        fix["fixed_at"] for fix in fixes
    ]


def test_two_positions_of_one_millisecond_are_one_and_the_more_accurate_is_kept(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    at = world.clock.now() - timedelta(seconds=10)
    coarse, fine = fix_at(at, 100.57, 25.83), fix_at(at, 100.58, 25.84)
    coarse["accuracy_m"] = 90.0
    assert send_fixes(phone, coarse, fine) == {"stored": 1, "duplicates": 1, "rejected": 0}
    (point,) = whole_track(world, "binchuan.officer1")
    assert (point["longitude"], point["latitude"], point["accuracy_m"]) == (100.58, 25.84, 8.0)


def test_the_order_in_which_positions_arrive_makes_no_difference(world: World) -> None:
    commander, now = world.sign_in("binchuan.commander"), world.clock.now()
    fixes = [fix_at(now - timedelta(seconds=age), 100.5 + age / 1000) for age in (30, 20, 10)]
    seen, tracks = [], []
    for account, order in zip(
        [f"binchuan.officer{number}" for number in range(1, 7)], permutations(fixes), strict=True
    ):
        phone = world.phone(account)
        for fix in order:
            send_fixes(phone, fix)
        seen.append(last_known(commander)[phone.device_id]["fixed_at"])
        tracks.append([point["longitude"] for point in whole_track(world, account)])
    assert seen == [fixes[2]["fixed_at"]] * 6
    assert tracks == [[fix["longitude"] for fix in fixes]] * 6


def test_an_hour_from_a_valley_arrives_late_and_the_map_does_not_jump_back(world: World) -> None:
    phone, commander = world.phone("binchuan.officer1"), world.sign_in("binchuan.commander")
    now = world.clock.now()
    send_fixes(phone, fix_at(now, 100.60))
    late = [fix_at(now - timedelta(minutes=minute), 100.50) for minute in range(60, 0, -1)]
    assert send_fixes(phone, *late)["stored"] == 60
    assert last_known(commander)[phone.device_id]["longitude"] == 100.60
    assert len(whole_track(world, "binchuan.officer1")) == 61


def test_what_cannot_be_believed_is_counted_and_the_rest_is_kept(world: World) -> None:
    phone, commander = world.phone("binchuan.officer1"), world.sign_in("binchuan.commander")
    now = world.clock.now()
    answer = send_fixes(
        phone,
        fix_at(now, 0.0, 0.0),
        fix_at(now - timedelta(seconds=1), 181.0),
        fix_at(now + timedelta(minutes=6)),
        fix_at(now - timedelta(days=32)),
        {**fix_at(now - timedelta(seconds=2)), "accuracy_m": 50_000},
        fix_at(now - timedelta(seconds=3), speed_m_s=-1.0, heading=720.0, battery_percent=250.0),
    )
    assert answer == {"stored": 1, "duplicates": 0, "rejected": 5}
    shown = last_known(commander)[phone.device_id]
    assert [shown[name] for name in ("speed_m_s", "heading", "battery_percent")] == [None, None, None]


def test_a_batch_of_which_nothing_can_be_believed_is_still_answered(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    answer = send_fixes(phone, fix_at(world.clock.now(), 0.0, 0.0))
    assert answer == {"stored": 0, "duplicates": 0, "rejected": 1}
    assert last_known(world.sign_in("binchuan.commander")) == {}


def test_five_hundred_positions_are_a_batch_and_one_more_is_too_many(world: World) -> None:
    phone, now = world.phone("binchuan.officer1"), world.clock.now()
    fixes = [fix_at(now - timedelta(seconds=age)) for age in range(501)]
    refused = phone.post("/api/fixes", {"device_id": phone.device_id, "fixes": fixes})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "422.1")
    assert whole_track(world, "binchuan.officer1") == []
    assert send_fixes(phone, *fixes[:500])["stored"] == 500


@pytest.mark.parametrize(
    "spoiled",
    [
        {"longitude": "east"},
        {"longitude": None},
        {"latitude": True},
        {"fixed_at": "yesterday"},
        {"fixed_at": "2026-03-03T09:00:00"},
        {"accuracy_m": "NaN"},
    ],
)
def test_a_batch_with_one_malformed_position_is_refused_whole(
    world: World, spoiled: dict[str, object]
) -> None:
    phone, now = world.phone("binchuan.officer1"), world.clock.now()
    fixes = [fix_at(now - timedelta(seconds=5)), {**fix_at(now), **spoiled}]
    refused = phone.post("/api/fixes", {"device_id": phone.device_id, "fixes": fixes})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "422.1")
    assert whole_track(world, "binchuan.officer1") == []


def test_nobody_sends_for_somebody_elses_phone(world: World) -> None:
    mine, other = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    second_of_mine = world.phone("binchuan.officer1")
    desk, looking = world.sign_in("binchuan.commander"), world.sign_in("binchuan.officer1")
    body = {"device_id": mine.device_id, "fixes": [fix_at(world.clock.now())]}
    for who in (other, second_of_mine, desk, looking):
        assert who.post("/api/fixes", body).status_code == 403
    assert world.anonymous().post("/api/fixes", json=body).status_code == 401
    assert whole_track(world, "binchuan.officer1") == []
    unknown = {**body, "device_id": "019a0000-0000-7000-8000-000000000000"}
    assert mine.post("/api/fixes", unknown).status_code == 403


def test_a_revoked_phone_sends_no_more(world: World) -> None:
    lost, commander = world.phone("binchuan.officer1"), world.sign_in("binchuan.commander")
    kept = world.phone("binchuan.officer2")
    assert commander.post(f"/api/devices/{lost.device_id}/revoke", {"reason": "遗失"}).status_code == 200
    body = {"device_id": lost.device_id, "fixes": [fix_at(world.clock.now())]}
    assert lost.post("/api/fixes", body).status_code == 401
    assert send_fixes(kept, fix_at(world.clock.now()))["stored"] == 1
    assert list(last_known(commander)) == [kept.device_id]


def test_a_phone_that_sends_positions_is_in_contact(world: World) -> None:
    phone, officer = world.phone("binchuan.officer1"), world.user("binchuan.officer1")
    due = world.clock.now()
    world.clock.instant += timedelta(minutes=2)
    with world.database.reading() as work:
        assert is_any_phone_silent(work, [officer.id], due)
    send_fixes(phone, fix_at(world.clock.now()))
    with world.database.reading() as work:
        assert not is_any_phone_silent(work, [officer.id], due)
    world.clock.instant += timedelta(minutes=10)
    send_fixes(phone, fix_at(world.clock.now()))
    with world.database.reading() as work:
        assert not is_any_phone_silent(work, [officer.id], world.clock.now() - timedelta(minutes=2))
