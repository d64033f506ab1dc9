"""Endpoints of complaints, of the courtesy script, and of who saw a lead (BSS-11, BSS-12(6))."""

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint

from backend.accountability import complaints
from backend.accountability.complaint_schemas import (
    ComplaintList,
    ComplaintShape,
    CourtesyScript,
    NewComplaint,
    ViewingList,
    ViewingQuery,
    WhoList,
    WhoQuery,
)
from backend.accountability.describe import describe_complaints
from backend.accountability.evidence import describe_on_duty
from backend.accountability.leaks import Search, who_saw
from backend.accountability.texts import courtesy_script
from backend.accountability.views import complaints_seen
from backend.core.problems import not_found
from backend.core.schemas import PageQuery
from backend.core.viewings import Way, write_viewing
from backend.core.web import actor, requires, services
from backend.duty.views import on_duty
from backend.leads.schemas import ReporterForm
from backend.leads.views import lead_court
from backend.people.permissions import Permission

blueprint = APIBlueprint("complaints", __name__, url_prefix="/api", tag="Accountability")


@blueprint.get("/complaints")
@blueprint.input(PageQuery, location="query")
@blueprint.output(ComplaintList)
@requires(Permission.RECORD_READ)
def list_complaints(query_data: PageQuery) -> dict[str, Any]:
    """List the complaints of the courts whose records I may read, the newest first."""
    with services().database.reading() as work:
        rows = complaints_seen(work.session, actor(), limit=query_data.limit + 1, after=query_data.after)
        page = rows[: query_data.limit]
        more = page[-1].id if len(rows) > len(page) else None
        return {"items": describe_complaints(work.session, page), "next": more}


@blueprint.post("/complaints")
@blueprint.input(NewComplaint)
@blueprint.output(ComplaintShape, status_code=201)
@requires(Permission.COMPLAINT_REGISTER)
def register_complaint(json_data: NewComplaint) -> dict[str, Any]:
    """Register a complaint."""
    with services().database.writing() as work:
        row = complaints.register(work, actor(), json_data.id, json_data)
        return describe_complaints(work.session, [row])[0]


@blueprint.get("/complaints/on-duty")
@blueprint.input(WhoQuery, location="query")
@blueprint.output(WhoList)
@requires(Permission.COMPLAINT_REGISTER)
def who_was_on_duty(query_data: WhoQuery) -> dict[str, Any]:
    """Say who was on duty at my court at an instant: whom a complaint may be about."""
    with services().database.reading() as work:
        found = on_duty(work.session, actor().court_id, query_data.at)
        return {"people": [describe_on_duty(one) for one in found]}


@blueprint.get("/complaints/script")
@blueprint.output(CourtesyScript)
@requires(Permission.COMPLAINT_REGISTER)
def show_script() -> CourtesyScript:
    """Show what to say to whoever calls or comes (BSS-11)."""
    return courtesy_script()


@blueprint.get("/complaints/<complaint_id>/complainant")
@blueprint.output(ReporterForm)
@requires(Permission.REPORTER_READ)
def view_complainant(complaint_id: str) -> dict[str, Any]:
    """Show who complained; the view is logged."""
    with services().database.writing() as work:
        found = complaints.view_complainant(work, actor(), complaint_id)
        return {name: getattr(found, name) for name in ReporterForm.model_fields}


@blueprint.get("/leads/<lead_id>/viewings")
@blueprint.input(ViewingQuery, location="query")
@blueprint.output(ViewingList)
@requires(Permission.VIEWING_READ)
def list_viewings(lead_id: str, query_data: ViewingQuery) -> dict[str, Any]:
    """Say who saw a lead before an instant; asking is itself written down."""
    with services().database.reading() as work:
        court_id = lead_court(work.session, lead_id)
    if court_id is None:
        raise not_found("没有此线索", "No such lead")
    actor().demand(Permission.VIEWING_READ, court_id)
    write_viewing("lead", lead_id, Way.SEARCHED)
    with services().database.reading() as work:
        # Up to now means what happens now as well.
        before = query_data.before or work.now + timedelta(microseconds=1)
        search = Search(before, query_data.hours, query_data.limit)
        found, more = who_saw(work.session, lead_id, search)
        return {"viewings": found, "more": more}
