"""The step of sign-in for initial passwords: whoever gave one goes on, nobody else does, and nothing else is open before."""

from typing import Any

import pyotp
import pytest

from tests.access.account_cases import SECURITY
from tests.access.stage import COURT, Stage
from tests.people.visitor import Visitor, problem
from tests.support.rows import digest_of_state

OWN = "苍山的雪 洱海的月 三塔"
JSON, FORM = "/api/sign-in/password", "/plain/password"


def newcomer(stage: Stage, role: str = "officer") -> tuple[Visitor, str]:
    """Create a person of Binchuan and return them before a browser, with their initial password."""
    stage.serial += 1
    body = {"account": f"{COURT}.first{stage.serial}", "name": "段新", "sex": "man", "court_id": COURT}
    made = stage.client(SECURITY).post("/api/accounts", {**body, "role": role}).get_json()
    return Visitor(stage.world, body["account"]), made["initial_password"]


def give(visitor: Visitor, path: str, csrf: str | None = None) -> Any:
    """Choose the own password by the page's script or by the plain form."""
    token = visitor.csrf if csrf is None else csrf
    if path == JSON:
        headers = {"X-CSRF-Token": token}
        return visitor.http.post(path, json={"new_password": OWN}, headers=headers)
    return visitor.http.post(path, data={"password": OWN, "again": OWN, "csrf_token": token})


@pytest.mark.parametrize("path", [JSON, FORM])
def test_only_whoever_gave_the_initial_password_goes_on(stage: Stage, path: str) -> None:
    person, password = newcomer(stage)
    assert person.give_password(password).get_json()["state"] == "password_change_required"
    stranger = Visitor(stage.world, person.account)
    complete, half = stage.client("xiangyun.duty"), stage.half_signed_in("binchuan.duty")
    phone = stage.phone("binchuan.officer1")
    before = digest_of_state(stage.world.database)

    assert problem(give(stranger, path)) == (401, "401.1")
    assert problem(give(person, path, csrf="")) == (403, "403.2")
    assert problem(give(person, path, csrf=half.csrf)) == (403, "403.2")
    for other in (complete, half, phone):
        answer = give(other, path)
        assert answer.status_code == 403, other.account
        assert path == FORM or problem(answer) == (403, "403.4")
    assert not person.is_signed_in
    assert digest_of_state(stage.world.database) == before

    assert give(person, path).status_code in (200, 303)
    assert person.is_signed_in
    assert digest_of_state(stage.world.database) != before


@pytest.mark.parametrize("path", [JSON, FORM])
def test_a_desk_shows_its_second_factor_first(stage: Stage, path: str) -> None:
    person, password = newcomer(stage, "duty_officer")
    assert person.give_password(password).get_json()["state"] == "second_factor_setup_required"
    assert give(person, path).status_code == 403
    setup = person.post("/api/second-factors/totp").get_json()
    code = pyotp.TOTP(setup["secret"]).at(stage.world.clock.now())
    shown = person.post("/api/second-factors/totp/confirm", {"code": code}).get_json()
    assert shown["state"] == "password_change_required"
    assert problem(person.get("/api/board")) == (401, "401.1")
    assert give(person, path).status_code in (200, 303)
    assert person.get("/api/board").status_code == 200
