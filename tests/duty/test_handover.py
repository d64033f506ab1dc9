"""Taking over and handing over (BSS-6, DL-14; domain 1.16): the outgoing shift owns every clock until both have signed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.duty.conftest import COURT, Duty, said
from tests.support.world import World


@pytest.fixture
def night(duty: Duty) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tuesday's shift on post since 08:50 (nobody was there before), Wednesday's planned."""
    duty.time("03-03 08:50")
    tuesday = duty.plan("03-03 08:20", "03-04 08:20", "duty officer", "officer1 standby")
    wednesday = duty.plan("03-04 08:20", "03-05 08:20", "leader leader", "officer2 standby")
    return duty.take_over(tuesday, duty.desk("duty")), wednesday


def test_the_first_shift_ever_takes_over_with_one_signature(duty: Duty, night) -> None:
    tuesday, _ = night
    assert (tuesday["state"], tuesday["handover_in"]) == ("on_post", None)
    assert tuesday["on_post_at"] == "2026-03-03T00:50:00.000Z"
    assert duty.lines(tuesday["id"])[-1] == "shift.take_over"


def test_only_the_desk_of_the_shift_takes_over(duty: Duty) -> None:
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer", "officer1 standby")
    for post in ("leader", "officer1", "binchuan.duty"):
        answer = duty.desk(post).post(f"/api/duty/shifts/{shift['id']}/take_over")
        assert said(answer)[:2] == (403, "403.1"), post


def test_nobody_takes_a_post_over_that_is_kept_nor_the_day_before(duty: Duty, night) -> None:
    _, wednesday = night
    leader = duty.desk("leader")
    kept = said(leader.post(f"/api/duty/shifts/{wednesday['id']}/take_over"))
    assert (kept[1], kept[2][0]) == ("409.2", "该岗有人在岗，须办理交接班")
    early = duty.plan("03-04 08:20", "03-05 08:20", "commander officer", post="B")
    answer = said(duty.desk("commander").post(f"/api/duty/shifts/{early['id']}/take_over"))
    assert (answer[1], answer[2][0]) == ("409.2", "接班不得早于计划时间两小时（03-04 08:20）")


def test_the_draft_lists_what_is_done_and_what_is_pending(duty: Duty, night, world: World, noise) -> None:
    noise_lead = world.register_lead(duty.desk("binchuan.duty"))
    tuesday, _ = night
    desk = duty.desk("duty")
    duty.time("03-03 09:00")
    urgent = world.register_lead(desk)
    untriaged = world.register_lead(desk, triage=None, grounds=[])
    above = world.directive_from_above(duty.desk("dali.commander"), COURT)
    duty.time("03-03 09:05")
    handover = duty.draft(tuesday, desk)
    assert handover["state"] == "draft"
    pending = {(item["kind"], item["clock"], item["number"]) for item in handover["pending"]}
    assert ("clock", "C4", urgent["number"]) in pending
    assert ("untriaged", None, untriaged["number"]) in pending
    assert ("unanswered", None, above["number"]) in pending
    assert noise_lead["number"] not in {item["number"] for item in handover["pending"]}
    c4 = next(item for item in handover["pending"] if item["clock"] == "C4")
    assert (c4["due_at"], c4["clause"], c4["title"]) == (
        "2026-03-03T01:30:00.000Z",
        "BSS-7(1)",
        "金牛镇 菜园",
    )
    due = [item["due_at"] for item in handover["pending"] if item["due_at"]]
    assert due == sorted(due), "what is due first stands first"
    done = [(item["template"], item["number"]) for item in handover["done"]]
    assert done == [("lead.register", urgent["number"]), ("lead.register", untriaged["number"])]


def test_what_was_done_before_the_shift_came_is_not_its_work(duty: Duty, world: World) -> None:
    duty.time("03-03 08:30")
    world.register_lead(duty.desk("leader"))
    duty.time("03-03 08:50")
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    duty.plan("03-04 08:20", "03-05 08:20", "leader leader")
    duty.take_over(shift, duty.desk("duty"))
    assert duty.draft(shift, duty.desk("duty"))["done"] == []


