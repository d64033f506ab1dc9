"""The gate before every endpoint: signed in first, then allowed, then from our own page, then readable."""

from collections.abc import Callable
from pathlib import Path

import pytest

from backend.app import create_app
from backend.core.database import Database
from backend.core.web import SAFE_METHODS
from tests.conftest import make_settings
from tests.people.visitor import Visitor, problem
from tests.support.rows import digest_of_state
from tests.support.world import World


@pytest.fixture
def visitor(world: World) -> Callable[[str], Visitor]:
    return lambda account: Visitor(world, account)


def test_whoever_is_not_signed_in_gets_401_before_anything_is_read(world: World) -> None:
    anonymous = world.anonymous()
    for rule in world.app.url_map.iter_rules():
        if world.app.view_functions[rule.endpoint].access.public_because:
            continue
        path = rule.rule.replace("<", "").replace(">", "")
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            refused = anonymous.open(path, method=method, data="{not json", content_type="application/json")
            assert problem(refused) == (401, "401.1"), f"{method} {path}"


def test_an_unsafe_request_needs_the_token_of_its_own_session(world: World) -> None:
    duty, leader = world.sign_in("binchuan.duty"), world.sign_in("binchuan.leader")
    before = digest_of_state(world.database)
    for token in ("", "x", "é", leader.csrf, duty.csrf[:-1]):
        headers = {"X-CSRF-Token": token.encode().decode("latin-1")}
        refused = duty.http.post("/api/devices/enrolments", json={"user_id": duty.user_id}, headers=headers)
        assert problem(refused) == (403, "403.2"), token
    assert digest_of_state(world.database) == before
    assert duty.post("/api/devices/enrolments", {"user_id": duty.user_id}).status_code == 201


def test_reading_needs_no_token(world: World) -> None:
    assert world.sign_in("binchuan.duty").http.get("/api/board").status_code == 200


def test_a_request_that_a_browser_says_comes_from_elsewhere_is_refused_even_at_sign_in(
    visitor: Callable[[str], Visitor],
) -> None:
    officer = visitor("binchuan.officer1")
    for site in ("cross-site", "same-site"):
        assert problem(officer.give_password(**{"Sec-Fetch-Site": site})) == (403, "403.5")
    for site in ("same-origin", "none"):
        assert officer.give_password(**{"Sec-Fetch-Site": site}).status_code == 200


def test_reading_from_a_link_elsewhere_is_possible(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    assert duty.http.get("/api/me", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
    assert "GET" in SAFE_METHODS


def test_every_answer_carries_the_servers_time_and_is_kept_by_no_cache(world: World) -> None:
    expected = str(int(world.clock.now().timestamp() * 1000))
    for path in ("/healthz", "/api/me", "/api/nowhere"):
        headers = world.anonymous().get(path).headers
        assert headers["X-Server-Time"] == expected
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_view_that_does_not_say_who_may_call_it_answers_nobody(world: World, caplog) -> None:  # type: ignore[no-untyped-def]
    app = create_app(world.settings, world.database)
    app.add_url_rule("/api/forgotten", "forgotten", lambda: "secrets")
    own = World(app, world.database, world.settings, world.clock)
    refused = own.sign_in("binchuan.commander").get("/api/forgotten")
    assert problem(refused) == (500, "500.1")
    assert "secrets" not in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/lingda.sqlite", "postgresql+psycopg://x@/x?host=/nowhere"]
)
def test_a_database_that_does_not_answer_is_a_503_that_says_come_again(url: str, tmp_path: Path) -> None:
    database = Database(url)
    client = create_app(make_settings(tmp_path), database).test_client()
    client.set_cookie("lingda_session", "somebody's")
    for path in ("/api/me", "/readyz"):
        refused = client.get(path)
        assert problem(refused) == (503, "503.1")
        assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/healthz").status_code == 200, "the process itself lives"
    database.close()
