"""A phone too old for the app, or with scripts off, carries an order out by forms alone (ADR 0009)."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import PASSWORD
from tests.journeys.desks import Desk
from tests.support.browsers import PHONE, Witness
from tests.support.installation import Installation

ORDER = {
    "kind": "dispatch",
    "title": "控制被查封的收割机",
    "facts": "收割机正被开往县外。",
    "required_action": "立即赶赴现场。",
    "legal_basis": "《执行指挥中心工作规则》第五条（三）",
    "urgency": "urgent",
    "requirements": {"officers": 1, "woman": False},
}


def test_an_officer_without_scripts_accepts_completes_and_reports_an_order(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    desk = Desk(open_browser(), installation, "xiangyun.duty")
    teams = desk.get("/api/teams")["items"]
    order = desk.post(
        "/api/directives", {**ORDER, "target": {"court_id": "xiangyun", "team_id": teams[0]["id"]}}
    )
    elsewhere = Desk(open_browser(), installation, "dalishi.duty")
    others = elsewhere.get("/api/teams")["items"]
    target = {"court_id": "dalishi", "team_id": others[0]["id"]}
    elsewhere.post("/api/directives", {**ORDER, "title": "别院的指令", "target": target})

    page = open_browser(**PHONE, java_script_enabled=False).new_page()
    page.goto(installation.url)
    page.get_by_role("link", name="打开简易页面").click()
    sign_in(page, "a password of somebody else")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不正确")
    sign_in(page, PASSWORD)
    expect(page.get_by_role("heading", level=2)).to_have_text(ORDER["title"])

    for act in ("接令", "出发", "到场"):
        page.get_by_role("button", name=act).click()
    page.get_by_label("结果").select_option("completed")
    page.get_by_role("button", name="执行完毕").click()
    page.get_by_label("反馈报告").fill("收割机在祥城镇拦下，已贴封。")
    page.get_by_role("button", name="提交反馈").click()
    expect(page.get_by_role("button", name="提交反馈")).to_have_count(0)

    done = desk.get(f"/api/directives/{order['id']}")
    acts = [step["act"] for step in done["steps"]]
    assert acts == ["issue", "accept", "depart", "arrive", "complete", "feedback"]
    assert (done["state"], done["feedback"]["text"]) == ("feedback_submitted", "收割机在祥城镇拦下，已贴封。")
    witness.testify("POST /plain/sign-in 401")


def sign_in(page: Page, password: str) -> None:
    """Give account and password by the form."""
    if page.get_by_label("账号").count() == 0:
        page.get_by_role("link", name="返回").click()
    page.get_by_label("账号").fill("xiangyun.officer1")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