def test_both_sign_and_the_duty_moves_at_the_second_signature(duty: Duty, night) -> None:
    tuesday, _ = night
    duty.time("03-04 08:15")
    drafted = duty.draft(tuesday, duty.desk("duty"))
    once = duty.sign(drafted, duty.desk("duty"))
    assert (once["state"], once["frozen_at"]) == ("signed_once", "2026-03-04T00:15:00.000Z")
    duty.time("03-04 08:31")
    done = duty.sign(once, duty.desk("leader"))
    assert [(one["side"], one["signed_from"]) for one in done["signatures"]] == [
        ("outgoing", "desk"),
        ("incoming", "desk"),
    ]
    assert (done["outgoing"]["state"], done["incoming"]["state"]) == ("handed_over", "on_post")
    assert done["outgoing"]["off_post_at"] == done["incoming"]["on_post_at"] == "2026-03-04T00:31:00.000Z"
    assert duty.names_on_duty("03-04 08:20") == ["duty", "officer1"], "planned to end, and not yet signed"
    assert duty.names_on_duty("03-04 08:31") == ["leader", "officer2"]
    assert duty.lines(tuesday["id"])[-1] == "shift.hand_over"
    assert duty.lines(drafted["id"]) == ["handover.draft", "handover.sign", "handover.sign"]


def test_the_incoming_side_may_sign_first(duty: Duty, night) -> None:
    tuesday, _ = night
    duty.time("03-04 08:15")
    once = duty.sign(duty.draft(tuesday, duty.desk("duty")), duty.desk("leader"))
    assert duty.sign(once, duty.desk("duty"))["state"] == "done"


def test_one_person_in_both_shifts_cannot_sign_twice(duty: Duty) -> None:
    duty.time("03-03 08:50")
    first = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    duty.plan("03-04 08:20", "03-05 08:20", "duty officer", "leader leader")
    duty.take_over(first, duty.desk("duty"))
    duty.time("03-04 08:15")
    once = duty.sign(duty.draft(first, duty.desk("duty")), duty.desk("duty"))
    assert once["may"]["sign"] is None
    status, problem = duty.act(once, "sign", duty.desk("duty"))
    assert (status, problem["zh"]) == (409, "您已签字，须由另一方签字")
    assert duty.sign(once, duty.desk("leader"))["state"] == "done"


def test_only_the_two_desks_sign_not_standby_nor_the_commander_nor_another_court(duty: Duty, night) -> None:
    tuesday, _ = night
    duty.time("03-04 08:15")
    drafted = duty.draft(tuesday, duty.desk("duty"))
    for post in ("officer1", "officer2", "commander", "binchuan.duty"):
        assert duty.act(drafted, "sign", duty.desk(post))[1]["code"] == "403.1", post


def test_the_list_is_frozen_at_the_first_signature_and_the_second_sees_what_is_new(
    duty: Duty, night, world: World
) -> None:
    tuesday, _ = night
    duty.time("03-04 08:10")
    desk = duty.desk("duty")
    old = world.register_lead(desk, triage=None, grounds=[])
    once = duty.sign(duty.draft(tuesday, desk), desk)
    assert once["since"] == {"new": [], "settled": []}
    duty.time("03-04 08:12")
    assert desk.post(f"/api/leads/{old['id']}/close", {"revision": 1, "result": "重复"}).status_code == 200
    new = world.register_lead(desk)
    shown = duty.desk("leader").get(f"/api/duty/handovers/{once['id']}").get_json()
    assert {item["number"] for item in shown["pending"]} == {old["number"]}
    assert {item["number"] for item in shown["since"]["new"]} == {new["number"]}
    assert set(shown["since"]["settled"]) == {item["key"] for item in shown["pending"]}
    assert f"lead:{old['id']}" in shown["since"]["settled"]
    done = duty.sign(shown, duty.desk("leader"))
    assert done["pending"] == shown["pending"], "what was signed stays"


