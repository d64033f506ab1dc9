"""The second factor by a passkey (WebAuthn), from its registration to every way it can be wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend.app import create_app
from backend.core.clock import FixedClock
from backend.core.database import Database
from tests.conftest import make_settings
from tests.people.soft_authenticator import SoftAuthenticator
from tests.people.visitor import Visitor, problem
from tests.support.world import World

ORIGIN = "https://lingda.binchuan.example"
People = Callable[[str], Visitor]


@pytest.fixture
def court_house(database: Database, clock: FixedClock, tmp_path: Path) -> World:
    """An installation that people reach by a host name, as passkeys need."""
    settings = make_settings(tmp_path, LINGDA_PUBLIC_URL=ORIGIN)
    return World(create_app(settings, database), database, settings, clock)


def register(person: Visitor, key: SoftAuthenticator, label: str = "办公室的钥匙") -> Any:
    """Register a passkey and return the response."""
    options = person.post("/api/second-factors/passkeys/options").get_json()["options"]
    return person.post("/api/second-factors/passkeys", {"credential": key.create(options), "label": label})


def show(person: Visitor, key: SoftAuthenticator) -> Any:
    """Show a passkey as second factor and return the response."""
    options = person.post("/api/sign-in/passkey/options").get_json()["options"]
    return person.post("/api/sign-in/passkey", {"credential": key.get(options)})


@pytest.fixture
def key(court_house: World) -> SoftAuthenticator:
    """A passkey that the commander of Binchuan has registered."""
    key = SoftAuthenticator(ORIGIN)
    assert register(Visitor(court_house, "binchuan.commander").sign_in(), key).status_code == 200
    return key


def begun(world: World, account: str = "binchuan.commander") -> Visitor:
    """Return somebody who has given the password and no more."""
    person = Visitor(world, account)
    person.give_password()
    return person


def test_a_commander_signs_in_with_the_passkey_registered_before(
    court_house: World, key: SoftAuthenticator
) -> None:
    commander = Visitor(court_house, "binchuan.commander")
    assert commander.give_password().get_json()["methods"] == ["totp", "passkey"]
    assert not commander.is_signed_in
    assert show(commander, key).get_json()["state"] == "signed_in"
    assert commander.is_signed_in


def test_the_options_name_the_host_and_only_this_persons_keys(
    court_house: World, key: SoftAuthenticator
) -> None:
    commander = begun(court_house)
    options = commander.post("/api/sign-in/passkey/options").get_json()["options"]
    assert options["rpId"] == "lingda.binchuan.example"
    assert [one["id"] for one in options["allowCredentials"]] == [key.create(fresh(options))["id"]]
    duty = begun(court_house, "binchuan.duty")
    assert duty.post("/api/sign-in/passkey/options").get_json()["options"]["allowCredentials"] == []


def fresh(options: dict[str, Any]) -> dict[str, Any]:
    """Return creation options in the shape of request options, for asking a key its id."""
    return {"rp": {"id": options["rpId"]}, "challenge": options["challenge"]}


def test_a_key_that_signs_with_another_key_is_refused(court_house: World, key: SoftAuthenticator) -> None:
    forged = SoftAuthenticator(ORIGIN)
    forged.id = key.id
    commander = begun(court_house)
    assert problem(show(commander, forged)) == (401, "401.3")
    assert not commander.is_signed_in


def test_a_passkey_shown_on_a_look_alike_page_is_refused(court_house: World, key: SoftAuthenticator) -> None:
    key.origin = "https://lingda.binchuan.example.evil.test"
    assert problem(show(begun(court_house), key)) == (401, "401.3")


def test_an_answer_counts_once_and_only_in_its_own_session(
    court_house: World, key: SoftAuthenticator
) -> None:
    commander, other = begun(court_house), begun(court_house)
    options = commander.post("/api/sign-in/passkey/options").get_json()["options"]
    answer = {"credential": key.get(options)}
    other.post("/api/sign-in/passkey/options")
    assert problem(other.post("/api/sign-in/passkey", answer)) == (401, "401.3")
    assert commander.post("/api/sign-in/passkey", answer).status_code == 200
    assert problem(commander.post("/api/sign-in/passkey", answer)) == (401, "401.3")


def test_a_copied_key_shows_by_its_counter(court_house: World, key: SoftAuthenticator) -> None:
    assert show(begun(court_house), key).status_code == 200
    key.sign_count -= 1
    assert problem(show(begun(court_house), key)) == (401, "401.3")


def test_somebody_elses_passkey_is_no_second_factor(court_house: World, key: SoftAuthenticator) -> None:
    duty = begun(court_house, "binchuan.duty")
    assert problem(show(duty, key)) == (401, "401.3")
    assert not duty.is_signed_in


def test_a_passkey_is_registered_once_and_only_against_its_own_challenge(
    court_house: World, key: SoftAuthenticator
) -> None:
    duty = Visitor(court_house, "binchuan.duty").sign_in()
    assert problem(register(duty, key)) == (409, "409.3")
    old = SoftAuthenticator(ORIGIN)
    options = duty.post("/api/second-factors/passkeys/options").get_json()["options"]
    duty.post("/api/second-factors/passkeys/options")
    late = duty.post("/api/second-factors/passkeys", {"credential": old.create(options), "label": "旧"})
    assert problem(late) == (401, "401.3")


def test_nobody_registers_without_having_asked_for_a_challenge(court_house: World) -> None:
    duty = Visitor(court_house, "binchuan.duty").sign_in()
    made_up = SoftAuthenticator(ORIGIN).create({"rp": {"id": "lingda.binchuan.example"}, "challenge": ""})
    refused = duty.post("/api/second-factors/passkeys", {"credential": made_up, "label": "无"})
    assert problem(refused) == (401, "401.3")


def test_nonsense_instead_of_a_credential_is_refused_and_counted(
    court_house: World, key: SoftAuthenticator
) -> None:
    commander = begun(court_house)
    real = key.get(commander.post("/api/sign-in/passkey/options").get_json()["options"])
    for nonsense in (
        {"id": 7},
        {**real, "response": []},
        {**real, "response": {**real["response"], "authenticatorData": "AA"}},
    ):
        assert problem(commander.post("/api/sign-in/passkey", {"credential": nonsense})) == (401, "401.3")


def test_nonsense_instead_of_a_new_passkey_is_refused(court_house: World) -> None:
    duty = Visitor(court_house, "binchuan.duty").sign_in()
    options = duty.post("/api/second-factors/passkeys/options").get_json()["options"]
    real = SoftAuthenticator(ORIGIN).create(options)
    for broken in ({}, {"id": "x"}, {**real, "response": {**real["response"], "attestationObject": "oA"}}):
        body = {"credential": broken, "label": "坏"}
        assert problem(duty.post("/api/second-factors/passkeys", body)) == (401, "401.3")


def test_an_installation_reached_by_an_ip_address_says_that_passkeys_need_a_name(visitor: People) -> None:
    duty = visitor("binchuan.duty").sign_in()
    assert problem(duty.post("/api/second-factors/passkeys/options")) == (409, "409.2")
