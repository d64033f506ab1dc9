"""The network of the duty desk goes while a caller is speaking: nothing typed is lost, and one lead comes of it.

Serves BSS-5(2) and principle 1 of the design.
"""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.desks import Desk, row_of
from tests.support.browsers import DESK, Witness
from tests.support.chaos_proxy import ChaosProxy, Fault
from tests.support.installation import Installation


def test_a_lead_typed_through_an_outage_and_a_reload_arrives_whole_and_once(
    installation: Installation,
    proxy: ChaosProxy,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    other = Desk(open_browser(), installation, "xiangyun.duty")
    other.post(
        "/api/leads",
        {
            "received_at": "2026-11-20T01:00:00Z",
            "channel": "visit",
            "kind": "whereabouts",
            "content": "祥云的线索",
        },
    )
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty", at=proxy.url)
    duty = desk.open("/duty")
    duty.keyboard.press("F2")
    duty.keyboard.type("被执行人李某在平川镇卖牛，")
    expect(duty.get_by_test_id("call")).to_contain_text("草稿已存本机")
    duty.reload()
    expect(duty.get_by_label("内容")).to_have_value("被执行人李某在平川镇卖牛，")

    witness.network_will_be_cut()
    proxy.down()
    expect(duty.get_by_test_id("contact")).to_contain_text("连不上服务器")
    duty.get_by_label("内容").press_sequentially("已谈好三头的价钱，买家十分钟后来拉。")
    duty.get_by_label("地点").fill("平川镇牲畜市场")
    duty.get_by_label("被执行人").fill("李某")
    duty.get_by_label("姓名").fill("邻居何某")
    duty.get_by_label("电话", exact=True).fill("139 0000 0000")
    duty.get_by_role("checkbox", name="被执行人随身有可供执行的贵重动产").click()
    duty.keyboard.press("Control+Enter")
    expect(duty.get_by_test_id("outbox-state")).to_have_text("1 条已存本机，待送达")
    expect(duty.get_by_test_id("pending")).to_contain_text("李某在平川镇卖牛")

    lost = proxy.strike("/api/commands", Fault.LOSE_ANSWER, times=1)
    proxy.up()
    expect(duty.get_by_test_id("outbox-state")).to_have_text("最近一条已送达")
    assert lost.done == 1
    expect(row_of(duty, "tonight-lead", "李某在平川镇卖牛")).to_have_count(1)
    expect(duty.get_by_test_id("pending")).to_have_count(0)

    (lead,) = desk.get("/api/leads?state=all")["items"]
    assert lead["content"] == "被执行人李某在平川镇卖牛，已谈好三头的价钱，买家十分钟后来拉。"
    assert (lead["debtor_name"], lead["place"]["text"]) == ("李某", "平川镇牲畜市场")
    assert (lead["triage"], lead["grounds"]) == ("urgent", ["valuable_movables_at_hand"])
    assert lead["received_at"] < lead["registered_at"]
    duty.get_by_role("button", name="查看举报人身份").click()
    expect(duty.get_by_test_id("reporter-shown")).to_contain_text("邻居何某")
    expect(duty.get_by_test_id("reporter-shown")).to_contain_text("139 0000 0000")
    witness.testify()
