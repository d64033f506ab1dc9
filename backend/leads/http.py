"""Endpoints of leads for the duty desk."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.database import UnitOfWork
from backend.core.viewings import Way, note_listed, write_viewing
from backend.core.web import actor, requires, services
from backend.leads import merging, registration, service
from backend.leads.schemas import (
    CloseAct,
    LeadList,
    LeadQuery,
    LeadShape,
    MergeAct,
    NewLead,
    ReportAct,
    ReporterForm,
    TriageAct,
)
from backend.leads.tables import Lead
from backend.leads.views import describe_lead, describe_leads, leads_seen, read_lead
from backend.people.permissions import Permission

blueprint = APIBlueprint("leads", __name__, url_prefix="/api", tag="Leads")


@blueprint.get("/leads")
@blueprint.input(LeadQuery, location="query")
@blueprint.output(LeadList)
@requires(Permission.LEAD_READ)
def list_leads(query_data: LeadQuery) -> dict[str, Any]:
    """List the leads I may read, newest first."""
    with services().database.reading() as work:
        rows = leads_seen(
            work.session,
            actor(),
            open_only=query_data.state == "open",
            limit=query_data.limit + 1,
            after=query_data.after,
        )
        page = rows[: query_data.limit]
        note_listed("lead", [lead.id for lead in page])
        return {
            "items": describe_leads(work.session, page),
            "next": page[-1].id if len(rows) > len(page) else None,
        }


@blueprint.post("/leads")
@blueprint.input(NewLead)
@blueprint.output(LeadShape, status_code=201)
@requires(Permission.LEAD_REGISTER)
def register_lead(json_data: NewLead) -> dict[str, Any]:
    """Register a lead."""
    with services().database.writing() as work:
        return describe_lead(work.session, registration.register(work, actor(), json_data.id, json_data))


@blueprint.get("/leads/<lead_id>")
@blueprint.output(LeadShape)
@requires(Permission.LEAD_READ)
def show_lead(lead_id: str) -> dict[str, Any]:
    """Show one lead."""
    with services().database.reading() as work:
        shown = describe_lead(work.session, read_lead(work.session, actor(), lead_id))
    write_viewing("lead", lead_id, Way.OPENED)
    return shown


@blueprint.get("/leads/<lead_id>/reporter")
@blueprint.output(ReporterForm)
@requires(Permission.REPORTER_READ)
def view_reporter(lead_id: str) -> dict[str, Any]:
    """Show who reported a lead; the view is logged."""
    with services().database.writing() as work:
        reporter = service.view_reporter(work, actor(), lead_id)
        shown = {name: getattr(reporter, name) for name in ReporterForm.model_fields}
    write_viewing("lead", lead_id, Way.REPORTER)
    return shown


def _answer(work: UnitOfWork, lead: Lead) -> dict[str, Any]:
    return describe_lead(work.session, lead)


@blueprint.post("/leads/<lead_id>/triage")
@blueprint.input(TriageAct)
@blueprint.output(LeadShape)
@requires(Permission.LEAD_TRIAGE)
def triage_lead(lead_id: str, json_data: TriageAct) -> dict[str, Any]:
    """Say what a lead is."""
    with services().database.writing() as work:
        return _answer(work, service.triage_lead(work, actor(), lead_id, json_data))


@blueprint.post("/leads/<lead_id>/report")
@blueprint.input(ReportAct)
@blueprint.output(LeadShape)
@requires(Permission.LEAD_TRIAGE)
def report_lead(lead_id: str, json_data: ReportAct) -> dict[str, Any]:
    """Record the report to the leader and the instruction received."""
    with services().database.writing() as work:
        return _answer(work, service.report_to_leader(work, actor(), lead_id, json_data))


@blueprint.post("/leads/<lead_id>/close")
@blueprint.input(CloseAct)
@blueprint.output(LeadShape)
@requires(Permission.LEAD_TRIAGE)
def close_lead(lead_id: str, json_data: CloseAct) -> dict[str, Any]:
    """Close a lead."""
    with services().database.writing() as work:
        return _answer(work, service.close_lead(work, actor(), lead_id, json_data))


@blueprint.post("/leads/<lead_id>/merge")
@blueprint.input(MergeAct)
@blueprint.output(LeadShape)
@requires(Permission.LEAD_TRIAGE)
def merge_leads(lead_id: str, json_data: MergeAct) -> dict[str, Any]:
    """Merge two leads about the same event into the one that came first; answers with that one."""
    with services().database.writing() as work:
        return _answer(work, merging.merge_leads(work, actor(), lead_id, json_data))
