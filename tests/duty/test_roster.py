"""The roster (DL-14; domain 1.15): planned by who may, of people who can, in times that fit; only planned ones change."""

import pytest

from backend.core.outbox import sequence_events
from tests.duty.conftest import COURT, Duty, said, wall
from tests.support.world import World

NIGHT = ("03-03 08:20", "03-04 08:20")


def test_a_shift_is_planned_with_its_people_and_everybody_concerned_is_told(duty: Duty, world: World) -> None:
    shift = duty.plan(*NIGHT, "leader leader", "duty officer", "officer1 standby")
    assert (shift["state"], shift["post"], shift["overdue"]) == ("planned", "A", False)
    assert shift["planned_start"] == "2026-03-03T00:20:00.000Z"
    assert duty.crew_of(shift) == [
        ("leader", "leader", "named"),
        ("duty", "officer", "named"),
        ("officer1", "standby", "named"),
    ]
    assert duty.lines(shift["id"]) == ["shift.plan"]
    sequence_events(world.database)
    told = world.phone("xiangyun.officer1").get("/api/events", since=0).get_json()["events"]
    shifts = [event for event in told if event["kind"] == "shift.changed"]
    assert [(event["subject_id"], event["data"]["state"]) for event in shifts] == [(shift["id"], "planned")]
    assert set(shifts[0]["data"]) == {"id", "court_id", "post", "state", "planned_start", "planned_end"}


def test_post_a_and_post_b_are_kept_at_the_same_time(duty: Duty) -> None:
    duty.plan(*NIGHT, "duty officer")
    assert duty.plan(*NIGHT, "leader leader", post="B")["post"] == "B"


def test_the_same_post_twice_at_a_time_is_refused_and_named(duty: Duty) -> None:
    first = duty.plan(*NIGHT, "duty officer")
    answer = duty.try_plan("03-04 08:19", "03-05 08:20", "leader officer")
    assert said(answer)[:2] == (409, "409.2")
    assert "与同岗已排班次重叠（03-03 08:20–03-04 08:20）" in said(answer)[2]
    assert answer.get_json()["shift_id"] == first["id"]


def test_a_shift_that_begins_when_the_other_ends_does_not_overlap(duty: Duty) -> None:
    duty.plan(*NIGHT, "duty officer")
    duty.plan("03-04 08:20", "03-05 08:20", "leader officer")


def test_another_courts_shift_is_in_nobodys_way(duty: Duty) -> None:
    binchuan = duty.desk("binchuan.leader")
    form = {"post": "week", "planned_start": wall("03-20 08:20"), "planned_end": wall("03-21 08:20")}
    there = duty.crew("binchuan.duty officer")
    answer = binchuan.post("/api/duty/shifts", {"court_id": "binchuan", "people": there, **form})
    assert answer.status_code == 201
    duty.plan("03-20 08:20", "03-21 08:20", "duty officer", post="week")


def test_one_person_is_not_on_both_posts_and_is_named(duty: Duty, world: World) -> None:
    duty.plan(*NIGHT, "duty officer", "officer1 standby")
    answer = duty.try_plan("03-03 20:00", "03-04 08:00", "leader officer", "officer1 standby", post="B")
    name = world.user("xiangyun.officer1").name
    assert said(answer)[:2] == (409, "409.2")
    assert said(answer)[2][0].startswith(f"{name} 同一时间已在另一岗")


def test_who_leads_the_week_may_also_sit_at_the_desk(duty: Duty) -> None:
    duty.plan("03-03 08:20", "03-10 08:20", "leader leader", post="week")
    duty.plan(*NIGHT, "leader leader")


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("03-04 08:20", "03-04 08:20", "班次的结束须晚于开始"),
        ("03-04 08:20", "03-03 08:20", "班次的结束须晚于开始"),
        ("03-04 08:20", "03-11 08:21", "一个班次最长七天"),
        ("03-02 08:20", "03-03 09:00", "班次已过去"),
    ],
)
def test_times_that_cannot_be_are_refused_in_words(duty: Duty, begin: str, end: str, words: str) -> None:
    answer = duty.try_plan(begin, end, "duty officer")
    assert (said(answer)[:2], said(answer)[2][0]) == ((422, "422.1"), words)


