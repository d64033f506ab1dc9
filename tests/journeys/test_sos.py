"""An officer calls for help where no network is: saved, a text message ready, and the desk sounds when it comes back.

Serves domain 1.16 and ADR 0039: a finger on wet glass is a finger; nothing on the phone claims more than is known; every
desk is silent as soon as one has answered.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import phones
from tests.journeys.conftest import BOTH
from tests.journeys.desks import Desk
from tests.support.browsers import DESK, PHONE, WALL, Witness, until
from tests.support.chaos_proxy import ChaosProxy
from tests.support.finger import Finger
from tests.support.installation import Installation
from tests.support.recorded_way import recorded_way

WAY = recorded_way((100.575, 25.830), 2)
SIREN = "document.documentElement.dataset.siren"


@pytest.fixture
def phone(installation: Installation, open_browser: Callable[..., BrowserContext]) -> tuple[Page, Desk]:
    """Officer1's phone with a position, and Binchuan's duty officer."""
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty")
    page = open_browser(**PHONE, geolocation=WAY[0].geolocation).new_page()
    phones.enrol(page, desk.enrolment_link("binchuan", "binchuan.officer1"))
    expect(page.get_by_role("banner")).to_contain_text("定位")
    return page, desk


def call(desk: Desk) -> dict[str, Any]:
    """The one call for help there is, as the desk's interface tells it."""
    (found,) = desk.get("/api/emergencies?open=false")["items"]
    return dict(found)


