"""Acts of a command post on an emergency: answer (which silences every desk), note, close with a result and a word."""

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.courts.views import court_tree
from backend.emergencies.lines import add_line
from backend.emergencies.publish import publish_emergency
from backend.emergencies.rules import (
    EmergencyAct,
    EmergencyKind,
    EmergencyResult,
    EmergencyState,
    may_answer,
    results_of,
)
from backend.emergencies.tables import Emergency
from backend.emergencies.views import locked
from backend.notify.rules import NoticeKind
from backend.notify.service import settle_about
from backend.people.permissions import Permission


def answer(work: UnitOfWork, actor: Actor, emergency_id: str) -> Emergency:
    """Answer for the command post; the first answer counts and silences every desk, a later one changes nothing."""
    row = _held(work, actor, emergency_id)
    if row.state != EmergencyState.OPEN:
        return row
    _answer(work, actor, row)
    publish_emergency(work, row)
    return row


def _answer(work: UnitOfWork, actor: Actor, row: Emergency) -> None:
    row.state = EmergencyState.ANSWERED
    row.answered_at, row.answered_by = work.now, actor.user_id
    row.next_step_at = None
    row.revision += 1
    add_line(work, row, EmergencyAct.ANSWER, actor)
    work.audit(actor, "sos.answer", "emergency", row.id, row.court_id, user_id=row.user_id)
    settle_about(work, "emergency", row.id, [NoticeKind.EMERGENCY])


def note(work: UnitOfWork, actor: Actor, emergency_id: str, words: str) -> Emergency:
    """Write down what is being done; possible after the end too, for what comes out later."""
    row = _held(work, actor, emergency_id)
    row.revision += 1
    add_line(work, row, EmergencyAct.NOTE, actor, words=words)
    work.audit(actor, "sos.note", "emergency", row.id, row.court_id, user_id=row.user_id)
    publish_emergency(work, row)
    return row


def close(
    work: UnitOfWork, actor: Actor, emergency_id: str, result: EmergencyResult, words: str
) -> Emergency:
    """Close with a result and a word; whoever closes what nobody answered answers it by that.

    409.2 when it is closed, 422.1 for a result it cannot have: a drill ends as a drill.
    """
    row = _held(work, actor, emergency_id)
    if row.state == EmergencyState.CLOSED:
        raise Problem("409.2", "此求助已结束", "This emergency has ended")
    if result not in results_of(EmergencyKind(row.kind), drill=row.drill):
        raise Problem("422.1", "不能以此结果结束", "It cannot end as this", fields={"result": []})
    if row.state == EmergencyState.OPEN:
        _answer(work, actor, row)
    row.state, row.result, row.words = EmergencyState.CLOSED, result, words
    row.closed_at, row.closed_by = work.now, actor.user_id
    row.revision += 1
    add_line(work, row, EmergencyAct.CLOSE, actor, words=words)
    work.audit(
        actor, "sos.close", "emergency", row.id, row.court_id, user_id=row.user_id, ended_as=str(result)
    )
    publish_emergency(work, row)
    return row


def _held(work: UnitOfWork, actor: Actor, emergency_id: str) -> Emergency:
    """Return the emergency, locked, of a court the actor answers for; 404.1 for none, 403.1 for whom it is not."""
    row = locked(work.session, emergency_id)
    if row is None:
        raise not_found("没有此求助", "No such emergency")
    ancestors = court_tree(work.session, work.now).ancestors(row.court_id)
    kept, seen = actor.courts(Permission.DUTY_KEEP), actor.courts(Permission.POSITION_READ)
    if not may_answer(row.court_id, ancestors, kept, seen):
        raise Problem("403.1")
    work.authorise_by_rule("who keeps the duty of the court or of one above it answers")
    return row