def test_seven_days_exactly_and_a_shift_that_has_begun_can_be_planned(duty: Duty) -> None:
    duty.plan("03-04 08:20", "03-11 08:20", "duty officer", post="week")
    duty.plan("03-02 08:20", "03-03 09:01", "duty officer")


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (["officer1 officer"], "没有值班台岗位"),
        (["officer1 leader"], "没有值班台岗位"),
        (["duty officer", "binchuan.duty officer"], "不是本院在用账号"),
        (["duty officer", "duty standby"], "同一人在一个班次中只能出现一次"),
        (["officer1 standby", "duty technician"], "至少要有一名带班领导或值班干警"),
    ],
)
def test_people_who_cannot_stand_there_are_refused_in_words(
    duty: Duty, people: list[str], words: str
) -> None:
    answer = duty.try_plan(*NIGHT, *people)
    assert said(answer)[:2] == (422, "422.1")
    assert words in said(answer)[2][0]


def test_officers_may_stand_by_and_be_technicians(duty: Duty) -> None:
    duty.plan(*NIGHT, "duty officer", "officer1 technician", "officer2 standby")


def test_somebody_whose_account_was_closed_is_not_planned(duty: Duty, world: World) -> None:
    from backend.core.permissions import SYSTEM
    from backend.people.tables import User

    crew = duty.crew("duty officer", "officer3 standby")
    with world.database.writing() as work:
        work.authorise_by_rule("the test stands in for the account manager")
        work.session.get_one(User, crew[1]["user_id"]).closed_at = work.now
        work.audit(SYSTEM, "person.close", "person", crew[1]["user_id"], COURT)
    form = {"court_id": COURT, "post": "A", "planned_start": wall(NIGHT[0]), "planned_end": wall(NIGHT[1])}
    answer = duty.leader.post("/api/duty/shifts", {**form, "people": crew})
    assert said(answer)[:2] == (422, "422.1")
    assert "不是本院在用账号" in said(answer)[2][0]


def test_a_role_of_the_desk_must_last_as_long_as_the_shift(duty: Duty, world: World) -> None:
    from backend.core.permissions import SYSTEM
    from backend.people.accounts import appoint
    from backend.people.permissions import Role
    from tests.duty.conftest import china

    with world.database.writing() as work:
        work.authorise_by_rule("the test stands in for the president of the court")
        user = world.user("xiangyun.officer2")
        appoint(work, SYSTEM, user, COURT, Role.DUTY_OFFICER, work.now, china("03-05 08:20"))
    assert duty.try_plan("03-04 08:20", "03-05 08:20", "officer2 officer").status_code == 201
    assert said(duty.try_plan("03-05 08:00", "03-05 20:00", "officer2 officer", post="B"))[0] == 422


def test_a_stretch_of_days_is_planned_by_three_crews_in_rotation_with_the_hand_over_at_0820(
    duty: Duty,
) -> None:
    crews = [
        duty.crew("duty officer", "officer1 standby"),
        duty.crew("leader leader"),
        duty.crew("commander officer"),
    ]
    answer = duty.leader.post(
        "/api/duty/stretches",
        {"court_id": COURT, "post": "A", "first_day": "2026-03-09", "last_day": "2026-03-13", "crews": crews},
    )
    assert answer.status_code == 201, answer.get_data(as_text=True)
    planned = answer.get_json()["items"]
    assert [shift["planned_start"] for shift in planned] == [
        "2026-03-09T00:20:00.000Z",
        "2026-03-10T00:20:00.000Z",
        "2026-03-11T00:20:00.000Z",
        "2026-03-12T00:20:00.000Z",
        "2026-03-13T00:20:00.000Z",
    ]
    assert planned[-1]["planned_end"] == "2026-03-14T00:20:00.000Z"
    assert [duty.crew_of(shift)[0][0] for shift in planned] == [
        "duty",
        "leader",
        "commander",
        "duty",
        "leader",
    ]


