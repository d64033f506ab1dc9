"""An order of the intermediate court: answered by the court below, carried out by its team, reported back in time.

Serves BSS-8 (C6 and C7) and DL-10.
"""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys import phones
from tests.journeys.desks import Desk, row_of
from tests.support.browsers import DESK, PHONE, WALL, Witness
from tests.support.installation import Installation
from tests.support.recorded_way import recorded_way

WAY = recorded_way((100.575, 25.830), 1)
TITLE = "控制州城镇被查封的挖掘机"
REPORT = "挖掘机在州城镇石材厂找到，已贴封并交厂方保管。"


def test_an_order_from_above_is_answered_delegated_carried_out_and_reported_against_its_clocks(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    dali = Desk(open_browser(**WALL), installation, "dali.commander")
    above = dali.open("/command")
    binchuan = Desk(open_browser(**DESK), installation, "binchuan.duty")
    duty = binchuan.open("/duty")
    phone = open_browser(**PHONE, geolocation=WAY[0].geolocation).new_page()
    phones.enrol(phone, binchuan.enrolment_link("binchuan", "binchuan.officer5"))

    above.get_by_test_id("direct").click()
    slip = above.get_by_test_id("composer")
    slip.get_by_label("下级法院").select_option(label="宾川县人民法院")
    slip.get_by_label("事项").fill(TITLE)
    slip.get_by_label("要求").fill("立即派员控制车辆，全程录像。")
    slip.get_by_label("情况").fill("申请执行人报称挖掘机今晨被开走。")
    slip.get_by_test_id("issue").click()
    expect(row_of(above, "clock", "派出")).to_contain_text("第八条")

    row_of(duty, "to-acknowledge", TITLE).click()
    detail = duty.get_by_test_id("directive-detail")
    detail.get_by_role("button", name="签收").click()
    expect(detail.get_by_test_id("state")).to_have_text("已签收")
    duty.get_by_role("button", name="派本院小组执行").click()
    row_of(duty, "candidate", "快反三组").click()
    duty.get_by_test_id("issue").click()
    expect(detail).to_contain_text("快反三组")

    phones.accept_alarm(phone)
    phones.tap(phone, "出发")
    expect(above.get_by_test_id("directive-detail").get_by_test_id("state")).to_have_text("已派出")
    phones.tap(phone, "到场")
    phones.complete(phone)
    phones.tick(phone, "完毕", "已送达")
    expect(row_of(above, "clock", "书面反馈")).to_contain_text("第八条")

    duty.get_by_role("complementary").get_by_role("button", name="书面反馈").click()
    detail.get_by_role("button", name="书面反馈", exact=True).click()
    detail.get_by_label("结果").select_option(label="全部完成")
    detail.get_by_label("执行情况（书面）").fill(REPORT)
    detail.get_by_role("button", name="书面反馈", exact=True).last.click()
    expect(above.get_by_test_id("directive-detail")).to_contain_text(REPORT)
    above.get_by_role("button", name="认可反馈").click()
    expect(above.get_by_test_id("state")).to_have_text("已认可")

    orders = {order["kind"]: order for order in dali.get("/api/directives?state=all")["items"]}
    clocks = {clock["clock"]: clock for clock in orders["superior"]["clocks"]}
    assert {name: (clock["clause"], clock["state"]) for name, clock in clocks.items()} == {
        "C1": ("BSS-6", "met"),
        "C6": ("BSS-8", "met"),
        "C7": ("BSS-8", "met"),
    }
    assert clocks["C6"]["stopped_at"] == orders["dispatch"]["departed_at"]
    assert clocks["C7"]["started_at"] == orders["dispatch"]["completed_at"]
    witness.testify()
