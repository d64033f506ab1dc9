"""Named selects of leads, scoped to whoever asks, and their shape on the wire."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.core.problems import not_found
from backend.deadlines.views import clocks_of
from backend.directives.views import directives_of_leads
from backend.leads.rules import State
from backend.leads.schemas import LeadShape
from backend.leads.tables import Lead, Reporter
from backend.people.permissions import Permission
from backend.people.views import user_names


def read_lead(session: Session, actor: Actor, lead_id: str) -> Lead:
    """Return the lead; 404.1 when there is none, 403.1 when it is another court's."""
    lead = session.get(Lead, lead_id)
    if lead is None:
        raise not_found("没有此线索", "No such lead")
    actor.demand(Permission.LEAD_READ, lead.court_id)
    return lead


def lead_court(session: Session, lead_id: str) -> str | None:
    """Return the court a lead was registered at, or None."""
    return session.execute(select(Lead.court_id).where(Lead.id == lead_id)).scalar_one_or_none()


def lead_numbers(session: Session, lead_ids: Collection[str]) -> dict[str, str]:
    """Return the numbers of leads by id, as they stand on a slip; the port of `directives`."""
    if not lead_ids:
        return {}
    rows = session.execute(select(Lead.id, Lead.number).where(Lead.id.in_(lead_ids)))
    return {row.id: row.number for row in rows}


def title_of(lead: Lead) -> str:
    """Return what a lead is called on a board: the place, or its number."""
    return (lead.place or {}).get("text") or lead.number


def leads_seen(
    session: Session, actor: Actor, *, open_only: bool, limit: int = 200, after: str | None = None
) -> list[Lead]:
    """Return the leads of the courts the actor may read, newest first, older than the id `after`."""
    query = select(Lead).where(Lead.court_id.in_(actor.courts(Permission.LEAD_READ)))
    if open_only:
        query = query.where(Lead.state != State.CLOSED)
    if after:
        query = query.where(Lead.id < after)
    return list(session.execute(query.order_by(Lead.id.desc()).limit(limit)).scalars())


def leads_named(session: Session, actor: Actor, text: str, limit: int) -> list[Lead]:
    """Return the leads the actor may read whose number or debtor holds the text, newest first."""
    held = or_(Lead.number.contains(text, autoescape=True), Lead.debtor_name.contains(text, autoescape=True))
    courts = actor.courts(Permission.LEAD_READ)
    query = select(Lead).where(Lead.court_id.in_(courts), held)
    return list(session.execute(query.order_by(Lead.id.desc()).limit(limit)).scalars())


def merged_leads(session: Session, lead_ids: Collection[str]) -> dict[str, list[Lead]]:
    """Return the leads merged into each of these, the first received first (A16)."""
    found: dict[str, list[Lead]] = {lead_id: [] for lead_id in lead_ids}
    rows = session.execute(
        select(Lead).where(Lead.merged_into_id.in_(lead_ids)).order_by(Lead.received_at, Lead.id)
    )
    for row in rows.scalars():
        found[str(row.merged_into_id)].append(row)
    return found


def describe_leads(session: Session, leads: list[Lead]) -> list[dict[str, Any]]:
    """Return the shape `LeadShape` of each lead as JSON-ready values."""
    ids = [lead.id for lead in leads]
    clocks = clocks_of(session, "lead", ids)
    directives = directives_of_leads(session, ids)
    names = user_names(session, {lead.duty_officer_id for lead in leads})
    merged = merged_leads(session, ids)
    shown = [*ids, *(row.id for rows in merged.values() for row in rows)]
    with_reporter = set(
        session.execute(select(Reporter.lead_id).where(Reporter.lead_id.in_(shown))).scalars()
    )
    return [
        LeadShape.model_validate(
            {
                **{
                    name: getattr(lead, name)
                    for name in LeadShape.model_fields
                    if name in Lead.__table__.columns
                },
                "duty_officer": {"id": lead.duty_officer_id, "name": names.get(lead.duty_officer_id, "")},
                "directive_ids": directives.get(lead.id, []),
                "clocks": clocks[lead.id],
                "has_reporter": lead.id in with_reporter,
                "merged": [
                    {"id": row.id, "number": row.number, "has_reporter": row.id in with_reporter}
                    for row in merged[lead.id]
                ],
            }
        ).model_dump(mode="json")
        for lead in leads
    ]


def describe_lead(session: Session, lead: Lead) -> dict[str, Any]:
    """Return one lead as JSON-ready values."""
    return describe_leads(session, [lead])[0]
