"""Acts on leads: register, triage, report to the leader, close; each with its clock (BSS-5(2), BSS-7)."""

from typing import Any

from sqlalchemy import select

from backend.cases.rules import read as read_case_number
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor, room_of_court
from backend.core.problems import Problem, not_found
from backend.core.serials import next_serial
from backend.courts.views import find_court
from backend.deadlines import service as deadlines
from backend.deadlines.work_calendar import court_day
from backend.directives.views import first_acts_on_lead
from backend.leads.rules import (
    CLOCK_OF_TRIAGE,
    State,
    Triage,
    further,
    grounds_fit,
    is_too_old,
    lead_number,
    receipt_instant,
)
from backend.leads.schemas import CloseAct, InquiryForm, LeadForm, ReportAct, TriageAct
from backend.leads.tables import Lead, Reporter
from backend.leads.views import describe_lead
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


def start_clock(work: UnitOfWork, actor: Actor, lead: Lead) -> None:
    """Start the clock of the lead's triage from the time of the call: C4 for urgent, C5 for the rest."""
    if lead.triage is None or (clock := CLOCK_OF_TRIAGE.get(Triage(lead.triage))) is None:
        return
    accepted_at, departed_at = first_acts_on_lead(work.session, lead.id)
    deadlines.start(
        work,
        clock=clock,
        subject_kind="lead",
        subject_id=lead.id,
        court_id=lead.court_id,
        team_id=None,
        started_at=lead.received_at,
        title=title_of(lead),
        by=actor,
        reopen=True,
        stopped_at=departed_at if clock == "C4" else accepted_at,
    )


def title_of(lead: Lead) -> str:
    """Return what a clock of the lead is called on a board: the place, or the lead's number."""
    return (lead.place or {}).get("text") or lead.number


def locked_lead(work: UnitOfWork, actor: Actor, lead_id: str, permission: str, revision: int) -> Lead:
    """Return the lead, locked; 404.1, 403.1, or 409.1 with the present lead when another desk changed it."""
    lead = work.session.execute(select(Lead).where(Lead.id == lead_id).with_for_update()).scalar_one_or_none()
    if lead is None:
        raise not_found("没有此线索", "No such lead")
    work.authorise(actor, permission, lead.court_id)
    if revision < lead.revision:
        raise Problem("409.1", current=describe_lead(work.session, lead), changed=[])
    if lead.state == State.CLOSED:
        raise Problem("409.2", "线索已办结", "The lead is closed", state=lead.state)
    lead.revision += 1
    return lead


def triage_lead(work: UnitOfWork, actor: Actor, lead_id: str, act: TriageAct) -> Lead:
    """Say what a lead is; the clock of the former triage is cancelled, the new one runs from the time of the call."""
    lead = locked_lead(work, actor, lead_id, Permission.LEAD_TRIAGE, act.revision)
    triage = Triage(act.triage)
    grounds = [str(ground) for ground in act.grounds] or lead.grounds
    if not grounds_fit(triage, grounds):
        raise Problem(
            "422.1",
            "紧急线索至少选一项紧急情形",
            "An urgent lead needs one of the grounds",
            fields={"grounds": []},
        )
    former = CLOCK_OF_TRIAGE.get(Triage(lead.triage)) if lead.triage else None
    if former and former != CLOCK_OF_TRIAGE.get(triage):
        deadlines.cancel(work, "lead", lead.id, work.now, actor, f"triaged as {triage}", former)
    lead.triage, lead.triage_reason, lead.triaged_by, lead.grounds = (
        triage,
        act.reason,
        actor.user_id,
        grounds,
    )
    lead.state = further(State(lead.state), State.TRIAGED)
    work.audit(actor, "lead.triage", "lead", lead.id, lead.court_id, triage=triage, grounds=grounds)
    start_clock(work, actor, lead)
    publish_lead(work, lead)
    return lead


def report_to_leader(work: UnitOfWork, actor: Actor, lead_id: str, act: ReportAct) -> Lead:
    """Record that the leader was told, how, and what was instructed (BSS-5(2))."""
    lead = locked_lead(work, actor, lead_id, Permission.LEAD_TRIAGE, act.revision)
    lead.reported_to, lead.reported_by_channel = act.reported_to, act.channel
    lead.reported_at = lead.reported_at or work.now
    lead.leader_instruction = act.instruction
    lead.state = further(State(lead.state), State.REPORTED)
    work.audit(actor, "lead.report", "lead", lead.id, lead.court_id, reported_to=act.reported_to)
    publish_lead(work, lead)
    return lead


def close_lead(work: UnitOfWork, actor: Actor, lead_id: str, act: CloseAct) -> Lead:
    """Close a lead with its result and the reply to the reporter; a clock still running is cancelled."""
    lead = locked_lead(work, actor, lead_id, Permission.LEAD_TRIAGE, act.revision)
    lead.result, lead.reply, lead.closed_at, lead.state = act.result, act.reply, work.now, State.CLOSED
    deadlines.cancel(work, "lead", lead.id, work.now, actor, "lead closed")
    work.audit(actor, "lead.close", "lead", lead.id, lead.court_id)
    publish_lead(work, lead)
    return lead


def view_reporter(work: UnitOfWork, actor: Actor, lead_id: str) -> Reporter:
    """Return who reported a lead and write that the actor saw it; 404.1 when there is nobody."""
    lead = work.session.get(Lead, lead_id)
    if lead is None:
        raise not_found("没有此线索", "No such lead")
    work.authorise(actor, Permission.REPORTER_READ, lead.court_id)
    reporter = work.session.get(Reporter, lead_id)
    if reporter is None:
        raise not_found("没有登记举报人", "No reporter was registered")
    work.audit(actor, "reporter.view", "lead", lead.id, lead.court_id)
    return reporter


def publish_lead(work: UnitOfWork, lead: Lead) -> None:
    """Put `lead.changed` with the whole lead in the outbox, for the desks that may read it."""
    work.session.flush()
    work.publish(
        "lead.changed",
        lead.id,
        lead.revision,
        lead.court_id,
        [room_of_court(Permission.LEAD_READ, lead.court_id)],
        describe_lead(work.session, lead),
    )
