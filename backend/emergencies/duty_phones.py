"""The number a court's command post answers, set by whoever runs the installation or leads its duty."""

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import not_found
from backend.courts.views import find_court
from backend.emergencies.tables import CourtDutyPhone


def set_duty_phone(work: UnitOfWork, actor: Actor, court_id: str, number: str | None) -> None:
    """Set the number of a court's command post, or take it away; the caller has authorised the act. 404.1 for no court."""
    if find_court(work.session, court_id) is None:
        raise not_found(f"没有法院 {court_id}", f"There is no court {court_id}")
    row = work.session.get(CourtDutyPhone, court_id, with_for_update=True)
    if number is None:
        if row is not None:
            work.session.delete(row)
    elif row is None:
        work.session.add(CourtDutyPhone(court_id=court_id, number=number, set_at=work.now))
    else:
        row.number, row.set_at = number, work.now
    work.audit(actor, "court.set_duty_phone", "court", court_id, court_id, number=number)
