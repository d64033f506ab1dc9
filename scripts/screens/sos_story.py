"""A call for help: held on the phone without network, across the desks until somebody answers, a drill, one that came late."""

from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from scripts.screens.camera import Camera
from scripts.screens.evening import NOW
from scripts.screens.people import said
from scripts.screens.stage import Stage
from tests.support.finger import Finger
from tests.support.world import Client, Phone

NOTE, WORDS = "对方三人持械，已退到车上", "快反二组已到场，本人平安"
HERE = {"longitude": 100.5731, "latitude": 25.8264, "accuracy_m": 14}
OFFICER, OTHER = "binchuan.officer1", "binchuan.officer5"


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of an officer in danger and of the desks that hear of it."""
    desk = stage.people.desk("binchuan.duty")
    with stage.open_browser(camera.look, "phone") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(stage.people.enrolment_link(OFFICER, "binchuan.duty"))
        expect(page.locator("header .net.online")).to_be_visible()
        _without_network(stage, camera, page)
        _on_desks(stage, camera, desk)
        _answered(stage, camera, page, desk)
        _check_ins(stage, camera, page, desk)


def _without_network(stage: Stage, camera: Camera, page: Page) -> None:
    page.goto(f"{stage.url}/#/me")
    expect(page.locator("[data-test=sos-drill]")).to_be_visible()
    finger = Finger(page)
    finger.touch("touchStart", (0, 0, 0))
    expect(page.locator("[data-test=sos-word]")).to_be_visible()
    camera.take(page, "sos-phone-holding", device="phone")
    finger.touch("touchEnd")
    expect(page.locator(".place:not(.holding) [data-test=sos-word]")).to_be_visible()
    camera.take(page, "sos-phone-let-go", device="phone")
    with stage.cut():
        expect(page.locator("header .net.offline")).to_be_visible()
        finger.hold()
        expect(page.locator("[data-test=sos-draft]")).to_be_visible()
        camera.take(page, "sos-phone-waiting", device="phone")
        stage.mend()
        expect(page.locator("[data-stands=fine]")).to_be_visible()
    camera.take(page, "sos-phone-received", device="phone")


def _on_desks(stage: Stage, camera: Camera, desk: Client) -> None:
    """Two more beside it: one pressed twelve minutes ago and received only now, and a drill."""
    late, drill = (stage.people.phone(account, "binchuan.duty") for account in (OTHER, "binchuan.officer4"))
    _press(late, made_at=NOW() - timedelta(minutes=12), note=NOTE)
    _press(drill, drill=True)
    for path, account in (("command", "binchuan.commander"), ("duty", "binchuan.duty")):
        with stage.open_browser(camera.look, "desk", account) as context:
            camera.prepare(context)
            page = context.new_page()
            page.goto(f"{stage.url}/{path}")
            expect(page.locator("[data-test=sos-bar]")).to_have_count(3)
            camera.take(page, f"sos-{path}", device="desk", has_map=True)
    for row in said(desk.get("/api/emergencies"))["items"]:
        if row["user"]["id"] in (late.user_id, drill.user_id):
            _close(desk, row["id"], "drill" if row["drill"] else "helped")


def _press(
    phone: Phone, *, drill: bool = False, note: str | None = None, made_at: datetime | None = None
) -> None:
    position = {**HERE, "fixed_at": to_wire(made_at or NOW())}
    body = {"drill": drill, "note": note}
    command = phone.command(
        "sos.raise", new_identifier(), body, made_at, position=position, battery_percent=14
    )
    (answer,) = phone.send(command)
    assert answer["result"] == "applied", answer


def _answered(stage: Stage, camera: Camera, phone: Page, desk: Client) -> None:
    with stage.open_browser(camera.look, "desk", "binchuan.duty") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty")
        page.locator("[data-test=sos-answer]").click()
        page.locator("[data-test=sos-more]").click()
        page.locator("[data-test=sos-words]").fill(WORDS)
        page.locator("[data-test=sos-where]").click()
        camera.take(page, "sos-duty-answered", device="desk", has_map=True)
    expect(phone.locator("[data-stands=good]")).to_be_visible()
    camera.take(phone, "sos-phone-answered", device="phone")
    phone.locator("[data-test=sos-safe]").tap()
    expect(phone.locator("[data-test=sos-said-safe]")).to_be_visible()
    phone.locator("[data-test=sos-fold]").tap()
    phone.locator(".alarm .two button").last.tap()
    expect(phone.locator("footer.acts")).to_be_visible()
    phone.goto(f"{stage.url}/#/order/{stage.night.under_way['id']}")
    expect(phone.locator("[data-test=sos-line]")).to_be_visible()
    camera.take(phone, "sos-phone-folded", device="phone")
    (row,) = said(desk.get("/api/emergencies"))["items"]
    _close(desk, row["id"], "safe")
    expect(phone.locator("[data-test=sos-read]")).to_be_visible()
    camera.take(phone, "sos-phone-closed", device="phone")


def _check_ins(stage: Stage, camera: Camera, phone: Page, desk: Client) -> None:
    """An order whose members check in every ten minutes, on the phone."""
    phone.locator("[data-test=sos-read]").tap()
    path = f"/api/directives/{stage.night.under_way['id']}/check-ins"
    said(desk.post(path, {"minutes": 10}))
    expect(phone.locator("[data-test=check-in]")).to_be_visible()
    camera.take(phone, "check-in-phone", device="phone")
    said(desk.post(path, {"minutes": None}))
    expect(phone.locator("[data-test=check-in]")).to_have_count(0)


def _close(desk: Client, emergency_id: str, result: str) -> None:
    said(desk.post(f"/api/emergencies/{emergency_id}/close", {"result": result, "words": WORDS}))
