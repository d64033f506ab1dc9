"""The clocks a directive starts: C1, C6 or C8 by being served, C3 and C7 by what is done on it (BSS-5(3), 6, 8, 10)."""

from datetime import datetime

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.deadlines import service as deadlines
from backend.directives.rules import CLOCKED_FROM_ABOVE, FROM_ABOVE
from backend.directives.tables import Directive


def start_clocks(work: UnitOfWork, actor: Actor, row: Directive) -> None:
    """Start what being served starts: C1 where a duty desk must answer (BSS-6), and when a team must leave.

    That is C6 (BSS-8), or C8 where the court's own debtor is held elsewhere and must be fetched (BSS-10).
    """
    if row.kind in FROM_ABOVE and row.is_to_court:
        start_clock(work, actor, row, "C1", row.served_at)
    if row.kind not in CLOCKED_FROM_ABOVE:
        return
    if not row.fetches_debtor or not start_clock(work, actor, row, "C8", row.served_at):
        start_clock(work, actor, row, "C6", row.served_at)


def start_clock(work: UnitOfWork, actor: Actor, row: Directive, clock: str, at: datetime) -> bool:
    """Start one clock of the receiving court; False where its rulebook sets no such limit."""
    started = deadlines.start(
        work,
        clock=clock,
        subject_kind="directive",
        subject_id=row.id,
        court_id=row.target_court_id,
        team_id=row.target_team_id,
        started_at=at,
        title=row.title,
        by=actor,
    )
    return started is not None
