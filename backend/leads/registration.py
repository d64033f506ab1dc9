"""Registering a lead or an inquiry in writing; a lead's clock runs from the time of the call (BSS-5(2), A17)."""

from typing import Any

from backend.cases.rules import read as read_case_number
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.core.serials import next_serial
from backend.courts.views import find_court
from backend.deadlines.work_calendar import court_day
from backend.leads.clocks import start_clock, start_reporting_clock
from backend.leads.rules import State, Triage, grounds_fit, is_too_old, lead_number, receipt_instant
from backend.leads.schemas import InquiryForm, LeadForm
from backend.leads.service import publish_lead
from backend.leads.tables import Lead, Reporter
from backend.people.permissions import Permission


def register(work: UnitOfWork, actor: Actor, lead_id: str | None, form: LeadForm) -> Lead:
    """Register a lead in writing; its clock runs from the time of the call.

    Raises 409.3 when another lead has this id, 422.1 for an urgent lead without a ground or an impossible time.
    """
    work.authorise(actor, Permission.LEAD_REGISTER, actor.court_id)
    triage = Triage(form.triage) if form.triage else None
    if not grounds_fit(triage, form.grounds):
        raise Problem(
            "422.1",
            "紧急线索至少选一项紧急情形",
            "An urgent lead needs one of the grounds",
            fields={"grounds": []},
        )
    if form.chance_from and form.chance_until and form.chance_until <= form.chance_from:
        raise Problem(
            "422.1",
            "时间窗口的结束须晚于开始",
            "The window must end after it begins",
            fields={"chance_until": []},
        )
    case = read_case_number(form.case_number_text)
    lead = add_lead(
        work,
        actor,
        lead_id,
        form,
        kind=form.kind,
        channel=form.channel,
        content=form.content,
        case_number=case.number.text if case.number else None,
        legacy_case_number=case.legacy,
        debtor_name=form.debtor_name,
        debtor_identity_tail=form.debtor_identity_tail,
        place=form.place.model_dump() if form.place else None,
        chance_from=form.chance_from,
        chance_until=form.chance_until,
        grounds=[str(ground) for ground in form.grounds],
        risks=list(form.risks),
        triage=triage,
        triaged_by=actor.user_id if triage else None,
        state=State.TRIAGED if triage else State.REGISTERED,
    )
    if form.reporter is not None and form.reporter != type(form.reporter)():
        work.session.add(Reporter(lead_id=lead.id, **form.reporter.model_dump()))
    start_clock(work, actor, lead)
    start_reporting_clock(work, actor, lead)
    publish_lead(work, lead)
    return lead


def register_inquiry(work: UnitOfWork, actor: Actor, lead_id: str | None, form: InquiryForm) -> Lead:
    """Register an inquiry call: two fields, no clocks, closed at once (A17)."""
    work.authorise(actor, Permission.LEAD_REGISTER, actor.court_id)
    lead = add_lead(
        work,
        actor,
        lead_id,
        form,
        kind="both",
        channel="phone",
        content=form.summary,
        grounds=[],
        risks=[],
        triage=Triage.INQUIRY,
        triaged_by=actor.user_id,
        state=State.CLOSED,
        closed_at=work.now,
    )
    if form.caller:
        work.session.add(Reporter(lead_id=lead.id, name=form.caller))
    publish_lead(work, lead)
    return lead


def add_lead(
    work: UnitOfWork, actor: Actor, lead_id: str | None, form: LeadForm | InquiryForm, **fields: Any
) -> Lead:
    """Number and keep a new lead with its audit line."""
    if lead_id is not None and work.session.get(Lead, lead_id) is not None:
        raise Problem("409.3", "该线索已登记", "This lead is registered already")
    if is_too_old(form.received_at, work.now):
        raise Problem(
            "422.1",
            "接报时间早于三十天前",
            "The call was more than thirty days ago",
            fields={"received_at": []},
        )
    received_at = receipt_instant(form.received_at, work.now)
    court = find_court(work.session, actor.court_id)
    if court is None:
        raise not_found()
    year = court_day(received_at).year
    lead = Lead(
        id=lead_id or new_identifier(),
        number=lead_number(court.code, year, next_serial(work, court.id, "lead", year)),
        court_id=court.id,
        received_at=received_at,
        registered_at=work.now,
        duty_officer_id=actor.user_id,
        **fields,
    )
    work.session.add(lead)
    work.session.flush()
    work.audit(
        actor, "lead.register", "lead", lead.id, court.id, received_at, number=lead.number, triage=lead.triage
    )
    return lead
