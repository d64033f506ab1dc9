"""A revoked phone calls for help: refused, and a desk is told who and where; nothing sounds (ADR 0039)."""

from datetime import timedelta
from typing import Any

import pytest

from backend.core.identifiers import new_identifier
from tests.emergencies.conftest import HERE, Danger
from tests.people.visitor import problem
from tests.support.world import World

PATH = "/api/refused-calls"


@pytest.fixture
def revoked(danger: Danger) -> Danger:
    """Officer1's phone was reported lost."""
    answer = danger.desk("duty").post(f"/api/devices/{danger.phone.device_id}/revoke", {"reason": "手机丢失"})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return danger


def call(danger: Danger) -> dict[str, Any]:
    return danger.phone.command("sos.raise", new_identifier(), {"drill": False}, position=HERE)


def test_it_is_refused_with_the_reason_and_the_desk_is_told_who_and_where(revoked: Danger) -> None:
    stranger = revoked.world.anonymous()
    answer = stranger.post(PATH, json=call(revoked))
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["reason"]) == (
        403,
        "403.3",
        "手机丢失",
    )
    name = revoked.world.user("binchuan.officer1").name
    for account in ("binchuan.leader", "binchuan.commander"):
        ((kind, title),) = revoked.told(account)
        assert (kind, title.startswith(name), title.endswith("25.82900, 100.57500")) == (
            "refused_call",
            True,
            True,
        ), account
    assert "sos.refused" in revoked.audited(revoked.phone.device_id)
    assert revoked.desk("duty").get("/api/emergencies").get_json()["items"] == [], "no desk sounds"


def test_people_are_told_once_in_ten_minutes_and_every_call_is_written_down(revoked: Danger) -> None:
    for _ in range(3):
        revoked.world.anonymous().post(PATH, json=call(revoked))
    assert len(revoked.told("binchuan.leader")) == 1
    assert revoked.audited(revoked.phone.device_id).count("sos.refused") == 3
    revoked.world.clock.instant += timedelta(minutes=10, seconds=1)
    revoked.world.anonymous().post(PATH, json=call(revoked))
    assert len(revoked.told("binchuan.leader")) == 2


def test_with_somebodys_session_it_is_refused_and_told_the_same(revoked: Danger, world: World) -> None:
    command = call(revoked)
    other = world.phone("binchuan.officer1")
    answer = other.send(command)[0]
    assert (answer["result"], answer["problem"]["code"]) == ("rejected", "403.3")
    assert [kind for kind, _ in revoked.told("binchuan.leader")] == ["refused_call"]


def test_a_closed_account_has_revoked_phones(danger: Danger) -> None:
    user = danger.world.user("binchuan.officer1")
    closed = danger.desk("secadmin").post(f"/api/accounts/{user.id}/close", {"reason": "调离"})
    assert closed.status_code == 200, closed.get_data(as_text=True)
    assert problem(danger.world.anonymous().post(PATH, json=call(danger))) == (403, "403.3")
    assert [kind for kind, _ in danger.told("binchuan.leader")] == ["refused_call"]


def test_nobody_can_make_the_desk_be_told_without_the_key(revoked: Danger, world: World) -> None:
    stranger = world.anonymous()
    forged = {**call(revoked), "signature": revoked.phone.key.sign(b"something else")}
    assert problem(stranger.post(PATH, json=forged)) == (422, "422.2")
    other_act = revoked.phone.command("sos.safe", new_identifier())
    assert problem(stranger.post(PATH, json=other_act)) == (422, "422.1")
    for payload in ("", "{}", "[]", "{"):
        answer = stranger.post(PATH, json={"payload": payload, "signature": "x"})
        assert problem(answer)[0] in (422, 429), payload
    assert revoked.told("binchuan.leader") == []


def test_a_phone_that_is_bound_is_told_to_sign_in_and_one_unknown_that_it_is(danger: Danger) -> None:
    stranger = danger.world.anonymous()
    assert problem(stranger.post(PATH, json=call(danger))) == (401, "401.1")
    unknown = danger.phone.command("sos.raise", new_identifier(), {}, device_id=new_identifier())
    assert problem(stranger.post(PATH, json=unknown)) == (404, "404.1")


def test_so_many_calls_of_one_address_and_no_more(revoked: Danger) -> None:
    answers = [problem(revoked.world.anonymous().post(PATH, json=call(revoked))) for _ in range(8)]
    assert answers.count((403, "403.3")) == 6
    assert answers.count((429, "429.1")) == 2
