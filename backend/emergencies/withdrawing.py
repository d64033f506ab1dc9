"""A check-in that arrives after its alarm: made in time it takes the alarm back, made late it says the officer is safe."""

from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM, Actor
from backend.emergencies.lines import add_line
from backend.emergencies.publish import publish_emergency
from backend.emergencies.rules import EmergencyAct, EmergencyResult, EmergencyState
from backend.emergencies.views import locked
from backend.notify.rules import NoticeKind
from backend.notify.service import settle_about


def came_after_all(work: UnitOfWork, actor: Actor, emergency_id: str, occurrence: Occurrence) -> None:
    """Write the check-in into the alarm its lack has raised; one made before it closes it, with both lines kept."""
    row = locked(work.session, emergency_id)
    if row is None or row.state == EmergencyState.CLOSED:
        return
    add_line(work, row, EmergencyAct.SAFE, actor, occurrence.at)
    row.safe_at = occurrence.at
    row.revision += 1
    if occurrence.at <= row.raised_at:
        row.state, row.result = EmergencyState.CLOSED, EmergencyResult.ON_TIME
        row.closed_at, row.next_step_at, row.unconfirmed = work.now, None, False
        add_line(work, row, EmergencyAct.WITHDRAW, SYSTEM)
        work.audit(SYSTEM, "check_in.withdrawn", "emergency", row.id, row.court_id, user_id=row.user_id)
        settle_about(work, "emergency", row.id, [NoticeKind.EMERGENCY])
    publish_emergency(work, row)
