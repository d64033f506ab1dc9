"""GET /api/clocks: the desk's list of what is owed next, page by page, never another court's."""

import pytest

ORDERS = [f"01900000-0000-7000-8000-00000000000{number}" for number in range(1, 6)]


@pytest.fixture
def desk(world):
    """The duty desk of Binchuan."""
    return world.sign_in("binchuan.duty")


def test_the_desk_reads_its_clocks_page_by_page_the_next_due_first(desk, centre):
    for minute, order in enumerate(ORDERS):
        centre.start("C6", order, f"2026-03-03 09:0{minute}:00")
    centre.start("C6", "01900000-0000-7000-8000-000000000009", "2026-03-03 09:00:00", court_id="yangbi")
    found, after = [], {}
    for _ in range(3):
        page = desk.get("/api/clocks", limit=2, **after).json
        found += [clock["subject_id"] for clock in page["items"]]
        after = {"after": page["next"]}
    assert found == ORDERS
    assert page["next"] is None


def test_a_clock_on_the_wire_shows_its_clause_and_utc_milliseconds(desk, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    clock = desk.get("/api/clocks").json["items"][0]
    assert (clock["clock"], clock["clause"], clock["kind"]) == ("C6", "BSS-8", "rule")
    assert clock["due_at"] == "2026-03-03T01:30:00.000Z"
    assert set(clock["clause_text"]) == {"zh", "en"}
    assert clock["title"] == "扣押鲜果冷链车"


def test_ended_clocks_come_only_when_asked_for(desk, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    centre.stop(ORDERS[0], "2026-03-03 09:10:00")
    assert desk.get("/api/clocks").json["items"] == []
    assert [clock["state"] for clock in desk.get("/api/clocks", state="all").json["items"]] == ["met"]


def test_whoever_is_not_signed_in_gets_401_before_anything_is_validated(world):
    answer = world.anonymous().get("/api/clocks?state=nonsense")
    assert (answer.status_code, answer.json["code"]) == (401, "401.1")


def test_an_officer_without_the_permission_gets_403(world):
    assert world.sign_in("binchuan.officer1").get("/api/clocks").json["code"] == "403.1"


@pytest.mark.parametrize(
    "query", ["state=late", "limit=0", "limit=201", "after=%%%", "after=MjAyNi0wMy0wMyB4", "court_id=A"]
)
def test_a_question_that_makes_no_sense_gets_422(desk, query):
    answer = desk.http.get(f"/api/clocks?{query}")
    assert (answer.status_code, answer.json["code"]) == (422, "422.1")
