"""Acts of the officer in danger: press, press again, say to be safe (domain 1.16, ADR 0039)."""

from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.identifiers import is_identifier, new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.directives.views import order_in_hand
from backend.emergencies.lines import add_line
from backend.emergencies.publish import publish_emergency
from backend.emergencies.rules import EmergencyAct, EmergencyKind, EmergencyState, next_step
from backend.emergencies.schemas import SosPress, SosSafe
from backend.emergencies.tables import Emergency
from backend.emergencies.views import locked_by_press, open_sos_of
from backend.teams.views import team_of_people


def raise_sos(
    work: UnitOfWork, actor: Actor, press_id: str, body: SosPress, occurrence: Occurrence
) -> Emergency:
    """Call for help under the id the phone made; a press while one is open adds a line to it and opens none.

    Whoever holds an enrolled phone may: no role stands between an officer and help. 403.1 for somebody else's call.
    """
    if not is_identifier(press_id):
        raise Problem("422.1", fields={"subject_id": []})
    work.authorise_by_rule("whoever holds an enrolled phone may call for help")
    named = locked_by_press(work.session, press_id)
    if named is not None and named.user_id != actor.user_id:
        raise Problem("403.1")
    row = named if named is not None and named.state != EmergencyState.CLOSED else None
    row = row or open_sos_of(work.session, actor.user_id, drill=body.drill)
    if row is not None and not (row.drill and not body.drill):
        return _press_again(work, actor, row, press_id, body, occurrence)
    # An id used before is no reason to refuse somebody help: the call gets an id of ours.
    return _open(work, actor, press_id if named is None else new_identifier(), body, occurrence)


def _open(work: UnitOfWork, actor: Actor, press_id: str, body: SosPress, occurrence: Occurrence) -> Emergency:
    step = next_step(work.now, 0, drill=body.drill)
    row = Emergency(
        id=press_id,
        revision=1,
        kind=EmergencyKind.SOS,
        drill=body.drill,
        state=EmergencyState.OPEN,
        court_id=actor.court_id,
        user_id=actor.user_id,
        device_id=actor.device_id,
        team_id=team_of_people(work.session, [actor.user_id]).get(actor.user_id),
        directive_id=order_in_hand(work.session, actor.user_id),
        raised_at=occurrence.at,
        received_at=work.now,
        time_trusted=occurrence.trusted,
        note=body.note,
        alarmed=[actor.court_id],
        steps_done=0,
        next_step_at=step[1] if step else None,
    )
    _place(work, row, occurrence)
    work.session.add(row)
    work.session.flush()
    add_line(work, row, EmergencyAct.RAISE, actor, occurrence.at, body.note, press_id)
    work.audit(actor, "sos.raise", "emergency", row.id, row.court_id, occurrence.at, drill=row.drill)
    publish_emergency(work, row)
    return row


def _press_again(
    work: UnitOfWork, actor: Actor, row: Emergency, press_id: str, body: SosPress, occurrence: Occurrence
) -> Emergency:
    """Add a press to an open call; the newest position is the one shown, and who said to be safe is so no longer."""
    if occurrence.longitude is not None and (
        row.fixed_at is None or (occurrence.fixed_at or occurrence.at) >= row.fixed_at
    ):
        _place(work, row, occurrence)
    row.safe_at = None
    row.revision += 1
    add_line(work, row, EmergencyAct.PRESS_AGAIN, actor, occurrence.at, body.note, press_id)
    work.audit(actor, "sos.press_again", "emergency", row.id, row.court_id, occurrence.at, drill=row.drill)
    publish_emergency(work, row)
    return row


def _place(work: UnitOfWork, row: Emergency, occurrence: Occurrence) -> None:
    row.longitude, row.latitude = occurrence.longitude, occurrence.latitude
    row.accuracy_m = occurrence.accuracy_m
    if occurrence.longitude is not None:
        row.fixed_at = min(occurrence.fixed_at or occurrence.at, work.now)
    if occurrence.battery_percent is not None:
        row.battery_percent = occurrence.battery_percent


def say_safe(
    work: UnitOfWork, actor: Actor, press_id: str, body: SosSafe, occurrence: Occurrence
) -> tuple[Emergency, bool]:
    """Say to be safe: shown at the desk, which alone closes. Returns the emergency and whether it could still change.

    404.1 for none, 403.1 for another person's.
    """
    row = locked_by_press(work.session, press_id)
    if row is None:
        raise not_found("没有此求助", "No such emergency")
    if row.user_id != actor.user_id:
        raise Problem("403.1")
    work.authorise_by_rule("the officer in danger speaks for themselves")
    open_still = row.state != EmergencyState.CLOSED
    if open_still:
        row.safe_at = occurrence.at
    row.revision += 1
    add_line(work, row, EmergencyAct.SAFE, actor, occurrence.at, body.note)
    work.audit(actor, "sos.safe", "emergency", row.id, row.court_id, occurrence.at)
    publish_emergency(work, row)
    return row, open_still