def test_remarks_and_the_look_at_the_kit_are_the_outgoing_desks_until_it_is_signed(duty: Duty, night) -> None:
    tuesday, _ = night
    desk = duty.desk("duty")
    drafted = duty.draft(tuesday, desk)
    kit = {"network": {"state": "fine"}, "vehicle": {"state": "faulty", "words": "云L·3321 左前胎漏气"}}
    status, edited = duty.act(drafted, "edit", desk, remarks="夜间大雨，注意路况", kit=kit)
    assert (status, edited["remarks"]) == (200, "夜间大雨，注意路况")
    assert edited["kit"]["vehicle"] == {"state": "faulty", "words": "云L·3321 左前胎漏气"}
    assert duty.act(edited, "edit", duty.desk("leader"), remarks="x")[1]["code"] == "403.1"
    assert duty.act(drafted, "edit", desk, remarks="x")[1]["code"] == "409.1", "seen before the change"
    once = duty.sign(edited, desk)
    assert duty.act(once, "edit", desk, remarks="x")[1]["code"] == "409.2"


def test_a_signature_is_for_what_was_seen(duty: Duty, night) -> None:
    tuesday, _ = night
    desk = duty.desk("duty")
    drafted = duty.draft(tuesday, desk)
    duty.act(drafted, "edit", desk, remarks="新增一项")
    assert duty.act(drafted, "sign", desk)[1]["code"] == "409.1"


def test_a_handover_sent_back_loses_its_signature_and_is_live_again(duty: Duty, night) -> None:
    tuesday, _ = night
    duty.time("03-04 08:15")
    once = duty.sign(duty.draft(tuesday, duty.desk("duty")), duty.desk("duty"))
    status, again = duty.act(once, "send_back", duty.desk("leader"), reason="对讲机未交接")
    assert (status, again["state"], again["signatures"], again["frozen_at"]) == (200, "draft", [], None)
    assert duty.act(again, "send_back", duty.desk("leader"), reason="再看")[1]["code"] == "409.2"
    assert duty.lines(once["id"])[-1] == "handover.send_back"


def test_a_second_draft_is_the_first_one(duty: Duty, night) -> None:
    tuesday, _ = night
    first = duty.draft(tuesday, duty.desk("duty"))
    assert duty.draft(tuesday, duty.desk("duty"))["id"] == first["id"]


def test_without_a_shift_to_follow_nothing_is_handed_over(duty: Duty) -> None:
    duty.time("03-03 08:50")
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    duty.plan("03-04 08:20", "03-05 08:20", "leader leader", post="B")
    duty.take_over(shift, duty.desk("duty"))
    answer = said(duty.desk("duty").post("/api/duty/handovers", {"shift_id": shift["id"]}))
    assert (answer[1], answer[2][0]) == ("409.2", "没有可接班的已排班次，请先排班")


def test_the_duty_does_not_move_more_than_two_hours_early(duty: Duty, night) -> None:
    tuesday, _ = night
    duty.time("03-04 06:19")
    once = duty.sign(duty.draft(tuesday, duty.desk("duty")), duty.desk("duty"))
    assert duty.act(once, "sign", duty.desk("leader"))[1]["zh"] == "接班不得早于计划时间两小时（03-04 08:20）"
    duty.time("03-04 06:20")
    assert duty.sign(once, duty.desk("leader"))["state"] == "done"


def test_a_late_handover_is_shown_and_opens_nothing(duty: Duty, night) -> None:
    tuesday, _ = night
    duty.time("03-04 08:20")
    assert duty.leader.get("/api/duty/now").get_json()["overdue"] == []
    duty.world.clock.instant += timedelta(milliseconds=1)
    now = duty.leader.get("/api/duty/now").get_json()
    assert now["overdue"] == [tuesday["id"]]
    assert now["shifts"][0]["overdue"] is True


def test_when_the_next_shift_does_not_come_the_one_after_takes_over(duty: Duty, night) -> None:
    tuesday, wednesday = night
    duty.time("03-04 08:25")
    desk = duty.desk("duty")
    drafted = duty.draft(tuesday, desk)
    absent = {"revision": 1, "reason": "车祸堵路"}
    assert duty.leader.post(f"/api/duty/shifts/{wednesday['id']}/absent", absent).status_code == 200
    shown = desk.get(f"/api/duty/handovers/{drafted['id']}").get_json()
    assert (shown["state"], shown["may"]["sign"]) == ("void", None)
    duty.plan("03-04 09:00", "03-05 08:20", "commander leader")
    assert duty.draft(tuesday, desk)["incoming"]["planned_start"] == "2026-03-04T01:00:00.000Z"
    assert duty.names_on_duty("03-04 08:25") == ["duty", "officer1"]


