"""Binding a phone to an officer: the desk's one-time code, the key made on the phone, ten minutes (issue: the phone)."""

from datetime import timedelta
from typing import Any

from tests.people.visitor import problem
from tests.support.rows import digest_of_state, every_row
from tests.support.world import Client, DeviceKey, World


def offer(desk: Client, user_id: str) -> Any:
    """Ask for a code for a person and return the response."""
    return desk.post("/api/devices/enrolments", {"user_id": user_id})


def enrol(world: World, code: str, key: Any = None, label: str = "赵一鸣的手机") -> Any:
    """Enrol a fresh phone with a code and return the response."""
    public_key = DeviceKey().public_key if key is None else key
    body = {"code": code, "public_key": public_key, "label": label}
    return world.anonymous().post("/api/devices/enrol", json=body)


def test_the_desk_shows_a_code_and_the_phone_that_reads_it_is_bound_and_signed_in(world: World) -> None:
    duty, officer = world.sign_in("binchuan.duty"), world.user("binchuan.officer1")
    offered = offer(duty, officer.id).get_json()
    assert offered["url"].endswith(f"/#/enrol/{offered['code']}")
    assert offered["qr_svg"].startswith("<svg")
    key, phone = DeviceKey(), world.anonymous()
    body = {"code": offered["code"], "public_key": key.public_key, "label": "华为畅享"}
    bound = phone.post("/api/devices/enrol", json=body)
    assert bound.status_code == 201
    assert bound.get_json()["user"]["account"] == "binchuan.officer1"
    me = phone.get("/api/me").get_json()
    assert me["device"] == {"id": bound.get_json()["device_id"], "label": "华为畅享"}
    assert me["csrf_token"] == bound.get_json()["csrf_token"]
    listed = duty.get("/api/devices").get_json()["items"]
    assert [(one["user"]["id"], one["label"]) for one in listed] == [(officer.id, "华为畅享")]


def test_a_code_works_once(world: World) -> None:
    code = offer(world.sign_in("binchuan.duty"), world.user("binchuan.officer1").id).get_json()["code"]
    assert enrol(world, code).status_code == 201
    assert problem(enrol(world, code)) == (410, "410.2")


def test_a_code_works_for_ten_minutes(world: World) -> None:
    duty, officer = world.sign_in("binchuan.duty"), world.user("binchuan.officer1")
    in_time, too_late = (offer(duty, officer.id).get_json()["code"] for _ in range(2))
    world.clock.instant += timedelta(minutes=10) - timedelta(seconds=1)
    assert enrol(world, in_time).status_code == 201
    world.clock.instant += timedelta(seconds=1)
    assert problem(enrol(world, too_late)) == (410, "410.2")


def test_a_code_can_be_typed_as_people_type(world: World) -> None:
    code = offer(world.sign_in("binchuan.duty"), world.user("binchuan.officer1").id).get_json()["code"]
    assert enrol(world, f" {code.lower().replace('-', ' ')} ").status_code == 201


def test_the_desk_of_another_court_enrols_nobody_here(world: World) -> None:
    officer = world.user("binchuan.officer1")
    before = digest_of_state(world.database)
    for account in ("xiangyun.duty", "dali.duty", "baishishan.commander"):
        assert problem(offer(world.sign_in(account), officer.id)) == (403, "403.1"), account
    assert problem(offer(world.sign_in("binchuan.clerk"), officer.id)) == (403, "403.1")
    # Signing in leaves its own audit line; no enrolment was made.
    assert every_row(world.database)["enrolment"] == []
    assert before != ""


def test_nobody_is_enrolled_who_does_not_exist(world: World) -> None:
    unknown = offer(world.sign_in("binchuan.duty"), "01890000-0000-7000-8000-000000000000")
    assert problem(unknown) == (404, "404.1")


def test_a_key_that_is_none_binds_nothing_and_does_not_use_the_code_up(world: World) -> None:
    code = offer(world.sign_in("binchuan.duty"), world.user("binchuan.officer1").id).get_json()["code"]
    good = DeviceKey().public_key
    for bad in (
        {},
        {**good, "kty": "RSA"},
        {**good, "crv": "P-384"},
        {**good, "x": good["x"][:-2]},
        {**good, "x": "é" * 43},
        {**good, "x": good["y"], "y": good["x"]},
        {**good, "x": None},
        {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43},
    ):
        assert problem(enrol(world, code, bad)) == (422, "422.1"), bad
    assert problem(enrol(world, code, label="手" * 81)) == (422, "422.1")
    assert enrol(world, code).status_code == 201


def test_neither_the_code_nor_a_private_key_is_kept(world: World) -> None:
    code = offer(world.sign_in("binchuan.duty"), world.user("binchuan.officer1").id).get_json()["code"]
    assert enrol(world, code, {**DeviceKey().public_key, "d": "a private part"}).status_code == 201
    kept = repr(every_row(world.database))
    assert code not in kept
    assert "a private part" not in kept


def test_a_commanders_phone_has_the_powers_of_a_phone_only(world: World) -> None:
    phone = world.phone("binchuan.commander")
    me = phone.get("/api/me").get_json()
    assert (me["roles"], me["permissions"]) == ([], [])
    assert problem(phone.get("/api/board")) == (403, "403.1")
