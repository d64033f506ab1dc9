"""The main job in three browsers: a phoned-in lead, an order, a phone that carries it out, an accepted report.

Serves BSS-5(2), BSS-7(1) and BSS-8 (C4); Done-when 1 and 7 of the spine.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, Page, expect

from backend.people.http import qr_svg
from tests.journeys import phones
from tests.journeys.conftest import BOTH
from tests.journeys.desks import Desk, click_sign, point_on_map, row_of, sign_in
from tests.support.browsers import PHONE, WALL, Witness
from tests.support.installation import Installation
from tests.support.recorded_way import Reading, recorded_way
from tests.support.world import team_clocks

WAY = recorded_way((100.575, 25.830), 22)
HALFWAY = 13
"""So many positions that the phone sends them at once, and still far enough from the place to be told apart on the map."""
PLACE = WAY[-1]
RUNNING = re.compile(r"^\d{1,2}:\d{2}(:\d{2})?$")
CLAUSES = {"BSS-7(1)": "第七条（一）", "BSS-8": "第八条"}
"""By which clause an urgent lead's clock runs depends on the hour: the second one outside working time."""
REPORT = "17时到场，制止装车，六吨核桃贴封后交保管人，现场录像在卷。"
FACTS = "被执行人杨某正在自家仓库往货车上装已查封的核桃，约六吨，车牌未看清。"


