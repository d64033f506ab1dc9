"""Whom the ladder tells: the desks, of every change; the leader and the commanders, of an order nobody has or answers."""

from collections.abc import Mapping, Sequence

from sqlalchemy import exists, select

from backend.core.database import UnitOfWork
from backend.core.permissions import room_of_court
from backend.deadlines.rulebooks import Audience
from backend.delivery.describe import describe_deliveries
from backend.delivery.rules import RungName
from backend.delivery.tables import Delivery
from backend.notify.posts import posts_of
from backend.notify.rules import NoticeKind, told_people
from backend.notify.service import give_notice, settle_about
from backend.notify.views import is_open_about
from backend.people.permissions import Permission

ALARMS = {RungName.LEADER: NoticeKind.ORDER_UNDELIVERED, RungName.COMMANDER: NoticeKind.ORDER_UNANSWERED}
COMMANDERS = (Audience.DUTY_LEADER, Audience.COMMANDER)


def publish_delivery(work: UnitOfWork, row: Delivery) -> None:
    """Put `delivery.changed` of one delivery in the outbox, as `publish_deliveries` does."""
    publish_deliveries(work, [row])


def publish_deliveries(work: UnitOfWork, rows: Sequence[Delivery]) -> None:
    """Put `delivery.changed` in the outbox for the desks of both courts; a self-check concerns nobody but its phone."""
    told = [row for row in rows if row.subject_kind != "self_check"]
    if not told:
        return
    work.session.flush()
    for row, shape in zip(told, describe_deliveries(work.session, told), strict=True):
        rooms = [
            room_of_court(Permission.DIRECTIVE_READ, court_id)
            for court_id in (row.court_id, row.issuing_court_id)
        ]
        work.publish("delivery.changed", row.id, row.revision, row.court_id, rooms, shape)


def alarm(work: UnitOfWork, row: Delivery, rung: RungName) -> bool:
    """Tell the leader or the commanders of an order, once for all its people; False when they know already."""
    kind = ALARMS[rung]
    if is_open_about(work.session, kind, row.subject_kind, row.subject_id):
        return False
    give_notice(
        work,
        court_id=row.court_id,
        kind=kind,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        title=row.title,
        people=people_told(work, row, rung),
        at=work.now,
        detail={"person": row.user_id},
    )
    return True


def people_told(work: UnitOfWork, row: Delivery, rung: RungName) -> Mapping[str, Sequence[Audience]]:
    """Return who is told at a rung: the team's leader with the desk, or the leaders of the duty and the commanders."""
    holders = posts_of(work, row.court_id)
    if rung is RungName.COMMANDER:
        return told_people(COMMANDERS, holders)
    told = told_people([Audience.DUTY_OFFICER], holders)
    if row.leader_id is not None:
        told.setdefault(row.leader_id, []).append(Audience.RESPONSIBLE)
    return told


def settle_alarms(work: UnitOfWork, subject_kind: str, subject_id: str) -> None:
    """Settle the alarms of a subject that nobody need act on any more: everybody has it, or it is answered."""
    work.session.flush()
    of_subject = (Delivery.subject_kind == subject_kind, Delivery.subject_id == subject_id)
    still = (Delivery.settled_at.is_(None), *of_subject)
    if not work.session.execute(select(exists().where(*still, Delivery.received_at.is_(None)))).scalar():
        settle_about(work, subject_kind, subject_id, NoticeKind.ORDER_UNDELIVERED)
    if not work.session.execute(select(exists().where(*still, Delivery.answered_at.is_(None)))).scalar():
        settle_about(work, subject_kind, subject_id, NoticeKind.ORDER_UNANSWERED)
