"""The world of the tests: the demo's courts and people in a fresh database, sign-in, phones with real keys."""

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from flask.testing import FlaskClient

from backend.core.clock import FixedClock, to_wire
from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.settings import Settings
from backend.core.web import csrf_token
from backend.deadlines.rulebooks import CLOCKS_OF_THE_DESK
from backend.people.devices import add_enrolment, enrol_device
from backend.people.sessions import complete_session, open_session
from backend.people.tables import SignInSession, User
from backend.people.views import build_actor, find_user_by_account
from backend.teams.views import team_ids_of

LEAD = {
    "channel": "phone",
    "kind": "property",
    "content": "仓库内已查封核桃正在装车，约两吨，厢式货车一辆。",
    "case_number_text": "(2026)云2924执118号",
    "debtor_name": "王某某",
    "place": {"text": "金牛镇 菜园", "longitude": 100.575, "latitude": 25.829, "accuracy_m": 50},
    "grounds": ["sealed_property_endangered"],
    "triage": "urgent",
    "reporter": {"name": "张三", "phone": "0872-7140000", "wants_reply": True},
}
ORDER = {
    "title": "查封财产正被转移 · 金牛镇",
    "facts": "仓库内已查封核桃正在装车。",
    "required_action": "控制财产，全程录像。",
    "legal_basis": "《规则》第七条第（一）项",
    "place": LEAD["place"],
    "urgency": "urgent",
}


def base64url(data: bytes) -> str:
    """Encode as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class DeviceKey:
    """A P-256 key as a phone makes it, signing as WebCrypto does."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())

    @property
    def public_key(self) -> dict[str, Any]:
        """The public key as JWK."""
        numbers = self.private.public_key().public_numbers()
        x, y = (base64url(value.to_bytes(32, "big")) for value in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "ext": True, "key_ops": ["verify"]}

    def sign(self, message: bytes) -> str:
        """The signature as base64url of r then s."""
        r, s = utils.decode_dss_signature(self.private.sign(message, ec.ECDSA(hashes.SHA256())))
        return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


@dataclass
class Client:
    """A signed-in caller of the API; `post` sends the CSRF token by itself."""

    http: FlaskClient
    csrf: str
    user_id: str
    account: str

    def get(self, path: str, **query: Any) -> Any:
        """GET and return the response."""
        return self.http.get(path, query_string=query)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """POST JSON and return the response."""
        return self.http.post(
            path, json={} if body is None else body, headers={"X-CSRF-Token": self.csrf}, **options
        )

    def delete(self, path: str) -> Any:
        """DELETE and return the response."""
        return self.http.delete(path, headers={"X-CSRF-Token": self.csrf})


