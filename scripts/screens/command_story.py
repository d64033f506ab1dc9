"""The command page: a court with nothing to do, a busy night, two people on one order, and the last picture offline."""

import re
from typing import Any

from playwright.sync_api import Page, WebSocketRoute, expect

from scripts.screens.camera import Camera
from scripts.screens.stage import Stage
from scripts.screens.world import NEW_COURT


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of commanders of a quiet, a busy and a superior court."""
    with stage.open_browser(camera.look, "desk", f"{NEW_COURT}.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/command")
        expect(page.locator(".maplibregl-canvas")).to_be_visible()
        camera.take(page, "command-empty", device="desk", has_map=True)
    with stage.open_browser(camera.look, "desk", "dali.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/command")
        expect(page.locator("[data-test=clock]").first).to_be_visible()
        camera.take(page, "command-superior", device="desk", has_map=True)
        page.locator("[data-test=direct]").click()
        expect(page.locator("[data-test=composer]")).to_be_visible()
        page.locator("select[name=court]").select_option("binchuan")
        page.locator("[data-test=fetches-debtor]").click()
        camera.take(page, "command-superior-composer", device="desk", has_map=True)
    with stage.open_browser(camera.look, "desk", "binchuan.commander") as context:
        camera.prepare(context)
        page = context.new_page()
        hearing = Hearing()
        page.route_web_socket(re.compile("/socket.io/"), hearing.carry)
        page.goto(f"{stage.url}/command")
        _night(stage, camera, page)
        _two_people(stage, camera, page, hearing)
        with stage.cut():
            expect(page.locator("[data-test=stale]")).to_be_visible()
            camera.take(page, "command-offline", device="desk", has_map=True)
            context.close()


class Hearing:
    """Carries the live socket of a page and can hold back for a moment what the server says on it."""

    def __init__(self) -> None:
        self.deaf = False

    def carry(self, page: WebSocketRoute) -> None:
        """Join the page's socket with the server's."""
        server = page.connect_to_server()
        page.on_message(server.send)
        server.on_message(lambda message: None if self.deaf else page.send(message))


def _night(stage: Stage, camera: Camera, page: Page) -> None:
    night = stage.night
    expect(page.locator("[data-test=clock]").first).to_be_visible()
    expect(page.locator(".maplibregl-canvas")).to_be_visible()
    camera.take(page, "command-map", device="desk", has_map=True)
    _choose_lead(page, night.to_order)
    camera.take(page, "command-lead", device="desk", has_map=True)
    page.locator("[data-test=team]").filter(has_text="快反三组").click()
    expect(page.locator("[data-test=composer]")).to_be_visible()
    camera.take(page, "command-composer", device="desk", has_map=True)
    page.keyboard.press("Escape")
    expect(page.locator("[data-test=composer]")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("[data-test=lead-detail]")).to_be_hidden()
    page.locator("[data-test=team]").filter(has_text="快反二组").click()
    expect(page.locator("[data-test=team-detail]")).to_be_visible()
    camera.take(page, "command-team", device="desk", has_map=True)
    _open_order(page, night.unanswered)
    camera.take(page, "command-order", device="desk", has_map=True)


def _choose_lead(page: Page, lead: dict[str, Any]) -> None:
    page.locator("[data-test=clock]").filter(has_text=lead["place"]["text"]).first.click()
    expect(page.locator("[data-test=lead-detail]")).to_contain_text(lead["content"])


def _open_order(page: Page, order: dict[str, Any]) -> None:
    """Choose the clock of the order's lead, and from the lead the order."""
    page.locator("[data-test=clock]").filter(has_text=order["place"]["text"]).first.click()
    page.locator("[data-test=lead-detail] .choice").filter(
        has_text=order["target_team"]["name"]
    ).first.click()
    expect(page.locator("[data-test=directive-detail]")).to_contain_text(order["title"])


def _two_people(stage: Stage, camera: Camera, page: Page, hearing: Hearing) -> None:
    """While a reason is being written, the team departs: 409 with the difference."""
    order = stage.night.contested()
    _open_order(page, order)
    page.locator("[data-act=withdraw]").click()
    page.locator("[data-test=directive-detail] textarea").fill("段某已主动到院交款")
    hearing.deaf = True
    stage.night.teammate.do("directive.depart", order["id"])
    page.locator("[data-test=directive-detail] button[type=submit]").click()
    expect(page.locator("[data-test=conflict] li")).to_be_visible()
    camera.take(page, "command-conflict", device="desk", has_map=True)
    hearing.deaf = False
    page.locator("[data-test=conflict] .button").last.click()
    stage.night.evening.desk_act(order, "cancel", reason="段某已主动到院交款")
