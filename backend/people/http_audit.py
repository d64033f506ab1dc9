"""The audit log for its readers: the audit administrator of a court, and auditors of a court and those below it.

Reading is an act too: every request leaves a line of its own.
"""

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import Field, StringConstraints

from backend.core.audit import AuditFilter, lines_seen
from backend.core.schemas import CourtId, PageQuery, Wire, WireInstant
from backend.core.web import actor, requires, services
from backend.people.permissions import Permission

blueprint = APIBlueprint("audit", __name__, url_prefix="/api", tag="Audit log")
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:@-]{1,80}$")]


class AuditQuery(PageQuery):
    """Which lines: of a subject, an actor, actions that begin with a word, a court, a stretch of time."""

    after: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")] | None = None
    subject_kind: Word | None = None
    subject_id: Word | None = None
    actor_id: Word | None = None
    action: Word | None = Field(None, description="What the action begins with, for example `lead.`")
    court_id: CourtId | None = None
    begin: WireInstant | None = None
    end: WireInstant | None = None


class AuditLine(Wire):
    """One line: who did what to which thing, when it happened, when it arrived, and what was said about it."""

    id: int
    recorded_at: WireInstant
    occurred_at: WireInstant
    actor_id: str
    actor_name: str
    device_id: str | None
    court_id: str
    action: str
    subject_kind: str
    subject_id: str
    detail: dict[str, Any]


class AuditLines(Wire):
    """Lines, newest first."""

    items: list[AuditLine]
    next: str | None = None


@blueprint.get("/audit")
@blueprint.input(AuditQuery, location="query")
@blueprint.output(AuditLines)
@requires(Permission.AUDIT_READ)
def read_audit(query_data: AuditQuery) -> dict[str, Any]:
    """Read the audit log of my court (auditors: and of those below it), newest first."""
    limit, asking = query_data.limit, actor()
    asked = query_data.model_dump(mode="json", exclude_none=True)
    wanted = AuditFilter(
        query_data.subject_kind,
        query_data.subject_id,
        query_data.actor_id,
        query_data.action,
        query_data.begin,
        query_data.end,
    )
    with services().database.writing() as work:
        work.authorise(asking, Permission.AUDIT_READ, query_data.court_id)
        courts = {query_data.court_id} if query_data.court_id else asking.courts(Permission.AUDIT_READ)
        before = int(query_data.after) if query_data.after else None
        rows = lines_seen(work.session, courts, wanted, limit=limit + 1, before=before)
        work.audit(asking, "audit.read", "audit", asking.court_id, asking.court_id, asked=asked)
    return {"items": rows[:limit], "next": str(rows[limit - 1].id) if len(rows) > limit else None}
