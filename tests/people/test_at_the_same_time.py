"""Two at once: a code, a challenge or a name can be had by one of them only, and the other is told so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from tests.support.rows import every_row
from tests.support.world import DeviceKey, World


def at_once(count: int, act: Any) -> list[int]:
    """Do something so many times at the same moment, and return the statuses in order."""
    start = Barrier(count)

    def one(number: int) -> int:
        start.wait()
        return int(act(number).status_code)

    with ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(one, range(count)))


def test_two_phones_that_read_one_code_at_once(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    offered = duty.post("/api/devices/enrolments", {"user_id": world.user("binchuan.officer1").id}).get_json()
    keys = [DeviceKey().public_key for _ in range(4)]

    def enrol(number: int) -> Any:
        body = {"code": offered["code"], "public_key": keys[number], "label": f"手机{number}"}
        return world.anonymous().post("/api/devices/enrol", json=body)

    assert at_once(4, enrol) == [201, 410, 410, 410]
    assert len(every_row(world.database)["device"]) == 1


def test_two_desks_that_give_one_name_at_once(world: World) -> None:
    desks = [world.sign_in("binchuan.commander") for _ in range(4)]
    body = {"court_id": "binchuan", "name": "同名小组", "members": []}
    assert at_once(4, lambda number: desks[number].post("/api/teams", body)) == [201, 409, 409, 409]


def test_a_phone_that_asks_for_two_challenges_at_once(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    ask = {"device_id": phone.device_id}
    assert (
        at_once(4, lambda _: world.anonymous().post("/api/sign-in/device/challenge", json=ask)) == [200] * 4
    )


def test_eight_wrong_passwords_at_once_are_eight(world: World) -> None:
    body = {"account": "binchuan.duty", "password": "not the password"}
    answers = at_once(8, lambda _: world.anonymous().post("/api/sign-in", json=body))
    assert set(answers) <= {401, 423}
    again = world.anonymous().post("/api/sign-in", json=body)
    assert again.status_code == 423


def test_one_code_of_an_authenticator_shown_twice_at_once_counts_once(world: World) -> None:
    from tests.people.visitor import Visitor

    visitors = [Visitor(world, "binchuan.duty") for _ in range(3)]
    for visitor in visitors:
        visitor.give_password()
    code = visitors[0].code()
    assert at_once(3, lambda number: visitors[number].give_code(code)) == [200, 401, 401]
