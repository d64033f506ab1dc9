"""Endpoints of delegations in force: who commands in whose place at my court, and ending one early (DL-7)."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.schemas import PageQuery
from backend.core.web import actor, requires, services, signed_in
from backend.people import administration
from backend.people.account_schemas import AppointmentShape, DelegationList, Reason
from backend.people.account_views import delegations_at, describe_appointment, describe_delegations
from backend.people.permissions import Permission

blueprint = APIBlueprint("delegations", __name__, url_prefix="/api", tag="People and phones")


@blueprint.get("/delegations")
@blueprint.input(PageQuery, location="query")
@blueprint.output(DelegationList)
@requires(Permission.PEOPLE_READ)
def list_delegations(query_data: PageQuery) -> dict[str, Any]:
    """List the delegations of my court that are in force or still to begin."""
    limit, asking = query_data.limit, actor()
    asking.demand(Permission.PEOPLE_READ, asking.court_id)
    with services().database.reading() as work:
        rows = delegations_at(
            work.session, asking.court_id, work.now, limit=limit + 1, after=query_data.after
        )
        return {
            "items": describe_delegations(work.session, rows[:limit]),
            "next": rows[limit - 1].id if len(rows) > limit else None,
        }


@blueprint.post("/delegations/<appointment_id>/end")
@blueprint.input(Reason)
@blueprint.output(AppointmentShape)
@signed_in
def end_delegation(appointment_id: str, json_data: Reason) -> dict[str, Any]:
    """End a delegation early: mine, or as account manager any of my court."""
    with services().database.writing() as work:
        row = administration.end_delegation(work, actor(), appointment_id, json_data.reason)
        return describe_appointment(row)
