"""What speaks for a person and what against: each fact by its rule, at its edge (A5, A6, A7, A8)."""

from datetime import datetime, timedelta

import pytest

from backend.accountability.weighing import (
    ActFact,
    ClockFacts,
    Fact,
    OrderFacts,
    PersonFacts,
    WarningFact,
    weigh,
)
from tests.conftest import TUESDAY_NINE


def at(minutes: float) -> datetime:
    return TUESDAY_NINE + timedelta(minutes=minutes)


def clock(stopped: float | None = None, **changes: object) -> ClockFacts:
    fields = {
        "clause": "BSS-7(1)",
        "started_at": at(0),
        "due_at": at(30),
        "stopped_at": None if stopped is None else at(stopped),
        "kept": False,
        "provisional": False,
        **changes,
    }
    return ClockFacts(**fields)  # type: ignore[arg-type]


def found(*args: object, **changes: object) -> dict[str, Fact]:
    return {fact.code: fact for fact in weigh(*args, **changes)}  # type: ignore[arg-type]


def side(facts: dict[str, Fact], code: str) -> str:
    return str(facts[code].side)


@pytest.mark.parametrize(
    ("stopped", "code", "seconds"), [(None, "not_done", None), (42, "late_by", 720), (30.5, "late_by", 30)]
)
def test_by_how_much_it_was_late(stopped: float | None, code: str, seconds: int | None) -> None:
    facts = found(clock(stopped), [], [])
    assert (side(facts, code), facts[code].seconds) == ("against", seconds)


def test_a_limit_kept_after_all_speaks_for_everybody() -> None:
    assert side(found(clock(20, kept=True), [], []), "kept_after_all") == "for"


def test_a_limit_on_an_unpublished_calendar_speaks_for_them() -> None:
    assert side(found(clock(provisional=True), [], []), "calendar_not_published") == "for"


def test_a_warning_that_was_given_and_one_that_was_not() -> None:
    warned = clock(warnings=[WarningFact(at(15), given=True), WarningFact(at(25), given=False)])
    facts = found(warned, [], [PersonFacts("甲", warned_at=[at(15)])])
    assert (side(facts, "warned"), facts["warned"].at) == ("against", at(15))
    assert (side(facts, "not_warned"), facts["not_warned"].at) == ("for", at(25))


def test_a_warning_given_to_others_speaks_against_whom_it_reached_alone() -> None:
    warned = clock(warnings=[WarningFact(at(15), given=True)])
    people = [PersonFacts("甲", warned_at=[at(15)]), PersonFacts("乙")]
    said = {(fact.person, fact.code, str(fact.side)) for fact in weigh(warned, [], people)}
    assert {one for one in said if one[0]} == {("甲", "warned", "against"), ("乙", "warned_others", "for")}
    assert "warned" not in found(warned, [], [])


@pytest.mark.parametrize(
    ("silence", "minutes"),
    [((-5, 10), 10), ((10, None), 20), ((10, 50), 20), ((-9, 0), None), ((30, 40), None), ((29, 31), 1)],
    ids=["from before", "still silent", "beyond the limit", "ended before", "began after", "its last minute"],
)
def test_how_long_a_phone_was_out_of_contact_within_the_limit(
    silence: tuple[float, float | None], minutes: int | None
) -> None:
    began, ended = silence
    person = PersonFacts("甲", silences=[(at(began), None if ended is None else at(ended))], in_contact=True)
    facts = found(clock(), [], [person])
    if minutes is None:
        assert side(facts, "in_contact") == "against"
        assert "out_of_contact" not in facts
    else:
        assert (side(facts, "out_of_contact"), facts["out_of_contact"].seconds) == ("for", 60 * minutes)
        assert "in_contact" not in facts


def test_somebody_without_a_phone_was_not_in_contact_by_it() -> None:
    assert "in_contact" not in found(clock(), [], [PersonFacts("甲")])


@pytest.mark.parametrize(("moved", "which"), [(201.0, "was_moving"), (200.0, "stayed")])
def test_movement_beyond_200_metres_says_that_somebody_had_left(moved: float, which: str) -> None:
    facts = found(clock(), [], [PersonFacts("甲", fixes=9, moved_m=moved)])
    assert side(facts, which) == ("for" if which == "was_moving" else "neutral")


@pytest.mark.parametrize(
    ("issued", "code"),
    [(14, None), (15, None), (15.1, "ordered_late"), (30, "ordered_late"), (31, "ordered_after_limit")],
)
def test_an_order_given_with_less_than_half_of_the_limit_left(issued: float, code: str | None) -> None:
    facts = found(clock(), [OrderFacts("7号", at(issued), {"甲": None})], [PersonFacts("甲")])
    assert {"ordered_late", "ordered_after_limit"} & set(facts) == ({code} if code else set())


@pytest.mark.parametrize(
    ("received", "code", "which"),
    [
        (None, "not_received", "for"),
        (31, "not_received", "for"),
        (30, "received", "for"),
        (22.5, "received", "against"),
        (2, "received", "against"),
    ],
)
def test_when_a_device_of_the_person_had_the_order(received: float | None, code: str, which: str) -> None:
    order = OrderFacts("7号", at(1), {"甲": None if received is None else at(received)})
    assert side(found(clock(), [order], [PersonFacts("甲")]), code) == which


def test_an_order_given_to_others_says_nothing_of_this_person() -> None:
    facts = found(clock(), [OrderFacts("7号", at(1), {"乙": at(2)})], [PersonFacts("甲")])
    assert set(facts) == {"not_done"}


def test_when_the_order_came_says_nothing_of_a_clock_that_began_after_it() -> None:
    facts = found(clock(45), [OrderFacts("7号", at(-60), {"甲": at(-59)})], [PersonFacts("甲")])
    assert set(facts) == {"late_by"}


def test_an_act_whose_clock_was_not_sure_and_one_that_came_late() -> None:
    unsure = ActFact("甲", "depart", at(45), at(45), trusted=False, device_at=at(20))
    late = ActFact("甲", "arrive", at(29), at(45), trusted=True)
    order = OrderFacts("7号", at(1), {"甲": at(2)}, [unsure, late])
    facts = found(clock(45), [order], [PersonFacts("甲")])
    assert (side(facts, "clock_not_sure"), facts["clock_not_sure"].at) == ("for", at(20))
    assert (side(facts, "acted_in_time"), facts["acted_in_time"].at) == ("for", at(29))


def test_who_took_the_duty_over_while_the_clock_ran() -> None:
    late = PersonFacts("甲", on_duty_at_start=False, on_duty_then=True)
    assert side(found(clock(), [], [late]), "took_over_meanwhile") == "for"
    there = PersonFacts("甲", on_duty_at_start=True, on_duty_then=True)
    assert "took_over_meanwhile" not in found(clock(), [], [there])


def test_what_speaks_for_stands_first() -> None:
    order = OrderFacts("7号", at(20), {"甲": None})
    sides = [
        str(fact.side) for fact in weigh(clock(), [order], [PersonFacts("甲", in_contact=True, fixes=1)])
    ]
    assert sides == sorted(sides, key=["for", "against", "neutral"].index)
    assert sides[0] == "for"