@BOTH
def test_a_lead_becomes_an_order_a_departure_on_the_map_and_an_accepted_report(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    commander = open_browser(**WALL).new_page()
    sign_in(commander, installation, "binchuan.commander", "/command")
    duty = open_browser(**WALL).new_page()
    sign_in(duty, installation, "binchuan.duty", "/duty")
    phone = open_browser(**PHONE, geolocation=WAY[0].geolocation).new_page()

    phones.enrol(phone, bind_a_phone(duty, "binchuan.officer1"))
    expect(row_of(commander, "team", "快反一组")).to_contain_text("刚刚")
    expect(row_of(duty, "contact", "在线")).to_be_visible()

    click_sign(duty, WAY[0].geolocation, WAY[0].geolocation)
    register_by_keyboard(duty, PLACE)
    expect(duty.get_by_test_id("outbox-state")).to_have_text("最近一条已送达")
    told = Desk(open_browser(), installation, "binchuan.leader")
    (lead,) = told.get("/api/leads")["items"]
    clause = CLAUSES[team_clocks(lead)[0]["clause"]]
    expect(row_of(duty, "lead-detail", "杨某")).to_contain_text(clause)

    order_on_the_map(commander, lead["place"], clause)
    carry_out(phone, commander, lead["place"], clause)

    commander.get_by_role("button", name="认可反馈").click()
    expect(commander.get_by_test_id("state")).to_have_text("已认可")
    expect(phone.get_by_role("main")).to_contain_text("已认可")
    phone.get_by_role("button", name="返回").tap()
    phones.hand_over(phone)
    assert_recorded(told)
    witness.testify()


def bind_a_phone(duty: Page, account: str) -> str:
    """Let the duty desk make the code for an officer's phone; return the link in its picture."""
    duty.get_by_test_id("menu").click()
    duty.get_by_test_id("phones").click()
    drawer = duty.get_by_role("dialog").filter(has_text="绑定一部手机")
    drawer.get_by_test_id("person").click()
    duty.keyboard.type(account)
    duty.keyboard.press("Enter")
    drawer.get_by_test_id("offer").click()
    said = drawer.get_by_text("用本人手机扫码").inner_text()
    link = said[said.index("http") :]
    picture = drawer.get_by_role("img", name="绑定二维码").get_attribute("src") or ""
    drawn = urlopen(picture).read().decode().replace(' xmlns="http://www.w3.org/2000/svg"', "")
    assert drawn == qr_svg(link)
    duty.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    return link


def register_by_keyboard(duty: Page, place: Reading) -> None:
    """Take a call: every word by keyboard, the place with one click on the map, which shows the team's point."""
    keys = duty.keyboard
    keys.press("F2")
    expect(duty.get_by_test_id("call")).to_contain_text("起已计时")
    keys.type(FACTS)
    keys.press("Tab")
    keys.type("彩凤村核桃仓库")
    keys.press("Alt+KeyM")
    duty.mouse.click(*point_on_map(duty, WAY[0].geolocation, place.geolocation))
    expect(duty.get_by_test_id("call")).to_contain_text("已标：北纬 25.83")
    duty.get_by_label("案号").focus()
    keys.type("(2026)云2924执118号")
    keys.press("Tab")
    keys.type("杨某")
    keys.press("Alt+Digit5")
    expect(duty.get_by_test_id("call")).to_contain_text("草稿已存本机")
    keys.press("Control+Enter")


def order_on_the_map(commander: Page, place: dict[str, float], clause: str) -> None:
    """Find the lead in the list, press it and the team on the map, read the slip over, issue."""
    row_of(commander, "lead", "彩凤村核桃仓库").click()
    expect(commander.get_by_test_id("lead-detail")).to_contain_text(FACTS)
    commander.keyboard.press("Escape")
    expect(commander.get_by_test_id("lead-detail")).to_be_hidden()
    click_sign(commander, place, place)
    expect(commander.get_by_test_id("lead-detail")).to_contain_text("查封、扣押财产正被毁损、转移、隐匿")
    click_sign(commander, place, WAY[0].geolocation)
    slip = commander.get_by_test_id("composer")
    expect(slip.get_by_label("情况")).to_have_value(FACTS)
    expect(slip.get_by_label("案号")).to_have_value("（2026）云2924执118号")
    expect(slip.get_by_label("法律依据")).to_have_value(f"《执行指挥中心工作规则》{clause}")
    slip.get_by_test_id("issue").click()
    expect(commander.get_by_test_id("directive-detail")).to_contain_text("手机已收")


def carry_out(phone: Page, commander: Page, place: dict[str, float], clause: str) -> None:
    """Accept the ringing order, drive there, finish, report; the command page follows each step."""
    state = commander.get_by_test_id("directive-detail").get_by_test_id("state")
    alarm = phone.get_by_role("alertdialog")
    expect(alarm).to_contain_text(f"剩余出发时间 · {clause}")
    expect(alarm.get_by_role("timer")).to_have_text(RUNNING)
    phones.accept_alarm(phone)
    phones.tick(phone, "接令", "已送达")
    expect(state).to_have_text("已签收")
    phones.tap(phone, "出发")
    phones.tick(phone, "出发", "已送达")
    expect(state).to_have_text("已派出")
    expect(row_of(commander, "count-out", "组在外")).to_contain_text("1")

    phone.get_by_role("button", name="返回").tap()
    phones.drive(phone, WAY[1:HALFWAY])
    click_sign(commander, place, WAY[HALFWAY - 1].geolocation)
    team = commander.get_by_test_id("team-detail")
    expect(team).to_contain_text("在途")
    team.get_by_role("button", name="杨某").click()
    phones.drive(phone, WAY[HALFWAY:])

    phones.tap(phone, "到场")
    expect(state).to_have_text("已到场")
    phone.get_by_role("link", name="杨某").tap()
    phones.complete(phone)
    expect(state).to_have_text("已完毕")
    phones.report(phone, REPORT)
    phones.tick(phone, "写反馈", "已送达")
    expect(state).to_have_text("已反馈")
    expect(commander.get_by_test_id("directive-detail")).to_contain_text(REPORT)


def assert_recorded(told: Desk) -> None:
    """Every step once and in order, its clock met by the departure, the whole drive stored."""
    board = told.get("/api/board")
    (order,) = told.get("/api/directives?state=all")["items"]
    order = told.get(f"/api/directives/{order['id']}")
    steps = order["steps"]
    assert [step["act"] for step in steps] == [
        "issue",
        "receive",
        "accept",
        "depart",
        "arrive",
        "complete",
        "feedback",
        "accept_feedback",
    ]
    assert [step["occurred_at"] for step in steps] == sorted(step["occurred_at"] for step in steps)
    at = {step["act"]: step["occurred_at"] for step in steps}
    (lead,) = told.get("/api/leads?state=all")["items"]
    (clock,) = order["clocks"]
    assert (clock["clock"], clock["state"]) == ("C4", "met")
    assert (clock["started_at"], clock["stopped_at"]) == (lead["received_at"], at["depart"])
    assert (lead["content"], lead["place"]["text"], lead["state"]) == (FACTS, "彩凤村核桃仓库", "result")
    officer = told.person("binchuan", "binchuan.officer1")["id"]
    assert board["last_known"][0]["user"]["id"] == officer
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    track = told.get(f"/api/tracks?user_id={officer}&begin={lead['received_at']}&end={now}")["items"]
    way = [(reading.longitude, reading.latitude) for reading in WAY[1:]]
    assert list(dict.fromkeys((point["longitude"], point["latitude"]) for point in track)) == way
