"""What people do at a desk, in their words: sign in, bind a phone, look at the map; and the API beside the page."""

from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from backend.demo.load import demo_code
from geo.coordinates import Position
from geo.sphere import metres_from
from tests.conftest import PASSWORD
from tests.support.browsers import until
from tests.support.installation import Installation

RESTS_UNDER_THE_HAND = """canvas =>
  canvas.style.cursor === 'pointer' && canvas.closest('[data-drawn]')?.dataset.drawn === 'yes'"""


def code_of(installation: Installation, account: str, later: timedelta = timedelta()) -> str:
    """The code on the authenticator of a demo account, now or `later`."""
    return demo_code(installation.settings, account, datetime.now(UTC) + later)


def sign_in(page: Page, installation: Installation, account: str, path: str) -> None:
    """Sign in by hand with password and code, as at the start of a shift."""
    page.goto(f"{installation.url}{path}")
    give_password(page, account)
    page.get_by_label("动态验证码").fill(code_of(installation, account))
    expect(page.get_by_test_id("contact")).to_have_text("在线")


def give_password(page: Page, account: str, password: str = PASSWORD) -> None:
    """Type account and password, and send them."""
    page.get_by_label("账号").fill(account)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


class Desk:
    """A desk's browser that has a session already, its page, and the API with the same session."""

    def __init__(
        self,
        context: BrowserContext,
        installation: Installation,
        account: str,
        at: str | None = None,
        ahead: timedelta = timedelta(),
    ) -> None:
        self.context = context
        self.url = at or installation.url
        answer = self._post("/api/sign-in", {"account": account, "password": PASSWORD}, "").json()
        code = {"code": code_of(installation, account, ahead)}
        self.csrf = self._post("/api/sign-in/totp", code, answer["csrf_token"]).json()["csrf_token"]

    def open(self, path: str) -> Page:
        """Open a page of the desk and wait until it is in contact."""
        page = self.context.new_page()
        page.goto(f"{self.url}{path}")
        expect(page.get_by_test_id("contact")).to_have_text("在线")
        return page

    def get(self, path: str) -> Any:
        """GET and return the JSON."""
        answer = self.context.request.get(f"{self.url}{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        """POST and return the JSON."""
        return self._post(path, body, self.csrf).json()

    def put(self, path: str, body: Any) -> Any:
        """PUT and return the JSON."""
        answer = self.context.request.put(f"{self.url}{path}", data=body, headers={"X-CSRF-Token": self.csrf})
        assert answer.ok, answer.text()
        return answer.json()

    def person(self, court_id: str, account: str) -> dict[str, Any]:
        """Return who has an account."""
        people = self.get(f"/api/courts/{court_id}/people?limit=200")["items"]
        return next(person for person in people if person["account"] == account)

    def enrolment_link(self, court_id: str, account: str) -> str:
        """Make a one-time code for somebody's phone and return the link the phone opens."""
        link: str = self.post("/api/devices/enrolments", {"user_id": self.person(court_id, account)["id"]})[
            "url"
        ]
        return link

    def _post(self, path: str, body: Any, csrf: str) -> Any:
        answer = self.context.request.post(f"{self.url}{path}", data=body, headers={"X-CSRF-Token": csrf})
        assert answer.ok, answer.text()
        return answer


def metres_per_pixel(page: Page) -> float:
    """Read the bar of scale on the map."""
    bar = page.locator(".maplibregl-ctrl-scale")
    amount, unit = bar.inner_text().split()
    metres = float(amount) * {"m": 1, "km": 1000}[unit]
    return metres / float(bar.evaluate("bar => parseFloat(bar.style.width)"))


def point_on_map(page: Page, middle: dict[str, float], point: dict[str, float]) -> tuple[float, float]:
    """Where on the page a point lies while `middle` is in the middle of the map (degrees; at most some kilometres apart)."""
    box = page.get_by_role("application", name="地图").bounding_box()
    assert box is not None
    east, north = metres_from(_position(middle), _position(point))
    scale = metres_per_pixel(page)
    return box["x"] + box["width"] / 2 + east / scale, box["y"] + box["height"] / 2 - north / scale


def _position(point: dict[str, float]) -> Position:
    return Position(point["longitude"], point["latitude"])


def click_sign(page: Page, middle: dict[str, float], point: dict[str, float]) -> None:
    """Follow the sign of a place with the mouse until the map has come to rest and the hand shows, and click."""
    canvas = page.locator(".maplibregl-canvas")

    def rests() -> bool:
        x, y = point_on_map(page, middle, point)
        page.mouse.move(x + 1, y)
        page.mouse.move(x, y)
        return bool(canvas.evaluate(RESTS_UNDER_THE_HAND))

    until(page, rests, f"a sign at {point} on a map with {middle} in its middle")
    page.mouse.click(*point_on_map(page, middle, point))


def row_of(page: Page, test_id: str, text: str) -> Locator:
    """The entry of a list that says `text`."""
    return page.get_by_test_id(test_id).filter(has_text=text)
