"""The parts of the duty page about clocks: what became of each, what would be due, and the figures of a stretch of days."""

from playwright.sync_api import Page, expect

from scripts.screens.camera import Camera
from scripts.screens.stage import Stage
from scripts.screens.world import NEW_COURT

A_MAKE_UP_SATURDAY = "2026-10-10T17:29:50"


def tell(stage: Stage, camera: Camera) -> None:
    """Take the clocks of a quiet and of a busy court."""
    with stage.open_browser(camera.look, "desk", f"{NEW_COURT}.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty#clocks")
        expect(page.locator("[data-test=clocks] aside .empty")).to_be_visible()
        camera.take(page, "clocks-empty", device="desk")
        page.locator("[data-test=section-statistics]").click()
        expect(page.locator("[data-test=statistics] .empty")).to_be_visible()
        camera.take(page, "statistics-empty", device="desk")
    with stage.open_browser(camera.look, "desk", "binchuan.leader") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty#clocks")
        _what_if(camera, page)
        _late(camera, page)
        _counted(camera, page)
        page.locator("[data-test=section-statistics]").click()
        expect(page.locator("[data-test=figure-row]").first).to_be_visible()
        camera.take(page, "statistics", device="desk")
        _time_off(camera, page)


def _time_off(camera: Camera, page: Page) -> None:
    """The server says that its own time is wrong."""
    state = {
        "level": "wrong",
        "offset_ms": -41_000,
        "now": "2026-03-03T01:00:00.000Z",
        "machines": [],
        "events": [],
    }
    page.route("**/api/server-clock", lambda route: route.fulfill(json=state))
    page.reload()
    expect(page.locator("[data-test=time-notice]")).to_be_visible()
    camera.take(page, "clocks-time-wrong", device="desk")
    page.unroute("**/api/server-clock")


def _what_if(camera: Camera, page: Page) -> None:
    form = page.locator("[data-test=what-if]")
    form.locator("input[name=at]").fill(A_MAKE_UP_SATURDAY)
    form.locator("[data-test=ask]").click()
    expect(page.locator("[data-test=what-if-due]")).to_have_text("2026-10-10 17:59:50")
    camera.take(page, "clocks-what-if", device="desk")


def _late(camera: Camera, page: Page) -> None:
    """A lead whose limit passed while the team's phones were in contact."""
    page.locator("input[name=search]").fill("赵某")
    page.locator("[data-test=subject]").filter(has_text="赵某").last.click()
    expect(page.locator("[data-test=past-C4]")).to_be_visible()
    expect(page.locator("[data-test=past-C4] [data-test=lane]")).to_be_visible()
    camera.take(page, "clocks-late", device="desk")


def _counted(camera: Camera, page: Page) -> None:
    """A lead that is to be checked within two working days."""
    page.locator("input[name=search]").fill("李某")
    page.locator("[data-test=subject]").filter(has_text="李某").last.click()
    expect(page.locator("[data-test=past-C5]")).to_be_visible()
    expect(page.locator("[data-test=past-C5] [data-test=counted-day]").first).to_be_visible()
    camera.take(page, "clocks-counted", device="desk")
