"""A ladder in the tests' hands: time passes, the climber looks, and what was sent can be asked for. No channel is spoken to."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from backend.delivery.climbing import LadderClimber
from backend.delivery.tables import Delivery, DeliveryAttempt
from tests.support.world import Client, Phone, World

Sent = tuple[str, str, str]
NOON = "2026-03-03T04:00:00Z"


@dataclass
class Ladder:
    """One worker's climber on the world's database; `gateways` are those the court has."""

    world: World
    gateways: Sequence[str] = ()
    began: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.world.clock.now()

    def at(self, seconds: float) -> int:
        """It is so many seconds after the test's beginning: let the worker look, and return how many moved."""
        self.world.clock.instant = self.began + timedelta(seconds=seconds)
        return LadderClimber(self.world.database, self.gateways)()

    def of(self, desk: Client, subject_id: str, account: str, kind: str = "directive") -> dict[str, Any]:
        """Return the delivery to a person as a desk sees it."""
        found = desk.get("/api/deliveries", subject_kind=kind, subject_id=subject_id).get_json()["items"]
        user_id = self.world.user(account).id
        return next(one for one in found if one["user"]["id"] == user_id)

    def sent(self, subject_id: str) -> list[Sent]:
        """Return what was queued about a subject: rung, channel and whose account, in order."""
        accounts = {}
        with self.world.database.reading() as work:
            rows = work.session.execute(
                select(DeliveryAttempt, Delivery.user_id)
                .join(Delivery, Delivery.id == DeliveryAttempt.delivery_id)
                .where(Delivery.subject_id == subject_id)
                .order_by(DeliveryAttempt.id)
            ).all()
            accounts = {row.user_id: row.user_id for row in rows}
        names = {self.world.user(f"binchuan.{who}").id: who for who in PEOPLE}
        return [(row[0].rung, row[0].channel, names[accounts[row.user_id]]) for row in rows]

    def attempts(self, subject_id: str) -> list[DeliveryAttempt]:
        """Return the sendings about a subject, the first queued first."""
        with self.world.database.reading() as work:
            query = (
                select(DeliveryAttempt)
                .join(Delivery, Delivery.id == DeliveryAttempt.delivery_id)
                .where(Delivery.subject_id == subject_id)
                .order_by(DeliveryAttempt.id)
            )
            return list(work.session.execute(query).scalars())


PEOPLE = ("teamleader1", "officer1", "officer2", "officer3", "officer4", "officer5")


@pytest.fixture
def ladder(world: World) -> Ladder:
    """The ladder of a court without gateways."""
    return Ladder(world)


def subscription(name: str = "one", **changes: Any) -> dict[str, Any]:
    """A subscription as a browser gives it, with keys of its own."""
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    made = {
        "endpoint": f"https://push.example.com/wpush/v2/{name}",
        "p256dh": base64.urlsafe_b64encode(point).decode().rstrip("="),
        "auth": base64.urlsafe_b64encode(bytes(range(16))).decode().rstrip("="),
        "expires_at": None,
    }
    return {**made, **changes}


def put(client: Client, path: str, body: dict[str, Any]) -> Any:
    """PUT JSON and return the response."""
    return client.http.put(path, json=body, headers={"X-CSRF-Token": client.csrf})


def subscribe(phone: Phone, name: str) -> None:
    """Let the phone's browser receive pushes."""
    answer = put(phone, "/api/push/subscription", subscription(name))
    assert answer.status_code == 200, answer.get_data(as_text=True)


def receipts(phone: Phone, order_id: str, *stages: str, channel: str = "socket") -> None:
    """The phone's page says how far an order came."""
    items = [
        {
            "subject_kind": "directive",
            "subject_id": order_id,
            "stage": stage,
            "channel": channel,
            "at": phone.clock.now().isoformat() if phone.clock else NOON,
        }
        for stage in stages
    ]
    answer = phone.post("/api/deliveries/receipts", {"items": items})
    assert answer.status_code == 200, answer.get_data(as_text=True)
