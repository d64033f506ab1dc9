"""Named selects of emergencies: those an actor's courts may see, a person's own, and whom a court's phones may call."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.courts.rules import CourtTree
from backend.emergencies.rules import EmergencyKind, EmergencyState
from backend.emergencies.tables import CourtDutyPhone, Emergency, EmergencyLine
from backend.people.permissions import Permission


def emergencies_seen(
    session: Session, actor: Actor, *, open_only: bool, limit: int, after: str | None = None
) -> list[Emergency]:
    """Return the emergencies of the courts whose positions the actor sees, newest first, older than the id `after`."""
    query = select(Emergency).where(Emergency.court_id.in_(sorted(actor.courts(Permission.POSITION_READ))))
    if open_only:
        query = query.where(Emergency.state != EmergencyState.CLOSED)
    if after is not None:
        query = query.where(Emergency.id < after)
    return list(session.execute(query.order_by(Emergency.id.desc()).limit(limit)).scalars())


def read_emergency(session: Session, actor: Actor, emergency_id: str) -> Emergency:
    """Return the emergency; 404.1 for none, 403.1 for a court whose positions the actor does not see."""
    row = session.get(Emergency, emergency_id)
    if row is None:
        raise not_found("没有此求助", "No such emergency")
    if not actor.may(Permission.POSITION_READ, row.court_id):
        raise Problem("403.1")
    return row


def locked(session: Session, emergency_id: str, *, skip: bool = False) -> Emergency | None:
    """Return the emergency as it stands, locked for this transaction, or None; `skip`: None while another has it."""
    return session.execute(
        select(Emergency)
        .where(Emergency.id == emergency_id)
        .with_for_update(skip_locked=skip)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()


def locked_by_press(session: Session, press_id: str) -> Emergency | None:
    """Return, locked, the emergency of this id, or the one that a press under this id was added to."""
    found = locked(session, press_id)
    if found is not None:
        return found
    emergency_id = session.execute(
        select(EmergencyLine.emergency_id).where(EmergencyLine.press_id == press_id).limit(1)
    ).scalar_one_or_none()
    return None if emergency_id is None else locked(session, emergency_id)


def open_sos_of(session: Session, user_id: str, *, drill: bool) -> Emergency | None:
    """Return, locked, the call for help of a person that is not closed: the real one first, a drill only for a drill."""
    query = (
        select(Emergency)
        .where(
            Emergency.user_id == user_id,
            Emergency.kind == EmergencyKind.SOS,
            Emergency.state != EmergencyState.CLOSED,
        )
        .order_by(Emergency.drill, Emergency.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if not drill:
        query = query.where(Emergency.drill.is_(False))
    return session.execute(query).scalars().first()


def emergencies_of_person(session: Session, user_id: str) -> list[Emergency]:
    """Return what of a person is not closed, the oldest first."""
    query = select(Emergency).where(Emergency.user_id == user_id, Emergency.state != EmergencyState.CLOSED)
    return list(session.execute(query.order_by(Emergency.id)).scalars())


def lines_of(session: Session, emergency_ids: Collection[str]) -> dict[str, list[EmergencyLine]]:
    """Return the lines of each emergency in the order they came."""
    found: dict[str, list[EmergencyLine]] = {emergency_id: [] for emergency_id in emergency_ids}
    rows = session.execute(
        select(EmergencyLine)
        .where(EmergencyLine.emergency_id.in_(emergency_ids))
        .order_by(EmergencyLine.received_at, EmergencyLine.id)
    ).scalars()
    for row in rows:
        found[row.emergency_id].append(row)
    return found


def duty_phone_of(session: Session, tree: CourtTree, court_id: str) -> tuple[str, str] | None:
    """Return the court and number of the command post to call: the court's own, or of the nearest court above."""
    courts = [court_id, *tree.ancestors(court_id)]
    rows = session.execute(
        select(CourtDutyPhone.court_id, CourtDutyPhone.number).where(CourtDutyPhone.court_id.in_(courts))
    )
    numbers = {row.court_id: row.number for row in rows}
    return next(((court, numbers[court]) for court in courts if court in numbers), None)
