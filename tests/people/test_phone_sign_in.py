"""A phone whose session ended signs in by its key; a revoked one never again, and its unsent queue is refused."""

from datetime import timedelta
from typing import Any

from tests.people.visitor import problem
from tests.support.rows import every_row
from tests.support.world import DeviceKey, Phone, World, base64url


def challenge(world: World, device_id: str) -> Any:
    """Ask what to sign and return the response."""
    return world.anonymous().post("/api/sign-in/device/challenge", json={"device_id": device_id})


def answer(world: World, device_id: str, text: str, signature: str) -> Any:
    """Answer a challenge and return the response."""
    body = {"device_id": device_id, "challenge": text, "signature": signature}
    return world.anonymous().post("/api/sign-in/device", json=body)


def signed(phone: Phone, text: str) -> str:
    """Return the phone's signature of a challenge."""
    return phone.key.sign(f"lingda-sign-in:{text}".encode())


def test_a_phone_signs_in_by_its_key(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    phone.post("/api/sign-out")
    text = challenge(world, phone.device_id).get_json()["challenge"]
    fresh = world.anonymous()
    body = {"device_id": phone.device_id, "challenge": text, "signature": signed(phone, text)}
    assert fresh.post("/api/sign-in/device", json=body).get_json()["state"] == "signed_in"
    assert fresh.get("/api/me").get_json()["device"]["id"] == phone.device_id


def test_a_challenge_is_answered_once(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    text = challenge(world, phone.device_id).get_json()["challenge"]
    assert answer(world, phone.device_id, text, signed(phone, text)).status_code == 200
    assert problem(answer(world, phone.device_id, text, signed(phone, text))) == (401, "401.4")


def test_a_challenge_is_answered_within_a_minute_and_only_the_newest(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    older = challenge(world, phone.device_id).get_json()["challenge"]
    newer = challenge(world, phone.device_id).get_json()["challenge"]
    assert problem(answer(world, phone.device_id, older, signed(phone, older))) == (401, "401.4")
    world.clock.instant += timedelta(minutes=1)
    assert problem(answer(world, phone.device_id, newer, signed(phone, newer))) == (401, "401.4")


def test_every_other_signature_is_wrong(world: World) -> None:
    phone, other = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    text = challenge(world, phone.device_id).get_json()["challenge"]
    for signature in (
        signed(other, text),
        phone.key.sign(text.encode()),
        signed(phone, text)[:-2],
        base64url(bytes(64)),
        "",
        "签名",
        DeviceKey().sign(f"lingda-sign-in:{text}".encode()),
    ):
        assert problem(answer(world, phone.device_id, text, signature)) == (401, "401.4"), signature
    assert answer(world, phone.device_id, text, signed(phone, text)).status_code == 200


def test_one_phone_does_not_answer_for_another(world: World) -> None:
    phone, other = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    text = challenge(world, phone.device_id).get_json()["challenge"]
    challenge(world, other.device_id)
    assert problem(answer(world, other.device_id, text, signed(phone, text))) == (401, "401.4")


def test_an_unknown_phone_is_told_so(world: World) -> None:
    assert problem(challenge(world, "01890000-0000-7000-8000-000000000000")) == (404, "404.1")


def test_a_lost_phone_is_revoked_its_session_ends_and_its_unsent_queue_is_refused_with_the_reason(
    world: World,
) -> None:
    duty, commander = world.sign_in("binchuan.duty"), world.sign_in("binchuan.commander")
    lost, kept = world.phone("binchuan.officer1"), world.phone("binchuan.officer1")
    order = world.order_out(commander)
    unsent = lost.command("directive.accept", order["id"])
    revoked = duty.post(f"/api/devices/{lost.device_id}/revoke", {"reason": "掉进了洱海"})
    assert revoked.get_json()["revoked_reason"] == "掉进了洱海"

    assert problem(lost.get("/api/phone")) == (401, "401.1")
    refused = challenge(world, lost.device_id)
    assert problem(refused) == (403, "403.3")
    assert refused.get_json()["reason"] == "掉进了洱海"
    queue = kept.send(unsent)[0]
    assert (queue["result"], queue["problem"]["code"]) == ("rejected", "403.3")
    assert queue["problem"]["reason"] == "掉进了洱海"
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert {member["answer"] for member in shown["members"]} == {"pending"}
    assert kept.get("/api/phone").status_code == 200, "the officer's other phone goes on"
    assert problem(duty.post(f"/api/devices/{lost.device_id}/revoke", {"reason": "x"})) == (409, "409.2")


def test_a_phone_revoked_between_challenge_and_answer_does_not_get_in(world: World) -> None:
    duty, phone = world.sign_in("binchuan.duty"), world.phone("binchuan.officer1")
    text = challenge(world, phone.device_id).get_json()["challenge"]
    duty.post(f"/api/devices/{phone.device_id}/revoke", {"reason": "丢失"})
    assert problem(answer(world, phone.device_id, text, signed(phone, text))) == (403, "403.3")


def test_only_desks_of_its_own_court_revoke_a_phone(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    for account in (
        "xiangyun.duty",
        "dali.commander",
        "xiangyun.commander",
        "binchuan.clerk",
        "binchuan.auditor",
    ):
        refused = world.sign_in(account).post(f"/api/devices/{phone.device_id}/revoke", {"reason": "x"})
        assert problem(refused) == (403, "403.1"), account
    assert phone.get("/api/phone").status_code == 200
    by_security = world.sign_in("binchuan.secadmin")
    assert by_security.post(f"/api/devices/{phone.device_id}/revoke", {"reason": "x"}).status_code == 200


def test_a_sign_in_by_key_leaves_its_audit_line(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    text = challenge(world, phone.device_id).get_json()["challenge"]
    answer(world, phone.device_id, text, signed(phone, text))
    lines = [row for row in every_row(world.database)["audit_entry"] if "session.open" in row]
    assert phone.device_id in repr(lines[-1])
