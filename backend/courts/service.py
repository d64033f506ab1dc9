"""Acts on the tree of courts: a court is added with the day it begins; nothing is ever renamed in place."""

from datetime import datetime

from backend.core.database import UnitOfWork
from backend.core.outbox import authority_changed
from backend.core.permissions import Actor
from backend.courts.tables import Court


def add_court(
    work: UnitOfWork,
    actor: Actor,
    court_id: str,
    code: str,
    name: str,
    name_en: str,
    *,
    level: str,
    parent_id: str | None,
    effective_from: datetime,
    point: tuple[float, float] | None = None,
    code_verified: bool = True,
) -> Court:
    """Add a court; the caller has authorised the act. `point` is longitude, latitude in WGS-84 degrees."""
    court = Court(
        id=court_id,
        code=code,
        code_verified=code_verified,
        name=name,
        name_en=name_en,
        level=level,
        parent_id=parent_id,
        longitude=point[0] if point else None,
        latitude=point[1] if point else None,
        effective_from=effective_from,
    )
    work.session.add(court)
    authority_changed(work)
    work.audit(actor, "court.add", "court", court_id, court_id, name=name, parent_id=parent_id)
    return court
