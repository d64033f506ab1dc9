"""Named selects of deliveries: what is open at the courts an actor reads, and what became of one subject."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.delivery.tables import Delivery
from backend.people.permissions import Permission

OWN_AFFAIR = "self_check"


def deliveries_seen(
    session: Session,
    actor: Actor,
    subject: tuple[str, str] | None = None,
    *,
    limit: int,
    after: str | None = None,
) -> list[Delivery]:
    """Return what is on its way to people of the courts the actor reads, or what was of one subject, the first first."""
    courts = sorted(actor.courts(Permission.DIRECTIVE_READ))
    query = select(Delivery).where(
        or_(Delivery.court_id.in_(courts), Delivery.issuing_court_id.in_(courts)),
        Delivery.subject_kind != OWN_AFFAIR,
    )
    if subject is None:
        query = query.where(Delivery.settled_at.is_(None))
    else:
        query = query.where(Delivery.subject_kind == subject[0], Delivery.subject_id == subject[1])
    if after is not None:
        query = query.where(Delivery.id > after)
    return list(session.execute(query.order_by(Delivery.id).limit(limit)).scalars())
