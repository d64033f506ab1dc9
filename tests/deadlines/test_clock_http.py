"""GET /api/clocks: the desk's list of what is owed next, page by page, never another court's."""

import pytest
from apiflask import APIFlask

from backend.core.permissions import Actor
from backend.core.settings import load_settings
from backend.core.web import SESSION_COOKIE, Services, install_gate
from backend.deadlines.http import blueprint

ORDERS = [f"01900000-0000-7000-8000-00000000000{number}" for number in range(1, 6)]
DESK = Actor("zhang", "binchuan.duty", "张静", "binchuan", reach={"clock.read": frozenset({"binchuan"})})
PEOPLE = {"desk": DESK, "phone": Actor("li", "binchuan.officer1", "李秋实", "binchuan")}


@pytest.fixture
def browser(centre, tmp_path):
    """A browser at the gate; `browser("desk")` is signed in as the duty desk of Binchuan."""
    app = APIFlask(__name__)
    settings = load_settings({"LINGDA_DATA": str(tmp_path), "LINGDA_SECRET_KEY": "k" * 40})
    app.extensions["lingda"] = Services(settings, centre.database, PEOPLE.get)
    install_gate(app)
    app.register_blueprint(blueprint)

    def sign_in(person=None):
        client = app.test_client()
        if person:
            client.set_cookie(SESSION_COOKIE, person)
        return client

    return sign_in


def test_the_desk_reads_its_clocks_page_by_page_the_next_due_first(browser, centre):
    for minute, order in enumerate(ORDERS):
        centre.start("C6", order, f"2026-03-03 09:0{minute}:00")
    centre.start("C6", "01900000-0000-7000-8000-000000000009", "2026-03-03 09:00:00", court_id="yangbi")
    found, after = [], ""
    for _ in range(3):
        page = browser("desk").get(f"/api/clocks?limit=2{after}").json
        found += [clock["subject_id"] for clock in page["items"]]
        after = f"&after={page['next']}"
    assert found == ORDERS
    assert page["next"] is None


def test_a_clock_on_the_wire_shows_its_clause_and_utc_milliseconds(browser, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    clock = browser("desk").get("/api/clocks").json["items"][0]
    assert (clock["clock"], clock["clause"], clock["kind"]) == ("C6", "BSS-8", "rule")
    assert clock["due_at"] == "2026-03-03T01:30:00.000Z"
    assert set(clock["clause_text"]) == {"zh", "en"}
    assert clock["title"] == "扣押鲜果冷链车"


def test_ended_clocks_come_only_when_asked_for(browser, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    centre.stop(ORDERS[0], "2026-03-03 09:10:00")
    assert browser("desk").get("/api/clocks").json["items"] == []
    assert [clock["state"] for clock in browser("desk").get("/api/clocks?state=all").json["items"]] == ["met"]


def test_whoever_is_not_signed_in_gets_401_before_anything_is_validated(browser):
    answer = browser().get("/api/clocks?state=nonsense")
    assert (answer.status_code, answer.json["code"]) == (401, "401.1")


def test_an_officer_without_the_permission_gets_403(browser):
    assert browser("phone").get("/api/clocks").json["code"] == "403.1"


@pytest.mark.parametrize(
    "query", ["state=late", "limit=0", "limit=201", "after=%%%", "after=MjAyNi0wMy0wMyB4", "court_id=A"]
)
def test_a_question_that_makes_no_sense_gets_422(browser, query):
    answer = browser("desk").get(f"/api/clocks?{query}")
    assert (answer.status_code, answer.json["code"]) == (422, "422.1")
