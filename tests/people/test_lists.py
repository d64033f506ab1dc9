"""Lists of people and phones: whose they are, in pages that lose and repeat nothing."""

from typing import Any

from tests.people.visitor import problem
from tests.support.world import Client, World


def pages(client: Client, path: str, limit: int) -> list[list[Any]]:
    """Return the items of every page of a list."""
    found, after = [], None
    while True:
        query = {"limit": limit} | ({"after": after} if after else {})
        page = client.get(path, **query).get_json()
        found.append(page["items"])
        after = page["next"]
        if after is None:
            return found


def test_the_people_of_a_court_come_with_the_roles_they_hold_now(world: World) -> None:
    people = world.sign_in("binchuan.duty").get("/api/courts/binchuan/people").get_json()["items"]
    roles = {person["account"]: person["roles"] for person in people}
    assert roles["binchuan.commander"] == ["commander"]
    assert roles["binchuan.officer1"] == ["officer"]
    assert all(account.startswith("binchuan.") for account in roles)
    assert list(roles) == sorted(roles)


def test_people_come_in_pages(world: World) -> None:
    dali = world.sign_in("dali.commander")
    whole = pages(dali, "/api/courts/binchuan/people", 200)
    small = pages(dali, "/api/courts/binchuan/people", 4)
    assert len(whole) == 1 and max(len(page) for page in small) == 4
    assert [one for page in small for one in page] == whole[0]


def test_people_of_a_court_beside_mine_are_not_shown_and_an_unknown_court_is_not_found(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    assert problem(duty.get("/api/courts/xiangyun/people")) == (403, "403.1")
    assert problem(duty.get("/api/courts/dali/people")) == (403, "403.1")
    assert problem(duty.get("/api/courts/atlantis/people")) == (404, "404.1")


def test_phones_come_newest_first_in_pages_and_only_those_of_my_court(world: World) -> None:
    mine = [world.phone(f"binchuan.officer{number}").device_id for number in (1, 2, 3)]
    world.phone("xiangyun.officer1"), world.phone("baishishan.officer1")
    duty = world.sign_in("binchuan.duty")
    small = pages(duty, "/api/devices", 2)
    assert [one["id"] for page in small for one in page] == mine[::-1]
    assert [len(page) for page in small] == [2, 1]


def test_a_page_is_between_one_and_two_hundred(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    for limit in ("0", "201", "-1", "viele", "1e2", ""):
        assert problem(duty.get("/api/devices", limit=limit)) == (422, "422.1"), limit