@dataclass
class Phone(Client):
    """An officer's phone: a signed-in client with an enrolled key and its own sequence."""

    device_id: str = ""
    key: DeviceKey = field(default_factory=DeviceKey)
    clock: FixedClock | None = None
    sequence: int = 0

    def command(
        self,
        kind: str,
        subject_id: str,
        body: dict[str, Any] | None = None,
        made_at: datetime | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Make a signed command, ready to be sent once or many times."""
        self.sequence += 1
        assert self.clock is not None
        payload = {
            "schema": 1,
            "command_id": new_identifier(),
            "device_id": self.device_id,
            "sequence": self.sequence,
            "type": kind,
            "subject_id": subject_id,
            "base_revision": None,
            "body": body or {},
            "made_at": to_wire(made_at or self.clock.now()),
            "made_at_device": to_wire(made_at or self.clock.now()),
            "uncertainty_ms": 40,
            "position": None,
            "app_version": "test",
            **more,
        }
        text = json.dumps(payload, ensure_ascii=False)
        return {"payload": text, "signature": self.key.sign(text.encode())}

    def send(self, *commands: dict[str, Any]) -> list[dict[str, Any]]:
        """Send a batch and return the results."""
        response = self.post("/api/commands", {"commands": list(commands)})
        assert response.status_code == 200, response.get_data(as_text=True)
        results: list[dict[str, Any]] = response.get_json()["results"]
        return results

    def do(
        self, kind: str, subject_id: str, body: dict[str, Any] | None = None, made_at: datetime | None = None
    ) -> Any:
        """Make one command, send it and return its result."""
        return self.send(self.command(kind, subject_id, body, made_at))[0]


def clock_states(shown: dict[str, Any]) -> dict[str, str]:
    """Return how each clock of a lead or directive stands, by its code, as a page shows it."""
    return {clock["clock"]: clock["state"] for clock in shown["clocks"]}


def team_clocks(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the clocks that a team can stop, without those its duty desk owes (C1 to C3)."""
    return [clock for clock in shown["clocks"] if clock["clock"] not in CLOCKS_OF_THE_DESK]


class World:
    """The demo's courts and people on one database, at an instant the test sets."""

    def __init__(self, app: Any, database: Database, settings: Settings, clock: FixedClock) -> None:
        self.app = app
        self.database = database
        self.settings = settings
        self.clock = clock

    def user(self, account: str) -> User:
        """Return the person of an account."""
        with self.database.reading() as work:
            user = find_user_by_account(work.session, account)
        assert user is not None, account
        return user

    def actor(self, account: str) -> Actor:
        """Return who the person is now."""
        with self.database.reading() as work:
            user = find_user_by_account(work.session, account)
            assert user is not None, account
            return build_actor(work.session, user, work.now, team_ids_of(work.session, user.id))

    def sign_in(self, account: str) -> Client:
        """Open a complete session for a person, without the ceremony that has its own tests."""
        user = self.user(account)
        with self.database.writing() as work:
            opened = open_session(work, user)
            row = work.session.get_one(SignInSession, opened.id)
            complete_session(work, row)
        return Client(self._client(opened.token), csrf_token(self.settings, opened.id), user.id, account)

    def phone(self, account: str) -> Phone:
        """Enrol a new phone for a person and sign it in."""
        key = DeviceKey()
        user = self.user(account)
        with self.database.writing() as work:
            work.authorise_by_rule("the test stands in for the duty desk")
            offer = add_enrolment(work, self.actor(account), user)
            device, _ = enrol_device(work, offer.code, key.public_key, "测试手机")
            opened = open_session(work, user, device)
        csrf = csrf_token(self.settings, opened.id)
        return Phone(self._client(opened.token), csrf, user.id, account, device.id, key, self.clock)

    def anonymous(self) -> FlaskClient:
        """Return a client that has not signed in."""
        client: FlaskClient = self.app.test_client()
        return client

    def _client(self, token: str) -> FlaskClient:
        client: FlaskClient = self.app.test_client()
        client.set_cookie("lingda_session", token)
        return client

    def team(self, court_id: str, name: str = "快反一组") -> str:
        """Return the id of a team."""
        from sqlalchemy import select

        from backend.teams.tables import Team

        with self.database.reading() as work:
            return work.session.execute(
                select(Team.id).where(Team.court_id == court_id, Team.name == name)
            ).scalar_one()

    def register_lead(self, desk: Client, **changes: Any) -> dict[str, Any]:
        """Register a lead received now, and return it."""
        form = {**LEAD, "received_at": to_wire(self.clock.now()), **changes}
        response = desk.post("/api/leads", form)
        assert response.status_code == 201, response.get_data(as_text=True)
        lead: dict[str, Any] = response.get_json()
        return lead

    def order_out(
        self, desk: Client, court_id: str = "binchuan", team: str = "快反一组", **changes: Any
    ) -> dict[str, Any]:
        """Order a team of the desk's own court out, and return the directive."""
        order = {
            **ORDER,
            "kind": "dispatch",
            "target": {"court_id": court_id, "team_id": self.team(court_id, team)},
            **changes,
        }
        response = desk.post("/api/directives", order)
        assert response.status_code == 201, response.get_data(as_text=True)
        directive: dict[str, Any] = response.get_json()
        return directive

    def directive_from_above(
        self, desk: Client, court_id: str = "binchuan", **changes: Any
    ) -> dict[str, Any]:
        """Issue a superior court's directive to a court below, and return it."""
        response = desk.post(
            "/api/directives", {**ORDER, "kind": "superior", "target": {"court_id": court_id}, **changes}
        )
        assert response.status_code == 201, response.get_data(as_text=True)
        directive: dict[str, Any] = response.get_json()
        return directive
