"""Bad input to every endpoint, by whoever may use it: a clear problem, never a 5xx, nothing half done."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.cases import CASES, Case
from tests.access.stage import Ask, Stage
from tests.access.test_endpoints import caller
from tests.people.visitor import problem
from tests.support.rows import digest_of_state
from tests.support.world import Client

JSON = "application/json"
WITH_BODY = [
    case for case in CASES if case.method == "POST" and not case.form and not case.by.startswith("fresh")
]
WITH_ID = [case for case in CASES if "<" in case.rule]
WITHOUT_QUERY = (
    "/api/me",
    "/api/board",
    "/api/phone",
    "/api/slip.css",
    "/api/server-clock",
    "/api/records/mine",
    "/api/complaints/script",
)
WITH_QUERY = [
    case for case in CASES if case.method == "GET" and "<" not in case.rule and case.rule not in WITHOUT_QUERY
]
DEEP = "[" * 50_000 + "]" * 50_000
NOT_JSON: tuple[tuple[bytes, str], ...] = (
    (b"", JSON),
    (b"{", JSON),
    (b"\xff\xfe\x00", JSON),
    (b"NaN", JSON),
    (b'{"title": NaN}', JSON),
    (b'{"revision": 1e999}', JSON),
    (DEEP.encode(), JSON),
    (b'{"reason": "\\u0000"}', JSON),
    (b'{"reason": "\\ud83d"}', JSON),
    (b'"text"', JSON),
    (b"[1, 2]", JSON),
    (b"null", JSON),
    (b"7", JSON),
    (b'{"nobody knows": "this field"}', JSON),
    (b'{"title": "' + b"x" * 1_100_000 + b'"}', JSON),
    (b'{"revision": 1}', "text/plain"),
    (b"<revision>1</revision>", "application/xml"),
    (b"revision=1", "application/x-www-form-urlencoded"),
    (b"--x\r\n", "multipart/form-data; boundary=x"),
)
INSTEAD: tuple[Any, ...] = (
    None,
    -1,
    2**70,
    1e308,
    "",
    "x",
    "长" * 5_000,
    "01890000-0000-7000-8000-000000000000",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "2026-03-03 09:00",
    [],
    {"x": 1},
)
INSTEAD_OF_ID = (
    "x",
    "%00",
    "%ff",
    "..",
    "a" * 5_000,
    "'%20OR%201=1--",
    "%F0%9F%9A%93",
    "0" * 36,
    "%0A",
    "{id}",
)


def check(answer: Any, what: object, *, page: bool = False) -> int:
    """Hold an answer against the rule of this module and return its status; a page for people is no problem+json."""
    status: int = answer.status_code
    assert status < 500, (what, answer.get_data(as_text=True)[:500])
    if status >= 400 and not page:
        problem(answer)
    return status


def post(client: Client, ask: Ask, data: bytes | str, kind: str = JSON) -> Any:
    """Send exactly these bytes."""
    headers = {"X-CSRF-Token": client.csrf}
    return client.http.post(
        ask.path, data=data, content_type=kind, headers=headers, query_string=list(ask.query)
    )


def fields(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every field of a body, inner ones too."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from fields(inner, (*path, key))


def changed(value: Any, path: tuple[Any, ...], instead: Any) -> Any:
    """Return the body with another value at the end of the path."""
    copy: Any = json.loads(json.dumps(value))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = instead
    return copy


@pytest.mark.parametrize("case", WITH_BODY, ids=lambda case: case.rule)
def test_a_body_that_is_no_such_form_is_refused_and_changes_nothing(stage: Stage, case: Case) -> None:
    ask, right = case.ask(stage), caller(stage, case.by)
    before = digest_of_state(stage.world.database)
    for data, kind in NOT_JSON:
        status = check(post(right, ask, data, kind), (data[:40], kind))
        if ask.body is not None:
            assert status in (400, 413, 415, 422), (data[:40], kind, status)
    if ask.body is not None:
        assert digest_of_state(stage.world.database) == before


@pytest.mark.parametrize(
    "case", [case for case in WITH_BODY if "/api/directives/<" not in case.rule], ids=lambda case: case.rule
)
def test_no_value_in_any_field_breaks_anything(stage: Stage, case: Case) -> None:
    ask, right = case.ask(stage), caller(stage, case.by)
    refused = []
    for path in fields(ask.body or {}):
        for instead in INSTEAD:
            body = json.dumps(changed(ask.body, path, instead))
            if check(post(right, ask, body), (path, instead)) >= 400:
                refused.append(body)
    before = digest_of_state(stage.world.database)
    for body in refused[::7]:
        assert check(post(right, ask, body), body) >= 400
    assert digest_of_state(stage.world.database) == before, "a refused request changed something"


@pytest.mark.parametrize("case", WITH_ID, ids=lambda case: f"{case.method} {case.rule}")
def test_an_id_that_cannot_be_one_is_not_found(stage: Stage, case: Case) -> None:
    ask, right = case.ask(stage), caller(stage, case.by)
    before = digest_of_state(stage.world.database)
    parts = case.rule.split("/")
    real = ask.path.split("/")
    for position in (index for index, part in enumerate(parts) if part.startswith("<")):
        for instead in INSTEAD_OF_ID:
            path = "/".join(instead if index == position else part for index, part in enumerate(real))
            body: dict[str, Any] = (
                {"data": {"csrf_token": right.csrf}} if case.form else {"json": ask.body or {}}
            )
            if case.method != "POST":
                body = {}
            headers = {"X-CSRF-Token": right.csrf}
            answer = right.http.open(path, method=case.method, headers=headers, **body)
            assert check(answer, path[:80], page=case.form) in (400, 404, 405), path[:80]
    assert digest_of_state(stage.world.database) == before


def query_names(stage: Stage, case: Case) -> list[str]:
    """Return what the endpoint's own description says can be asked of it."""
    path = case.rule.replace("<", "{").replace(">", "}")
    with stage.world.app.app_context():
        described = stage.world.app.spec["paths"][path]["get"].get("parameters", [])
    return [one["name"] for one in described if one["in"] == "query"]