def test_a_shift_that_is_being_handed_over_to_is_not_changed_under_the_signature(duty: Duty, night) -> None:
    tuesday, wednesday = night
    duty.time("03-04 08:15")
    once = duty.sign(duty.draft(tuesday, duty.desk("duty")), duty.desk("leader"))
    form = {key: wednesday[key] for key in ("post", "planned_start", "planned_end")}
    body = {**form, "people": duty.crew("commander officer"), "revision": 1}
    path = f"/api/duty/shifts/{wednesday['id']}/change"
    refused = said(duty.leader.post(path, body))
    assert (refused[1], refused[2][0]) == ("409.2", "正在向该班次交班，须先退回交接班")
    _, again = duty.act(once, "send_back", duty.desk("duty"), reason="换人")
    assert said(duty.leader.post(path, {**body, "post": "B"}))[1] == "409.2", "drafted for post A"
    assert duty.leader.post(path, body).status_code == 200
    shown = duty.desk("duty").get(f"/api/duty/handovers/{again['id']}").get_json()
    assert duty.crew_of(shown["incoming"]) == [("commander", "officer", "named")]


def test_signing_from_the_phone_counts_when_it_arrives(duty: Duty, night, world: World) -> None:
    tuesday, _ = night
    duty.time("03-04 08:15")
    once = duty.sign(duty.draft(tuesday, duty.desk("duty")), duty.desk("duty"))
    phone = world.phone("xiangyun.leader")
    mine = phone.get("/api/duty/mine").get_json()
    assert [(one["id"], one["state"]) for one in mine["handovers"]] == [(once["id"], "signed_once")]
    shown = phone.get(f"/api/duty/handovers/{once['id']}").get_json()
    signed_at = world.clock.instant
    duty.time("03-04 08:40")
    result = phone.do("handover.sign", once["id"], {"revision": shown["revision"]}, made_at=signed_at)
    assert result["result"] == "applied", result
    done = duty.leader.get(f"/api/duty/handovers/{once['id']}").get_json()
    assert [one["signed_from"] for one in done["signatures"]] == ["desk", "phone"]
    assert done["done_at"] == "2026-03-04T00:40:00.000Z"
    assert duty.names_on_duty("03-04 08:30") == ["duty", "officer1"]


def test_a_phone_does_not_sign_without_its_key(duty: Duty, night, world: World) -> None:
    tuesday, _ = night
    duty.time("03-04 08:15")
    drafted = duty.draft(tuesday, duty.desk("duty"))
    phone = world.phone("xiangyun.leader")
    assert duty.act(drafted, "sign", phone)[1]["code"] == "403.1"


def test_an_officer_reads_numbers_and_times_and_no_titles_or_remarks(duty: Duty, night, world: World) -> None:
    tuesday, _ = night
    desk = duty.desk("duty")
    lead = world.register_lead(desk)
    drafted = duty.draft(tuesday, desk)
    duty.act(drafted, "edit", desk, remarks="王某某在菜园")
    shown = world.phone("xiangyun.officer2").get(f"/api/duty/handovers/{drafted['id']}").get_json()
    assert lead["number"] in {item["number"] for item in shown["pending"]}
    assert {item["title"] for item in [*shown["pending"], *shown["done"]]} == {None}
    assert shown["remarks"] is None
    assert desk.get(f"/api/duty/handovers/{drafted['id']}").get_json()["remarks"] == "王某某在菜园"


def test_the_list_of_handovers_is_the_courts_own_by_pages(duty: Duty, night) -> None:
    tuesday, _ = night
    duty.time("03-04 08:15")
    first = duty.sign(duty.draft(tuesday, duty.desk("duty")), duty.desk("duty"))
    second_shift = duty.sign(first, duty.desk("leader"))["incoming"]
    duty.plan("03-05 08:20", "03-06 08:20", "duty officer")
    second = duty.draft(second_shift, duty.desk("leader"))
    page = duty.leader.get("/api/duty/handovers", limit=1).get_json()
    assert [one["id"] for one in page["items"]] == [second["id"]]
    rest = duty.leader.get("/api/duty/handovers", limit=1, after=page["next"]).get_json()
    assert ([one["id"] for one in rest["items"]], rest["next"]) == ([first["id"]], None)
    elsewhere = duty.desk("binchuan.leader").get("/api/duty/handovers").get_json()["items"]
    assert not {one["id"] for one in elsewhere} & {first["id"], second["id"]}


