"""Two desks on one directive: the second is told the difference; objection, withdrawal, return, steps on behalf.

Serves BSS-4(2), BSS-4(5), BSS-5(1).
"""

from datetime import timedelta

from tests.support.world import Client, World, clock_states


def act(desk: Client, directive: dict, name: str, **words: object) -> tuple[int, dict]:
    response = desk.post(
        f"/api/directives/{directive['id']}/{name}", {"revision": directive["revision"], **words}
    )
    return response.status_code, response.get_json()


def test_the_second_desk_gets_409_with_what_changed(world: World) -> None:
    above = world.directive_from_above(world.sign_in("dali.commander"))
    first, second = world.sign_in("binchuan.duty"), world.sign_in("binchuan.leader")
    assert act(first, above, "acknowledge")[0] == 200
    status, problem = act(second, above, "object", reason="本院无车辆")
    assert (status, problem["code"]) == (409, "409.1")
    assert [change["act"] for change in problem["changed"]] == ["acknowledge"]
    assert problem["current"]["state"] == "acknowledged"
    assert act(second, problem["current"], "object", reason="本院无车辆")[0] == 200


def test_a_receipt_or_a_note_in_between_is_no_conflict(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    world.phone("binchuan.officer1").do("directive.receive", order["id"])
    world.phone("binchuan.officer2").do("directive.note", order["id"], {"text": "收到"})
    assert act(commander, order, "withdraw", reason="误派")[0] == 200


def test_a_departure_in_between_is_a_conflict_for_the_one_who_withdraws(world: World) -> None:
    commander, officer = world.sign_in("binchuan.commander"), world.phone("binchuan.officer1")
    order = world.order_out(commander)
    officer.do("directive.accept", order["id"])
    officer.do("directive.depart", order["id"])
    status, problem = act(commander, order, "withdraw", reason="误派")
    assert (status, [change["act"] for change in problem["changed"]]) == (409, ["depart"])


def test_the_report_to_the_leader_keeps_the_instruction(world: World) -> None:
    above = world.directive_from_above(world.sign_in("dali.commander"))
    desk = world.sign_in("binchuan.duty")
    _, above = act(desk, above, "acknowledge")
    told = {"reported_to": "何副院长", "channel": "phone", "instruction": "立即派快反一组"}
    status, shown = act(desk, above, "report", **told)
    assert (status, shown["state"]) == (200, "reported_to_leader")
    step = shown["steps"][-1]
    assert (step["text"], step["reported_to"], step["channel"]) == ("立即派快反一组", "何副院长", "phone")


def test_an_objection_leaves_the_clock_running_until_the_issuer_decides(world: World) -> None:
    dali, desk = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    _, above = act(desk, above, "acknowledge")
    _, objected = act(desk, above, "object", reason="当事人不在本县")
    assert (objected["state"], clock_states(objected)["C6"]) == ("objected", "running")
    _, confirmed = act(dali, objected, "confirm")
    assert confirmed["state"] == "acknowledged"


def test_withdrawing_cancels_the_running_clock(world: World) -> None:
    dali = world.sign_in("dali.commander")
    _, withdrawn = act(dali, world.directive_from_above(dali), "withdraw", reason="已另行处置")
    assert (withdrawn["state"], clock_states(withdrawn)) == (
        "withdrawn",
        {"C1": "cancelled", "C6": "cancelled"},
    )


def test_calling_a_team_back_leaves_the_departure_clock_met(world: World) -> None:
    dali, officer = world.sign_in("dali.commander"), world.phone("binchuan.officer1")
    target = {"court_id": "binchuan", "team_id": world.team("binchuan")}
    directive = world.directive_from_above(dali, target=target)
    officer.do("directive.accept", directive["id"])
    officer.do("directive.depart", directive["id"])
    current = dali.get(f"/api/directives/{directive['id']}").get_json()
    _, cancelled = act(dali, current, "cancel", reason="被执行人已离开")
    assert (cancelled["state"], cancelled["clocks"][0]["state"]) == ("cancelled", "met")


def test_a_returned_report_is_written_again_as_a_second_version(world: World) -> None:
    commander, officer = world.sign_in("binchuan.commander"), world.phone("binchuan.officer1")
    order = world.order_out(commander)
    for name in ("accept", "depart"):
        officer.do(f"directive.{name}", order["id"])
    officer.do("directive.complete", order["id"], {"result": "partly", "reason": "部分财产已转移"})
    officer.do("directive.feedback", order["id"], {"text": "已控制一车。", "result": "partly"})
    current = commander.get(f"/api/directives/{order['id']}").get_json()
    _, returned = act(commander, current, "return_feedback", reason="请补充车牌")
    assert returned["state"] == "returned"
    officer.do("directive.feedback", order["id"], {"text": "已控制一车，云L00000。", "result": "partly"})
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert (shown["feedback"]["version"], shown["state"]) == (2, "feedback_submitted")


def test_the_desk_records_the_departure_of_a_team_without_a_phone_with_the_reason(world: World) -> None:
    dali, desk = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    _, above = act(desk, above, "acknowledge")
    assert act(desk, above, "depart")[0] == 422
    world.clock.instant += timedelta(minutes=10)
    _, departed = act(desk, above, "depart", reason="小组手机损坏，电话报告已出发")
    assert (departed["state"], clock_states(departed)["C6"]) == ("dispatched", "met")


def test_only_the_issuer_accepts_the_report(world: World) -> None:
    officer = world.phone("binchuan.officer1")
    order = world.order_out(world.sign_in("binchuan.commander"))
    for name, body in (("accept", {}), ("depart", {}), ("complete", {"result": "completed"})):
        officer.do(f"directive.{name}", order["id"], body)
    officer.do("directive.feedback", order["id"], {"text": "办结", "result": "completed"})
    current = officer.get(f"/api/directives/{order['id']}").get_json()
    assert act(world.sign_in("dali.commander"), current, "accept_feedback")[0] == 403
    assert act(world.sign_in("binchuan.liaison"), current, "accept_feedback")[0] == 403
    assert act(world.sign_in("binchuan.commander"), current, "accept_feedback")[0] == 200
