"""History of the clocks of a lead or directive, on a screen and on paper (BSS-6 to BSS-8, DL-10; A8).

Here because deadlines know no subject: leads and directives say who may see them, what they are called, and why an act
came late.
"""

from datetime import datetime
from typing import Any, Literal

from apiflask import APIBlueprint
from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from backend.clock_paper import clock_paper
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.printing import printed
from backend.core.schemas import Reference, Wire
from backend.core.web import actor, requires, services, signed_in
from backend.courts.views import court_names
from backend.deadlines.history import clock_pasts
from backend.deadlines.history_schemas import ClockHistory, ClockSubject
from backend.directives.describe import clocks_concerning
from backend.directives.views import (
    directives_below,
    directives_named,
    directives_of_leads,
    read_directive,
    steps_of,
)
from backend.leads.views import leads_named, read_lead
from backend.people.permissions import Permission

blueprint = APIBlueprint("clock_pages", __name__, url_prefix="/api", tag="Deadlines")
PDF: dict[int | str, Any] = {
    200: {
        "description": "The same on paper",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class SubjectQuery(Wire):
    """Which leads and directives: their number, debtor or title holds the text; all where it is empty."""

    search: str = Field("", max_length=60)
    limit: int = Field(20, ge=1, le=50)


class SubjectList(Wire):
    """The leads and directives that fit best to look at first: the newest; a search, so there is no next page."""

    subjects: list[ClockSubject]


@blueprint.get("/clocks/subjects")
@blueprint.input(SubjectQuery, location="query")
@blueprint.output(SubjectList)
@requires(Permission.CLOCK_READ)
def find_subjects(query_data: SubjectQuery) -> SubjectList:
    """Find leads and directives I may read by their number, debtor or title, newest first."""
    with services().database.reading() as work:
        found = [
            *leads_named(work.session, actor(), query_data.search.strip(), query_data.limit),
            *directives_named(work.session, actor(), query_data.search.strip(), query_data.limit),
        ]
        courts = court_names(work.session)
        subjects = sorted((_subject(row, courts) for row in found), key=lambda one: one.at, reverse=True)
        return SubjectList(subjects=subjects[: query_data.limit])


@blueprint.get("/leads/<lead_id>/clocks")
@blueprint.output(ClockHistory)
@requires(Permission.LEAD_READ)
def lead_clocks(lead_id: str) -> ClockHistory:
    """Show what became of each clock of a lead, and why its limit is what it is."""
    with services().database.reading() as work:
        return _of_lead(work, actor(), lead_id)


@blueprint.get("/directives/<directive_id>/clocks")
@blueprint.output(ClockHistory)
@signed_in
def directive_clocks(directive_id: str) -> ClockHistory:
    """Show what became of each clock that stands on a directive, and why its limit is what it is."""
    with services().database.reading() as work:
        return _of_directive(work, actor(), directive_id)


@blueprint.get("/leads/<lead_id>/clocks.pdf")
@blueprint.doc(responses=PDF)
@requires(Permission.LEAD_READ)
def print_lead_clocks(lead_id: str) -> Response:
    """Print what became of each clock of a lead."""
    with services().database.reading() as work:
        history = _of_lead(work, actor(), lead_id)
    return _paper(history)


@blueprint.get("/directives/<directive_id>/clocks.pdf")
@blueprint.doc(responses=PDF)
@signed_in
def print_directive_clocks(directive_id: str) -> Response:
    """Print what became of each clock that stands on a directive."""
    with services().database.reading() as work:
        history = _of_directive(work, actor(), directive_id)
    return _paper(history)


def _paper(history: ClockHistory) -> Response:
    response = Response(printed(clock_paper(history)), mimetype="application/pdf")
    # A name for the file that needs no escaping; the number of the thing stands on the paper itself.
    response.headers["Content-Disposition"] = f'inline; filename="clocks-{history.subject.id}.pdf"'
    return response


def _of_lead(work: UnitOfWork, asking: Actor, lead_id: str) -> ClockHistory:
    lead = read_lead(work.session, asking, lead_id)
    orders = directives_of_leads(work.session, [lead.id]).get(lead.id, [])
    return ClockHistory(
        subject=_subject(lead, court_names(work.session)),
        now=work.now,
        clocks=clock_pasts(work.session, [("lead", lead.id)], _reasons(work.session, orders)),
    )


def _of_directive(work: UnitOfWork, asking: Actor, directive_id: str) -> ClockHistory:
    row = read_directive(work.session, asking, directive_id)
    shown = {clock.id: clock for clock in clocks_concerning(work.session, [row])[row.id]}
    subjects = sorted({(clock.subject_kind, clock.subject_id) for clock in shown.values()})
    acted_on = [row.id, *([row.parent_id] if row.parent_id else []), *directives_below(work.session, row.id)]
    pasts = clock_pasts(work.session, subjects, _reasons(work.session, acted_on))
    return ClockHistory(
        subject=_subject(row, court_names(work.session)),
        now=work.now,
        clocks=[past for past in pasts if past.clock.id in shown],
    )


def _reasons(session: Session, directive_ids: list[str]) -> dict[datetime, str]:
    """What was written down with each act on the directives, by the instant of the act."""
    return {
        step.occurred_at: step.text
        for steps in steps_of(session, directive_ids).values()
        for step in steps
        if step.text
    }


def _subject(row: Any, courts: dict[str, str]) -> ClockSubject:
    """A lead or a directive as the heading of its clocks; never the reporter."""
    kind: Literal["lead", "directive"] = "lead" if row.__tablename__ == "lead" else "directive"
    court = row.court_id if kind == "lead" else row.target_court_id
    place = (row.place or {}).get("text", "")
    return ClockSubject(
        kind=kind,
        id=row.id,
        number=row.number,
        title=(row.debtor_name or place) if kind == "lead" else row.title,
        court=Reference(id=court, name=courts[court]),
        at=row.received_at if kind == "lead" else row.served_at,
    )
