"""Signing in with account and password, and what the server gives away when it does not work (design.md 5)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import current_thread
from typing import Any

import pytest
from argon2 import PasswordHasher, extract_parameters

from backend.core.offload import OFFLOAD
from backend.people import accounts
from tests.conftest import PASSWORD
from tests.people.visitor import Visitor, problem
from tests.support.world import World

People = Callable[[str], Visitor]


class WitnessedHasher(PasswordHasher):
    """Argon2 itself, that also notes on which thread each password was verified."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.threads: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Any:
        self.threads.append(current_thread().name)
        return super().verify(hash, password)


@pytest.fixture
def hasher() -> Iterator[WitnessedHasher]:
    former, accounts.HASHER = accounts.HASHER, WitnessedHasher()
    yield accounts.HASHER
    accounts.HASHER = former


def test_an_officer_is_signed_in_by_the_password_alone(visitor: People) -> None:
    officer = visitor("binchuan.officer1")
    answer = officer.give_password()
    assert answer.get_json()["state"] == "signed_in"
    assert officer.get("/api/me").get_json()["user"]["account"] == "binchuan.officer1"


def test_the_person_at_the_desk_must_show_a_second_factor_and_is_nobody_before(visitor: People) -> None:
    duty = visitor("binchuan.duty")
    answer = duty.give_password().get_json()
    assert (answer["state"], answer["methods"]) == ("second_factor_required", ["totp"])
    assert problem(duty.get("/api/me")) == (401, "401.1")
    assert problem(duty.get("/api/board")) == (401, "401.1")
    assert duty.give_code().get_json()["state"] == "signed_in"
    assert duty.is_signed_in


def test_every_desk_role_needs_its_second_factor(visitor: People) -> None:
    for post in [
        "commander",
        "leader",
        "duty",
        "liaison",
        "clerk",
        "sysadmin",
        "secadmin",
        "audadmin",
        "auditor",
    ]:
        person = visitor(f"binchuan.{post}")
        assert person.give_password().get_json()["state"] == "second_factor_required", post
        assert not person.is_signed_in, post


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(visitor: People) -> None:
    wrong = visitor("binchuan.duty").give_password("not the password")
    unknown = visitor("binchuan.nobody").give_password("not the password")
    assert problem(wrong) == problem(unknown) == (401, "401.2")
    assert wrong.get_json()["zh"] == unknown.get_json()["zh"]
    assert "Set-Cookie" not in wrong.headers


def test_an_unknown_account_takes_one_argon2_verification_like_a_known_one(
    visitor: People, hasher: WitnessedHasher
) -> None:
    visitor("binchuan.duty").give_password("not the password")
    known, hasher.threads = len(hasher.threads), []
    visitor("binchuan.nobody").give_password("not the password")
    assert known == len(hasher.threads) == 1


def test_argon2_runs_off_the_hub(visitor: People, hasher: WitnessedHasher) -> None:
    former = OFFLOAD.execute
    with ThreadPoolExecutor(1, thread_name_prefix="pool") as pool:
        OFFLOAD.execute = lambda function, *arguments: pool.submit(function, *arguments).result()
        try:
            assert visitor("binchuan.officer1").give_password().status_code == 200
        finally:
            OFFLOAD.execute = former
    assert [name.partition("_")[0] for name in hasher.threads] == ["pool"]


def test_passwords_are_kept_as_argon2id_at_the_strength_of_rfc_9106() -> None:
    parameters = extract_parameters(PasswordHasher().hash("a password of a clerk"))
    assert parameters.type.name == "ID"
    assert parameters.memory_cost >= 64 * 1024
    assert parameters.time_cost >= 3


def test_an_account_locks_after_eight_wrong_passwords_for_fifteen_minutes(
    world: World, visitor: People
) -> None:
    duty = visitor("binchuan.duty")
    for _ in range(7):
        assert problem(duty.give_password("not the password")) == (401, "401.2")
    assert duty.give_password().status_code == 200, "seven wrong ones lock nothing"
    assert problem(duty.give_password("not the password")) == (401, "401.2")
    locked = duty.give_password()
    assert problem(locked) == (423, "423.1")
    assert locked.headers["Retry-After"] == "900"
    assert visitor("binchuan.leader").give_password().status_code == 200, "nobody else is locked"
    world.clock.instant += timedelta(minutes=15) - timedelta(seconds=1)
    assert problem(duty.give_password()) == (423, "423.1")
    world.clock.instant += timedelta(seconds=1)
    assert duty.give_password().status_code == 200


def test_an_unknown_account_locks_too_so_that_the_lock_tells_nothing(visitor: People) -> None:
    nobody = visitor("binchuan.nobody")
    for _ in range(8):
        nobody.give_password("not the password")
    assert problem(nobody.give_password("not the password")) == (423, "423.1")


def test_a_completed_sign_in_starts_the_count_anew_and_a_password_alone_does_not(visitor: People) -> None:
    duty = visitor("binchuan.duty")
    for _ in range(7):
        duty.give_password("not the password")
    duty.sign_in()
    for _ in range(7):
        duty.give_password("not the password")
    assert duty.give_password().status_code == 200
    duty.give_password("not the password")
    assert problem(duty.give_password()) == (423, "423.1")


def test_failures_are_forgotten_after_a_day(world: World, visitor: People) -> None:
    duty = visitor("binchuan.duty")
    for _ in range(7):
        duty.give_password("not the password")
    world.clock.instant += timedelta(days=1)
    duty.give_password("not the password")
    assert duty.give_password().status_code == 200


def test_an_account_that_cannot_be_one_is_refused(visitor: People) -> None:
    for account in ("binchuan.duty\0", "", " ", "x" * 61, "宾川.值班", "binchuan.duty'--"):
        assert problem(visitor(account).give_password())[0] in (400, 401, 422), account


def test_a_password_with_half_of_a_character_is_malformed(world: World) -> None:
    body = '{"account": "binchuan.duty", "password": "\\ud83d"}'
    answer = world.anonymous().post("/api/sign-in", data=body, content_type="application/json")
    assert problem(answer) == (400, "400.1")


def test_the_password_itself_is_in_no_table(world: World, visitor: People) -> None:
    from tests.support.rows import every_row

    visitor("binchuan.officer1").give_password()
    assert PASSWORD not in repr(every_row(world.database))
