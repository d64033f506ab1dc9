"""Officers of Binchuan in danger: short words for pressing, answering and looking."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backend.core.identifiers import new_identifier
from backend.core.tables import AuditEntry, OutboxEvent
from backend.emergencies.jobs import escalate_emergencies
from tests.support.world import Client, Phone, World

HERE = {"longitude": 100.575, "latitude": 25.829, "accuracy_m": 12.0, "fixed_at": "2026-03-03T00:59:50.000Z"}


class Danger:
    """An officer's phone in danger, and the desks that hear of it; `at` another account for the officer."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.phone: Phone = world.phone("binchuan.officer1")

    def press(
        self,
        phone: Phone | None = None,
        *,
        drill: bool = False,
        note: str | None = None,
        made_at: datetime | None = None,
        press_id: str | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Press and return the answer to the command."""
        phone = phone or self.phone
        more = {"position": HERE, "battery_percent": 41, **more}
        body = {"drill": drill, "note": note}
        command = phone.command("sos.raise", press_id or new_identifier(), body, made_at, **more)
        return phone.send(command)[0]

    def raised(self, **options: Any) -> str:
        """Press and return the id of the emergency."""
        answer = self.press(**options)
        assert answer["result"] == "applied", answer
        return str(answer["subject_id"])

    def desk(self, account: str) -> Client:
        """Return a desk's session of somebody that is open now."""
        return self.world.sign_in(account if "." in account else f"binchuan.{account}")

    def act(self, emergency_id: str, act: str, by: str = "duty", **body: Any) -> Any:
        """Let a desk act and return the response."""
        return self.desk(by).post(f"/api/emergencies/{emergency_id}/{act}", body)

    def shown(self, emergency_id: str, to: str = "duty") -> dict[str, Any]:
        """Return the emergency as a desk sees it."""
        answer = self.desk(to).get(f"/api/emergencies/{emergency_id}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = answer.get_json()
        return found

    def later(self, seconds: float) -> int:
        """Let time pass, let the worker look, and return how many steps it took."""
        self.world.clock.instant += timedelta(seconds=seconds)
        return escalate_emergencies(self.world.database)

    def audited(self, subject_id: str) -> list[str]:
        """Return the actions of the audit log about a subject, in their order."""
        with self.world.database.reading() as work:
            query = select(AuditEntry.action).where(AuditEntry.subject_id == subject_id)
            return list(work.session.execute(query.order_by(AuditEntry.id)).scalars())

    def events(self, kind: str) -> list[OutboxEvent]:
        """Return the live events of a kind, in their order."""
        with self.world.database.reading() as work:
            query = select(OutboxEvent).where(OutboxEvent.kind == kind).order_by(OutboxEvent.id)
            return list(work.session.execute(query).scalars())

    def told(self, account: str) -> list[tuple[str, str]]:
        """Return kind and title of the open notices somebody of a desk is shown."""
        notices = self.desk(account).get("/api/notices").get_json()["items"]
        return [(one["kind"], one["title"]) for one in notices]


@pytest.fixture
def danger(world: World) -> Danger:
    """Tuesday 09:00 at Binchuan; officer1 carries a phone."""
    return Danger(world)
