"""The escalation as data, how an emergency may end, who may answer: pure."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.emergencies.rules import (
    ESCALATION,
    EmergencyAct,
    EmergencyKind,
    EmergencyResult,
    may_answer,
    next_step,
    results_of,
)

ARRIVED = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


def test_the_leaders_after_thirty_seconds_the_court_above_after_sixty() -> None:
    assert [(step.act, step.after.total_seconds(), step.upward) for step in ESCALATION] == [
        (EmergencyAct.TELL_LEADERS, 30, False),
        (EmergencyAct.TELL_SUPERIOR, 60, True),
    ]
    first = next_step(ARRIVED, 0, drill=False)
    assert first is not None
    assert first[1] == ARRIVED + timedelta(seconds=30)
    second = next_step(ARRIVED, 1, drill=False)
    assert second is not None
    assert second[1] == ARRIVED + timedelta(seconds=60)
    assert next_step(ARRIVED, 2, drill=False) is None


def test_a_drill_ends_below_the_court_above() -> None:
    assert next_step(ARRIVED, 0, drill=True) == (ESCALATION[0], ARRIVED + timedelta(seconds=30))
    assert next_step(ARRIVED, 1, drill=True) is None


def test_a_drill_ends_as_a_drill_and_a_press_in_earnest_may_turn_out_to_be_one() -> None:
    assert results_of(EmergencyKind.SOS, drill=True) == {EmergencyResult.DRILL}
    assert EmergencyResult.DRILL in results_of(EmergencyKind.SOS, drill=False)
    assert EmergencyResult.ON_TIME not in results_of(EmergencyKind.MISSED_CHECK_IN, drill=False)
    assert EmergencyResult.DRILL not in results_of(EmergencyKind.MISSED_CHECK_IN, drill=False)


@pytest.mark.parametrize(
    ("kept", "seen", "may"),
    [
        ({"binchuan"}, {"binchuan"}, True),
        ({"dali"}, {"dali", "binchuan", "xiangyun"}, True),
        ({"xiangyun"}, {"xiangyun", "binchuan"}, False),
        (set(), {"binchuan"}, False),
        ({"binchuan"}, set(), False),
    ],
)
def test_who_keeps_the_duty_there_or_above_answers(kept: set[str], seen: set[str], may: bool) -> None:
    assert may_answer("binchuan", ["dali", "yunnan", "spc"], kept, seen) is may
