"""Second factors: whoever gave the password may go on, and nobody else may go on in their place."""

import pytest

from backend.core.permissions import SYSTEM
from backend.demo.load import FIRST_DAY, demo_totp_secret
from backend.people.accounts import appoint, create_user, hash_password
from backend.people.permissions import Role
from backend.people.second_factors import add_confirmed_totp
from tests.access.begun import BEGUN, ORIGIN, Newcomer, Step
from tests.access.stage import Stage
from tests.conftest import PASSWORD
from tests.people.soft_authenticator import SoftAuthenticator
from tests.people.visitor import Visitor, problem
from tests.support.rows import digest_of_state


def newcomer(stage: Stage, court_id: str, *, has_factor: bool) -> Newcomer:
    """Return a new duty officer who has given the password; with both kinds of factor, or with none."""
    stage.serial += 1
    account = f"{court_id}.new{stage.serial}"
    kept = hash_password(PASSWORD)
    settings = stage.world.settings
    with stage.world.database.writing() as work:
        work.authorise_by_rule("the test stands in for whoever runs the installation")
        user = create_user(work, SYSTEM, account, "段晓燕", "woman", court_id, kept)
        appoint(work, SYSTEM, user, court_id, Role.DUTY_OFFICER, FIRST_DAY)
        if has_factor:
            add_confirmed_totp(work, SYSTEM, user, settings, demo_totp_secret(settings, account))
    person = Newcomer(Visitor(stage.world, account), SoftAuthenticator(ORIGIN))
    person.visitor.give_password()
    if has_factor:
        # The passkey is registered in a session of its own, half a minute ago: each code counts once.
        earlier = Visitor(stage.world, account)
        earlier.give_password()
        assert earlier.give_code(earlier.code(-1)).status_code == 200
        options = earlier.post("/api/second-factors/passkeys/options").get_json()["options"]
        body = {"credential": person.key.create(options), "label": "钥匙"}
        assert earlier.post("/api/second-factors/passkeys", body).status_code == 200
    return person


@pytest.mark.parametrize(("rule", "step"), BEGUN.items(), ids=list(BEGUN))
def test_only_whoever_gave_the_password_goes_on(stage: Stage, rule: str, step: Step) -> None:
    world = stage.world
    person = newcomer(stage, "binchuan", has_factor=step.has_factor)
    stranger = newcomer(stage, "xiangyun", has_factor=step.has_factor)
    if rule == "/api/second-factors/totp/confirm":
        stranger.post("second-factors/totp")
    thief = stage.half_signed_in("binchuan.leader")
    body, phone = step.body(person), stage.phone("binchuan.officer1")
    before = digest_of_state(world.database)

    assert problem(world.anonymous().post(rule, json=body)) == (401, "401.1")
    assert problem(phone.post(rule, body)) == (403, "403.4"), "a phone has its key and no second factor"
    without_token = person.visitor.http.post(rule, json=body)
    assert problem(without_token) == (403, "403.2")
    if step.proves:
        assert problem(stranger.visitor.post(rule, body)) == (401, "401.3"), "another court's session"
    if not step.has_factor:
        assert problem(thief.post(rule, body)) == (403, "403.4"), "who has a factor must show it first"
    assert digest_of_state(world.database) == before

    assert person.visitor.post(rule, body).status_code == 200
    assert person.visitor.is_signed_in is step.proves
    assert (digest_of_state(world.database) != before) >= (step.changes and not step.proves)
