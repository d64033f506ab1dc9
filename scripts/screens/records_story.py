"""What awaits an explanation (待说明): the desk's list and one record, a complaint, who saw a lead, and the officer's phone."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from backend.core.clock import to_wire
from backend.demo.records import WORDS as SPOKEN
from scripts.screens.camera import Camera
from scripts.screens.evening import NOW
from scripts.screens.people import said
from scripts.screens.stage import Stage
from scripts.screens.world import NEW_COURT

TITLE = "现场清点未通知当事人"
FACTS = "当事人称清点财物时没有通知其到场，也没有说明理由。"
WORDS = "到场前已电话通知两次，均无人接听，邻居在场见证，录像可以核对。"
REASON = "录像和通话记录可以印证，理由成立。"
SAID = "值班人员没听完就把电话挂了。"
TYPED = [TITLE, FACTS, WORDS, REASON, SAID, *SPOKEN, "云2924说明", "云2924投诉"]


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of a court without records, of one with some, and of an officer asked to explain."""
    _empty(stage, camera)
    record = _opened(stage)
    _phone(stage, camera, record)
    _desk(stage, camera)
    _duty_officer(stage, camera)


def _opened(stage: Stage) -> dict[str, Any]:
    """Let the commander put down a matter that concerns officer 6, in words."""
    people = stage.people
    commander = people.desk("binchuan.commander")
    form = {
        "court_id": "binchuan",
        "ground": "shirked_or_weak_response",
        "happened_at": to_wire(NOW() - timedelta(hours=2)),
        "title": TITLE,
        "words": FACTS,
    }
    officer = next(
        one["id"]
        for one in said(commander.get("/api/courts/binchuan/people", limit=200))["items"]
        if one["account"] == "binchuan.officer6"
    )
    return said(commander.post("/api/records", {**form, "people": [officer]}))  # type: ignore[no-any-return]


def _empty(stage: Stage, camera: Camera) -> None:
    with stage.open_browser(camera.look, "desk", f"{NEW_COURT}.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty#records")
        expect(page.locator("[data-test=records] .empty")).to_be_visible()
        camera.take(page, "records-empty", device="desk")


def _phone(stage: Stage, camera: Camera, record: dict[str, Any]) -> None:
    with stage.open_browser(camera.look, "phone") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(stage.people.enrolment_link("binchuan.officer6", "binchuan.duty"))
        expect(page.locator("[data-test=record-line]")).to_be_visible()
        page.goto(f"{stage.url}/#/")
        page.locator("[data-test=record-line]").scroll_into_view_if_needed()
        camera.take(page, "records-phone-line", device="phone")
        page.goto(f"{stage.url}/#/records/{record['id']}")
        expect(page.locator("[data-test=record-words]")).to_be_visible()
        camera.take(page, "records-phone", device="phone")
        page.locator("[data-test=record-words]").fill(WORDS)
        with stage.cut():
            expect(page.locator("header .net.offline")).to_be_visible()
            page.locator("[data-test=record-explain]").tap()
            expect(page.locator("li.saved")).to_be_visible()
            page.locator("li.saved").scroll_into_view_if_needed()
            camera.take(page, "records-phone-offline", device="phone")
        expect(page.locator("[data-test=record-page]")).to_have_attribute("data-state", "explained")
        page.locator("[data-test=record-explanation]").scroll_into_view_if_needed()
        camera.take(page, "records-phone-explained", device="phone")
        page.goto(f"{stage.url}/#/records")
        expect(page.locator("[data-test=record-row]").first).to_be_visible()
        camera.take(page, "records-phone-list", device="phone")


def _desk(stage: Stage, camera: Camera) -> None:
    with stage.open_browser(camera.look, "desk", "binchuan.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty#records")
        expect(page.locator("[data-test=record-row]").first).to_be_visible()
        camera.take(page, "records-list", device="desk")
        page.locator("[data-test=records-all]").click()
        _show(page, camera, "open", "records-open")
        page.locator("[data-test=record-row][data-state=explained]").first.click()
        expect(page.locator("[data-test=record-explanation]").first).to_be_visible()
        page.locator("[data-test=record-reason]").fill(REASON)
        camera.take(page, "records-explained", device="desk")
        page.locator("[data-test=record-evidence]").scroll_into_view_if_needed()
        camera.take(page, "records-evidence", device="desk")
        page.locator("[data-test=record-row][data-state=reason_accepted]").first.click()
        expect(page.locator("[data-test=record-decision]")).to_be_visible()
        camera.take(page, "records-accepted", device="desk")
        page.locator("[data-test=record-open]").click()
        expect(page.locator("[data-test=record-form]")).to_be_visible()
        camera.take(page, "records-new", device="desk")
        page.locator("[data-test=records-tab-leaks]").click()
        expect(page.locator("[data-test=leak-lead] option").first).to_be_attached()
        page.locator("[data-test=leak-search]").click()
        expect(page.locator("[data-test=leak-found]")).to_be_visible()
        camera.take(page, "records-leak", device="desk")


def _show(page: Page, camera: Camera, state: str, name: str) -> None:
    page.locator(f"[data-test=record-row][data-state={state}]").first.click()
    expect(page.locator("[data-test=record-detail]")).to_have_attribute("data-state", state)
    camera.take(page, name, device="desk")


def _duty_officer(stage: Stage, camera: Camera) -> None:
    with stage.open_browser(camera.look, "desk", "binchuan.duty") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty#records")
        expect(page.locator("[data-test=courtesy-script]")).to_be_visible()
        page.locator("[data-test=complaint-content]").fill(SAID)
        camera.take(page, "records-complaint", device="desk")
        page.locator("[data-test=complaint-register]").click()
        expect(page.locator("[data-test=complaint-registered]")).to_be_visible()
        camera.take(page, "records-complaint-registered", device="desk")