def test_nights_alone_are_planned_with_twelve_hours_every_twenty_four(duty: Duty) -> None:
    answer = duty.leader.post(
        "/api/duty/stretches",
        {
            "court_id": COURT,
            "post": "B",
            "first_day": "2026-03-09",
            "last_day": "2026-03-10",
            "hand_over": "18:00",
            "hours": 12,
            "every_hours": 24,
            "crews": [duty.crew("duty officer"), duty.crew("leader leader")],
            "first_crew": 1,
        },
    )
    times = [
        (shift["planned_start"], shift["planned_end"], duty.crew_of(shift)[0][0])
        for shift in answer.get_json()["items"]
    ]
    assert times == [
        ("2026-03-09T10:00:00.000Z", "2026-03-09T22:00:00.000Z", "leader"),
        ("2026-03-10T10:00:00.000Z", "2026-03-10T22:00:00.000Z", "duty"),
    ]


def test_a_stretch_that_meets_a_planned_shift_is_planned_not_at_all(duty: Duty) -> None:
    duty.plan("03-11 08:20", "03-12 08:20", "duty officer")
    form = {"court_id": COURT, "post": "A", "first_day": "2026-03-09", "last_day": "2026-03-13"}
    answer = duty.leader.post("/api/duty/stretches", {**form, "crews": [duty.crew("leader officer")]})
    assert said(answer)[:2] == (409, "409.2")
    shown = duty.leader.get("/api/duty/shifts", begin=wall("03-08 00:00"), end=wall("03-15 00:00")).get_json()
    assert [shift["planned_start"] for shift in shown["items"]] == [wall("03-11 08:20")]


@pytest.mark.parametrize(
    "changes",
    [
        {"first_day": "2026-02-30"},
        {"first_day": "2026-03-14", "last_day": "2026-03-13"},
        {"first_day": "2026-03-09", "last_day": "2026-06-30"},
        {"crews": []},
        {"hours": 0},
        {"hand_over": "24:00"},
        {"first_crew": 1},
        {"hours": 24, "every_hours": 12},
    ],
)
def test_a_pattern_that_cannot_be_is_refused(duty: Duty, changes: dict) -> None:
    form = {"court_id": COURT, "post": "A", "first_day": "2026-03-09", "last_day": "2026-03-13"}
    crews = [duty.crew("leader officer")]
    answer = duty.leader.post("/api/duty/stretches", {**form, "crews": crews, **changes})
    assert answer.status_code in (409, 422)


def test_a_planned_shift_is_changed_as_a_whole_by_who_saw_it_as_it_stands(duty: Duty) -> None:
    shift = duty.plan(*NIGHT, "duty officer", "officer1 standby")
    form = {
        "post": "B",
        "planned_start": wall("03-03 20:00"),
        "planned_end": wall("03-04 08:20"),
        "people": duty.crew("leader leader", "officer1 standby"),
    }
    path = f"/api/duty/shifts/{shift['id']}/change"
    changed = duty.leader.post(path, {**form, "revision": 1}).get_json()
    assert (changed["post"], changed["planned_start"], changed["revision"]) == ("B", wall("03-03 20:00"), 2)
    assert [person[0] for person in duty.crew_of(changed)] == ["leader", "officer1"]
    assert said(duty.leader.post(path, {**form, "revision": 1}))[:2] == (409, "409.1")
    assert duty.lines(shift["id"]) == ["shift.plan", "shift.change"]


def test_a_shift_on_post_is_neither_changed_nor_deleted(duty: Duty) -> None:
    shift = duty.plan(*NIGHT, "duty officer")
    duty.take_over(shift, duty.desk("duty"))
    form = {key: shift[key] for key in ("post", "planned_start", "planned_end")}
    body = {**form, "people": duty.crew("leader officer"), "revision": 2}
    assert said(duty.leader.post(f"/api/duty/shifts/{shift['id']}/change", body))[:2] == (409, "409.2")
    assert said(duty.leader.delete(f"/api/duty/shifts/{shift['id']}"))[:2] == (409, "409.2")


