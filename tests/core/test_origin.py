"""Requests that change something come from our own pages: what a browser says about where they come from is held to it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from backend.app import create_app
from tests.conftest import PASSWORD, make_settings
from tests.people.visitor import problem
from tests.support.world import World

pytestmark = pytest.mark.parametrize("database_url", ["spatialite"], indirect=True)
"""Nothing here is kept in a database."""
PUBLIC = "https://lingda.binchuan.example"


@pytest.fixture
def visitor(world: World, tmp_path: Path) -> FlaskClient:
    """Somebody before a browser, at an installation that people open under its public address."""
    client: FlaskClient = create_app(
        make_settings(tmp_path, LINGDA_PUBLIC_URL=PUBLIC), world.database
    ).test_client()
    return client


def sign_in(client: FlaskClient, **headers: str) -> tuple[int, str]:
    """Sign in with these headers and return status and problem code, empty for none."""
    body = {"account": "binchuan.officer1", "password": PASSWORD}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.post("/api/sign-in", json=body, headers=named)
    return (200, "") if answer.status_code == 200 else problem(answer)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_page_and_a_typed_address_pass(visitor: FlaskClient, site: str) -> None:
    assert sign_in(visitor, Sec_Fetch_Site=site) == (200, "")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_is_refused_whatever_else_it_says(visitor: FlaskClient, site: str) -> None:
    assert sign_in(visitor, Sec_Fetch_Site=site) == (403, "403.5")
    assert sign_in(visitor, Sec_Fetch_Site=site, Origin=PUBLIC) == (403, "403.5")


@pytest.mark.parametrize("origin", [PUBLIC, "http://localhost"])
def test_an_older_browser_passes_from_the_public_address_and_from_the_one_it_opened(
    visitor: FlaskClient, origin: str
) -> None:
    assert sign_in(visitor, Origin=origin) == (200, "")


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://lingda.binchuan.example",
        "https://lingda.binchuan.example.evil.example",
        "https://lingda.binchuan.example:8443",
        "http://localhost:81",
        "null",
        "",
    ],
)
def test_an_older_browser_on_another_site_is_refused(visitor: FlaskClient, origin: str) -> None:
    assert sign_in(visitor, Origin=origin) == (403, "403.5")


def test_who_is_no_browser_says_neither_and_needs_the_token_of_its_session(
    visitor: FlaskClient, world: World
) -> None:
    assert sign_in(visitor) == (200, "")
    assert problem(visitor.post("/api/sign-out", json={})) == (403, "403.2")


def test_reading_from_another_site_changes_nothing_and_is_left_to_the_cookie(world: World) -> None:
    officer = world.sign_in("binchuan.officer1")
    assert officer.http.get("/api/me", headers={"Origin": "https://evil.example"}).status_code == 200
