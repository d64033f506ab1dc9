"""Reliefs (替班) and drafts that follow the roster (domain 1.16; DL-14): no post is stuck with who cannot keep it."""

from datetime import timedelta
from typing import Any

import pytest

from backend.core.permissions import SYSTEM
from backend.people.tables import Appointment
from tests.duty.conftest import COURT, Duty, said, wall
from tests.support.world import World


@pytest.fixture
def day(duty: Duty) -> dict[str, Any]:
    """Tuesday's shift on post since 08:50, and Wednesday's planned."""
    duty.time("03-03 08:50")
    tuesday = duty.plan("03-03 08:20", "03-04 08:20", "duty officer", "officer1 standby")
    duty.plan("03-04 08:20", "03-05 08:20", "leader leader")
    return duty.take_over(tuesday, duty.desk("duty"))


def relief(duty: Duty, begin: str, **changes: Any) -> Any:
    form = {"court_id": COURT, "post": "A", "planned_start": wall(begin), "planned_end": wall("03-04 08:20")}
    form |= {"people": duty.crew("commander officer"), "relieves": True}
    return duty.leader.post("/api/duty/shifts", {**form, **changes})


def test_who_falls_ill_at_1400_is_relieved_by_the_leaders_signature_and_the_reliefs(duty: Duty, day) -> None:
    duty.time("03-03 14:00")
    planned = relief(duty, "03-03 14:00")
    assert planned.status_code == 201, planned.get_data(as_text=True)
    assert planned.get_json()["relieves"] is True
    drafted = duty.draft(day, duty.leader)
    assert drafted["incoming"]["id"] == planned.get_json()["id"]
    status, once = duty.act(drafted, "sign_for_outgoing", duty.leader, reason="值班干警突发疾病送医")
    assert status == 200, once
    duty.sign(once, duty.desk("commander"))
    assert duty.names_on_duty("03-03 13:59") == ["duty", "officer1"]
    assert duty.names_on_duty("03-03 14:00") == ["commander"]
    duty.time("03-04 08:20")
    following = duty.draft(planned.get_json(), duty.desk("commander"))
    assert following["incoming"]["planned_start"] == wall("03-04 08:20"), "the roster goes on as planned"


def test_a_relief_is_relieved_too(duty: Duty, day) -> None:
    duty.time("03-03 14:00")
    relief(duty, "03-03 14:00")
    duty.sign(duty.sign(duty.draft(day, duty.desk("duty")), duty.desk("duty")), duty.desk("commander"))
    duty.time("03-03 20:00")
    again = relief(duty, "03-03 20:00", people=duty.crew("duty officer"))
    assert again.status_code == 201, again.get_data(as_text=True)


def test_without_saying_so_nothing_overlaps_the_shift_on_post(duty: Duty, day) -> None:
    duty.time("03-03 14:00")
    refused = said(relief(duty, "03-03 14:00", relieves=False))
    assert (refused[1], refused[2][0]) == ("409.2", "与同岗已排班次重叠（03-03 08:20–03-04 08:20）")


def test_a_relief_overlaps_no_planned_shift_and_nobody_of_the_other_post(duty: Duty, day) -> None:
    duty.time("03-03 14:00")
    late = relief(duty, "03-03 14:00", planned_end=wall("03-04 09:00"))
    assert said(late)[:2] == (409, "409.2"), "Wednesday's shift is planned from 08:20"
    duty.plan("03-03 14:00", "03-04 08:20", "commander officer", post="B")
    assert said(relief(duty, "03-03 14:00"))[:2] == (409, "409.2"), "the commander sits at post B"


def test_before_its_relief_is_due_nobody_signs_for_the_shift_on_post(duty: Duty, day) -> None:
    duty.time("03-03 13:59")
    relief(duty, "03-03 14:00")
    drafted = duty.draft(day, duty.desk("duty"))
    assert drafted["may"]["sign_for_outgoing"] is False
    status, problem = duty.act(drafted, "sign_for_outgoing", duty.leader, reason="急病")
    assert (status, problem["zh"]) == (409, "该班次尚未到交班时间")


