"""An order to a team whose phones are silent: red on the map, rung about by the list, sent again, green the moment a page opens.

Serves the two meanings of delivered (design.md 1, principle 3) and domain 1.16: nobody is left to guess who knows.
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

TITLE = "查封核桃正被装车 · 金牛镇"
NUMBER = "100 0872 0001"


@pytest.fixture
def time(tmp_path: Path) -> MakeUpSaturday:
    """Ten in the morning."""
    return MakeUpSaturday(tmp_path, "10:00:00")


def name_of(desk: Desk, account: str) -> str:
    """Return what the person of an account is called."""
    name: str = desk.person("binchuan", account)["name"]
    return name


def order_out(desk: Desk) -> None:
    """Order team one out, urgently."""
    team = next(one for one in desk.get("/api/board")["teams"] if one["name"] == "快反一组")
    desk.post(
        "/api/directives",
        {
            "kind": "dispatch",
            "target": {"court_id": "binchuan", "team_id": team["id"]},
            "title": TITLE,
            "facts": "仓库内已查封核桃正在装车，约两吨。",
            "required_action": "控制财产，全程录像。",
            "legal_basis": "《规则》第七条第（一）项",
            "urgency": "urgent",
        },
    )


def test_who_has_no_order_is_red_is_rung_by_the_list_and_turns_green_when_the_page_opens(
    installation: Installation,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
    time: MakeUpSaturday,
) -> None:
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty", ahead=time.ahead)
    duty = desk.open("/duty")
    commander = Desk(open_browser(**WALL), installation, "binchuan.commander", ahead=time.ahead)
    wall = commander.open("/command")
    leader, first, second = (
        name_of(desk, f"binchuan.{who}") for who in ("teamleader1", "officer1", "officer2")
    )
    phone = open_browser(**PHONE).new_page()
    phones.enrol(phone, desk.enrolment_link("binchuan", "binchuan.officer1"))
    phone.goto("about:blank")
    nowhere = {"mobile": None, "message_account": None}
    desk.put(f"/api/people/{desk.person('binchuan', 'binchuan.teamleader1')['id']}/addresses", nowhere)

    order_out(commander)
    expect(row_of(wall, "undelivered", TITLE)).to_have_count(3)
    expect(wall.get_by_test_id("count-undelivered")).to_have_text("3未送达")
    red = row_of(wall, "undelivered", first)
    expect(red).to_contain_text("现在：手机在线送达 · 下一步：推送")
    time.at("10:00:20")
    expect(red).to_contain_text("现在：推送 · 下一步：短信")
    expect(red).to_contain_text("手机未开推送")
    expect(row_of(wall, "undelivered", leader)).to_contain_text("未绑定手机")
    expect(duty.get_by_test_id("to-ring")).to_have_count(0)
    time.at("10:01:00")
    expect(red).to_contain_text("现在：等人工拨打 · 下一步：电话")

    expect(duty.get_by_test_id("to-ring")).to_contain_text("3 人须打电话")
    duty.get_by_test_id("to-ring").click()
    card = duty.get_by_test_id("call-card")
    expect(card.get_by_role("heading")).to_contain_text(leader)
    duty.get_by_label(f"{leader}的手机号").fill(NUMBER)
    duty.keyboard.press("Enter")
    expect(card.get_by_test_id("number")).to_have_attribute("href", "tel:10008720001")
    duty.get_by_role("heading", name="呼叫清单").click()
    duty.keyboard.press("2")
    expect(card.get_by_role("heading")).to_contain_text(first)
    expect(row_of(duty, "waiting-call", leader)).to_contain_text("无人接")
    expect(duty.get_by_test_id("outcome-told")).to_be_enabled()
    duty.keyboard.press("1")
    expect(duty.get_by_test_id("told")).to_contain_text(f"{first}已口头告知")
    expect(card.get_by_role("heading")).to_contain_text(second)
    expect(row_of(duty, "waiting-call", first)).to_have_count(0)

    time.at("10:03:10")
    expect(row_of(wall, "undelivered", second)).to_contain_text("现在：报组长和值班台 · 下一步：报指挥长")
    expect(row_of(duty, "notice", TITLE)).to_contain_text("有人的手机没有收到指令")
    red.click()
    line = row_of(wall, "member", first)
    expect(line.locator("[data-reached=yes]")).to_have_count(0)
    line.get_by_test_id("more").click()
    expect(line.get_by_test_id("call-made")).to_contain_text("已告知")
    line.get_by_test_id("resend").click()
    expect(line.get_by_test_id("resend")).to_have_text("已再响一次")

    phone.goto(f"{installation.url}/#/")
    expect(line).to_have_attribute("data-received", "yes")
    expect(line.locator("[data-stage=device_received]")).to_have_attribute("data-reached", "yes")
    expect(row_of(wall, "undelivered", first)).to_have_count(0)
    expect(wall.get_by_test_id("count-undelivered")).to_have_text("2未送达")

    duty.get_by_test_id("section-desk").click()
    duty.get_by_test_id("section-calls").click()
    duty.get_by_role("heading", name="呼叫清单").click()
    duty.keyboard.press("1")
    expect(duty.get_by_test_id("told")).to_be_visible()
    duty.keyboard.press("a")
    expect(duty.get_by_label("与谁联系")).not_to_have_value("")
    duty.get_by_label("为何由值班台代记").fill("已电话告知，手机没有信号")
    duty.locator("form button[type=submit]").click()
    expect(duty.get_by_test_id("on-behalf")).to_be_visible()
    expect(wall.get_by_test_id("count-undelivered")).to_have_text("0未送达")
    expect(duty.get_by_test_id("to-ring")).to_have_count(0)

    duty.get_by_test_id("section-log").click()
    log = duty.get_by_test_id("log")
    expect(log).to_contain_text(f"电话拨打{leader}")
    expect(log).to_contain_text(f"向{first}再发一次")
    expect(log).to_contain_text(f"{first}的手机收到指令")
    witness.testify()
