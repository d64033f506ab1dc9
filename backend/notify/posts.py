"""Who holds which post of a court at this moment, by roster and by appointment, and whom a subject names (DL-14)."""

from collections import defaultdict

from backend.core.database import UnitOfWork
from backend.deadlines.rulebooks import Audience
from backend.notify.ports import concerned_by, on_duty
from backend.notify.rules import Holders, told_people
from backend.people.permissions import Role
from backend.people.views import people_holding

TOLD_BY_ROLE = (Role.DUTY_OFFICER, Role.DUTY_LEADER, Role.COMMANDER, Role.LIAISON)


def holders_now(work: UnitOfWork, court_id: str, subject_kind: str, subject_id: str) -> Holders:
    """Return who holds the posts of a court now, and whom a subject of it names."""
    own = posts_of(work, court_id)
    concerned = concerned_by.ask(work.session, subject_kind, subject_id)
    issuing: list[str] = []
    if concerned.issuing_court_id is not None and concerned.issuing_court_id != court_id:
        above = posts_of(work, concerned.issuing_court_id)
        told = told_people([Audience.DUTY_OFFICER, Audience.DUTY_LEADER], above)
        issuing = [*told] or ([concerned.issuer_id] if concerned.issuer_id else [])
    return Holders(own.rostered, own.appointed, tuple(concerned.responsible), issuing)


def posts_of(work: UnitOfWork, court_id: str) -> Holders:
    """Return who holds the posts of one court now, by roster and by appointment."""
    rostered: dict[str, list[str]] = defaultdict(list)
    for holder in on_duty.ask(work.session, court_id, work.now):
        rostered[str(holder.function)].append(holder.user_id)
    return Holders(rostered, people_holding(work.session, court_id, TOLD_BY_ROLE, work.now))
