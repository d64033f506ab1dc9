"""BSS-12(1), (2), (5), (6): 违法违纪、工作态度不好、滥用强制措施、泄漏执行机密 are for people to judge, never for a clock."""

import pytest
from sqlalchemy.exc import IntegrityError

from backend.accountability.rules import MECHANICAL, Ground, may_open_by_clock
from backend.accountability.tables import Record
from backend.core.identifiers import new_identifier
from backend.deadlines.rulebooks import rulebooks
from tests.accountability.centre import Centre
from tests.support.world import World

HUMAN = ("misconduct_on_duty", "bad_attitude", "abused_coercion", "leaked_secret")


@pytest.mark.parametrize("ground", HUMAN)
def test_no_clock_may_put_it_down_by_rule(ground: str) -> None:
    assert not may_open_by_clock("rule", ground)
    assert Ground(ground) not in MECHANICAL


@pytest.mark.parametrize("kind", ["rule", "target"])
def test_only_a_printed_number_opens_a_record(kind: str) -> None:
    assert may_open_by_clock(kind, "late_dispatch") is (kind == "rule")
    assert not may_open_by_clock(kind, None)


def test_no_rulebook_makes_a_clock_put_down_what_people_must_judge() -> None:
    printed = {limit.record for book in rulebooks().values() for limit in book.limits if limit.record}
    assert printed == {"absent_from_post", "late_dispatch", "late_verification", "late_feedback"}
    assert not printed & set(HUMAN)


@pytest.mark.parametrize("ground", HUMAN)
def test_the_database_refuses_it_too(world: World, ground: str) -> None:
    with (
        pytest.raises(IntegrityError, match="ck_accountability_record_human"),
        world.database.writing() as work,
    ):
        work.authorise_by_rule("a wrong act")
        work.session.add(
            Record(
                id=new_identifier(),
                number="（2026）云2924说明99号",
                court_id="binchuan",
                ground=ground,
                clause="BSS-12(1)",
                opened_as="clock",
                opened_at=work.now,
                happened_at=work.now,
                title="金牛镇",
                clock_id=new_identifier(),
            )
        )
        work.session.flush()


@pytest.mark.parametrize(
    ("ground", "clause"),
    [
        ("misconduct_on_duty", "BSS-12(1)"),
        ("bad_attitude", "BSS-12(2)"),
        ("failed_to_report", "BSS-12(3)"),
        ("shirked_or_weak_response", "BSS-12(4)"),
        ("abused_coercion", "BSS-12(5)"),
        ("leaked_secret", "BSS-12(6)"),
        ("other", "BSS-12(7)"),
    ],
)
def test_a_person_opens_each_of_the_seven_in_words(centre: Centre, ground: str, clause: str) -> None:
    record = centre.open(ground=ground)
    assert (record["ground"], record["clause"], record["opened_as"]) == (ground, clause, "person")
    assert record["words"] == "来电人称值班人员语气生硬，挂断电话。"
    assert record["clause_text"]["zh"]


def test_a_person_opens_nothing_without_words(centre: Centre) -> None:
    form = {"court_id": "binchuan", "ground": "other", "title": "x", "happened_at": "2026-03-03T00:00:00Z"}
    assert centre.commander.post("/api/records", form).status_code == 422
