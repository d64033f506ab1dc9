"""The ladders of the program: which rung at which second, what makes it moot, how often a channel is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.delivery.rules import RungName, Stage, Standing, furthest, ladders, next_try

START = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def standing(**changes) -> Standing:
    plain = {
        "started_at": START,
        "deadline_at": None,
        "climbed": frozenset(),
        "received": False,
        "answered": False,
        "settled": False,
        "covert": False,
    }
    return Standing(**{**plain, **changes})


def due(seconds: float, ladder: str = "urgent", **changes) -> list[str]:
    return [str(rung.name) for rung in standing(**changes).due(ladders()[ladder], START + seconds * SECOND)]


@pytest.mark.parametrize(
    ("seconds", "rungs"),
    [
        (14.999, []),
        (15, ["push"]),
        (59.999, ["push"]),
        (60, ["push", "message"]),
        (180, ["push", "message", "voice", "leader"]),
        (599.999, ["push", "message", "voice", "leader"]),
        (600, ["push", "message", "voice", "leader", "commander"]),
    ],
)
def test_an_urgent_order_climbs_at_15_60_and_180_seconds_and_alarms_the_commander_after_ten_minutes(
    seconds: float, rungs: list[str]
) -> None:
    assert due(seconds) == rungs


@pytest.mark.parametrize(("seconds", "is_due"), [(899.999, False), (900, True)])
def test_an_order_with_a_limit_of_thirty_minutes_alarms_the_commander_at_half_of_it(
    seconds: float, is_due: bool
) -> None:
    limit = START + timedelta(minutes=30)
    assert ("commander" in due(seconds, deadline_at=limit)) is is_due


def test_a_limit_of_two_minutes_alarms_the_commander_before_the_telephone_rings() -> None:
    climbed = due(200, deadline_at=START + timedelta(minutes=2))
    assert climbed == ["push", "message", "commander", "voice", "leader"]


def test_a_limit_that_passed_before_the_order_was_given_alarms_at_once() -> None:
    assert due(0, deadline_at=START - timedelta(minutes=5)) == ["commander"]


def test_once_a_device_has_it_only_the_missing_answer_climbs() -> None:
    assert due(700, received=True) == ["commander"]


def test_once_settled_nothing_climbs() -> None:
    assert due(700, settled=True) == []
    assert standing(settled=True).next(ladders()["urgent"]) is None


def test_once_somebody_answered_those_who_have_not_received_it_are_still_sought() -> None:
    assert due(700, answered=True) == ["push", "message", "voice", "leader"]
    assert due(700, answered=True, received=True) == []


def test_a_covert_order_never_rings_a_telephone() -> None:
    assert due(700, covert=True) == ["push", "message", "leader", "commander"]


def test_an_order_that_is_not_urgent_leaves_people_their_time_and_rings_no_telephone() -> None:
    assert [due(seconds, "normal") for seconds in (15, 300, 900, 3600)] == [
        ["push"],
        ["push", "message"],
        ["push", "message", "leader"],
        ["push", "message", "leader", "commander"],
    ]


def test_a_rung_is_climbed_once() -> None:
    assert due(70, climbed=frozenset({"push"})) == ["message"]
    at, rung = standing(climbed=frozenset({"push"})).next(ladders()["urgent"])
    assert (at, rung.name) == (START + 60 * SECOND, RungName.MESSAGE)


def test_each_ladder_tells_somebody_where_no_channel_helps() -> None:
    for name in ("urgent", "normal"):
        names = [rung.name for rung in ladders()[name]]
        assert names[-1] is RungName.COMMANDER
        assert RungName.LEADER in names
        assert len(set(names)) == len(names)


def test_the_furthest_device_counts() -> None:
    assert furthest([Stage.PUSHED, Stage.DISPLAYED, Stage.WAITING]) is Stage.DISPLAYED
    assert furthest([]) is Stage.WAITING


@pytest.mark.parametrize(
    ("tries", "asked_for", "pause"),
    [(1, None, 5), (2, None, 10), (5, None, 80), (6, None, 120), (9, None, 120), (1, 60, 60), (6, 30, 120)],
)
def test_a_channel_in_trouble_is_tried_again_ever_later_and_never_before_it_asked(
    tries: int, asked_for: int | None, pause: int
) -> None:
    retry_after = None if asked_for is None else timedelta(seconds=asked_for)
    assert next_try(START, tries, retry_after, START) == START + pause * SECOND


@pytest.mark.parametrize(("seconds", "again"), [(780, True), (780.001, False)])
def test_after_a_quarter_of_an_hour_it_is_not_tried_again(seconds: float, again: bool) -> None:
    assert (next_try(START, 6, None, START + seconds * SECOND) is not None) is again
