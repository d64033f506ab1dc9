"""Somebody before a browser: signs in by the ceremony itself, step by step, and remembers the token of the page."""

from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from backend.demo.load import demo_code
from tests.conftest import PASSWORD
from tests.support.world import World


class Visitor:
    """A browser of its own with its cookies; `account` is who tries to sign in."""

    def __init__(self, world: World, account: str) -> None:
        self.world = world
        self.account = account
        self.http: FlaskClient = world.anonymous()
        self.csrf = ""

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST JSON with the token known so far and return the response."""
        return self.http.post(
            path, json={} if body is None else body, headers={"X-CSRF-Token": self.csrf, **headers}
        )

    def get(self, path: str) -> Any:
        """GET and return the response."""
        return self.http.get(path)

    def give_password(self, password: str = PASSWORD, **headers: str) -> Any:
        """Give account and password."""
        response = self.post("/api/sign-in", {"account": self.account, "password": password}, **headers)
        if response.status_code == 200:
            self.csrf = response.get_json()["csrf_token"]
        return response

    def code(self, steps_off: int = 0) -> str:
        """Return what the person's authenticator shows now, or some half minutes off."""
        now = self.world.clock.now() + timedelta(seconds=30 * steps_off)
        return demo_code(self.world.settings, self.account, now)

    def give_code(self, code: str | None = None) -> Any:
        """Give a code of the authenticator, the right one unless told otherwise."""
        return self.post("/api/sign-in/totp", {"code": self.code() if code is None else code})

    def sign_in(self) -> "Visitor":
        """Go the whole way with password and code."""
        assert self.give_password().status_code == 200
        assert self.give_code().status_code == 200
        return self

    @property
    def is_signed_in(self) -> bool:
        """Tell whether the server knows who this is."""
        status: int = self.get("/api/me").status_code
        return status == 200


def problem(response: Any) -> tuple[int, str]:
    """Return status and code of a refusal, after holding its form against RFC 9457 with both languages."""
    body = response.get_json()
    assert response.mimetype == "application/problem+json", response.get_data(as_text=True)
    assert body["status"] == response.status_code == int(body["code"].partition(".")[0])
    assert body["zh"] and body["en"] and body["request_id"] == response.headers["X-Request-Id"]
    return response.status_code, body["code"]
