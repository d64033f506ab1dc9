"""The ways in: sign-in and enrolment on the phone, sign-in and second factor at a desk."""

from playwright.sync_api import Page, expect

from scripts.screens.camera import Camera
from scripts.screens.stage import FIRST_TIME, Stage
from scripts.screens.world import NEW_COURT


def tell(stage: Stage, camera: Camera) -> None:
    """Take the screens of somebody who has not signed in yet."""
    enter_phone(stage, camera)
    enter_desk(stage, camera)
    enter_desk_for_the_first_time(stage, camera)


def enter_phone(stage: Stage, camera: Camera) -> None:
    """Sign in on a phone: nothing typed, an initial password, a code to bind the phone."""
    with stage.open_browser(camera.look, "phone") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/")
        expect(page.locator("input[type=password]")).to_be_visible()
        camera.take(page, "phone-sign-in", device="phone")
        page.locator("button[type=submit]").tap()
        expect(page.get_by_role("alert")).to_be_visible()
        camera.take(page, "phone-sign-in-refused", device="phone")
        page.locator("input[autocomplete=username]").fill(FIRST_TIME)
        page.locator("input[type=password]").fill(stage.people.password)
        page.locator("button[type=submit]").tap()
        expect(page.locator("input[autocomplete=new-password]")).to_have_count(2)
        camera.take(page, "phone-first-password", device="phone")
        page.goto(f"{stage.url}/#/enrol")
        expect(page.locator("input.code")).to_be_visible()
        camera.take(page, "phone-enrol", device="phone")
        page.locator("input.code").fill("KV7T2M9Q")
        page.locator("button[type=submit]").tap()
        expect(page.get_by_role("alert")).to_be_visible()
        camera.take(page, "phone-enrol-refused", device="phone")


def enter_desk(stage: Stage, camera: Camera) -> None:
    """Sign in at a desk with a second factor."""
    with stage.open_browser(camera.look, "desk") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty")
        expect(page.locator("input[name=account]")).to_be_focused()
        camera.take(page, "desk-sign-in", device="desk")
        give(stage, page, "binchuan.duty", "not the password")
        expect(page.get_by_role("alert")).to_be_visible()
        camera.take(page, "desk-sign-in-refused", device="desk")
        give(stage, page, "binchuan.duty", stage.people.password)
        expect(page.locator("input[name=code]")).to_be_focused()
        camera.take(page, "desk-second-factor", device="desk")


def enter_desk_for_the_first_time(stage: Stage, camera: Camera) -> None:
    """Set up the first second factor, and choose a password in place of an initial one.

    No other story signs the leader of the new court in: this one must find the account without a second factor.
    """
    with stage.open_browser(camera.look, "desk") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/command")
        give(stage, page, f"{NEW_COURT}.leader", stage.people.password)
        expect(page.locator(".notice")).to_be_visible()
        camera.take(page, "desk-second-factor-choice", device="desk")
        page.locator(".button.main").click()
        expect(page.locator("img.qr")).to_be_visible()
        camera.take(page, "desk-second-factor-set-up", device="desk")
    with stage.open_browser(camera.look, "desk") as context:
        camera.prepare(context)
        page = context.new_page()
        page.goto(f"{stage.url}/duty")
        give(stage, page, FIRST_TIME, stage.people.password)
        expect(page.locator("input[name=new-password]")).to_be_focused()
        camera.take(page, "desk-first-password", device="desk")
        page.locator("input[name=new-password]").fill("three words together")
        page.locator("input[name=repeat-password]").fill("three words apart")
        page.locator("button[type=submit]").click()
        expect(page.get_by_role("alert")).to_be_visible()
        camera.take(page, "desk-first-password-differs", device="desk")


def give(stage: Stage, page: Page, account: str, password: str) -> None:
    """Type account and password at a desk, and send them."""
    page.locator("input[name=account]").fill(account)
    page.locator("input[name=password]").fill(password)
    page.locator("button[type=submit]").click()
