"""The steps of a directive: every act is kept with its own time, its arrival and its place, whatever became of it."""

from typing import Any

from backend.core.clock import to_wire
from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.directives.tables import Directive, DirectiveStep


def add_step(
    work: UnitOfWork,
    actor: Actor,
    row: Directive,
    act: str,
    occurrence: Occurrence | None = None,
    text: str | None = None,
    result: str = "applied",
    **detail: Any,
) -> DirectiveStep:
    """Keep one act on a directive at its present revision."""
    occurrence = occurrence or Occurrence(at=work.now)
    if occurrence.command_id:
        detail["command_id"] = occurrence.command_id
    if occurrence.device_at is not None:
        # What the phone's own clock said, and how sure it was: evidence for whoever is asked why it was late (A8).
        detail["device_at"] = to_wire(occurrence.device_at)
        detail["uncertainty_ms"] = occurrence.uncertainty_ms
    if occurrence.on_behalf:
        detail["on_behalf"] = True
    step = DirectiveStep(
        id=new_identifier(),
        directive_id=row.id,
        revision=row.revision or 1,
        act=act,
        actor_id=actor.user_id,
        actor_name=actor.name,
        device_id=actor.device_id,
        occurred_at=occurrence.at,
        received_at=work.now,
        time_trusted=occurrence.trusted,
        text=text,
        detail=detail,
        longitude=occurrence.longitude,
        latitude=occurrence.latitude,
        accuracy_m=occurrence.accuracy_m,
        result=result,
    )
    work.session.add(step)
    return step