@BOTH
def test_pressed_without_network_heard_when_it_is_back_answered_and_closed(
    phone: tuple[Page, Desk],
    proxy: ChaosProxy,
    installation: Installation,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    page, desk = phone
    duty = desk.open("/duty")
    commander = Desk(open_browser(**WALL), installation, "binchuan.commander").open("/command")
    for each in (duty, commander):
        each.mouse.click(5, 5)
    witness.network_will_be_cut()
    proxy.down()

    finger = Finger(page)
    finger.touch("touchStart", (0, 0, 0))
    expect(page.get_by_test_id("sos-word")).to_contain_text("继续按住")
    finger.touch("touchEnd")
    expect(page.get_by_test_id("sos-word")).to_contain_text("没有发出")
    expect(page.get_by_test_id("sos-screen")).to_have_count(0)

    finger.hold()
    screen = page.get_by_test_id("sos-screen")
    expect(screen).to_have_attribute("data-stands", "waiting")
    expect(screen).to_contain_text("已存手机")
    expect(page.get_by_test_id("sos-received")).to_contain_text("还没有送到指挥中心")
    text = unquote(str(page.get_by_test_id("sos-sms").get_attribute("href")))
    assert text.startswith("sms:08720002924?body=【令达求助】")
    assert f"{WAY[0].latitude:.5f}, {WAY[0].longitude:.5f}" in text
    expect(page.get_by_test_id("sos-110")).to_have_attribute("href", "tel:110")
    expect(duty.get_by_test_id("sos-bar")).to_have_count(0)

    page.reload()
    expect(screen).to_contain_text("还没有送到指挥中心")
    proxy.up()
    expect(page.get_by_test_id("sos-received")).to_contain_text("指挥中心已收到")
    for each in (duty, commander):
        bar = each.get_by_test_id("sos-bar")
        expect(bar).to_have_attribute("data-state", "open")
        expect(bar.get_by_test_id("sos-where")).to_contain_text(f"{WAY[0].latitude:.5f}")
        until(each, lambda each=each: each.evaluate(SIREN) == "sounding", "the desk sounds")
    expect(page.get_by_test_id("sos-answered")).to_contain_text("还没有人应答")

    page.context.set_geolocation(WAY[1].geolocation)
    expect(commander.get_by_test_id("sos-where")).to_contain_text(f"{WAY[1].latitude:.5f}")
    duty.keyboard.press("F9")
    name = desk.person("binchuan", "binchuan.duty")["name"]
    expect(page.get_by_test_id("sos-title")).to_have_text(f"{name} 已应答")
    for each in (duty, commander):
        expect(each.get_by_test_id("sos-standing")).to_contain_text(name)
        until(each, lambda each=each: each.evaluate(SIREN) == "silent", "the desk is silent")

    page.get_by_test_id("sos-safe").tap()
    expect(duty.get_by_test_id("sos-says-safe")).to_be_visible()
    expect(duty.get_by_test_id("sos-bar")).to_have_attribute("data-state", "answered")
    duty.get_by_test_id("sos-more").click()
    duty.get_by_test_id("sos-words").fill("电话里本人报平安，快反二组已到场")
    duty.get_by_test_id("sos-result-safe").click()
    duty.get_by_test_id("sos-close").click()
    for each in (duty, commander):
        expect(each.get_by_test_id("sos-bar")).to_have_count(0)
    expect(page.get_by_test_id("sos-title")).to_contain_text("已结束")
    page.get_by_test_id("sos-read").tap()
    expect(screen).to_have_count(0)

    kept = call(desk)
    assert [line["act"] for line in kept["lines"]] == ["raise", "answer", "safe", "close"]
    assert (kept["result"], kept["drill"], kept["alarmed"]) == ("safe", False, ["binchuan"])
    witness.testify()


def test_five_taps_at_the_top_are_the_second_way_and_a_drill_says_so_everywhere(
    phone: tuple[Page, Desk], witness: Witness
) -> None:
    page, desk = phone
    duty = desk.open("/duty")
    duty.mouse.click(5, 5)
    page.get_by_role("link", name="我", exact=True).tap()
    page.get_by_test_id("sos-drill").tap()
    for _ in range(5):
        page.touchscreen.tap(60, 20)
    expect(page.get_by_test_id("sos-screen")).to_contain_text("这是演练")
    expect(duty.get_by_test_id("sos-bar")).to_have_attribute("data-drill", "true")
    expect(duty.get_by_test_id("sos-drill-mark")).to_have_text("演练")
    page.get_by_test_id("sos-fold").tap()
    expect(page.get_by_test_id("sos-line")).to_contain_text("演练")
    page.get_by_role("link", name="我的指令").tap()
    expect(page.get_by_role("heading", name="我的指令")).to_be_visible()
    duty.get_by_test_id("sos-answer").click()
    expect(page.get_by_test_id("sos-line")).to_contain_text("已应答")
    duty.get_by_test_id("sos-more").click()
    duty.get_by_test_id("sos-words").fill("演练正常")
    duty.get_by_test_id("sos-close").click()
    expect(duty.get_by_test_id("sos-bar")).to_have_count(0)
    assert call(desk)["result"] == "drill"
    witness.testify()


def test_a_revoked_phone_is_refused_says_so_and_the_desk_is_told_who_and_where(
    phone: tuple[Page, Desk],
    open_browser: Callable[..., BrowserContext],
    installation: Installation,
    witness: Witness,
) -> None:
    page, desk = phone
    leader = Desk(open_browser(**DESK), installation, "binchuan.leader").open("/duty")
    person = desk.person("binchuan", "binchuan.officer1")
    (device,) = [one for one in desk.get("/api/devices")["items"] if one["user"]["id"] == person["id"]]
    desk.post(f"/api/devices/{device['id']}/revoke", {"reason": "手机丢失"})
    expect(page.get_by_role("alert").filter(has_text="本机已被停用")).to_be_visible()
    Finger(page).hold()
    screen = page.get_by_test_id("sos-screen")
    expect(screen).to_have_attribute("data-stands", "bad")
    expect(screen).to_contain_text("求助没有发出")
    expect(screen).to_contain_text("手机丢失")
    expect(page.get_by_test_id("sos-110")).to_be_visible()
    notice = leader.get_by_test_id("notice").filter(has_text="已停用的手机发出求助")
    expect(notice).to_contain_text(str(person["name"]))
    expect(notice).to_contain_text(f"{WAY[0].latitude:.5f}, {WAY[0].longitude:.5f}")
    expect(leader.get_by_test_id("sos-bar")).to_have_count(0)
    witness.testify("POST /api/sign-in/device/challenge 403", "POST /api/refused-calls 403")
