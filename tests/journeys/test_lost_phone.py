"""A lost phone is revoked while it holds acts nobody has seen: none of them is taken, and whoever holds it reads why."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys import phones
from tests.journeys.desks import Desk
from tests.support.browsers import DESK, PHONE, Witness
from tests.support.chaos_proxy import ChaosProxy
from tests.support.installation import Installation
from tests.support.recorded_way import recorded_way

WAY = recorded_way((100.575, 25.830), 1)
REASON = "手机在平川镇丢失"
ORDER = {
    "kind": "dispatch",
    "title": "控制被查封的拖拉机",
    "facts": "村委会报称拖拉机正被拆卸。",
    "required_action": "立即赶赴现场。",
    "legal_basis": "《执行指挥中心工作规则》第五条（三）",
    "urgency": "urgent",
    "requirements": {"officers": 1, "woman": False},
}


def test_what_a_revoked_phone_still_held_is_refused_with_the_reason(
    installation: Installation,
    proxy: ChaosProxy,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty")
    duty = desk.open("/duty")
    phone = open_browser(**PHONE, geolocation=WAY[0].geolocation).new_page()
    phones.enrol(phone, desk.enrolment_link("binchuan", "binchuan.officer6"))
    team = next(team for team in desk.get("/api/teams")["items"] if team["name"] == "快反三组")
    order = desk.post("/api/directives", {**ORDER, "target": {"court_id": "binchuan", "team_id": team["id"]}})
    expect(phone.get_by_role("alertdialog")).to_be_visible()

    witness.network_will_be_cut()
    proxy.down()
    phones.accept_alarm(phone)
    phones.tick(phone, "接令", "已存手机")
    phones.tap(phone, "出发")
    phones.tick(phone, "出发", "已存手机")

    duty.get_by_test_id("menu").click()
    duty.get_by_test_id("phones").click()
    device = duty.get_by_test_id("device")
    device.get_by_role("button", name="注销").click()
    device.get_by_label("理由").fill(REASON)
    device.get_by_role("button", name="确定注销，立即失效").click()
    expect(device).to_contain_text("已注销")
    expect(device).to_contain_text(REASON)
    proxy.up()
    expect(phone.get_by_text("未被接受")).to_have_count(2)

    phone.get_by_role("button", name="返回").tap()
    expect(phone.get_by_role("alert").filter(has_text="本机已被停用")).to_contain_text(REASON)
    phone.get_by_role("navigation").get_by_role("link", name="需处理").tap()
    for act in ("接令", "出发"):
        refused = phone.get_by_role("article").filter(has_text=f"{act} ·")
        expect(refused).to_contain_text("服务器没有接受")
        expect(refused).to_contain_text(f"本机已被停用：{REASON}")
    kept = desk.get(f"/api/directives/{order['id']}")
    assert {step["act"] for step in kept["steps"]} <= {"issue", "receive"}
    assert [member["answer"] for member in kept["members"]] == ["pending", "pending"]
    witness.testify("POST /api/sign-in/device/challenge 403")
