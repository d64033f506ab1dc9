"""A lead at 17:29:50 on a make-up workday and nobody leaves: warned, broken at 17:59:50, explained, decided.

Serves BSS-7(1), BSS-8, BSS-12 and the principle that who is late is heard first: the limit is the one of the start, ten
seconds before the close of business; what clears a person stands before what does not.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys import phones
from tests.journeys.desks import Desk, row_of
from tests.support.browsers import DESK, PHONE, WALL, Witness
from tests.support.installation import Installation
from tests.support.moved_time import MakeUpSaturday

CONTENT = "仓库内已查封核桃正在装车，约两吨。"
WORDS = "接令时正在州城镇另一执行现场，17:50 电话报过带班领导。"
DECISION = "情况属实，另有任务在身，不予认定。"


@pytest.fixture
def time(tmp_path: Path) -> MakeUpSaturday:
    """Half past five, ten seconds before."""
    return MakeUpSaturday(tmp_path, "17:29:50")


def test_nobody_leaves_in_time_and_who_is_late_is_heard_before_anybody_decides(
    installation: Installation,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
    time: MakeUpSaturday,
) -> None:
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty", ahead=time.ahead)
    duty = desk.open("/duty")
    leader = Desk(open_browser(**DESK), installation, "binchuan.leader", ahead=time.ahead).open("/duty")
    commander = Desk(open_browser(**WALL), installation, "binchuan.commander", ahead=time.ahead).open(
        "/command"
    )
    phone = open_browser(**PHONE).new_page()
    phones.enrol(phone, desk.enrolment_link("binchuan", "binchuan.teamleader1"))

    duty.keyboard.press("F2")
    expect(duty.get_by_test_id("call")).to_contain_text("起已计时")
    duty.keyboard.type(CONTENT)
    duty.keyboard.press("Tab")
    duty.keyboard.type("金牛镇 仁和村核桃仓库")
    duty.keyboard.press("Alt+Digit5")
    duty.keyboard.press("Control+Enter")
    expect(row_of(duty, "tonight-lead", CONTENT)).to_be_visible()
    (lead,) = [one for one in desk.get("/api/leads")["items"] if one["content"] == CONTENT]
    team = next(one for one in desk.get("/api/board")["teams"] if one["name"] == "快反一组")
    order = {
        "kind": "dispatch",
        "lead_id": lead["id"],
        "target": {"court_id": "binchuan", "team_id": team["id"]},
        "title": "查封核桃正被装车 · 金牛镇",
        "facts": CONTENT,
        "required_action": "控制财产，全程录像。",
        "legal_basis": "《规则》第七条第（一）项",
        "urgency": "urgent",
    }
    desk.post("/api/directives", order)
    expect(phone.get_by_role("alertdialog")).to_be_visible()

    time.at("17:44:50")
    # Half of the time is gone, and nobody has answered the order either: three notices, of which two stand at once.
    leader.get_by_role("button", name="还有 1 条提醒").click()
    expect(row_of(leader, "notice", order["title"])).to_contain_text("指令送达后无人应答")
    expect(row_of(leader, "notice", "派出")).to_contain_text("时限将到 · 应于 17:59 前 · 第七条（一）")
    expect(row_of(leader, "notice", "登记报告")).to_contain_text("时限已过 · 应于 17:39 前")
    time.at("17:54:50")
    expect(row_of(leader, "notice", "派出")).to_have_count(1)
    time.at("17:59:50")
    expect(commander.get_by_test_id("notice").filter(has_text="派出")).to_have_count(0)
    time.at("18:01:00")
    phones.accept_alarm(phone)
    phones.tick(phone, "接令", "已送达")
    time.at("18:02:10")
    expect(row_of(commander, "notice", "派出")).to_contain_text("时限已过 · 应于 17:59 前")

    phone.goto(f"{installation.url}/#/")
    phone.get_by_test_id("record-line").tap()
    page = phone.get_by_test_id("record-page")
    expect(page).to_contain_text("期限 17:59")
    expect(page).to_contain_text("这里只是请您说明，不是处分")
    page.get_by_test_id("record-words").fill(WORDS)
    page.get_by_test_id("record-explain").tap()
    expect(page.locator("li.delivered")).to_be_visible()

    commander.goto(f"{installation.url}/duty#records")
    row_of(commander, "record-row", "陈玉").click()
    detail = commander.get_by_test_id("record-detail")
    expect(detail).to_contain_text(WORDS)
    detail.get_by_test_id("record-reason").fill(DECISION)
    detail.get_by_test_id("record-not-upheld").click()
    expect(detail.get_by_test_id("record-state")).to_contain_text("不")
    expect(page.get_by_test_id("record-decision")).to_contain_text(DECISION)

    (clock,) = [one for one in desk.get(f"/api/leads/{lead['id']}")["clocks"] if one["clock"] == "C4"]
    assert (clock["started_at"], clock["due_at"], clock["regime"]) == (
        "2026-10-10T09:29:50.000Z",
        "2026-10-10T09:59:50.000Z",
        "working",
    )
    assert (clock["state"], clock["breached_at"]) == ("breached", "2026-10-10T09:59:50.000Z")
    witness.testify()
