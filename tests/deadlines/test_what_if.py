"""What would be due, without a row written: BSS-6 to BSS-8, A2, A14, asked by a desk before anything happens."""

from datetime import date

import pytest
from sqlalchemy import func, select

from backend.deadlines.tables import DeadlineClock


@pytest.fixture
def ask(world):
    desk = world.sign_in("binchuan.duty")

    def get(clock, at, court_id="binchuan"):
        answer = desk.get("/api/clocks/what-if", court_id=court_id, clock=clock, at=f"{at}+08:00")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    return get


def test_if_a_lead_came_ten_seconds_before_the_close_of_a_make_up_saturday(ask, database):
    found = ask("C4", "2026-10-10T17:29:50")
    deadline = found["deadline"]
    assert found["court"] == {"id": "binchuan", "name": "宾川县人民法院"}
    assert (deadline["due_at"], deadline["clause"], deadline["kind"]) == (
        "2026-10-10T09:59:50.000Z",
        "BSS-7(1)",
        "rule",
    )
    assert [one["at"] for one in deadline["warnings"]] == [
        "2026-10-10T09:44:50.000Z",
        "2026-10-10T09:54:50.000Z",
    ]
    why = deadline["why"]
    assert (why["regime"], why["regime_decides"], why["limit_minutes"]) == ("working", True, 30)
    assert (why["start_day"]["kind"], why["start_day"]["day"]) == ("make_up_workday", "2026-10-10")
    assert why["sessions"] == ["08:30-12:00", "13:30-17:30"]
    assert (why["start_event"], why["stop_event"]) == ("lead.received_at", "directive.departed_at")
    with database.reading() as work:
        assert work.session.execute(select(func.count()).select_from(DeadlineClock)).scalar_one() == 0


@pytest.mark.parametrize(
    ("at", "due_at", "clause", "regime"),
    [
        ("2026-10-10T17:30:00", "2026-10-10T10:30:00.000Z", "BSS-8", "off_hours"),
        ("2026-10-07T10:00:00", "2026-10-07T03:00:00.000Z", "BSS-8", "holiday"),
        ("2026-03-03T12:15:00", "2026-03-03T05:15:00.000Z", "BSS-8", "off_hours"),
    ],
)
def test_outside_working_time_it_is_an_hour(ask, at, due_at, clause, regime):
    deadline = ask("C4", at)["deadline"]
    assert (deadline["due_at"], deadline["clause"], deadline["regime"]) == (due_at, clause, regime)


def test_the_act_and_its_date_are_named_and_the_switch_for_article_7(ask, centre):
    centre.adopt("binchuan", "bss_2017", date(2026, 9, 1), article_7_at_night=True)
    why = ask("C4", "2026-10-07T10:00:00")["deadline"]["why"]
    assert (why["adopted_by"], why["adopted_from"], why["article_7_at_night"]) == (
        "院发〔2026〕1号",
        "2026-09-01",
        True,
    )
    assert (why["limit_minutes"], why["regime"]) == (30, "holiday")


def test_each_counted_day_is_on_the_wire(ask):
    deadline = ask("C5", "2026-10-10T10:00:00")["deadline"]
    assert deadline["due_at"] == "2026-10-13T16:00:00.000Z"
    assert [(one["day"], one["kind"], one["number"]) for one in deadline["why"]["counted"]] == [
        ("2026-10-10", "make_up_workday", 0),
        ("2026-10-11", "weekend", None),
        ("2026-10-12", "working_day", 1),
        ("2026-10-13", "working_day", 2),
    ]


def test_a_clock_the_rulebook_sets_no_limit_for_says_so(ask, monkeypatch):
    from backend.deadlines import history
    from backend.deadlines.rulebooks import NoSuchLimitError

    def none(*_arguments, **_options):
        raise NoSuchLimitError("the text prints no number")

    monkeypatch.setattr(history, "deadline", none)
    found = ask("C4", "2026-03-03T09:00:00")
    assert (found["deadline"], found["none_because"]) == (None, "no_limit")


def test_before_any_rulebook_was_adopted_nothing_is_due(ask):
    found = ask("C4", "2013-03-04T09:00:00")
    assert (found["deadline"], found["none_because"]) == (None, "no_rulebook")


@pytest.mark.parametrize(
    "query",
    [
        {"court_id": "binchuan", "clock": "C4"},
        {"court_id": "binchuan", "clock": "C99", "at": "2026-03-03T01:00:00Z"},
        {"court_id": "binchuan", "clock": "C4", "at": "2026-03-03T01:00:00"},
        {"court_id": "binchuan", "clock": "C4", "at": "9999-12-31T23:59:59Z"},
    ],
)
def test_a_question_that_makes_no_sense_gets_422(world, query):
    answer = world.sign_in("binchuan.duty").get("/api/clocks/what-if", **query)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "422.1")


def test_another_courts_hours_are_not_told(world):
    desk = world.sign_in("xiangyun.duty")
    answer = desk.get("/api/clocks/what-if", court_id="binchuan", clock="C4", at="2026-03-03T01:00:00Z")
    assert (answer.status_code, answer.get_json()["code"]) == (403, "403.1")
