"""An order that phones stay silent to: red on the map, the path to each person, the call list; dark phones, the link test."""

from typing import Any

from playwright.sync_api import Page, expect

from backend.core.clock import to_wire
from scripts.screens.camera import Camera
from scripts.screens.evening import NOW
from scripts.screens.people import said
from scripts.screens.stage import Stage
from scripts.screens.world import NEW_COURT
from tests.support.world import Client, Phone

NUMBER = "100 0872 0001"
UNTIL_TO_BE_RUNG = 90_000
"""Milliseconds: an order just given is rung about by hand after a minute."""
UNTIL_DARK = 150_000
"""Milliseconds: a phone that was heard of a moment ago counts as in contact for two minutes."""
CHECK = {
    "push": "denied",
    "notifications": "denied",
    "service_worker": True,
    "sound": True,
    "wake_lock": True,
    "vibration": True,
    "storage_persisted": False,
    "storage_free_mb": 8_400,
    "position": "granted",
    "clock_offset_ms": 210,
    "secure": True,
    "installed": False,
    "battery_percent": 63,
    "battery_saver_done": False,
    "maker": None,
    "round_trip_ms": None,
    "app_version": "screens",
}


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of a commander and a duty officer while a team's phones are silent."""
    duty = stage.night.evening.duty
    _checked(duty, stage.night.evening.phones["officer6"])
    leader, member = _silent(stage)
    with stage.open_browser(camera.look, "desk", f"{NEW_COURT}.duty") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty#calls")
        expect(page.locator("[data-test=nobody]")).to_be_visible()
        camera.take(page, "ladder-calls-none", device="desk")
        page.locator("[data-test=section-terminals]").click()
        page.locator("[data-test=start-test]").click()
        expect(page.locator("[data-test=start-test-sure]")).to_be_visible()
        camera.take(page, "ladder-test-sure", device="desk")
    with stage.open_browser(camera.look, "desk", "binchuan.duty") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty#calls")
        _calls(stage, camera, page, leader, member)
        _terminals(stage, camera, page)
    with stage.open_browser(camera.look, "desk", "binchuan.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/command")
        row = page.locator("[data-test=undelivered]").filter(has_text=member["name"]).first
        row.scroll_into_view_if_needed()
        camera.take(page, "ladder-command", device="desk", has_map=True)
        row.click()
        line = page.locator("[data-test=member]").filter(has_text=member["name"])
        line.locator("[data-test=more]").click()
        expect(line.locator("[data-test=delivery-more]")).to_be_visible()
        line.scroll_into_view_if_needed()
        camera.take(page, "ladder-path", device="desk", has_map=True)


def _checked(duty: Client, phone: Phone) -> None:
    """One phone once checked itself, and cannot be pushed to."""
    known = said(duty.get("/api/phones"))["items"]
    if not any(one["report"] for one in known):
        said(phone.post("/api/phone/self-check", CHECK))


def _silent(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two people of the team whose phones are silent; only the first one's number is known."""
    evening = stage.night.evening
    silent = [
        one["user"]
        for one in said(evening.duty.get(f"/api/directives/{stage.night.unanswered['id']}"))["members"]
        if one["device_received_at"] is None
    ]
    leader, member = silent[0], silent[-1]
    body = {"mobile": NUMBER, "message_account": None}
    headers = {"X-CSRF-Token": evening.duty.csrf}
    said(evening.duty.http.put(f"/api/people/{leader['id']}/addresses", json=body, headers=headers))
    return leader, member


def _calls(stage: Stage, camera: Camera, page: Page, leader: dict[str, Any], member: dict[str, Any]) -> None:
    page.locator("[data-test=call-card]").wait_for(timeout=UNTIL_TO_BE_RUNG)
    _take(page, member)
    expect(page.locator("[data-test=number-form]")).to_be_visible()
    camera.take(page, "ladder-calls-number", device="desk")
    _take(page, leader)
    expect(page.locator("[data-test=number]")).to_have_text(NUMBER)
    camera.take(page, "ladder-calls", device="desk")
    page.keyboard.press("1")
    expect(page.locator("[data-test=told]")).to_contain_text(leader["name"])
    camera.take(page, "ladder-calls-told", device="desk")
    # The next look finds the same person on the list: told by mistake, and to be rung once more.
    duty = stage.night.evening.duty
    subject = {"subject_kind": "directive", "subject_id": stage.night.unanswered["id"]}
    of_order = said(duty.get("/api/deliveries", **subject))["items"]
    given = next(one for one in of_order if one["user"]["id"] == leader["id"])
    said(duty.post(f"/api/deliveries/{given['id']}/calls", {"outcome": "busy", "note": None}))


def _take(page: Page, person: dict[str, Any]) -> None:
    """Take a person in hand who is on the list."""
    card = page.locator("[data-test=call-card]").filter(has=page.locator("h2", has_text=person["name"]))
    waiting = page.locator("[data-test=waiting-call]").filter(has_text=person["name"]).first
    expect(card.or_(waiting).first).to_be_visible()
    if not card.is_visible():
        waiting.click()
    expect(card).to_be_visible()


def _terminals(stage: Stage, camera: Camera, page: Page) -> None:
    page.locator("[data-test=section-terminals]").click()
    page.locator("[data-test=dark-phone]").first.wait_for(timeout=UNTIL_DARK)
    expect(page.locator("[data-test=last-test]")).to_be_visible()
    start = page.locator("[data-test=start-test]")
    if start.is_enabled():
        start.click()
        page.locator("[data-test=start-test-sure]").click()
    expect(page.locator("[data-test=link-test]")).to_be_visible()
    (test, *_) = said(stage.night.evening.duty.get("/api/link-tests"))["items"]
    for account in ("officer3", "officer4", "teamleader2"):
        phone = stage.night.evening.phones[account]
        item = {
            "subject_kind": "link_test",
            "subject_id": test["id"],
            "stage": "device_received",
            "channel": "socket",
            "at": to_wire(NOW()),
        }
        said(phone.post("/api/deliveries/receipts", {"items": [item]}))
    expect(page.locator("[data-answered=yes]").nth(2)).to_be_visible()
    camera.take(page, "ladder-link-test", device="desk")
    page.locator("[data-test=section-desk]").click()
    page.locator("[data-test=menu]").click()
    page.locator("[data-test=phones]").click()
    page.locator(".n-drawer [data-test=person]").click()
    page.keyboard.type("binchuan.officer4")
    page.keyboard.press("Enter")
    expect(page.locator(".n-drawer [data-test=number-form]")).to_be_visible()
    camera.take(page, "ladder-phones", device="desk")
