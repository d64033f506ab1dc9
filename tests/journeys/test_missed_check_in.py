"""An order with check-ins every ten minutes: asked, made, missed, and the command post looks for the officer (ADR 0039)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys import phones
from tests.journeys.desks import Desk
from tests.support.browsers import DESK, PHONE, Witness, until
from tests.support.installation import Installation
from tests.support.moved_time import MakeUpSaturday


@pytest.fixture
def time(tmp_path: Path) -> MakeUpSaturday:
    """Ten in the morning."""
    return MakeUpSaturday(tmp_path, "10:00:00")


def test_a_check_in_that_does_not_come_sounds_at_the_desk_until_somebody_answers(
    installation: Installation,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
    time: MakeUpSaturday,
) -> None:
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty", ahead=time.ahead)
    duty = desk.open("/duty")
    duty.mouse.click(5, 5)
    phone = open_browser(**PHONE).new_page()
    phones.enrol(phone, desk.enrolment_link("binchuan", "binchuan.teamleader1"))
    team = next(one for one in desk.get("/api/board")["teams"] if one["name"] == "快反一组")
    order = desk.post(
        "/api/directives",
        {
            "kind": "dispatch",
            "target": {"court_id": "binchuan", "team_id": team["id"]},
            "title": "送达拍卖裁定 · 拉乌乡",
            "facts": "被执行人情绪激动，曾持刀威胁送达人员。",
            "required_action": "送达，全程录像。",
            "legal_basis": "《规则》第五条（三）",
            "urgency": "urgent",
        },
    )
    phones.accept_alarm(phone)
    phone.get_by_test_id("check-in-set").get_by_role("button", name="10 分").tap()
    phones.tap(phone, "出发")
    strip = phone.get_by_test_id("check-in")
    expect(strip).to_have_attribute("data-stands", "counts")
    expect(strip).to_contain_text("应于 10:10")

    def it_is(text: str) -> None:
        """Let it be this time; a phone opened then asks the server for it."""
        time.at(text)
        phone.reload()

    it_is("10:09:20")
    expect(strip).to_have_attribute("data-stands", "soon")
    it_is("10:10:05")
    expect(strip).to_have_attribute("data-stands", "asks")
    strip.get_by_test_id("check-in-confirm").tap()
    expect(strip).to_have_attribute("data-stands", "counts")
    path = f"/api/directives/{order['id']}/check-ins"
    until(phone, lambda: desk.get(path)["members"][0]["last_at"] is not None, "the check-in has arrived")
    expect(duty.get_by_test_id("sos-bar")).to_have_count(0)

    it_is("10:22:00")
    bar = duty.get_by_test_id("sos-bar")
    expect(bar).to_contain_text("到时未报平安")
    until(
        duty, lambda: duty.evaluate("document.documentElement.dataset.siren") == "sounding", "the desk sounds"
    )
    expect(strip).to_contain_text("指挥中心已收到警报")
    bar.get_by_test_id("sos-answer").click()
    strip.get_by_test_id("check-in-confirm").tap()
    expect(bar.get_by_test_id("sos-says-safe")).to_be_visible()
    expect(strip).to_have_attribute("data-stands", "counts")
    bar.get_by_test_id("sos-more").click()
    bar.get_by_test_id("sos-words").fill("电话已核实，车辆陷在泥里")
    bar.get_by_test_id("sos-result-safe").click()
    bar.get_by_test_id("sos-close").click()
    expect(bar).to_have_count(0)
    (kept,) = desk.get("/api/emergencies?open=false")["items"]
    assert [line["act"] for line in kept["lines"]] == ["miss", "answer", "safe", "close"]
    witness.testify()
