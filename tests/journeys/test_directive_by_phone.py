"""A directive that is telephoned and later issued in the system too: one directive, one clock (A13; BSS-5, BSS-6, BSS-8)."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.desks import Desk, row_of
from tests.support.browsers import DESK, WALL, Witness
from tests.support.installation import Installation

TITLE = "立即派员到州城镇石材厂控制被查封的挖掘机"
FACTS = "申请执行人报称挖掘机今晨被开走。"


def test_a_directive_told_by_telephone_counts_from_the_call_and_its_copy_starts_no_second_clock(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    dali = Desk(open_browser(**WALL), installation, "dali.commander")
    above = dali.open("/command")
    binchuan = Desk(open_browser(**DESK), installation, "binchuan.duty")
    duty = binchuan.open("/duty")
    expect(duty.get_by_test_id("pick-up")).to_be_visible()

    duty.keyboard.press("F2")
    duty.keyboard.press("Alt+3")
    expect(duty.get_by_label("上级法院")).to_have_value("dali")
    duty.keyboard.type("执行局李某某")
    duty.get_by_label("回拨电话").fill("0872-2125000")
    duty.get_by_label("指令要求").fill(f"{TITLE}。全程录像。")
    duty.get_by_label("情况").fill(FACTS)
    duty.keyboard.press("Alt+5")
    expect(duty.get_by_test_id("read-back")).to_have_attribute("aria-checked", "true")
    duty.keyboard.press("Control+Enter")
    detail = duty.get_by_test_id("directive-detail")
    expect(detail.get_by_test_id("state")).to_have_text("已签收")
    expect(detail.get_by_test_id("outside")).to_contain_text("执行局李某某")
    expect(detail.get_by_test_id("call-back")).to_have_attribute("href", "tel:08722125000")

    row_of(above, "clock", TITLE).click()
    expect(above.get_by_test_id("directive-detail").get_by_test_id("outside")).to_contain_text("已复述核对")
    (told,) = dali.get("/api/directives")["items"]
    came_in = told["outside"]["received_at"]
    assert came_in < told["outside"]["registered_at"]
    clocks = {clock["clock"]: clock for clock in told["clocks"]}
    assert {name: (clock["state"], clock["started_at"]) for name, clock in clocks.items()} == {
        "C1": ("met", came_in),
        "C6": ("running", came_in),
    }

    slip = {
        "kind": "superior",
        "target": {"court_id": "binchuan"},
        "title": TITLE,
        "facts": FACTS,
        "required_action": "控制挖掘机，全程录像。",
        "legal_basis": "《执行指挥中心运行机制》第十项",
    }
    copy = dali.post("/api/directives", slip)
    expect(row_of(duty, "to-acknowledge", TITLE)).to_be_visible()
    detail.get_by_test_id("same-directive").get_by_test_id("join-copy").click()
    detail.get_by_test_id("join-sure").click()
    expect(detail.get_by_test_id("joined-copy")).to_be_visible()
    expect(detail.get_by_test_id("outside")).to_contain_text(copy["number"])
    expect(detail.get_by_test_id("same-directive")).to_have_count(0)
    expect(row_of(duty, "to-acknowledge", TITLE)).to_have_count(0)
    expect(row_of(above, "clock", TITLE)).to_have_count(1)

    board = binchuan.get("/api/board")
    running = [
        (clock["clock"], clock["subject_id"]) for clock in board["clocks"] if clock["state"] == "running"
    ]
    assert running == [("C6", told["id"])]
    joined = dali.get(f"/api/directives/{copy['id']}")
    assert joined["state"] == "superseded"
    assert {clock["state"] for clock in joined["clocks"]} == {"cancelled"}
    witness.testify()
