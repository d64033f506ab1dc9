"""The second factor by an authenticator's code (TOTP, RFC 6238): set up once, each code taken once."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from backend.core.permissions import SYSTEM
from backend.core.rate_limits import RateLimits
from backend.demo.load import FIRST_DAY
from backend.people.accounts import appoint, create_user, hash_password
from backend.people.permissions import Role
from backend.people.second_factors import matching_step
from tests.conftest import PASSWORD, TUESDAY_NINE
from tests.people.visitor import Visitor, problem
from tests.support.rows import every_row
from tests.support.world import World

People = Callable[[str], Visitor]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def newcomer(world: World) -> Visitor:
    """A duty officer whose account was made today and who has no second factor yet."""
    kept = hash_password(PASSWORD)
    with world.database.writing() as work:
        work.authorise_by_rule("the test stands in for whoever runs the installation")
        user = create_user(work, SYSTEM, "binchuan.newcomer", "马晓燕", "woman", "binchuan", kept)
        appoint(work, SYSTEM, user, "binchuan", Role.DUTY_OFFICER, FIRST_DAY)
    return Visitor(world, "binchuan.newcomer")


@pytest.mark.parametrize(("steps_off", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_one_half_minute_either_side(steps_off: int, taken: bool) -> None:
    code = pyotp.TOTP(SECRET).at(TUESDAY_NINE + timedelta(seconds=30 * steps_off))
    assert (matching_step(SECRET, code, TUESDAY_NINE) is not None) is taken


def test_a_wrong_code_completes_nothing(visitor: People) -> None:
    duty = visitor("binchuan.duty")
    duty.give_password()
    wrong = f"{(int(duty.code()) + 1) % 1_000_000:06}"
    assert problem(duty.give_code(wrong)) == (401, "401.3")
    assert not duty.is_signed_in
    for malformed in ("12345", "abcdef", "1234567", "١٢٣٤٥٦"):
        assert problem(duty.give_code(malformed)) == (422, "422.1")


def test_a_code_and_those_before_it_are_taken_once(world: World, visitor: People) -> None:
    first, second = visitor("binchuan.duty"), visitor("binchuan.duty")
    first.give_password(), second.give_password()
    code, older = first.code(), first.code(-1)
    assert first.give_code(code).status_code == 200
    assert problem(second.give_code(code)) == (401, "401.3")
    assert problem(second.give_code(older)) == (401, "401.3")
    world.clock.instant += timedelta(seconds=30)
    assert second.give_code().status_code == 200


def test_somebody_elses_code_is_wrong(visitor: People) -> None:
    duty = visitor("binchuan.duty")
    duty.give_password()
    assert problem(duty.give_code(visitor("binchuan.leader").code())) == (401, "401.3")


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(world: World, visitor: People) -> None:
    duty = visitor("binchuan.duty")
    for _ in range(7):
        duty.give_password("not the password")
    duty.give_password()
    wrong = f"{(int(duty.code()) + 1) % 1_000_000:06}"
    assert problem(duty.give_code(wrong)) == (401, "401.3")
    assert problem(duty.give_code()) == (423, "423.1")
    assert problem(visitor("binchuan.duty").give_password()) == (423, "423.1")
    locked = [row for row in every_row(world.database)["audit_entry"] if "security.account_locked" in row]
    assert len(locked) == 1


def test_a_person_gets_five_tries_a_minute(visitor: People) -> None:
    duty = visitor("binchuan.duty")
    duty.give_password()
    wrong = f"{(int(duty.code()) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert problem(duty.give_code(wrong)) == (401, "401.3")
    refused = duty.give_code()
    assert problem(refused) == (429, "429.1")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_whoever_has_no_second_factor_sets_one_up_at_the_first_sign_in(
    world: World, newcomer: Visitor
) -> None:
    answer = newcomer.give_password().get_json()
    assert (answer["state"], answer["methods"]) == ("second_factor_setup_required", [])
    setup = newcomer.post("/api/second-factors/totp").get_json()
    assert setup["secret"] in setup["uri"] and setup["qr_svg"].startswith("<svg")
    assert not newcomer.is_signed_in
    wrong = newcomer.post("/api/second-factors/totp/confirm", {"code": "000000"})
    assert problem(wrong) == (401, "401.3")
    code = pyotp.TOTP(setup["secret"]).at(world.clock.now())
    confirmed = newcomer.post("/api/second-factors/totp/confirm", {"code": code})
    assert confirmed.get_json()["state"] == "signed_in"
    assert newcomer.is_signed_in

    world.clock.instant += timedelta(minutes=1)
    later = Visitor(world, newcomer.account)
    assert later.give_password().get_json()["methods"] == ["totp"]
    assert later.give_code(pyotp.TOTP(setup["secret"]).at(world.clock.now())).status_code == 200


def test_a_secret_begun_and_not_confirmed_counts_for_nothing(world: World, newcomer: Visitor) -> None:
    newcomer.give_password()
    setup = newcomer.post("/api/second-factors/totp").get_json()
    code = pyotp.TOTP(setup["secret"]).at(world.clock.now())
    assert problem(newcomer.give_code(code)) == (401, "401.3")
    assert newcomer.give_password().get_json()["state"] == "second_factor_setup_required"


def test_the_secret_is_kept_encrypted(world: World, newcomer: Visitor) -> None:
    newcomer.give_password()
    secret = newcomer.post("/api/second-factors/totp").get_json()["secret"]
    assert secret not in repr(every_row(world.database))


def test_a_second_factor_is_not_replaced_by_somebody_who_knows_the_password(visitor: People) -> None:
    thief = visitor("binchuan.duty")
    thief.give_password()
    assert problem(thief.post("/api/second-factors/totp")) == (403, "403.4")
    assert problem(thief.post("/api/second-factors/totp/confirm", {"code": "123456"})) == (403, "403.4")
    assert problem(thief.post("/api/second-factors/passkeys/options")) == (403, "403.4")
    duty = visitor("binchuan.duty").sign_in()
    assert problem(duty.post("/api/second-factors/totp")) == (409, "409.3")


def test_nothing_about_second_factors_is_told_to_whoever_gave_no_password(visitor: People) -> None:
    stranger = visitor("binchuan.duty")
    for path in (
        "sign-in/totp",
        "sign-in/passkey/options",
        "sign-in/passkey",
        "second-factors/totp",
        "second-factors/totp/confirm",
        "second-factors/passkeys/options",
        "second-factors/passkeys",
    ):
        assert problem(stranger.post(f"/api/{path}", {"nonsense": 1})) == (401, "401.1"), path


def test_a_phone_completes_no_desk_session(world: World) -> None:
    phone = world.phone("binchuan.commander")
    assert problem(phone.post("/api/sign-in/totp", {"code": "123456"})) == (403, "403.4")
    assert problem(phone.post("/api/second-factors/totp")) == (403, "403.4")


class OutsideTransactions(RateLimits):
    """Rate limits that notice whether a connection of the database is in use while they count."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.in_use: list[int] = []
        self.pool = world.database.engine.pool

    def hit(self, limit: str, *keys: str) -> None:
        self.in_use.append(self.pool.checkedout())  # type: ignore[attr-defined]
        super().hit(limit, *keys)


def test_attempts_are_counted_outside_every_transaction(world: World, visitor: People) -> None:
    watching = world.app.extensions["lingda"].extras["rate_limits"] = OutsideTransactions(world)
    visitor("binchuan.duty").sign_in()
    assert watching.in_use == [0, 0, 0]
