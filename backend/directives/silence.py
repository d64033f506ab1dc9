"""Whether a phone out of contact could still bring the act that stops a clock (design.md 1, principle 5; A8)."""

from datetime import datetime

from backend.core.database import UnitOfWork
from backend.directives.views import people_on
from backend.people.contact import is_any_phone_silent


def silent_phones(work: UnitOfWork, subject_kind: str, subject_id: str, since: datetime) -> bool:
    """Answer the port of `deadlines`: a member's phone has not been heard from since the instant."""
    people = (
        people_on(work.session, lead_id=subject_id)
        if subject_kind == "lead"
        else people_on(work.session, directive_id=subject_id)
    )
    return bool(people) and is_any_phone_silent(work, people, since)
