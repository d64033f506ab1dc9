"""The OpenAPI document: complete, valid 3.1 in its structure, the same at every asking, and a page without scripts."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from backend.app import create_app
from backend.core.database import Database
from tests.conftest import make_settings

METHODS = {"get", "post", "put", "patch", "delete"}
REFERENCE = re.compile(r"#/components/schemas/([A-Za-z0-9._-]+)$")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The document needs no tables, only the application."""
    folder = tmp_path_factory.mktemp("document")
    database = Database(f"sqlite:///{folder / 'empty.sqlite'}")
    yield create_app(
        make_settings(folder, LINGDA_PUBLIC_URL="https://lingda.example"), database
    ).test_client()
    database.close()


@pytest.fixture(scope="module")
def document(client: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").get_json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation of everything described."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def every_value(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside a JSON document."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item


def test_it_is_openapi_3_1_with_its_required_members(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert document["info"]["title"] and document["info"]["version"]
    assert document["servers"] == [{"url": "https://lingda.example"}]
    assert set(document) <= {"openapi", "info", "servers", "paths", "components", "tags"}
    names = [tag["name"] for tag in document["tags"]]
    assert len(set(names)) == len(names)


def test_every_operation_is_named_once_summed_up_tagged_and_answered(document: dict[str, Any]) -> None:
    found = list(operations(document))
    names = [operation["operationId"] for _, _, operation in found]
    assert len(set(names)) == len(names) and all(re.fullmatch(r"[a-z_]+", name) for name in names)
    known = {tag["name"] for tag in document["tags"]}
    for path, method, operation in found:
        assert method in METHODS, path
        assert operation["summary"] and set(operation["tags"]) <= known, path
        answered = [status for status in operation["responses"] if status[0] in "23"]
        assert len(answered) == 1, path
        assert all(answer["description"] for answer in operation["responses"].values()), path


def test_path_parameters_are_exactly_those_of_the_path(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        described = [one["name"] for one in operation.get("parameters", []) if one["in"] == "path"]
        assert sorted(described) == sorted(re.findall(r"{(\w+)}", path)), path
        assert all(one["required"] for one in operation.get("parameters", []) if one["in"] == "path")


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for value in every_value(document):
        if isinstance(reference := value.get("$ref"), str):
            found = REFERENCE.match(reference)
            assert found is not None and found[1] in schemas, reference


def test_every_refusal_is_problem_json_and_says_both_languages(document: dict[str, Any]) -> None:
    problem = document["components"]["schemas"]["Problem"]
    assert {"code", "zh", "en", "status", "title", "type"} <= set(problem["required"])
    for path, _, operation in operations(document):
        refusals = {status: answer for status, answer in operation["responses"].items() if status[0] in "45d"}
        assert {"400", "default"} <= set(refusals), path
        for answer in refusals.values():
            assert list(answer["content"]) == ["application/problem+json"], path
        if operation["security"]:
            assert {"401", "403"} & set(refusals), path


def test_what_changes_something_needs_session_and_token_unless_it_is_public(document: dict[str, Any]) -> None:
    defined = document["components"]["securitySchemes"]
    for path, method, operation in operations(document):
        assert all(name in defined for one in operation["security"] for name in one)
        if operation["x-access"].startswith("everybody: "):
            assert operation["security"] == [], path
        elif method != "get":
            assert operation["security"] == [{"session": [], "csrf": []}], path
        else:
            assert operation["security"] == [{"session": []}], path


def test_answers_have_a_shape(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        for status, answer in operation["responses"].items():
            for kind, media in answer.get("content", {}).items():
                assert media.get("schema"), f"{path} {status} {kind}"


def test_sign_in_and_trackers_are_described_too(document: dict[str, Any]) -> None:
    paths = document["paths"]
    assert {"/api/sign-in", "/api/sign-in/totp", "/api/sign-in/passkey", "/api/sign-in/device"} <= set(paths)
    assert list(paths["/track/osmand/{token}"]) == ["get", "post"]
    assert "200" in paths["/track/owntracks/{token}"]["post"]["responses"]
    assert paths["/api/sign-in"]["post"]["security"] == []


def test_every_list_has_a_limit_and_says_where_it_goes_on(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    whole = {"/api/tracks"}
    """Cut at a fixed size by its own rule: a track says when it is not complete."""
    heads = {"/api/deliveries/call-list", "/api/phones"}
    """The head of a list in the order of need: whom to ring first, which phone stays dark."""
    for path, method, operation in operations(document):
        content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        if method == "get" and path not in heads and "items" in schemas.get(name, {}).get("properties", {}):
            assert "next" in schemas[name]["properties"], path
            asked = {one["name"]: one["schema"] for one in operation.get("parameters", [])}
            if path not in whole:
                assert asked["limit"]["maximum"] == 200 and "after" in asked, path


def test_it_is_the_same_at_every_asking_and_from_every_process(client: Any, tmp_path: Any) -> None:
    first = client.get("/api/openapi.json").get_data()
    settings = make_settings(tmp_path, LINGDA_PUBLIC_URL="https://lingda.example")
    database = Database(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other = create_app(settings, database).test_client().get("/api/openapi.json").get_data()
    database.close()
    assert client.get("/api/openapi.json").get_data() == first == other
    assert json.loads(first)["paths"]


def test_the_page_lists_every_operation_without_a_script_or_a_foreign_address(
    client: Any, document: dict[str, Any]
) -> None:
    answer = client.get("/api/docs")
    page = answer.get_data(as_text=True)
    for path, method, _ in operations(document):
        assert f"<code>{method.upper()} {path}</code>" in page
    assert "<script" not in page and "http://" not in page and "https://" not in page
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'self'"
    assert client.get("/api/docs.css").mimetype == "text/css"
