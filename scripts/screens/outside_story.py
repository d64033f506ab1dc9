"""A directive of the court above by telephone: taken down, joined with the system's copy, reported by fax (A13)."""

from typing import Any

from playwright.sync_api import Page, expect

from backend.core.clock import to_wire
from scripts.screens.camera import Camera
from scripts.screens.evening import MINUTE, NOW
from scripts.screens.people import said
from scripts.screens.stage import Stage
from tests.support.world import Client

CALLER, NUMBER, PROOF = "执行局值班 李某某", "0872-2125000", "传真回执 0417，收件人李某某"
ACTION = "立即派员到鹤庆县看守所提解被执行人高某。到达后办理交接手续。"
FACTS = "高某今日因交通肇事被鹤庆警方控制，所涉案件由宾川县人民法院执行。"
TITLE = "立即派员到鹤庆县看守所提解被执行人高某"
REPORT = "挖掘机已贴封，交石材厂保管。"
DONE, ISSUER_NUMBER = "控制州城镇石材厂的挖掘机", "大中法执传〔2026〕31号"
BASIS = "《执行指挥中心工作规则》第十条"
TOLD_BY, WHY = "杨组长", "小组没有手机"


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of a duty officer who is told a directive by telephone."""
    dali = stage.night.evening.people.desk("dali.commander")
    with stage.open_browser(camera.look, "desk", "binchuan.duty") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty")
        expect(page.locator("[data-test=tonight-lead]").first).to_be_visible()
        _taken_down(camera, page)
        told = _told(dali)
        copy = said(dali.post("/api/directives", _slip()))
        expect(page.locator("[data-test=same-directive]")).to_be_visible()
        camera.take(page, "outside-same", device="desk", has_map=True)
        page.locator("[data-test=to-acknowledge]").filter(has_text=TITLE).click()
        page.locator("[data-test=join-copy]").click()
        camera.take(page, "outside-copy", device="desk", has_map=True)
        page.locator("[data-test=join-sure]").click()
        expect(page.locator("[data-test=joined-copy]")).to_be_visible()
        camera.take(page, "outside-joined", device="desk", has_map=True)
        _reported(stage, camera, page)
    for directive in (told, copy):
        _end(dali, directive)


def _taken_down(camera: Camera, page: Page) -> None:
    page.keyboard.press("F2")
    page.keyboard.press("Alt+Digit3")
    expect(page.locator("input[name=caller_name]")).to_be_focused()
    camera.take(page, "outside-call", device="desk", has_map=True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()
    page.locator("[data-test=by-fax]").click()
    camera.take(page, "outside-call-refused", device="desk", has_map=True)
    page.locator("[data-test=by-phone]").click()
    page.locator("input[name=caller_name]").fill(CALLER)
    page.locator("input[name=call_back_number]").fill(NUMBER)
    page.locator("textarea[name=required_action]").fill(ACTION)
    page.locator("textarea[name=facts]").fill(FACTS)
    page.keyboard.press("Alt+Digit5")
    page.keyboard.press("Alt+Digit6")
    expect(page.locator("[data-test=call] .right-mark")).to_be_visible()
    camera.take(page, "outside-call-told", device="desk", has_map=True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-test=outside]")).to_be_visible()
    camera.take(page, "outside-taken-down", device="desk", has_map=True)


def _reported(stage: Stage, camera: Camera, page: Page) -> None:
    """One that came by fax is done; the report leaves by fax too, with its proof."""
    duty = stage.night.evening.duty
    form = {
        key: value for key, value in _slip().items() if key in ("facts", "required_action", "legal_basis")
    }
    call = {"channel": "fax", "caller_name": CALLER, "read_back": False, "issuer_number": ISSUER_NUMBER}
    now = {"issuing_court_id": "dali", "received_at": to_wire(NOW() - 20 * MINUTE), "title": DONE}
    order = said(duty.post("/api/outside-directives", {**form, **call, **now}))
    for act, more in (("depart", {}), ("complete", {"result": "completed"})):
        body = {"revision": order["revision"], "reason": WHY, "channel": "phone", "told_by": TOLD_BY, **more}
        order = said(duty.post(f"/api/directives/{order['id']}/{act}", body))
    page.locator("[data-test=clock], .clock").filter(has_text=DONE).first.click()
    page.locator("[data-act=feedback]").click()
    page.locator("[data-test=directive-detail] form select").first.select_option("completed")
    page.locator("[data-test=directive-detail] form textarea").fill(REPORT)
    page.locator("select[name=sent_channel]").select_option("fax")
    page.locator("input[name=sent_proof]").fill(PROOF)
    camera.take(page, "outside-feedback", device="desk", has_map=True)
    page.locator("[data-test=directive-detail] form button[type=submit]").click()
    expect(page.locator("[data-test=step-fact]").filter(has_text=PROOF)).to_be_visible()
    page.locator("[data-test=step-fact]").last.scroll_into_view_if_needed()
    camera.take(page, "outside-reported", device="desk", has_map=True)
    dali = stage.night.evening.people.desk("dali.commander")
    order = said(dali.get(f"/api/directives/{order['id']}"))
    said(dali.post(f"/api/directives/{order['id']}/accept_feedback", {"revision": order["revision"]}))


def _told(dali: Client) -> dict[str, Any]:
    """Return the directive that was taken down, as the court above sees it."""
    items = said(dali.get("/api/directives"))["items"]
    return next(row for row in items if row["outside"] and row["title"] == TITLE)


def _slip() -> dict[str, Any]:
    return {
        "kind": "superior",
        "target": {"court_id": "binchuan"},
        "title": TITLE,
        "facts": FACTS,
        "required_action": ACTION,
        "legal_basis": BASIS,
        "urgency": "urgent",
        "fetches_debtor": True,
    }


def _end(dali: Client, directive: dict[str, Any]) -> None:
    """Withdraw what this story left open, so that the next look starts as this one did."""
    now = said(dali.get(f"/api/directives/{directive['id']}"))
    if now["state"] not in ("superseded", "withdrawn"):
        body = {"revision": now["revision"], "reason": "高某已由鹤庆法院移送"}
        said(dali.post(f"/api/directives/{now['id']}/withdraw", body))
