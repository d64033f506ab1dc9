"""The people of the demo as callers of the real API: signed in with their second factor, or with a phone's own key."""

from datetime import UTC, datetime
from typing import Any

import pyotp
import requests

from backend.core.clock import SystemClock
from backend.core.settings import Settings
from backend.demo.load import demo_code, demo_password
from tests.support.real_world import OverHttp
from tests.support.world import Client, DeviceKey, Phone

COOKIE = "lingda_session"
SECONDS = 30


def told(answer: requests.Response) -> dict[str, Any]:
    """Return what an answer says; AssertionError with its words when it refuses."""
    assert answer.ok, f"{answer.request.method} {answer.url} {answer.status_code}: {answer.text}"
    said: dict[str, Any] = answer.json()
    return said


def said(answer: Any) -> Any:
    """Return the JSON of an answer of a `Client`; AssertionError with its words when it refuses."""
    assert answer.status_code < 300, answer.get_data(as_text=True)
    return answer.get_json()


class People:
    """Opens one session a person and keeps it: codes of an authenticator are good for one use."""

    def __init__(self, base: str, settings: Settings) -> None:
        self.base = base
        self.settings = settings
        self.password = demo_password(settings)
        self._desks: dict[str, Client] = {}

    def token(self, account: str) -> str:
        """Return the cookie of the person's session."""
        token: str = self.desk(account).http.token
        return token

    def desk(self, account: str) -> Client:
        """Return the person at a desk, signed in with password and authenticator."""
        if account not in self._desks:
            self._desks[account] = self._sign_in(account)
        return self._desks[account]

    def phone(self, account: str, by: str) -> Phone:
        """Enrol a phone for the person with a code made by the desk of `by`."""
        desk = self.desk(by)
        code = said(desk.post("/api/devices/enrolments", {"user_id": self.user_id(desk, account)}))["code"]
        key = DeviceKey()
        form = {"code": code, "public_key": key.public_key, "label": "Android 14 Pixel"}
        answer = requests.post(f"{self.base}/api/devices/enrol", json=form, timeout=SECONDS)
        enrolled = told(answer)
        caller = OverHttp(self.base, answer.cookies[COOKIE])
        user_id = enrolled["user"]["id"]
        clock: Any = SystemClock()
        return Phone(caller, enrolled["csrf_token"], user_id, account, enrolled["device_id"], key, clock)

    def enrolment_link(self, account: str, by: str) -> str:
        """Return the link of the code that the desk of `by` shows for somebody's phone."""
        desk = self.desk(by)
        offer = said(desk.post("/api/devices/enrolments", {"user_id": self.user_id(desk, account)}))
        link: str = offer["url"]
        return link

    def user_id(self, desk: Client, account: str) -> str:
        """Return who has an account, as a desk of the same court finds out."""
        rows = said(desk.get(f"/api/courts/{account.split('.', maxsplit=1)[0]}/people", limit=200))["items"]
        return next(str(row["id"]) for row in rows if row["account"] == account)

    def _sign_in(self, account: str) -> Client:
        session = requests.Session()
        session.trust_env = False
        form = {"account": account, "password": self.password}
        answer = session.post(f"{self.base}/api/sign-in", json=form, timeout=SECONDS)
        entry = told(answer)
        if entry["state"] == "second_factor_required":
            body = {"code": demo_code(self.settings, account, datetime.now(UTC))}
            answer = self._prove(session, "/api/sign-in/totp", body, entry["csrf_token"])
        elif entry["state"] == "second_factor_setup_required":
            answer = self._set_up(session, entry["csrf_token"])
        csrf = told(answer).get("csrf_token") or entry["csrf_token"]
        caller = OverHttp(self.base, session.cookies[COOKIE])
        return Client(caller, csrf, said(caller.get("/api/me"))["user"]["id"], account)  # type: ignore[arg-type]

    def _set_up(self, session: requests.Session, csrf: str) -> requests.Response:
        secret = told(self._prove(session, "/api/second-factors/totp", {}, csrf))["secret"]
        body = {"code": pyotp.TOTP(secret).now()}
        return self._prove(session, "/api/second-factors/totp/confirm", body, csrf)

    def _prove(
        self, session: requests.Session, path: str, body: dict[str, str], csrf: str
    ) -> requests.Response:
        headers = {"X-CSRF-Token": csrf}
        return session.post(f"{self.base}{path}", json=body, headers=headers, timeout=SECONDS)