def test_a_planned_shift_is_deleted_before_it_begins_and_not_afterwards(duty: Duty) -> None:
    later = duty.plan("03-04 08:20", "03-05 08:20", "duty officer")
    begun = duty.plan(*NIGHT, "leader officer")
    assert duty.leader.delete(f"/api/duty/shifts/{later['id']}").status_code == 200
    assert duty.leader.get(f"/api/duty/shifts/{later['id']}").status_code == 404
    assert duty.lines(later["id"]) == ["shift.plan", "shift.delete"]
    refused = said(duty.leader.delete(f"/api/duty/shifts/{begun['id']}"))
    assert refused[:2] == (409, "409.2")
    assert "登记未到岗" in refused[2][0]


def test_that_nobody_came_is_noted_with_the_reason_and_frees_the_post(duty: Duty) -> None:
    shift = duty.plan("03-03 10:00", "03-04 08:20", "duty officer")
    path = f"/api/duty/shifts/{shift['id']}/absent"
    early = duty.leader.post(path, {"revision": 1, "reason": "突发疾病住院"})
    assert said(early)[2][0] == "班次尚未开始"
    duty.time("03-03 10:05")
    absent = duty.leader.post(path, {"revision": 1, "reason": "突发疾病住院"}).get_json()
    assert (absent["state"], absent["absent_reason"]) == ("absent", "突发疾病住院")
    assert duty.try_plan("03-03 10:00", "03-04 08:20", "leader leader").status_code == 201


def test_the_list_holds_what_shares_time_with_the_stretch_and_no_other_court(duty: Duty, noise) -> None:
    noise()
    before = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    inside = duty.plan("03-04 08:20", "03-05 08:20", "leader officer")
    duty.plan("03-05 08:20", "03-06 08:20", "duty officer")
    stretch = {"begin": wall("03-04 00:00"), "end": wall("03-05 08:20")}
    shown = duty.leader.get("/api/duty/shifts", **stretch).get_json()
    assert [shift["id"] for shift in shown["items"]] == [before["id"], inside["id"]]
    first = duty.leader.get("/api/duty/shifts", limit=1, **stretch).get_json()
    rest = duty.leader.get("/api/duty/shifts", limit=1, after=first["next"], **stretch).get_json()
    assert ([shift["id"] for shift in rest["items"]], rest["next"]) == ([inside["id"]], None)
    binchuan = duty.desk("binchuan.duty").get("/api/duty/shifts", **stretch).get_json()
    assert not {shift["id"] for shift in binchuan["items"]} & {before["id"], inside["id"]}
    assert (
        duty.leader.get("/api/duty/shifts", begin=wall("03-05 00:00"), end=wall("03-04 00:00")).status_code
        == 422
    )


def test_a_superior_court_sees_the_roster_and_does_not_plan_it(duty: Duty) -> None:
    shift = duty.plan(*NIGHT, "duty officer")
    dali = duty.desk("dali.commander")
    stretch = {"begin": wall("03-03 00:00"), "end": wall("03-05 00:00"), "court_id": COURT}
    assert [one["id"] for one in dali.get("/api/duty/shifts", **stretch).get_json()["items"]] == [shift["id"]]
    assert said(duty.try_plan("03-04 08:20", "03-05 08:20", "duty officer", by=dali))[:2] == (403, "403.1")


def test_the_same_id_is_planned_once(duty: Duty) -> None:
    form = {
        "id": "01900000-0000-7000-8000-00000000aaaa",
        "court_id": COURT,
        "post": "A",
        "planned_start": wall("03-06 08:20"),
        "planned_end": wall("03-07 08:20"),
        "people": duty.crew("duty officer"),
    }
    assert duty.leader.post("/api/duty/shifts", form).status_code == 201
    assert said(duty.leader.post("/api/duty/shifts", form))[:2] == (409, "409.3")