def test_a_draft_leads_to_the_shift_that_is_planned_in_between(duty: Duty) -> None:
    duty.time("03-03 08:50")
    tuesday = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    duty.plan("03-05 08:20", "03-06 08:20", "commander leader")
    duty.take_over(tuesday, duty.desk("duty"))
    duty.time("03-03 20:00")
    drafted = duty.draft(tuesday, duty.desk("duty"))
    assert drafted["incoming"]["planned_start"] == wall("03-05 08:20"), "Wednesday is a gap"
    wednesday = duty.plan("03-04 08:20", "03-05 08:20", "leader leader")
    shown = duty.desk("duty").get(f"/api/duty/handovers/{drafted['id']}").get_json()
    assert (shown["state"], shown["incoming"]["id"]) == ("draft", wednesday["id"])
    assert shown["revision"] == drafted["revision"] + 1, "who looked at the old one signs nothing unseen"
    assert duty.lines(drafted["id"]) == ["handover.draft", "handover.aim"]


def test_a_draft_follows_when_the_next_shift_is_deleted_and_is_void_where_none_follows(
    duty: Duty, day
) -> None:
    thursday = duty.plan("03-05 08:20", "03-06 08:20", "commander leader")
    drafted = duty.draft(day, duty.desk("duty"))
    wednesday = drafted["incoming"]["id"]
    assert duty.leader.delete(f"/api/duty/shifts/{wednesday}").status_code == 200
    path = f"/api/duty/handovers/{drafted['id']}"
    assert duty.desk("duty").get(path).get_json()["incoming"]["id"] == thursday["id"]
    refused = said(duty.leader.delete(f"/api/duty/shifts/{thursday['id']}"))
    assert (refused[1], refused[2][0]) == ("409.2", "已有交接班记录"), "a void handover still names it"
    assert duty.desk("duty").get(path).get_json()["state"] == "draft", "what was refused changed nothing"


def test_a_handover_that_is_signed_once_is_not_led_elsewhere_until_it_is_sent_back(duty: Duty) -> None:
    duty.time("03-03 08:50")
    tuesday = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    thursday = duty.plan("03-05 08:20", "03-06 08:20", "commander leader")
    duty.take_over(tuesday, duty.desk("duty"))
    once = duty.sign(duty.draft(tuesday, duty.desk("duty")), duty.desk("duty"))
    wednesday = duty.plan("03-04 08:20", "03-05 08:20", "leader leader")
    path = f"/api/duty/handovers/{once['id']}"
    assert duty.desk("duty").get(path).get_json()["incoming"]["id"] == thursday["id"]
    status, again = duty.act(once, "send_back", duty.desk("duty"), reason="接班班次已改")
    assert (status, again["incoming"]["id"]) == (200, wednesday["id"])


def test_who_holds_no_role_of_the_desk_any_more_takes_nothing_over(duty: Duty, world: World) -> None:
    duty.time("03-03 08:50")
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    with world.database.writing() as work:
        work.authorise_by_rule("the test ends an appointment")
        for row in work.session.query(Appointment).filter_by(user_id=duty.id("duty")):
            row.effective_until = world.clock.instant - timedelta(minutes=50)
        work.audit(SYSTEM, "appointment.end", "person", duty.id("duty"), COURT)
    desk = duty.desk("duty")
    answer = said(desk.post(f"/api/duty/shifts/{shift['id']}/take_over"))
    assert (answer[:2], answer[2][0]) == ((403, "403.1"), "现无值班台岗位，不能接班")


def test_a_shift_that_is_over_is_not_taken_over(duty: Duty) -> None:
    duty.time("03-03 08:50")
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    duty.time("03-04 08:20")
    answer = said(duty.desk("duty").post(f"/api/duty/shifts/{shift['id']}/take_over"))
    assert (answer[1], answer[2][0]) == ("409.2", "该班次已过，请先排新的班次")
