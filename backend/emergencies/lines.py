"""Writing down one thing that happened in an emergency; nothing is ever changed or taken away."""

from datetime import datetime
from typing import Any

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.emergencies.rules import EmergencyAct
from backend.emergencies.tables import Emergency, EmergencyLine


def add_line(
    work: UnitOfWork,
    row: Emergency,
    act: EmergencyAct,
    actor: Actor,
    at: datetime | None = None,
    words: str | None = None,
    press_id: str | None = None,
    **detail: Any,
) -> None:
    """Add a line; `at`: when it happened, now where nothing else is known. The caller audits the act."""
    work.session.add(
        EmergencyLine(
            id=new_identifier(),
            emergency_id=row.id,
            act=act,
            at=at or work.now,
            received_at=work.now,
            actor_id=actor.user_id,
            actor_name=actor.name,
            text=words,
            press_id=press_id,
            detail=detail,
        )
    )
