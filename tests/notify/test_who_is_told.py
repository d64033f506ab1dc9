"""Who is told of a limit that comes near or has passed: the people on duty at that moment (BSS-6, BSS-7, BSS-8; DL-14)."""

import pytest

from backend.deadlines.rulebooks import Audience
from backend.notify.rules import Holders, told_people
from tests.notify.conftest import Roster, mine, minutes_pass, told_about
from tests.support.world import World

A = Audience


def names(world: World, *accounts: str) -> list[str]:
    return sorted(world.user(account).name for account in accounts)


def test_nobody_answers_the_desk_is_told_first_then_its_leader_then_the_commander(
    world: World, roster: Roster
) -> None:
    roster.from_now(
        "binchuan", officer="binchuan.duty", standby="binchuan.officer5", leader="binchuan.leader"
    )
    dali = world.sign_in("dali.commander")
    above = world.directive_from_above(dali)
    world.directive_from_above(dali, court_id="xiangyun")
    minutes_pass(world, 5)
    minutes_pass(world, 5)
    minutes_pass(world, 5.1)
    commander = world.sign_in("binchuan.commander")
    answer = [one for one in told_about(commander, above["id"]) if one[1] == "C1"]
    assert answer == [
        ("clock_warning", "C1", names(world, "binchuan.duty", "binchuan.officer5")),
        ("clock_warning", "C1", names(world, "binchuan.leader")),
        ("clock_breach", "C1", names(world, "binchuan.commander", "binchuan.liaison")),
    ]


def test_a_shift_that_began_meanwhile_is_told_and_not_the_one_before(world: World, roster: Roster) -> None:
    roster.from_now("binchuan", officer="binchuan.duty", leader="binchuan.leader")
    above = world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 6)
    roster.from_now("binchuan", officer="binchuan.liaison", leader="binchuan.commander")
    minutes_pass(world, 6)
    told = told_about(world.sign_in("binchuan.commander"), above["id"])
    assert [people for _, clock, people in told if clock == "C1"] == [
        names(world, "binchuan.duty"),
        names(world, "binchuan.commander"),
    ]


def test_a_court_without_a_roster_has_its_appointed_people_told(world: World, roster: Roster) -> None:
    above = world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 10.5)
    told = told_about(world.sign_in("binchuan.commander"), above["id"])
    assert [people for _, clock, people in told if clock == "C1"] == [
        names(world, "binchuan.duty"),
        names(world, "binchuan.leader"),
    ]


def test_the_leader_of_the_team_is_told_that_its_departure_is_owed(world: World, roster: Roster) -> None:
    duty = world.sign_in("binchuan.duty")
    lead, other = world.register_lead(duty), world.register_lead(duty)
    world.order_out(duty, lead_id=lead["id"])
    minutes_pass(world, 15)
    assert told_about(duty, lead["id"], "lead") == [
        ("clock_warning", "C4", names(world, "binchuan.teamleader1", "binchuan.leader"))
    ]
    assert told_about(duty, other["id"], "lead") == [("clock_warning", "C4", names(world, "binchuan.leader"))]


def test_the_issuing_court_hears_of_a_breach_by_those_on_duty_there(world: World, roster: Roster) -> None:
    roster.from_now("dali", officer="dali.duty", leader="dali.leader")
    dali = world.sign_in("dali.commander")
    above = world.directive_from_above(dali)
    minutes_pass(world, 31)
    breach = [one for one in told_about(dali, above["id"]) if one[:2] == ("clock_breach", "C6")]
    assert breach == [
        ("clock_breach", "C6", names(world, "binchuan.commander", "dali.duty", "dali.leader")),
    ]


def test_each_person_sees_only_what_was_told_to_them(world: World, roster: Roster) -> None:
    roster.from_now("binchuan", officer="binchuan.duty", leader="binchuan.leader")
    above = world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 5)
    (notice,) = mine(world.sign_in("binchuan.duty"))
    assert (notice["subject_id"], notice["clock"], notice["clause"]["id"]) == (above["id"], "C1", "BSS-6")
    assert "15分钟" in notice["clause"]["zh"]
    assert mine(world.sign_in("binchuan.leader")) == []
    assert mine(world.sign_in("xiangyun.duty")) == []


def test_at_night_the_thirty_minutes_of_article_7_pass_with_their_own_clause(
    world: World, roster: Roster
) -> None:
    world.clock.instant = world.clock.now().replace(hour=14)  # 22:00 in Beijing
    duty = world.sign_in("binchuan.duty")
    lead = world.register_lead(duty)
    minutes_pass(world, 30)
    (first, *_) = duty.get("/api/notices", subject_kind="lead", subject_id=lead["id"]).get_json()["items"]
    assert (first["passed"], first["clause"]["id"]) == ("BSS-7(1)", "BSS-8")


@pytest.mark.parametrize(
    ("audiences", "told"),
    [
        ([A.DUTY_OFFICER], {"wang": [A.DUTY_OFFICER], "li": [A.DUTY_OFFICER]}),
        (
            [A.DUTY_OFFICER, A.STANDBY],
            {"wang": [A.DUTY_OFFICER], "li": [A.DUTY_OFFICER], "zhao": [A.STANDBY]},
        ),
        ([A.DUTY_LEADER, A.COMMANDER], {"sun": [A.DUTY_LEADER, A.COMMANDER]}),
        ([A.RESPONSIBLE], {"sun": [A.COMMANDER]}),
    ],
)
def test_one_person_in_two_posts_is_told_once_and_a_warning_never_goes_to_nobody(
    audiences: list[Audience], told: dict[str, list[Audience]]
) -> None:
    holders = Holders(
        rostered={"officer": ["wang"], "technician": ["li"], "standby": ["zhao"], "leader": ["sun"]},
        appointed={"duty_officer": ["he"], "duty_leader": ["yang"], "commander": ["sun"]},
    )
    assert told_people(audiences, holders) == told
