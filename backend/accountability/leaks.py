"""Who saw a lead before an instant: the viewings, and whoever acted on it (BSS-12(6))."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.core.audit import lines_before
from backend.core.tables import AuditEntry, Viewing
from backend.core.viewings import viewings_of
from backend.courts.views import court_names
from backend.directives.views import directives_of_leads


@dataclass(frozen=True)
class Search:
    """Which stretch of time is asked about: at most so many hours before an instant."""

    before: datetime
    hours: int
    limit: int


def who_saw(session: Session, lead_id: str, search: Search) -> tuple[list[dict[str, Any]], bool]:
    """Return who saw or acted on a lead in the stretch, the last first, and whether there were more than the limit."""
    begin = search.before - timedelta(hours=search.hours)
    # A viewing is kept with its first instant of the hour: who looked at five past may have looked at ten to as well.
    hour = begin.replace(minute=0, second=0, microsecond=0)
    viewings = viewings_of(session, "lead", lead_id, begin=hour, before=search.before, limit=search.limit + 1)
    orders = directives_of_leads(session, [lead_id]).get(lead_id, [])
    subjects = [("lead", lead_id), *(("directive", order_id) for order_id in orders)]
    lines = lines_before(session, subjects, begin, search.before, limit=search.limit + 1)
    courts = court_names(session)
    found = [describe_viewing(one, courts) for one in viewings] + [describe_act(one) for one in lines]
    found.sort(key=lambda one: (one["at"], one["user"]["id"]), reverse=True)
    return found[: search.limit], len(found) > search.limit


def court_of(court_id: str, courts: dict[str, str]) -> dict[str, str]:
    """Return a court by id and name."""
    return {"id": court_id, "name": courts.get(court_id, "")}


def describe_viewing(one: Viewing, courts: dict[str, str]) -> dict[str, Any]:
    """Return a viewing in the shape `ViewingShape`."""
    return {
        "user": {"id": one.actor_id, "name": one.actor_name},
        "court": court_of(one.court_id, courts),
        "way": one.way,
        "at": one.at,
        "device_id": one.device_id,
    }


def describe_act(line: AuditEntry) -> dict[str, Any]:
    """Return an act in the same shape: whoever acts on a lead or its order knows of it."""
    return {
        "user": {"id": line.actor_id, "name": line.actor_name},
        "court": None,
        "way": "acted",
        "at": line.occurred_at,
        "action": line.action,
        "device_id": line.device_id,
    }
