"""Acts on a registered lead: triage, report to the leader, close; each with its clock (BSS-5(2), BSS-7)."""

from typing import Any

from sqlalchemy import select

from backend.core.audit import lines_of
from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor, room_of_court
from backend.core.problems import Problem, not_found
from backend.deadlines import service as deadlines
from backend.leads.clocks import follow_decision, start_clock
from backend.leads.rules import (
    CLOCK_OF_TRIAGE,
    State,
    Triage,
    further,
    grounds_fit,
)
from backend.leads.schemas import CloseAct, ReportAct, TriageAct
from backend.leads.tables import Lead, Reporter
from backend.leads.views import describe_lead
from backend.people.permissions import Permission

DESK_ACTS = ("lead.triage", "lead.report", "lead.close", "lead.merge")


def locked_lead(work: UnitOfWork, actor: Actor, lead_id: str, permission: str, revision: int) -> Lead:
    """Return the lead, locked; 404.1, 403.1, or 409.1 with what another desk did that this one had not seen."""
    lead = work.session.execute(select(Lead).where(Lead.id == lead_id).with_for_update()).scalar_one_or_none()
    if lead is None:
        raise not_found("没有此线索", "No such lead")
    work.authorise(actor, permission, lead.court_id)
    refuse_stale(work, lead, revision)
    if lead.state == State.CLOSED:
        raise Problem("409.2", "线索已办结", "The lead is closed", state=lead.state)
    lead.revision += 1
    return lead


def refuse_stale(work: UnitOfWork, lead: Lead, revision: int) -> None:
    """Raise 409.1 with the present lead and what changed; what a team did meanwhile is no conflict between desks."""
    lines = lines_of(work.session, "lead", lead.id, DESK_ACTS) if revision < lead.revision else []
    unseen = [line for line in lines if line.detail.get("revision", 0) > revision]
    if unseen:
        raise Problem(
            "409.1",
            current=describe_lead(work.session, lead),
            changed=[
                {
                    "act": line.action.removeprefix("lead."),
                    "by": {"id": line.actor_id, "name": line.actor_name},
                    "at": to_wire(line.recorded_at),
                }
                for line in unseen
            ],
        )


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
    audit_desk_act(work, actor, lead, "lead.triage", triage=triage, grounds=grounds)
    start_clock(work, actor, lead)
    follow_decision(work, actor, lead)
    publish_lead(work, lead)
    return lead


def report_to_leader(work: UnitOfWork, actor: Actor, lead_id: str, act: ReportAct) -> Lead:
    """Record that the leader was told, how, and what was instructed (BSS-5(2))."""
    lead = locked_lead(work, actor, lead_id, Permission.LEAD_TRIAGE, act.revision)
    lead.reported_to, lead.reported_by_channel = act.reported_to, act.channel
    lead.reported_at = lead.reported_at or work.now
    lead.leader_instruction = act.instruction
    lead.state = further(State(lead.state), State.REPORTED)
    audit_desk_act(work, actor, lead, "lead.report", reported_to=act.reported_to)
    deadlines.stop(work, "lead", lead.id, "C2", lead.reported_at, actor)
    follow_decision(work, actor, lead)
    publish_lead(work, lead)
    return lead


def close_lead(work: UnitOfWork, actor: Actor, lead_id: str, act: CloseAct) -> Lead:
    """Close a lead with its result and the reply to the reporter; a clock still running is cancelled."""
    lead = locked_lead(work, actor, lead_id, Permission.LEAD_TRIAGE, act.revision)
    lead.result, lead.reply, lead.closed_at, lead.state = act.result, act.reply, work.now, State.CLOSED
    deadlines.cancel(work, "lead", lead.id, work.now, actor, "lead closed")
    audit_desk_act(work, actor, lead, "lead.close")
    publish_lead(work, lead)
    return lead


def audit_desk_act(work: UnitOfWork, actor: Actor, lead: Lead, action: str, **detail: Any) -> None:
    """Write the audit line of a desk's act with the revision it made, so that a second desk is told of it."""
    work.audit(actor, action, "lead", lead.id, lead.court_id, revision=lead.revision, **detail)


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
