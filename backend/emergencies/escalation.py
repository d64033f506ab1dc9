"""What happens to an emergency nobody answers: the leaders are told, then the court above; each step exactly once."""

from collections.abc import Mapping, Sequence

from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM
from backend.courts.views import court_tree
from backend.deadlines.rulebooks import Audience
from backend.emergencies.lines import add_line
from backend.emergencies.publish import publish_emergency
from backend.emergencies.rules import EmergencyState, Step, next_step
from backend.emergencies.tables import Emergency
from backend.emergencies.views import locked
from backend.notify.posts import posts_of
from backend.notify.rules import NoticeKind, told_people
from backend.notify.service import give_notice
from backend.people.views import user_names


def escalate(work: UnitOfWork, emergency_id: str) -> bool:
    """Take the next step of an emergency that is due; False when it was answered, is not due, or another has it."""
    row = locked(work.session, emergency_id, skip=True)
    if row is None or row.state != EmergencyState.OPEN or row.next_step_at is None:
        return False
    due = next_step(row.received_at, row.steps_done, drill=row.drill)
    if due is None or due[1] > work.now:
        return False
    work.authorise_by_rule("nobody answering is nobody's act")
    step, at = due
    court_id, people = _whom(work, row, step)
    row.steps_done += 1
    following = next_step(row.received_at, row.steps_done, drill=row.drill)
    row.next_step_at = following[1] if following else None
    if court_id not in row.alarmed:
        row.alarmed = [*row.alarmed, court_id]
    row.revision += 1
    add_line(work, row, step.act, SYSTEM, at, court_id=court_id)
    work.audit(
        SYSTEM,
        f"sos.{step.act}",
        "emergency",
        row.id,
        row.court_id,
        at,
        user_id=row.user_id,
        drill=row.drill,
        people=len(people),
    )
    if people:
        give_notice(
            work,
            court_id=row.court_id,
            kind=NoticeKind.EMERGENCY,
            subject_kind="emergency",
            subject_id=row.id,
            title=title_of(work, row),
            people=people,
            at=at,
        )
    publish_emergency(work, row)
    return True


def _whom(work: UnitOfWork, row: Emergency, step: Step) -> tuple[str, Mapping[str, Sequence[str]]]:
    """Return the court whose desk is alarmed by the step and whom it tells: upward, the nearest that has anybody."""
    above = court_tree(work.session, work.now).ancestors(row.court_id)
    for court_id in above if step.upward else [row.court_id]:
        people: Mapping[str, Sequence[Audience]] = told_people(step.tells, posts_of(work, court_id))
        if people:
            return court_id, people
    return row.court_id, {}


def title_of(work: UnitOfWork, row: Emergency) -> str:
    """Return the title of a notice: whose call it is, and that it is a drill where it is one."""
    name = user_names(work.session, [row.user_id])[row.user_id]
    return f"【演练 DRILL】{name}" if row.drill else name