@pytest.mark.parametrize("case", WITH_QUERY, ids=lambda case: case.rule)
def test_a_query_that_cannot_be_one_breaks_nothing(stage: Stage, case: Case) -> None:
    ask, right = case.ask(stage), caller(stage, case.by)
    values = (
        "",
        "%00",
        "x",
        "-1",
        "0",
        "1e9",
        "999999999999999999999",
        "NaN",
        "%ff",
        "a" * 500,
        "'--",
        "2026-13-01",
    )
    for name in (*query_names(stage, case), "unknown"):
        for value in values:
            check(right.http.get(f"{ask.path}?{name}={value}"), (name, value))
    check(right.http.get(f"{ask.path}?limit=1&limit=x&after[]=1"), "twice")


def test_a_method_that_is_not_there_is_said_so(stage: Stage) -> None:
    right = stage.client("binchuan.commander")
    headers = {"X-CSRF-Token": right.csrf}
    for rule in stage.world.app.url_map.iter_rules():
        path = rule.rule.replace("<", "").replace(">", "")
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"} - (
            rule.methods or set()
        ):
            answer = right.http.open(path, method=method, headers=headers)
            others = [
                other
                for other in stage.world.app.url_map.iter_rules()
                if other.rule == rule.rule and method in (other.methods or set())
            ]
            if not others:
                assert problem(answer) == (405, "405.1"), f"{method} {path}"
                assert answer.headers.get("Allow"), f"{method} {path}"


def test_a_page_that_is_not_there_is_said_so(stage: Stage) -> None:
    for path in (
        "/",
        "/api",
        "/api/",
        "/api/nowhere",
        "//api//me",
        "/static/x",
        "/api/leads/",
        "/%00",
        "/a" * 2_000,
    ):
        assert problem(stage.world.anonymous().get(path)) == (404, "404.1"), path[:40]


def test_options_and_head_answer_without_a_body_and_without_an_error(stage: Stage) -> None:
    right = stage.client("binchuan.duty")
    for case in CASES:
        if case.method == "GET" and case.by == "binchuan.duty" and "<" not in case.rule:
            ask = case.ask(stage)
            assert right.http.head(ask.path, query_string=list(ask.query)).status_code == 200
            assert right.http.options(ask.path).status_code == 200


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_json_at_any_place_of_any_form_is_answered(stage: Stage, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(WITH_BODY))
    ask, right = case.ask(stage), caller(stage, case.by)
    places = list(fields(ask.body or {}))
    body = (
        changed(ask.body, data.draw(st.sampled_from(places)), data.draw(ANY_JSON))
        if places
        else data.draw(ANY_JSON)
    )
    check(post(right, ask, json.dumps(body)), (case.rule, body))
