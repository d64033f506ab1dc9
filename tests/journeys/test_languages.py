"""Whoever reads English switches every page to it, and the device remembers."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys import phones
from tests.journeys.desks import Desk
from tests.support.browsers import DESK, PHONE, WALL, Witness
from tests.support.installation import Installation
from tests.support.recorded_way import recorded_way


def test_each_page_speaks_english_once_asked_and_after_coming_back(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    for options, account, path, title in (
        (DESK, "binchuan.duty", "/duty", "Duty desk · Lingda"),
        (WALL, "binchuan.commander", "/command", "Command centre · Lingda"),
    ):
        desk = Desk(open_browser(**options), installation, account)
        page = desk.open(path)
        page.get_by_test_id("menu").click()
        page.get_by_role("button", name="English").click()
        expect(page).to_have_title(title)
        page.reload()
        expect(page.get_by_test_id("contact")).to_have_text("Online")
        assert page.locator("html").get_attribute("lang") == "en"

    link = desk.enrolment_link("binchuan", "binchuan.officer1")
    phone = open_browser(**PHONE, geolocation=recorded_way((100.575, 25.830), 1)[0].geolocation).new_page()
    phones.enrol(phone, link)
    phone.get_by_role("link", name="我", exact=True).tap()
    phone.get_by_role("button", name="English").tap()
    phone.reload()
    expect(phone.get_by_role("heading", name="Self-check")).to_be_visible()
    expect(phone.get_by_role("navigation")).to_contain_text("My orders")
    witness.testify()
