"""Rulebooks as data: dated, complete, adopted by a court's act (BSS-13, BSS-14; A14, A19), each limit under its clause."""

from datetime import date

import pytest

from backend.deadlines.rulebooks import (
    Adoption,
    ClockCode,
    NoSuchLimitError,
    adoption_in_force,
    parse_rulebook,
    rulebooks,
)
from backend.deadlines.work_schedule import Regime
from tests.deadlines.sample import one_clause


def clocks_in(book: str) -> set[ClockCode]:
    return {limit.clock for limit in rulebooks()[book].limits}


@pytest.mark.parametrize("book", ["bss_2017", "dali_2014"])
def test_every_clock_has_exactly_one_limit_in_every_regime(book):
    for clock in clocks_in(book):
        for regime in Regime:
            fitting = [
                limit
                for limit in rulebooks()[book].limits
                if limit.clock == clock and (not limit.regimes or regime in limit.regimes)
            ]
            assert len(fitting) == 1, (clock, regime)


def test_the_numbers_have_every_clock_and_dali_all_but_the_register_of_calls():
    assert clocks_in("bss_2017") == set(ClockCode)
    assert clocks_in("dali_2014") == set(ClockCode) - {ClockCode.REGISTER_AND_REPORT}


@pytest.mark.parametrize("book", ["bss_2017", "dali_2014"])
def test_every_limit_stands_under_a_clause_with_a_chinese_and_an_english_text(book):
    clauses = rulebooks()[book].clauses
    for limit in rulebooks()[book].limits:
        assert clauses[limit.clause].zh
        assert clauses[limit.clause].en


@pytest.mark.parametrize("book", ["bss_2017", "dali_2014"])
def test_a_clock_starts_and_stops_on_the_same_events_in_every_regime(book):
    events = {(limit.clock, limit.start, limit.stop) for limit in rulebooks()[book].limits}
    assert len(events) == len(clocks_in(book))


def test_the_rulebooks_begin_on_the_days_their_texts_say():
    assert rulebooks()["bss_2017"].effective_from == date(2017, 10, 1)
    assert rulebooks()["dali_2014"].effective_from == date(2014, 6, 1)


def test_binchuan_runs_on_targets_until_the_day_its_act_adopts_the_numbers():
    acts = [Adoption("bss_2017", date(2026, 11, 1)), Adoption("dali_2014", date(2014, 6, 1))]
    assert adoption_in_force(acts, date(2026, 10, 31)).rulebook_id == "dali_2014"
    assert adoption_in_force(acts, date(2026, 11, 1)).rulebook_id == "bss_2017"


def test_a_court_that_has_adopted_nothing_yet_has_no_rulebook():
    assert adoption_in_force([Adoption("bss_2017", date(2026, 11, 1))], date(2026, 10, 31)) is None


def test_a_rulebook_without_a_limit_for_an_hour_of_the_week_is_refused():
    with pytest.raises(ValueError, match="each regime needs one limit"):
        parse_rulebook(one_clause('regimes = ["working"]\nminutes = 30'))


def test_a_rulebook_with_two_limits_for_the_same_hour_is_refused():
    twice = one_clause('regimes = ["working", "off_hours", "holiday"]\nminutes = 30')
    again = twice[twice.index("[[clause.limit]]") :]
    with pytest.raises(ValueError, match="each regime needs one limit"):
        parse_rulebook(twice + again)


def test_a_rulebook_that_names_a_clause_twice_is_refused():
    book = one_clause("minutes = 30")
    with pytest.raises(ValueError, match="twice"):
        parse_rulebook(book + book[book.index("[[clause]]") :])


def test_a_limit_that_the_text_does_not_set_is_said_not_to_be_there():
    with pytest.raises(NoSuchLimitError):
        parse_rulebook(one_clause("minutes = 30")).limit(ClockCode.ANSWER, Regime.WORKING)


@pytest.mark.parametrize("limit", ["", "minutes = 30\nworking_days = 2", "minutes = 0", "minutes = -30"])
def test_a_limit_is_minutes_or_working_days_never_both_never_none(limit):
    with pytest.raises(ValueError, match="S-1"):
        parse_rulebook(one_clause(limit))
