"""The officer's phone: an urgent order rings, others are under way, the network goes, an act is not accepted."""

import json

from playwright.sync_api import Page, Route, expect

from backend.core.clock import to_wire
from scripts.screens.camera import Camera
from scripts.screens.evening import NOW
from scripts.screens.people import said
from scripts.screens.stage import Stage
from scripts.screens.world import NEW_COURT, REPORT

NOTE = "仓库后门也有车辆出入"
STUCK_AFTER = 5
ONLINE, OFFLINE = "header .net.online", "header .net.offline"


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of an officer without orders, and of one with many."""
    with stage.open_browser(camera.look, "phone") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(stage.people.enrolment_link(f"{NEW_COURT}.officer", f"{NEW_COURT}.duty"))
        expect(page.locator(ONLINE)).to_be_visible()
        camera.take(page, "phone-list-empty", device="phone")
        page.goto(f"{stage.url}/#/attention")
        expect(page.locator(".empty")).to_be_visible()
        camera.take(page, "phone-attention-empty", device="phone")
        with stage.cut():
            expect(page.locator(OFFLINE)).to_be_visible()
            page.goto(f"{stage.url}/#/")
            camera.take(page, "phone-list-empty-offline", device="phone")
            context.close()
    with stage.open_browser(camera.look, "phone") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(stage.people.enrolment_link("binchuan.officer1", "binchuan.duty"))
        _with_network(stage, camera, page)
        _refused(stage, camera, page)
        _stuck(stage, camera, page)
        with stage.cut():
            _without_network(stage, camera, page)
            context.close()


def _with_network(stage: Stage, camera: Camera, page: Page) -> None:
    night = stage.night
    expect(page.locator(".alarm")).to_be_visible()
    camera.take(page, "phone-alarm", device="phone")
    page.locator(".alarm .two button").first.tap()
    expect(page.locator(".sheet")).to_be_visible()
    camera.take(page, "phone-decline", device="phone")
    page.locator(".sheet").locator("button.plain").tap()
    expect(page.locator(".alarm")).to_be_visible()
    page.locator(".alarm .two button").last.tap()
    expect(page.locator("footer.acts")).to_be_visible()
    camera.take(page, "phone-order-unanswered", device="phone")
    page.goto(f"{stage.url}/#/")
    expect(page.locator("[data-test=called-off]").first).to_be_visible()
    camera.take(page, "phone-called-off", device="phone")
    while page.locator("[data-test=called-off]").count():
        page.locator("[data-test=called-off] button").first.tap()
        page.wait_for_timeout(50)
    expect(page.locator(".order.hot")).to_be_visible()
    camera.take(page, "phone-list", device="phone")
    page.goto(f"{stage.url}/#/order/{night.under_way['id']}")
    expect(page.locator("footer .main")).to_be_visible()
    camera.take(page, "phone-order-under-way", device="phone")
    page.locator(".map-button").tap()
    expect(page.locator(".maplibregl-canvas")).to_be_visible()
    page.locator(".frame").scroll_into_view_if_needed()
    camera.take(page, "phone-order-map", device="phone", has_map=True)
    page.locator("footer .others button").first.tap()
    expect(page.locator(".sheet")).to_be_visible()
    camera.take(page, "phone-navigation", device="phone")
    page.goto(f"{stage.url}/#/")
    page.goto(f"{stage.url}/#/order/{night.returned['id']}")
    expect(page.locator(".notice.doubt")).to_be_visible()
    camera.take(page, "phone-order-returned", device="phone")
    page.locator("main").evaluate("main => main.scrollIntoView(false)")
    camera.take(page, "phone-order-returned-end", device="phone")
    page.goto(f"{stage.url}/#/me")
    expect(page.locator("[data-test=self-check] li").first).to_be_visible()
    camera.take(page, "phone-self-check", device="phone")
    page.locator("main").evaluate("main => main.scrollIntoView(false)")
    camera.take(page, "phone-self-check-end", device="phone")


def _refused(stage: Stage, camera: Camera, page: Page) -> None:
    """A report written without network, while a teammate hands in theirs: the second one is not accepted."""
    night = stage.night
    page.goto(f"{stage.url}/#/order/{night.returned['id']}")
    page.locator("footer .main").tap()
    expect(page.locator("textarea")).to_be_visible()
    camera.take(page, "phone-feedback", device="phone")
    page.locator("textarea").fill("")
    page.locator("footer button").tap()
    expect(page.get_by_role("alert")).to_be_visible()
    camera.take(page, "phone-feedback-refused", device="phone")
    page.locator("textarea").fill(REPORT["text"])
    with stage.cut():
        expect(page.locator(OFFLINE)).to_be_visible()
        page.locator("footer button").tap()
        expect(page.locator("li.saved")).to_be_visible()
        camera.take(page, "phone-order-saved", device="phone")
        night.teammate.do("directive.feedback", night.returned["id"], REPORT)
        stage.mend()
        page.goto(f"{stage.url}/#/attention")
        expect(page.locator("article")).to_be_visible()
        expect(page.locator(ONLINE)).to_be_visible()
    camera.take(page, "phone-attention", device="phone")
    night.evening.desk_act(night.returned, "return_feedback", reason="请补充保管人姓名和封条编号")


def _stuck(stage: Stage, camera: Camera, page: Page) -> None:
    """The server has a defect with one act: after the fifth try the officer is told, and it is tried on."""
    epoch = said(stage.night.teammate.get("/api/phone"))["epoch"]

    def fail(route: Route) -> None:
        commands = [
            json.loads(one["payload"]) for one in json.loads(route.request.post_data or "")["commands"]
        ]
        defect = {"status": 500, "code": "500.1", "zh": "服务器出错", "en": "The server failed"}
        results = [
            {
                "command_id": one["command_id"],
                "subject_id": one["subject_id"],
                "result": "retry",
                "problem": defect,
            }
            for one in commands
        ]
        route.fulfill(json={"epoch": epoch, "server_time": to_wire(NOW()), "results": results})

    page.route("**/api/commands", fail)
    page.goto(f"{stage.url}/#/order/{stage.night.under_way['id']}")
    page.locator("footer .others button").last.tap()
    with page.expect_response("**/api/commands"):
        page.locator(".sheet textarea").fill(NOTE)
        page.locator(".sheet .van-button").tap()
    page.goto(f"{stage.url}/#/me")
    for _ in range(1, STUCK_AFTER):
        with page.expect_response("**/api/commands"):
            page.locator("main .van-button").first.tap()
    page.goto(f"{stage.url}/#/attention")
    expect(page.locator("article")).to_have_count(2)
    camera.take(page, "phone-attention-stuck", device="phone")
    page.unroute("**/api/commands")
    page.locator("article .van-button--primary").tap()
    expect(page.locator("article")).to_have_count(1)


def _without_network(stage: Stage, camera: Camera, page: Page) -> None:
    """The network is gone for good: acts are saved, and a cold start shows everything that is on the phone."""
    page.goto(f"{stage.url}/#/order/{stage.night.under_way['id']}")
    expect(page.locator(OFFLINE)).to_be_visible()
    page.locator("footer .main").tap()
    expect(page.locator("li.saved")).to_be_visible()
    camera.take(page, "phone-order-offline", device="phone")
    page.locator("footer .main").tap()
    expect(page.locator(".sheet")).to_be_visible()
    camera.take(page, "phone-complete", device="phone")
    page.goto(f"{stage.url}/#/")
    page.reload()
    expect(page.locator("li.saved").first).to_be_visible()
    expect(page.locator(OFFLINE)).to_be_visible()
    camera.take(page, "phone-list-offline", device="phone")
    page.locator("li.saved").first.scroll_into_view_if_needed()
    camera.take(page, "phone-list-offline-saved", device="phone")
    page.goto(f"{stage.url}/#/me")
    expect(page.locator("[data-test=self-check] li").first).to_be_visible()
    camera.take(page, "phone-self-check-offline", device="phone")
