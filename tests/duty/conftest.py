"""The duty of Xiangyun, whose demo keeps no roster: short words for planning, handing over and looking."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from backend.core.clock import to_wire
from backend.core.tables import AuditEntry
from backend.deadlines.work_calendar import COURT_TIME
from backend.duty.views import OnDuty, on_duty
from tests.support.world import Client, World

COURT = "xiangyun"


def china(text: str) -> datetime:
    """Return an instant from a court's wall clock: `03-03 08:20` of 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=COURT_TIME)


def wall(text: str) -> str:
    """Return the same instant as the wire writes it."""
    return to_wire(china(text))


class Duty:
    """Xiangyun's duty: its leader plans, its people are named by their post (`duty`, `officer1`)."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def leader(self) -> Client:
        """Return a session of the duty leader that is open now, whatever time has passed."""
        return self.desk("leader")

    def desk(self, post: str) -> Client:
        """Return a desk's session of somebody of Xiangyun; `binchuan.duty` for elsewhere."""
        return self.world.sign_in(post if "." in post else f"{COURT}.{post}")

    def id(self, post: str) -> str:
        """Return the id of somebody."""
        return self.world.user(post if "." in post else f"{COURT}.{post}").id

    def crew(self, *people: str) -> list[dict[str, str]]:
        """Return people as the wire names them: `duty officer`, `officer1 standby`."""
        return [
            {"user_id": self.id(post), "function": function}
            for post, function in (person.split() for person in people)
        ]

    def try_plan(self, begin: str, end: str, *people: str, post: str = "A", by: Client | None = None) -> Any:
        """Ask to plan a shift and return the response."""
        return (by or self.leader).post(
            "/api/duty/shifts",
            {
                "court_id": COURT,
                "post": post,
                "planned_start": wall(begin),
                "planned_end": wall(end),
                "people": self.crew(*people),
            },
        )

    def plan(self, begin: str, end: str, *people: str, post: str = "A") -> dict[str, Any]:
        """Plan a shift and return it."""
        answer = self.try_plan(begin, end, *people, post=post)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        shift: dict[str, Any] = answer.get_json()
        return shift

    def take_over(self, shift: dict[str, Any], by: Client) -> dict[str, Any]:
        """Let somebody of a first shift take the duty over."""
        answer = by.post(f"/api/duty/shifts/{shift['id']}/take_over")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        taken: dict[str, Any] = answer.get_json()
        return taken

    def draft(self, shift: dict[str, Any], by: Client) -> dict[str, Any]:
        """Draft the handover of a shift."""
        answer = by.post("/api/duty/handovers", {"shift_id": shift["id"]})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        handover: dict[str, Any] = answer.get_json()
        return handover

    def act(self, handover: dict[str, Any], act: str, by: Client, **body: Any) -> tuple[int, dict[str, Any]]:
        """Do an act on a handover at the revision it was seen at."""
        answer = by.post(
            f"/api/duty/handovers/{handover['id']}/{act}", {"revision": handover["revision"], **body}
        )
        return answer.status_code, answer.get_json()

    def sign(self, handover: dict[str, Any], by: Client) -> dict[str, Any]:
        """Sign a handover as it was seen."""
        status, shown = self.act(handover, "sign", by)
        assert status == 200, shown
        return shown

    def time(self, text: str) -> None:
        """Move the clock."""
        self.world.clock.instant = china(text)

    def on_duty(self, at: str, court: str = COURT) -> list[OnDuty]:
        """Return who carries the duty at an instant."""
        with self.world.database.reading() as work:
            return on_duty(work.session, court, china(at))

    def names_on_duty(self, at: str) -> list[str]:
        """Return the accounts (without the court) of who carries the duty."""
        accounts = {self.id(post): post for post in ("commander", "leader", "duty", "officer1", "officer2")}
        return [accounts[one.user_id] for one in self.on_duty(at)]

    def crew_of(self, shift: dict[str, Any]) -> list[tuple[str, str, str]]:
        """Return who stands in a shift as (account without the court, function, standing)."""
        accounts = {self.id(post): post for post in ("commander", "leader", "duty", "officer1", "officer2")}
        return [(accounts[one["id"]], one["function"], one["standing"]) for one in shift["people"]]

    def lines(self, subject_id: str) -> list[str]:
        """Return the actions of the audit log about something."""
        with self.world.database.reading() as work:
            rows = work.session.execute(
                select(AuditEntry.action).where(AuditEntry.subject_id == subject_id).order_by(AuditEntry.id)
            )
            return list(rows.scalars())


def said(answer: Any) -> tuple[int, str, Sequence[str]]:
    """Return status, code and both sentences of a refusal."""
    body = answer.get_json()
    return answer.status_code, body["code"], (body["zh"], body["en"])


@pytest.fixture
def duty(world: World) -> Duty:
    """The duty of Xiangyun; nobody is planned yet."""
    return Duty(world)
