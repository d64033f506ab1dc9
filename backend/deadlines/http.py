"""The list of clocks: what is owed next, with the clause of each; and what would be due, and why (BSS-7, BSS-8)."""

import base64
import binascii
from datetime import datetime

from apiflask import APIBlueprint

from backend.core.problems import Problem
from backend.core.schemas import Reference
from backend.core.viewings import note_titles
from backend.core.web import actor, requires, services
from backend.courts.views import court_names
from backend.deadlines.history import what_if
from backend.deadlines.history_schemas import WhatIf, WhatIfQuery
from backend.deadlines.schemas import ClockPage, ClockQuery, ClockRow
from backend.deadlines.views import clocks_seen
from backend.people.permissions import Permission

blueprint = APIBlueprint("deadlines", __name__, url_prefix="/api", tag="Deadlines")


@blueprint.get("/clocks")
@blueprint.input(ClockQuery, location="query")
@blueprint.output(ClockPage)
@requires(Permission.CLOCK_READ)
def list_clocks(query_data: ClockQuery) -> ClockPage:
    """List the clocks of my court and those below it, the next due first."""
    with services().database.reading() as work:
        found = clocks_seen(
            work.session,
            actor(),
            court_id=query_data.court_id,
            owed_only=query_data.state == "open",
            limit=query_data.limit + 1,
            after=read_mark(query_data.after) if query_data.after else None,
        )
    items = found[: query_data.limit]
    note_titles((one.subject_kind, one.subject_id, one.title) for one in items)
    return ClockPage(items=items, next=mark_after(items[-1]) if len(found) > len(items) else None)


@blueprint.get("/clocks/what-if")
@blueprint.input(WhatIfQuery, location="query")
@blueprint.output(WhatIf)
@requires(Permission.CLOCK_READ)
def suppose(query_data: WhatIfQuery) -> WhatIf:
    """Say what would be due if a clock began at a court at an instant, and why; nothing is written."""
    actor().demand(Permission.CLOCK_READ, query_data.court_id)
    with services().database.reading() as work:
        court = Reference(id=query_data.court_id, name=court_names(work.session)[query_data.court_id])
        return what_if(work.session, court, query_data.clock, query_data.at)


def mark_after(clock: ClockRow) -> str:
    """Write where a list goes on after a clock."""
    return base64.urlsafe_b64encode(f"{clock.due_at.isoformat()} {clock.id}".encode()).decode()


def read_mark(mark: str) -> tuple[datetime, str]:
    """Read where a list goes on; Problem 422.1 for a mark this server did not write."""
    try:
        due_at, _, clock_id = base64.urlsafe_b64decode(mark).decode().partition(" ")
        instant = datetime.fromisoformat(due_at)
        if instant.tzinfo is None:
            raise ValueError("the mark's instant is naive")
    except (binascii.Error, ValueError) as error:
        raise Problem("422.1", "翻页标记无效", "The mark of the page is not valid") from error
    return instant, clock_id
