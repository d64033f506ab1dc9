"""What each state allows, what a late or repeated act does, and when a team is complete (domain 1.12, 1.16; A7)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.directives.rules import (
    ACTS,
    ENDED,
    PROGRESS,
    Capacity,
    Composition,
    MemberStanding,
    State,
    can_have_happened,
    composition,
    directive_number,
    is_on_behalf,
    judge,
    next_acts,
)


def test_an_order_goes_its_straight_way() -> None:
    state = State.ISSUED
    for act in ("receive", "accept", "report", "depart", "arrive", "complete", "feedback", "accept_feedback"):
        verdict = judge(ACTS[act], state)
        assert verdict.result == "applied", act
        state = verdict.state
    assert state is State.ACCEPTED


def test_departing_before_anybody_accepted_is_impossible() -> None:
    assert judge(ACTS["depart"], State.ISSUED).result == "impossible"
    assert judge(ACTS["depart"], State.DELIVERED).result == "impossible"


def test_a_second_departure_confirms_and_moves_nothing_back() -> None:
    verdict = judge(ACTS["depart"], State.ON_SCENE)
    assert (verdict.result, verdict.state) == ("applied", State.ON_SCENE)


def test_a_second_member_accepting_on_the_way_does_not_undo_the_departure() -> None:
    assert judge(ACTS["accept"], State.DISPATCHED).state is State.DISPATCHED


def test_a_receipt_that_arrives_after_the_departure_changes_nothing() -> None:
    verdict = judge(ACTS["receive"], State.DISPATCHED)
    assert (verdict.result, verdict.state) == ("applied", State.DISPATCHED)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_an_act_on_an_ended_directive_is_kept_and_changes_nothing(state: State) -> None:
    for name in ("accept", "depart", "arrive", "complete", "note"):
        verdict = judge(ACTS[name], state)
        assert (verdict.result, verdict.state) == ("superseded", state)


def test_a_returned_report_is_written_again_and_can_be_accepted() -> None:
    assert judge(ACTS["return_feedback"], State.FEEDBACK_SUBMITTED).state is State.RETURNED
    assert judge(ACTS["feedback"], State.RETURNED).state is State.FEEDBACK_SUBMITTED


def test_an_objection_stands_until_the_issuer_confirms_or_withdraws() -> None:
    assert judge(ACTS["object"], State.ACKNOWLEDGED).state is State.OBJECTED
    assert judge(ACTS["accept"], State.OBJECTED).state is State.OBJECTED
    assert judge(ACTS["withdraw"], State.OBJECTED).state is State.WITHDRAWN
    assert judge(ACTS["confirm"], State.OBJECTED).result == "applied"


def test_only_a_team_under_way_is_called_back() -> None:
    assert judge(ACTS["cancel"], State.DISPATCHED).state is State.CANCELLED
    assert judge(ACTS["cancel"], State.ISSUED).result == "impossible"


@given(state=st.sampled_from(PROGRESS), name=st.sampled_from(sorted(ACTS)))
def test_no_act_of_a_member_ever_moves_a_directive_back(state: State, name: str) -> None:
    act = ACTS[name]
    if "member" not in act.capacities or state is State.FEEDBACK_SUBMITTED:
        return
    after = judge(act, state).state
    assert PROGRESS.index(after) >= PROGRESS.index(state)


def test_a_court_is_not_asked_to_accept_and_a_team_not_to_acknowledge() -> None:
    assert "acknowledge" in next_acts(State.ISSUED, to_court=True)
    assert "accept" not in next_acts(State.ISSUED, to_court=True)
    assert "accept" in next_acts(State.ISSUED, to_court=False)
    assert "acknowledge" not in next_acts(State.ISSUED, to_court=False)


@pytest.mark.parametrize("state", [State.ISSUED, State.DELIVERED])
def test_the_desk_may_acknowledge_for_a_team_and_never_for_a_court(state: State) -> None:
    assert judge(ACTS["acknowledge_for"], state).state is State.ACKNOWLEDGED
    assert "acknowledge_for" in next_acts(state, to_court=False)
    assert "acknowledge_for" not in next_acts(state, to_court=True)
    assert "acknowledge_for" not in next_acts(State.ACKNOWLEDGED, to_court=False)


def test_what_a_desk_records_of_a_team_is_on_behalf_and_its_own_acts_are_not() -> None:
    for name in ("acknowledge_for", "depart", "arrive", "complete"):
        assert is_on_behalf(ACTS[name], Capacity.TARGET, to_court=False)
        assert not is_on_behalf(ACTS[name], Capacity.MEMBER, to_court=False)
    assert is_on_behalf(ACTS["feedback"], Capacity.TARGET, to_court=False)
    assert not is_on_behalf(ACTS["feedback"], Capacity.TARGET, to_court=True), "the court's own report"
    assert not is_on_behalf(ACTS["note"], Capacity.TARGET, to_court=False)


def test_a_recorded_act_happened_after_the_service_and_not_in_the_future() -> None:
    served = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    now, instant = served + timedelta(minutes=20), timedelta(milliseconds=1)
    assert can_have_happened(served, served, now)
    assert can_have_happened(now, served, now)
    assert not can_have_happened(served - instant, served, now)
    assert not can_have_happened(now + instant, served, now)


def member(answer: str = "accepted", duty: str = "officer", *, woman: bool = False) -> MemberStanding:
    return MemberStanding("somebody", duty, answer, woman)


def test_two_officers_who_accepted_are_complete_and_the_driver_does_not_count() -> None:
    assert composition([member(), member(duty="leader")], 2, woman=False) == Composition([], 0)
    assert composition([member(), member(duty="driver")], 2, woman=False) == Composition(["officers"], 1)
    assert composition([member(), member("pending")], 2, woman=False) == Composition(["officers"], 1)


def test_an_order_for_five_says_how_many_are_missing() -> None:
    assert composition([member()], 5, woman=False) == Composition(["officers"], 4)
    assert composition([member()] * 6, 5, woman=False) == Composition([], 0)


def test_the_search_of_a_woman_needs_a_woman_who_accepted() -> None:
    team = [member(), member("declined", woman=True), member()]
    assert composition(team, 2, woman=True) == Composition(["woman"], 0)
    assert composition([*team, member(woman=True)], 2, woman=True) == Composition([], 0)


def test_the_number_of_a_slip_names_court_year_and_serial() -> None:
    assert directive_number("云2924", 2026, 7) == "（2026）云2924执指7号"
