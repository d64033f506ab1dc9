"""Printed slips: what stands on an order slip (指令单) and a registration form, and who never does (domain 1.13, 1.16)."""

import pytest

from backend.core.outbox import sequence_events
from tests.people.visitor import problem
from tests.support.world import World

REPORTER = {
    "name": "赵举报",
    "phone": "0872-7149999",
    "relation": "邻居",
    "wants_anonymity": True,
    "wants_reply": True,
}


def test_an_order_slip_says_everything_the_team_needs(world: World) -> None:
    lead = world.register_lead(world.sign_in("binchuan.duty"), reporter=REPORTER)
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander, lead_id=lead["id"], case_number="(2026)云2924执118号")
    slip = commander.get(f"/api/directives/{order['id']}/slip")
    assert (slip.status_code, slip.mimetype) == (200, "text/html")
    page = slip.get_data(as_text=True)
    for said in (
        order["number"],
        "宾川县人民法院",
        "快反一组",
        "（2026）云2924执118号",
        order["title"],
        order["facts"],
        order["required_action"],
        order["legal_basis"],
        order["place"]["text"],
    ):
        assert said in page, said


def test_an_order_slip_names_the_lead_or_the_directive_it_rests_on(world: World) -> None:
    commander, dali = world.sign_in("binchuan.commander"), world.sign_in("dali.commander")
    world.register_lead(world.sign_in("xiangyun.duty"), content="祥云的线索")
    lead = world.register_lead(world.sign_in("binchuan.duty"))
    of_lead = world.order_out(commander, lead_id=lead["id"])
    above = world.directive_from_above(dali)
    of_directive = world.order_out(commander, parent_id=above["id"])
    of_nothing = world.order_out(commander)
    for order, kind, number, words in (
        (of_lead, "lead", lead["number"], f"线索 {lead['number']}"),
        (of_directive, "directive", above["number"], f"上级指令 {above['number']}"),
        (of_nothing, "instruction", None, "指挥长指示"),
    ):
        assert (order["basis"]["kind"], order["basis"]["number"]) == (kind, number)
        assert words in commander.get(f"/api/directives/{order['id']}/slip").get_data(as_text=True)


def test_a_slip_says_which_times_the_desk_wrote_down_for_the_team(world: World) -> None:
    duty, order = world.sign_in("binchuan.duty"), world.order_out(world.sign_in("binchuan.commander"))
    told = {"reason": "小组没有手机", "channel": "radio", "told_by": "组长"}
    duty.post(f"/api/directives/{order['id']}/acknowledge_for", {"revision": order["revision"], **told})
    page = duty.get(f"/api/directives/{order['id']}/slip").get_data(as_text=True)
    assert page.count("值班台代记") == 1


def test_no_slip_holds_the_reporter(world: World) -> None:
    duty, commander = world.sign_in("binchuan.duty"), world.sign_in("binchuan.commander")
    lead = world.register_lead(duty, reporter=REPORTER)
    order = world.order_out(commander, lead_id=lead["id"])
    assert duty.get(f"/api/leads/{lead['id']}/reporter").get_json()["name"] == "赵举报"
    sequence_events(world.database)
    pages = [
        commander.get(f"/api/directives/{order['id']}/slip"),
        duty.get(f"/api/leads/{lead['id']}/slip"),
        duty.get(f"/api/leads/{lead['id']}"),
        duty.get("/api/board"),
        commander.get(f"/api/directives/{order['id']}"),
        world.phone("binchuan.officer1").get("/api/phone"),
        commander.get("/api/events", since=0),
    ]
    for page in pages:
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert lead["number"] in text or order["number"] in text, page.request.path
        for secret in ("赵举报", "0872-7149999", "邻居"):
            assert secret not in text


def test_a_registration_form_says_what_was_told_and_when(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    lead = world.register_lead(duty, content="两辆厢式货车，车牌未看清")
    page = duty.get(f"/api/leads/{lead['id']}/slip").get_data(as_text=True)
    for said in (
        lead["number"],
        "两辆厢式货车，车牌未看清",
        "王某某",
        "金牛镇 菜园",
        "（2026）云2924执118号",
    ):
        assert said in page, said
    assert "2026-03-03 09:00" in page, "in the time of the court"


def test_what_people_typed_is_printed_as_text_and_runs_nowhere(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    lead = world.register_lead(
        duty, content="<script>alert(1)</script>", debtor_name='"><img src=x onerror=alert(1)>'
    )
    slip = duty.get(f"/api/leads/{lead['id']}/slip")
    page = slip.get_data(as_text=True)
    assert "<script" not in page and "<img" not in page
    assert "&lt;script&gt;" in page
    assert slip.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'self'"
    assert "style=" not in page and "/api/slip.css" in page
    assert duty.get("/api/slip.css").mimetype == "text/css"


@pytest.mark.parametrize("kind", ["leads", "directives"])
def test_a_slip_of_nothing_is_not_found(world: World, kind: str) -> None:
    unknown = f"/api/{kind}/01890000-0000-7000-8000-000000000000/slip"
    assert problem(world.sign_in("binchuan.duty").get(unknown)) == (404, "404.1")


def test_a_handover_slip_tells_the_night_on_one_page(world: World) -> None:
    duty, next_duty = world.sign_in("binchuan.duty"), world.sign_in("binchuan.duty2")
    world.register_lead(world.sign_in("xiangyun.duty"), content="祥云的线索")
    lead = world.register_lead(duty)
    duty.post("/api/duty/notes", {"category": "visitor", "text": "公安两人来取协查函"})
    (shift,) = [row for row in duty.get("/api/duty/now").get_json()["shifts"] if row["post"] == "A"]
    row = duty.post("/api/duty/handovers", {"shift_id": shift["id"]}).get_json()
    kit = {"video": {"state": "faulty", "words": "三号画面黑屏"}}
    edited = {"revision": row["revision"], "remarks": "金牛镇路滑", "kit": kit}
    row = duty.post(f"/api/duty/handovers/{row['id']}/edit", edited).get_json()
    path = f"/api/duty/handovers/{row['id']}/slip"
    unsigned = next_duty.get(path).get_data(as_text=True)
    assert "尚未交接完毕" in unsigned
    duty.post(f"/api/duty/handovers/{row['id']}/sign", {"revision": row["revision"]})
    page = next_duty.get(path).get_data(as_text=True)
    me = duty.get("/api/me").get_json()["user"]["name"]
    for words in (
        lead["number"],
        "公安两人来取协查函",
        "视频有故障（三号画面黑屏）",
        "网络未查",
        "金牛镇路滑",
    ):
        assert words in page, words
    assert f"交班人：{me}（2026-03-03 09:00:00）" in page
    assert "祥云的线索" not in page
    assert "<script" not in page
