"""A check-in that did not come: the command post is alarmed once, unconfirmed while the phone is out of contact (ADR 0039)."""

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM
from backend.emergencies.check_in_views import held_plan, lock_member
from backend.emergencies.lines import add_line
from backend.emergencies.publish import publish_check_ins, publish_emergency
from backend.emergencies.rules import EmergencyAct, EmergencyKind, EmergencyState, missed_at, next_step
from backend.emergencies.tables import Emergency
from backend.people.contact import HANDS_OVER_WITHIN, is_any_phone_silent
from backend.teams.views import team_of_people


def alarm_when_missed(work: UnitOfWork, directive_id: str, user_id: str) -> bool:
    """Alarm the command post for a timer that has run out; False when it came, is not due, or another worker was quicker."""
    plan = held_plan(work.session, directive_id)
    row = lock_member(work.session, directive_id, user_id)
    if plan is None or row is None or row.look_at is None or row.look_at >= work.now or not row.active:
        return False
    work.authorise_by_rule("a limit that passes is nobody's act")
    at = missed_at(row.due_at)
    step = next_step(work.now, 0, drill=False)
    emergency = Emergency(
        id=new_identifier(),
        revision=1,
        kind=EmergencyKind.MISSED_CHECK_IN,
        drill=False,
        state=EmergencyState.OPEN,
        court_id=plan.court_id,
        user_id=user_id,
        team_id=team_of_people(work.session, [user_id]).get(user_id),
        directive_id=directive_id,
        raised_at=at,
        received_at=work.now,
        time_trusted=True,
        alarmed=[plan.court_id],
        steps_done=0,
        next_step_at=step[1] if step else None,
        # Heard from since it was due: with the time to hand over, that is what the phone would have sent by now.
        unconfirmed=is_any_phone_silent(work, [user_id], row.due_at - HANDS_OVER_WITHIN),
    )
    work.session.add(emergency)
    work.session.flush()
    row.look_at, row.emergency_id = None, emergency.id
    add_line(work, emergency, EmergencyAct.MISS, SYSTEM, at)
    work.audit(
        SYSTEM,
        "check_in.missed",
        "emergency",
        emergency.id,
        plan.court_id,
        at,
        user_id=user_id,
        out_of_contact=emergency.unconfirmed,
    )
    plan.revision += 1
    publish_emergency(work, emergency)
    publish_check_ins(work, plan)
    return True
