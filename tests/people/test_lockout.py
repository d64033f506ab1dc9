"""Whoever guesses at an account locks out their own address, and never the person guessed at (ADR 0029)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backend.core.tables import AuditEntry
from backend.people import password_sign_in
from backend.people.lockout import record_failure
from backend.people.rules import SLOWER_SECONDS, strength_of_attack, visitor_of
from tests.conftest import PASSWORD
from tests.people.visitor import Visitor, problem
from tests.support.world import World

People = Callable[[str], Visitor]
OFFICE, ELSEWHERE = "203.0.113.7", "203.0.113.99"


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long answers were held back, in seconds, without holding anybody up."""
    seconds: list[float] = []
    monkeypatch.setattr(password_sign_in, "PAUSE", seconds.append)
    return seconds


def give(visitor: Visitor, address: str, password: str = PASSWORD) -> Any:
    """Give a password from an address."""
    return visitor.give_password(password, **{"X-Forwarded-For": address})


def guess(visitor: Visitor, address: str, times: int = 8) -> None:
    """Give a wrong password so many times from an address."""
    for _ in range(times):
        assert problem(give(visitor, address, "not the password")) == (401, "401.2")


def attack(visitor: Visitor, addresses: int) -> None:
    """Guess from so many addresses until each is locked out."""
    for number in range(addresses):
        guess(visitor, f"198.51.100.{number}")


def sign_in_from(visitor: Visitor, address: str) -> None:
    """Sign in completely, as at the start of a shift."""
    assert give(visitor, address).status_code == 200
    code = {"code": visitor.code()}
    assert visitor.post("/api/sign-in/totp", code, **{"X-Forwarded-For": address}).status_code == 200


def test_eight_wrong_passwords_lock_their_own_address_and_no_other(world: World, visitor: People) -> None:
    commander = visitor("binchuan.commander")
    guess(commander, ELSEWHERE)
    locked = give(commander, ELSEWHERE)
    assert problem(locked) == (423, "423.1") and locked.headers["Retry-After"] == "900"
    assert give(commander, OFFICE).status_code == 200, "the commander is not locked out"
    world.clock.instant += timedelta(minutes=15)
    assert give(commander, ELSEWHERE).status_code == 200


def test_every_further_eight_lock_again(world: World, visitor: People) -> None:
    commander = visitor("binchuan.commander")
    guess(commander, ELSEWHERE)
    world.clock.instant += timedelta(minutes=15)
    guess(commander, ELSEWHERE)
    assert problem(give(commander, ELSEWHERE)) == (423, "423.1")


def test_one_address_alone_makes_an_account_neither_slow_nor_closed(
    world: World, visitor: People, waited: list[float]
) -> None:
    with world.database.writing() as work:
        for _ in range(200):
            record_failure(work, "binchuan.commander", ELSEWHERE, "binchuan")
    assert give(visitor("binchuan.commander"), OFFICE).status_code == 200
    assert waited == []


def test_guesses_from_three_addresses_make_every_stranger_wait_also_at_an_account_nobody_has(
    visitor: People, waited: list[float]
) -> None:
    for account in ("binchuan.commander", "binchuan.nobody"):
        attacked = visitor(account)
        attack(attacked, 3)
        assert waited == []
        give(attacked, OFFICE)
        assert waited == [SLOWER_SECONDS]
        waited.clear()
    assert give(visitor("binchuan.leader"), OFFICE).status_code == 200
    assert waited == [], "nobody else waits"


def test_guesses_from_twelve_addresses_close_an_account_to_strangers_also_one_nobody_has(
    world: World, visitor: People
) -> None:
    for account in ("binchuan.officer1", "binchuan.nobody"):
        attacked = visitor(account)
        attack(attacked, 12)
        refused = give(attacked, OFFICE)
        assert problem(refused) == (423, "423.1")
        assert "安全保密管理员" in refused.get_json()["zh"]
    world.clock.instant += timedelta(days=1)
    assert give(visitor("binchuan.officer1"), OFFICE).status_code == 200, "a day later it is over"


