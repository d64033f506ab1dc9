"""What a team does moves the directive it carries out, and a directive called off calls its teams back (design.md 3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.directives.events import DirectiveMoved
from backend.directives.publish import publish_directive
from backend.directives.rules import ACTS, ENDED, Act, State, counts_after_end, earliest, further
from backend.directives.steps import add_step
from backend.directives.tables import Directive

CALLED_OFF = frozenset({"withdraw", "cancel"})
CARRIED = {"depart": "departed_at", "arrive": "arrived_at", "complete": "completed_at"}
FINISHED = frozenset({State.COMPLETED, State.FEEDBACK_SUBMITTED, State.RETURNED, State.ACCEPTED}) | ENDED
MoveClocks = Callable[[UnitOfWork, Actor, Directive, Act, Occurrence], None]


def lock_parents(work: UnitOfWork, child: Directive, act: Act) -> None:
    """Lock every directive above that this act may move, upward and before any clock or lead.

    Whoever issues a further order locks the directive it carries out before the lead too, so neither waits for ever.
    """
    parent_id = child.parent_id if act.name in {*CARRIED, *CALLED_OFF} else None
    while parent_id is not None:
        parent_id = locked_parent(work, parent_id).parent_id


def lock_children(work: UnitOfWork, directive_id: str) -> None:
    """Lock the open directives below, the lowest first: upward, as a team's own act does."""
    for child in open_children(work, directive_id):
        lock_children(work, child.id)
        work.session.refresh(child, with_for_update=True)


def open_children(work: UnitOfWork, directive_id: str) -> list[Directive]:
    """Return the directives not ended that carry this one out, in the order they were issued."""
    return list(
        work.session.execute(
            select(Directive)
            .where(Directive.parent_id == directive_id, Directive.state.not_in(ENDED))
            .order_by(Directive.id)
        ).scalars()
    )


def locked_parent(work: UnitOfWork, parent_id: str) -> Directive:
    """Return the directive that another one carries out, locked for this transaction."""
    return work.session.execute(
        select(Directive).where(Directive.id == parent_id).with_for_update()
    ).scalar_one()


def carry_to_parent(
    work: UnitOfWork,
    actor: Actor,
    child: Directive,
    act: Act,
    occurrence: Occurrence,
    move_clocks: MoveClocks,
) -> None:
    """Move the directives above as far as their children went; complete when every child not called off is.

    One that was objected to keeps its state, and its clock stops all the same: the team has left.
    """
    if child.parent_id is None or act.name not in {*CARRIED, *CALLED_OFF}:
        return
    parent = locked_parent(work, child.parent_id)
    if parent.state in ENDED and not counts_after_end(act, occurrence.at, parent.ended_at):
        return
    if act.name in CALLED_OFF or act.name == "complete":
        finished_at = last_completion(work, parent)
        if finished_at is None or parent.completed_at is not None:
            return
        act, occurrence = ACTS["complete"], replace(occurrence, at=finished_at)
    move_parent(work, actor, parent, child, act, occurrence)
    move_clocks(work, actor, parent, act, occurrence)
    work.raise_event(
        DirectiveMoved(
            parent.id,
            parent.lead_id,
            parent.target_court_id,
            parent.kind,
            act.name,
            parent.state,
            occurrence.at,
            actor,
        )
    )
    publish_directive(work, parent)
    carry_to_parent(work, actor, parent, act, occurrence, move_clocks)


def move_parent(
    work: UnitOfWork, actor: Actor, parent: Directive, child: Directive, act: Act, occurrence: Occurrence
) -> None:
    """Write the step of a child onto its parent, with its audit line."""
    field = CARRIED[act.name]
    parent.state = further(State(parent.state), act.leads_to)
    setattr(parent, field, earliest(getattr(parent, field), occurrence.at))
    parent.revision += 1
    result = "superseded" if parent.state in ENDED else "applied"
    add_step(work, actor, parent, act.name, occurrence, result=result, child_id=child.id)
    work.audit(
        actor,
        f"directive.{act.name}",
        "directive",
        parent.id,
        parent.target_court_id,
        occurrence.at,
        child_id=child.id,
    )


def last_completion(work: UnitOfWork, parent: Directive) -> datetime | None:
    """Return when the last child was completed, or None while one is at work or when all were called off."""
    work.session.flush()
    children = work.session.execute(
        select(Directive.state, Directive.completed_at).where(Directive.parent_id == parent.id)
    ).all()
    if not all(State(state) in FINISHED for state, _ in children):
        return None
    return max((completed_at for _, completed_at in children if completed_at is not None), default=None)
