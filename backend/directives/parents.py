"""What a team does moves the directive it carries out: the child's departure stops the parent's clock (design.md 3)."""

from collections.abc import Callable

from sqlalchemy import select

from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.directives.events import DirectiveMoved
from backend.directives.publish import publish_directive
from backend.directives.rules import ENDED, Act, State, earliest, further
from backend.directives.steps import add_step
from backend.directives.tables import Directive

CARRIED = {"depart": "departed_at", "arrive": "arrived_at", "complete": "completed_at"}
FINISHED = frozenset({State.COMPLETED, State.FEEDBACK_SUBMITTED, State.RETURNED, State.ACCEPTED}) | ENDED
MoveClocks = Callable[[UnitOfWork, Actor, Directive, Act, Occurrence], None]


def carry_to_parent(
    work: UnitOfWork, actor: Actor, child: Directive, act: Act, occurrence: Occurrence, move_clocks: MoveClocks
) -> None:
    """Move the parent as far as its children went; it is complete when every child that was not called off is."""
    if child.parent_id is None or act.name not in CARRIED:
        return
    parent = work.session.execute(
        select(Directive).where(Directive.id == child.parent_id).with_for_update()
    ).scalar_one()
    if parent.state in ENDED or parent.state == State.OBJECTED or act.leads_to is None:
        return
    if act.name == "complete" and not all_children_finished(work, parent):
        return
    field = CARRIED[act.name]
    known = getattr(parent, field)
    parent.state = further(State(parent.state), act.leads_to)
    setattr(parent, field, occurrence.at if act.name == "complete" else earliest(known, occurrence.at))
    parent.revision += 1
    add_step(work, actor, parent, act.name, occurrence, child_id=child.id)
    work.audit(
        actor, f"directive.{act.name}", "directive", parent.id, parent.target_court_id, occurrence.at, child_id=child.id
    )
    move_clocks(work, actor, parent, act, occurrence)
    work.raise_event(
        DirectiveMoved(
            parent.id, parent.lead_id, parent.target_court_id, parent.kind, act.name, parent.state, occurrence.at, actor
        )
    )
    publish_directive(work, parent)


def all_children_finished(work: UnitOfWork, parent: Directive) -> bool:
    """Tell whether no child of the directive is still at work."""
    states = work.session.execute(select(Directive.state).where(Directive.parent_id == parent.id)).scalars()
    return all(State(state) in FINISHED for state in states)