def test_an_address_signed_in_from_before_an_open_session_and_a_phone_are_not_hindered(
    world: World, visitor: People, waited: list[float]
) -> None:
    commander = visitor("binchuan.commander")
    sign_in_from(commander, OFFICE)
    phone = world.phone("binchuan.commander")
    world.clock.instant += timedelta(hours=1)
    attack(visitor("binchuan.commander"), 12)

    assert commander.is_signed_in
    assert phone.get("/api/me").status_code == 200
    asked = {"device_id": phone.device_id}
    challenge = world.anonymous().post("/api/sign-in/device/challenge", json=asked).get_json()["challenge"]
    signature = phone.key.sign(f"lingda-sign-in:{challenge}".encode())
    proof = {**asked, "challenge": challenge, "signature": signature}
    assert world.anonymous().post("/api/sign-in/device", json=proof).status_code == 200
    before = len(waited)
    sign_in_from(visitor("binchuan.commander"), OFFICE)
    assert len(waited) == before
    assert problem(give(visitor("binchuan.commander"), ELSEWHERE)) == (423, "423.1")


def test_a_known_address_is_locked_by_its_own_eight_like_any_other(world: World, visitor: People) -> None:
    commander = visitor("binchuan.commander")
    sign_in_from(commander, OFFICE)
    guess(visitor("binchuan.commander"), OFFICE)
    assert problem(give(visitor("binchuan.commander"), OFFICE)) == (423, "423.1")


def test_a_password_alone_makes_no_address_known_and_thirty_days_make_it_strange_again(
    world: World, visitor: People
) -> None:
    half, whole = visitor("binchuan.leader"), visitor("binchuan.commander")
    give(half, OFFICE), sign_in_from(whole, OFFICE)
    attack(visitor("binchuan.leader"), 12)
    assert problem(give(visitor("binchuan.leader"), OFFICE)) == (423, "423.1")
    world.clock.instant += timedelta(days=30)
    attack(visitor("binchuan.commander"), 12)
    assert problem(give(visitor("binchuan.commander"), OFFICE)) == (423, "423.1")


def test_a_success_forgets_what_its_own_address_got_wrong_and_nothing_else(visitor: People) -> None:
    officer = visitor("binchuan.officer1")
    guess(officer, OFFICE, 7), guess(officer, ELSEWHERE, 7)
    assert give(officer, OFFICE).status_code == 200
    guess(officer, OFFICE, 7)
    guess(officer, ELSEWHERE, 1)
    assert problem(give(officer, ELSEWHERE)) == (423, "423.1")
    assert give(officer, OFFICE).status_code == 200


def test_a_lock_leaves_its_line_with_the_address(world: World, visitor: People) -> None:
    guess(visitor("binchuan.commander"), ELSEWHERE)
    with world.database.reading() as work:
        lines = select(AuditEntry).where(AuditEntry.action == "security.account_locked")
        line = work.session.execute(lines).scalar_one()
    assert (line.subject_id, line.court_id) == ("binchuan.commander", "binchuan")
    assert line.detail["address"] == ELSEWHERE


def test_nobody_uses_up_the_tries_of_somebody_at_another_address(visitor: People) -> None:
    """Sign-ins are limited by account and address, or twenty requests a minute would keep anybody out."""
    nobody = visitor("binchuan.nobody")
    for number in range(20):
        give(nobody, ELSEWHERE, f"guess {number}")
    assert problem(give(nobody, ELSEWHERE)) == (429, "429.1")
    assert problem(give(nobody, OFFICE)) == (401, "401.2")


def test_an_ipv6_visitor_is_the_network_it_chooses_its_addresses_from(visitor: People) -> None:
    officer = visitor("binchuan.officer1")
    for number in range(8):
        guess(officer, f"2001:db8:1:2::{number}", 1)
    assert problem(give(officer, "2001:db8:1:2:ffff::1")) == (423, "423.1")
    assert give(officer, "2001:db8:1:3::1").status_code == 200


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("x" * 100, "x" * 45),
    ],
)
def test_who_is_one_visitor(address: str, counted_as: str) -> None:
    assert visitor_of(address) == counted_as


def test_no_address_counts_for_more_than_what_locks_it() -> None:
    assert strength_of_attack([]) == 0
    assert strength_of_attack([3, 8, 500]) == 19
