"""The duty desk: a quiet court, the night's list, a call in hand, phones, and what is kept while the network is away."""

from playwright.sync_api import Page, expect

from scripts.screens.camera import Camera
from scripts.screens.stage import Stage
from scripts.screens.world import CONTESTED, NEW_COURT
from tests.support.browsers import until

TOLD_BY, WHY = "杨组长", "小组进山，手机没有信号"
FACTS = "被执行人杨某正在自家仓库往货车上装已查封的核桃，约六吨，车牌未看清。"


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of a duty officer on a quiet and on a busy night."""
    with stage.open_browser(camera.look, "desk", f"{NEW_COURT}.duty") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty")
        expect(page.locator("[data-test=contact]")).to_be_visible()
        expect(page.locator("aside .empty")).to_be_visible()
        camera.take(page, "duty-empty", device="desk", has_map=True)
        page.locator("[data-test=menu]").click()
        page.locator("[data-test=phones]").click()
        expect(page.locator(".n-drawer [data-test=person]")).to_be_visible()
        camera.take(page, "duty-phones-none", device="desk")
    with stage.open_browser(camera.look, "desk", "binchuan.duty") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty")
        _night(stage, camera, page)
        _on_behalf(stage, camera, page)
        _call(camera, page)
        _phones(camera, page)
        until(page, lambda: _is_kept(page), "this computer keeps the desk")
        with stage.cut():
            _without_network(camera, page)
            context.close()


def _night(stage: Stage, camera: Camera, page: Page) -> None:
    expect(page.locator("[data-test=tonight-lead]").first).to_be_visible()
    camera.take(page, "duty-list", device="desk", has_map=True)
    for name, lead in (("untriaged", stage.night.untriaged), ("urgent", stage.night.to_order)):
        page.locator("[data-test=tonight-lead]").filter(has_text=lead["content"]).click()
        expect(page.locator("[data-test=lead-detail]")).to_contain_text(lead["content"])
        camera.take(page, f"duty-lead-{name}", device="desk", has_map=True)
    page.locator("[data-test=to-acknowledge]").click()
    expect(page.locator("[data-test=directive-detail]")).to_be_visible()
    camera.take(page, "duty-superior-directive", device="desk", has_map=True)


def _on_behalf(stage: Stage, camera: Camera, page: Page) -> None:
    """A team out of reach is told by radio; the desk writes its steps down."""
    rows = page.locator("[data-test=tonight-lead]").filter(has_text=CONTESTED[2])
    before = rows.count()
    order = stage.night.out_of_reach()
    expect(rows).to_have_count(before + 1)
    rows.first.click()
    page.locator("[data-test=lead-detail] .choice:not([role=radio])").first.click()
    expect(page.locator("[data-act=acknowledge_for]")).to_be_visible()
    page.locator("[data-act=acknowledge_for]").click()
    expect(page.locator("input[name=told_by]")).to_be_focused()
    camera.take(page, "duty-on-behalf", device="desk", has_map=True)
    for act in ("acknowledge_for", "depart"):
        page.locator(f"[data-act={act}]").click()
        page.locator("input[name=told_by]").fill(TOLD_BY)
        page.locator("select[name=channel]").select_option("radio")
        page.locator("textarea[name=reason]").fill(WHY)
        page.locator("[data-test=directive-detail] button[type=submit]").click()
        expect(page.locator("input[name=told_by]")).to_be_hidden()
    expect(page.locator("[data-test=step-fact]")).to_have_count(2)
    page.locator("[data-test=step-fact]").last.scroll_into_view_if_needed()
    camera.take(page, "duty-on-behalf-steps", device="desk", has_map=True)
    stage.night.evening.desk_act(order, "cancel", reason="段某已主动到院交款")


def _is_kept(page: Page) -> bool:
    return bool(page.evaluate("async () => (await caches.match('/duty')) !== undefined"))


def _call(camera: Camera, page: Page) -> None:
    page.keyboard.press("F2")
    expect(page.locator("textarea[name=content]")).to_be_focused()
    camera.take(page, "duty-call", device="desk")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()
    camera.take(page, "duty-call-refused", device="desk")
    _tell_facts(page)
    page.locator("input[name=reporter_name]").fill("金牛派出所 张警官")
    page.locator("input[name=reporter_phone]").fill("0872-7141120")
    expect(page.locator("[data-test=call] .right-mark")).to_be_visible()
    page.locator("textarea[name=content]").focus()
    camera.take(page, "duty-call-urgent", device="desk", has_map=True)
    page.keyboard.press("Alt+Digit1")
    expect(page.locator("textarea[name=summary]")).to_be_focused()
    camera.take(page, "duty-call-inquiry", device="desk")
    page.locator("[data-test=drop]").click()
    page.locator("[data-test=drop-sure]").click()
    expect(page.locator("[data-test=call]")).to_be_hidden()


def _tell_facts(page: Page) -> None:
    """Write down what a caller says, with the place, the case and the ground of urgency."""
    page.locator("textarea[name=content]").fill(FACTS)
    page.locator("input[name=place]").fill("金牛镇 仁和村核桃仓库")
    page.keyboard.press("Alt+KeyM")
    box = page.get_by_role("application").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".field .right").first).to_be_visible()
    page.locator("input[name=case_number]").fill("(2026)云2924执118号")
    page.locator("input[name=debtor_name]").fill("杨某")
    page.locator("input[name=place]").focus()
    page.keyboard.press("Alt+Digit5")
    expect(page.locator("[data-test=ground-sealed_property_endangered]")).to_have_attribute(
        "aria-checked", "true"
    )


def _phones(camera: Camera, page: Page) -> None:
    page.locator("[data-test=menu]").click()
    expect(page.locator("[data-test=sign-out]")).to_be_visible()
    camera.take(page, "duty-menu", device="desk")
    page.locator("[data-test=phones]").click()
    expect(page.locator("[data-test=device]").first).to_be_visible()
    page.locator(".n-drawer [data-test=person]").click()
    page.keyboard.type("binchuan.officer4")
    page.keyboard.press("Enter")
    page.locator("[data-test=offer]").click()
    expect(page.locator("[data-test=enrolment] img")).to_be_visible()
    camera.take(page, "duty-phones", device="desk")
    page.keyboard.press("Escape")
    expect(page.locator("[data-test=offer]")).to_be_hidden()


def _without_network(camera: Camera, page: Page) -> None:
    """A call is taken while the network is away: it is kept on this machine, and the desk says so."""
    expect(
        page.locator("[data-test=contact].offline, .offline [data-test=contact], [data-test=contact]")
    ).to_be_visible()
    page.keyboard.press("F2")
    expect(page.locator("textarea[name=content]")).to_be_focused()
    _tell_facts(page)
    camera.take(page, "duty-call-offline", device="desk", has_map=True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-test=pending]")).to_be_visible()
    camera.take(page, "duty-offline", device="desk", has_map=True)
    page.reload()
    expect(page.locator("[data-test=offline-notice]")).to_be_visible()
    expect(page.locator("[data-test=pending]")).to_be_visible()
    page.locator("[data-test=tonight-lead]").filter(has_text="挖掘机").first.click()
    expect(page.locator("[data-test=lead-detail]")).to_be_visible()
    camera.take(page, "duty-offline-cold", device="desk", has_map=True)