def test_the_leader_signs_for_a_shift_of_which_nobody_can_with_the_reason_on_paper_and_in_the_log(
    duty: Duty, night
) -> None:
    tuesday, _ = night
    reason = "值班干警突发疾病送医"
    duty.time("03-04 08:19")
    commander = duty.desk("commander")
    early = commander.post("/api/duty/handovers", {"shift_id": tuesday["id"]})
    assert said(early)[:2] == (403, "403.1"), "the shift is not over yet"
    drafted = duty.draft(tuesday, duty.desk("duty"))
    status, problem = duty.act(drafted, "sign_for_outgoing", commander, reason=reason)
    assert (status, problem["zh"]) == (409, "该班次尚未到交班时间")
    duty.time("03-04 08:20")
    commander = duty.desk("commander")
    shown = commander.get(f"/api/duty/handovers/{drafted['id']}").get_json()
    assert (shown["may"]["edit"], shown["may"]["sign"], shown["may"]["sign_for_outgoing"]) == (
        True,
        None,
        True,
    )
    status, once = duty.act(shown, "sign_for_outgoing", commander, reason=reason)
    assert (status, once["state"], once["may"]["sign_for_outgoing"]) == (200, "signed_once", False)
    (signature,) = once["signatures"]
    assert (signature["side"], signature["on_behalf"], signature["reason"]) == ("outgoing", True, reason)
    done = duty.sign(once, duty.desk("leader"))
    assert (done["state"], done["signatures"][1]["on_behalf"]) == ("done", False)
    assert duty.names_on_duty("03-04 08:20") == ["leader", "officer2"]
    assert "handover.sign_for_outgoing" in duty.lines(drafted["id"])
    slip = commander.get(f"/api/duty/handovers/{drafted['id']}/slip").get_data(as_text=True)
    assert f"代交班方签字：{reason}" in slip


def test_nobody_signs_for_the_outgoing_shift_who_is_of_it_or_has_signed_or_does_not_lead(duty: Duty) -> None:
    duty.time("03-03 08:50")
    first = duty.plan("03-03 08:20", "03-04 08:20", "commander officer", "officer1 standby")
    duty.plan("03-04 08:20", "03-05 08:20", "leader leader", "duty officer")
    duty.take_over(first, duty.desk("commander"))
    duty.time("03-04 08:20")
    drafted = duty.draft(first, duty.leader)
    status, problem = duty.act(drafted, "sign_for_outgoing", duty.desk("commander"), reason="代签")
    assert (status, problem["zh"]) == (409, "您是交班人员，请直接签字")
    assert duty.act(drafted, "sign_for_outgoing", duty.desk("duty"), reason="代签")[0] == 403
    assert duty.act(drafted, "sign_for_outgoing", duty.desk("binchuan.leader"), reason="代签")[0] == 403
    once = duty.sign(drafted, duty.leader)
    status, problem = duty.act(once, "sign_for_outgoing", duty.leader, reason="代签")
    assert (status, problem["zh"]) == (409, "您已签字，须由另一人签字")


def test_a_handover_sent_back_loses_the_signature_on_behalf_and_its_reason(duty: Duty, night) -> None:
    tuesday, _ = night
    duty.time("03-04 09:00")
    drafted = duty.draft(tuesday, duty.desk("commander"))
    _, once = duty.act(drafted, "sign_for_outgoing", duty.desk("commander"), reason="联系不上")
    status, again = duty.act(once, "send_back", duty.desk("duty"), reason="我已到岗，由我签字")
    assert (status, again["state"], again["signatures"]) == (200, "draft", [])
    signed = duty.sign(again, duty.desk("duty"))
    assert [(one["on_behalf"], one["reason"]) for one in signed["signatures"]] == [(False, None)]
