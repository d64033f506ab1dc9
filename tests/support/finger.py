"""A finger on the key that calls for help, by the browser's own touch input: it drifts, slips and lets go."""

from playwright.sync_api import Page, expect

from tests.support.browsers import until


class Finger:
    """A finger on the glass of a phone, by the browser's own touch input."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        box = page.locator("[data-test=sos-key]").bounding_box()
        assert box is not None
        self.x, self.y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(self, kind: str, *points: tuple[float, float, int]) -> None:
        """Say that fingers are at these places beside the middle of the key, each with its number."""
        places = [{"x": self.x + x, "y": self.y + y, "id": number} for x, y, number in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def hold(self) -> None:
        """Hold the key until the call is taken, with a drifting thumb, a second finger and a moment of lost contact."""
        self.touch("touchStart", (0, 0, 0))
        expect(self.page.locator("[data-test=sos-word]")).to_be_visible()
        self.touch("touchMove", (-18, 12, 0))
        self.touch("touchStart", (-18, 12, 0), (14, -9, 1))
        self.touch("touchEnd", (-20, 15, 0))
        self.touch("touchEnd")
        self.touch("touchStart", (-24, 20, 0))
        drifted = 0

        def taken() -> bool:
            nonlocal drifted
            drifted += 1
            if self.page.locator("[data-test=sos-screen]").is_visible():
                return True
            self.touch("touchMove", (-24 + drifted % 7, 20 + drifted % 5, 0))
            return False

        until(self.page, taken, "two seconds on the key call for help")
        self.touch("touchEnd")
