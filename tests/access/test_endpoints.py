"""Every endpoint: its own court succeeds; anonymous, wrong role and wrong court are refused with state unchanged.

A refusal is 401 or 403 with problem+json: a 404 or 422 is none. A new endpoint without a row fails.
"""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.access.begun import BEGUN
from tests.access.cases import CASES, COVERED_ELSEWHERE, Case
from tests.access.public import REVIEWED
from tests.access.stage import MARKER, Ask, Stage
from tests.people.visitor import problem
from tests.support.rows import digest_of_state
from tests.support.world import Client

LEAVE_NO_STATE = ("/api/sign-out", "/api/sign-out-everywhere", "/api/accounts/<user_id>/unlock")
"""Acts on sessions and counted failures alone, which are no state (`NOT_STATE`)."""


def send(client: FlaskClient, case: Case, ask: Ask, csrf: str | None) -> Any:
    """Send the request of a case as a page or phone would."""
    body: dict[str, Any] = {}
    if case.form:
        body = {"data": {**(ask.body or {}), **({"csrf_token": csrf} if csrf else {})}}
    elif case.method in ("POST", "PUT"):
        body = {"json": ask.body or {}}
    headers = {"X-CSRF-Token": csrf} if csrf and not case.form else {}
    return client.open(ask.path, method=case.method, query_string=list(ask.query), headers=headers, **body)


def caller(stage: Stage, name: str) -> Client:
    """Return who calls; `fresh <account>` gets a session of its own, because the case ends it."""
    if name.startswith("fresh "):
        return stage.world.sign_in(name.removeprefix("fresh "))
    return stage.person(name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.method} {case.rule}")
def test_only_the_right_people_of_the_court_are_served(stage: Stage, case: Case) -> None:
    ask = case.ask(stage)
    refused = {name: caller(stage, name) for name in (*case.wrong_roles, *case.wrong_courts)}
    right = caller(stage, case.by)
    half_signed_in = stage.half_signed_in("binchuan.duty")
    before = digest_of_state(stage.world.database)

    assert problem(send(stage.world.anonymous(), case, ask, None)) == (401, "401.1")
    assert problem(send(half_signed_in.http, case, ask, half_signed_in.csrf)) == (401, "401.1")
    for name, client in refused.items():
        answer = send(client.http, case, ask, client.csrf)
        assert answer.status_code == 403, f"{name}: {answer.get_data(as_text=True)}"
        assert case.form or problem(answer) == (403, "403.1"), name
    if case.method != "GET":
        assert problem(send(right.http, case, ask, None)) == (403, "403.2")
        forged = send(right.http, case, ask, half_signed_in.csrf)
        assert problem(forged) == (403, "403.2")
    assert digest_of_state(stage.world.database) == before, "a refusal changed something"

    if case.elsewhere:
        other = caller(stage, case.elsewhere)
        answer = send(other.http, case, ask, other.csrf)
        assert answer.status_code == case.status
        assert MARKER.encode() not in answer.get_data()
    answer = send(right.http, case, ask, right.csrf)
    assert answer.status_code == case.status, answer.get_data(as_text=True)
    assert (MARKER.encode() in answer.get_data()) >= case.shows_court
    if case.method != "GET" and case.rule not in LEAVE_NO_STATE:
        assert digest_of_state(stage.world.database) != before, (
            "the act of the right person changes something"
        )


def rules_of(stage: Stage) -> set[tuple[str, str]]:
    """Return method and rule of everything the application answers."""
    return {
        (method, rule.rule)
        for rule in stage.world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_endpoint_has_its_row_or_is_reviewed_as_public(stage: Stage) -> None:
    rows = [(case.method, case.rule) for case in CASES]
    rows += [("POST", rule) for rule in BEGUN]
    rows += [*COVERED_ELSEWHERE, *REVIEWED]
    assert len(set(rows)) == len(rows), "one row an endpoint"
    assert set(rows) == rules_of(stage)


def test_every_row_says_who_must_not(stage: Stage) -> None:
    for case in CASES:
        assert case.wrong_roles or case.everybody_because, case.rule
        assert case.wrong_courts or case.elsewhere, case.rule


def test_public_is_exactly_what_was_reviewed(stage: Stage) -> None:
    app = stage.world.app
    public = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if app.view_functions[rule.endpoint].access.public_because
    }
    assert public == set(REVIEWED)
    assert all(len(reason) > 5 for reason in REVIEWED.values())


def test_every_endpoint_is_in_the_openapi_document(stage: Stage) -> None:
    document = stage.world.anonymous().get("/api/openapi.json").get_json()
    described = {
        (method.upper(), path.replace("{", "<").replace("}", ">"))
        for path, operations in document["paths"].items()
        for method in operations
    }
    assert rules_of(stage) - described == {("GET", "/api/openapi.json")}
    assert described <= rules_of(stage)


def test_a_new_endpoint_without_a_row_would_be_noticed(stage: Stage) -> None:
    from backend.app import create_app
    from backend.core.web import signed_in

    app = create_app(stage.world.settings, stage.world.database)
    app.add_url_rule("/api/leads/export", "export", signed_in(lambda: "everything"))
    stranger = Stage(type(stage.world)(app, stage.world.database, stage.world.settings, stage.world.clock))
    with pytest.raises(AssertionError, match="/api/leads/export"):
        test_every_endpoint_has_its_row_or_is_reviewed_as_public(stranger)


def test_a_head_request_gets_past_nobody(stage: Stage) -> None:
    for case in CASES:
        if case.method == "GET" and case.wrong_roles:
            ask = case.ask(stage)
            answer = stage.person(case.wrong_roles[0]).http.head(ask.path, query_string=list(ask.query))
            assert answer.status_code == 403, case.rule
