"""The duty in parts: the roster with a swap to approve, a handover, the log and a note of it, and the same on the phone."""

import json

from playwright.sync_api import Page, Route, expect

from backend.core.clock import to_wire
from scripts.screens.camera import Camera
from scripts.screens.evening import MINUTE, NOW
from scripts.screens.stage import Stage
from scripts.screens.world import NEW_COURT

NOTE = "县城停电二十分钟，指挥中心已转备用电源"
WHY_NOBODY = "值班干警突发疾病送医，带班领导在外执行"
LEFT = 9


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of a court without a roster, of one that hands over, and of an officer's phone."""
    with stage.open_browser(camera.look, "desk", f"{NEW_COURT}.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        for part, empty in (("handover", "no-duty"), ("roster", "no-roster")):
            _open(page, stage, part)
            expect(page.locator(f"[data-test={empty}]")).to_be_visible()
            camera.take(page, f"shift-{part}-empty", device="desk")
    stage.night.duty.draft("A")
    with stage.open_browser(camera.look, "desk", "binchuan.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        _roster(stage, camera, page)
        _nobody_signs(stage, camera, page)
    with stage.open_browser(camera.look, "desk", stage.night.duty.keeper("A")) as context:
        camera.prepare(context)
        page = context.new_page()
        _handover(stage, camera, page)
        _log(stage, camera, page)
        with stage.cut():
            _log_without_network(camera, page)
            context.close()
    with stage.open_browser(camera.look, "phone") as context:
        camera.prepare(context)
        page = context.new_page()
        _phone(stage, camera, page)
        with stage.cut():
            expect(page.locator("header .net.offline")).to_be_visible()
            expect(page.locator(".notice.warn")).to_be_visible()
            page.evaluate("scrollTo(0, 0)")
            camera.take(page, "shift-phone-offline", device="phone")
            context.close()


def _open(page: Page, stage: Stage, part: str) -> None:
    page.goto(f"{stage.url}/duty#{part}")
    expect(page.locator(f"[data-test=section-{part}]")).to_have_attribute("aria-current", "page")


def _roster(stage: Stage, camera: Camera, page: Page) -> None:
    _open(page, stage, "roster")
    expect(page.locator("[data-test=shift][data-state=on_post]").first).to_be_visible()
    expect(page.locator("[data-test=approve]")).to_be_visible()
    camera.take(page, "shift-roster", device="desk")
    page.locator("[data-test=decline]").click()
    expect(page.locator("[data-test=decline-sure]")).to_be_visible()
    camera.take(page, "shift-swap-declined", device="desk")
    page.locator("[data-test=shift][data-state=on_post]").first.click()
    expect(page.locator("[data-test=shift-panel]")).to_be_visible()
    camera.take(page, "shift-panel", device="desk")
    page.locator("[data-test=relieve]").click()
    expect(page.locator("[data-test=shift-form]")).to_be_visible()
    camera.take(page, "shift-relief", device="desk")
    page.locator("[data-test=plan-one]").click()
    expect(page.locator("[data-test=shift-form]")).to_be_visible()
    camera.take(page, "shift-plan", device="desk")
    page.locator("[data-test=plan-pattern]").click()
    expect(page.locator("[data-test=pattern-form]")).to_be_visible()
    camera.take(page, "shift-pattern", device="desk")


def _nobody_signs(stage: Stage, camera: Camera, page: Page) -> None:
    """The leader signs for a shift of which nobody can; that it is over is put into the answers, for it lasts a day."""

    def over(route: Route) -> None:
        answer = route.fetch()
        shown = answer.json()
        shown["may"]["sign_for_outgoing"] = True
        route.fulfill(response=answer, body=json.dumps(shown))

    def long_ago(route: Route) -> None:
        answer = route.fetch()
        shown = answer.json()
        for shift in shown["shifts"]:
            shift["planned_end"], shift["overdue"] = to_wire(NOW() - LEFT * MINUTE), True
        route.fulfill(response=answer, body=json.dumps(shown))

    page.route("**/api/duty/handovers/*", over)
    page.route("**/api/duty/now", long_ago)
    _open(page, stage, "handover")
    page.reload()
    expect(page.locator("[data-test=overdue]")).to_be_visible()
    page.locator("[data-test=post-A]").click()
    page.locator("[data-test=sign-for-outgoing]").click()
    page.locator("input[name=reason]").fill(WHY_NOBODY)
    camera.take(page, "shift-handover-for-outgoing", device="desk")


def _handover(stage: Stage, camera: Camera, page: Page) -> None:
    _open(page, stage, "handover")
    expect(page.locator("[data-test=pending-item]").first).to_be_visible()
    expect(page.locator("[data-test=sign-outgoing]")).to_be_visible()
    camera.take(page, "shift-handover", device="desk")
    page.locator("[data-test=post-B]").click()
    expect(page.locator("[data-test=not-begun]")).to_be_visible()
    camera.take(page, "shift-handover-not-begun", device="desk")


def _log(stage: Stage, camera: Camera, page: Page) -> None:
    _open(page, stage, "log")
    expect(page.locator("[data-test=log-line]").first).to_be_visible()
    camera.take(page, "shift-log", device="desk")
    page.locator("[data-test=kind-duty]").click()
    expect(page.locator("[data-test=log-line][data-template^=lead]")).to_have_count(0)
    camera.take(page, "shift-log-of-duty", device="desk")
    page.locator("[data-test=kind-all]").click()
    expect(page.locator("[data-test=log-line]").first).to_be_visible()
    page.keyboard.press("n")
    page.locator("textarea[name=note]").fill(NOTE)
    camera.take(page, "shift-note", device="desk")


def _log_without_network(camera: Camera, page: Page) -> None:
    """The note is written while the network is away: kept on this machine, and the log says so."""
    expect(page.locator("[data-test=offline-notice]")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-test=waiting-note]")).to_be_visible()
    camera.take(page, "shift-log-offline", device="desk")


def _phone(stage: Stage, camera: Camera, page: Page) -> None:
    """A roll call, a swap to answer and one's own shifts; the roll call is put into the answer, for its time is short."""

    def called(route: Route) -> None:
        answer = route.fetch()
        mine = answer.json()
        mine["roll_calls"] = [
            {
                "id": "01a20000-0000-7000-8000-000000000001",
                "revision": 1,
                "court_id": "binchuan",
                "started_by": {"id": "x", "name": mine["swaps"][0]["asker"]["name"]},
                "started_at": to_wire(NOW() - 6 * MINUTE),
                "due_at": to_wire(NOW() + LEFT * MINUTE),
                "closed_at": None,
                "people": [],
            }
        ]
        route.fulfill(response=answer, body=json.dumps(mine))

    page.route("**/api/duty/mine", called)
    page.goto(stage.people.enrolment_link("binchuan.officer1", "binchuan.duty"))
    expect(page.locator("header .net.online")).to_be_visible()
    expect(page.locator(".alarm")).to_be_visible()
    page.locator(".alarm .two button").last.tap()
    expect(page.locator("footer.acts")).to_be_visible()
    page.goto(f"{stage.url}/#/")
    expect(page.locator("[data-test=roll-call]")).to_be_visible()
    camera.take(page, "shift-phone-roll-call", device="phone")
    page.goto(f"{stage.url}/#/duty")
    expect(page.locator("[data-test=now]")).to_be_visible()
    expect(page.locator("[data-test=swap]")).to_be_visible()
    camera.take(page, "shift-phone", device="phone")
    page.locator("[data-test=ask-swap]").first.tap()
    expect(page.locator("[data-test=substitute]").first).to_be_visible()
    camera.take(page, "shift-phone-swap", device="phone")
    page.locator(".sheet button.plain").tap()
    expect(page.locator(".sheet")).to_be_hidden()
