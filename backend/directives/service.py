"""Acts on a directive after its issue: one function does every act, its step, audit line, clocks and events.

Serves BSS-5(1), BSS-8, DL-10 and the decisions A7 (departure), A8 (offline), A18 (aborted departure).
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backend.core.clock import to_wire
from backend.core.commands import Occurrence, Outcome
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.delivery import service as delivery
from backend.delivery.events import DevicesReceived
from backend.directives.delivering import at_of, follow_act, receipts_of
from backend.directives.describe import describe_one
from backend.directives.moves import apply_to_member, move, submit_report
from backend.directives.parents import CALLED_OFF, lock_children, lock_parents, open_children
from backend.directives.publish import publish_directive
from backend.directives.rules import (
    ACTS,
    ENDED,
    Act,
    Capacity,
    State,
    can_have_happened,
    counts_after_end,
    is_on_behalf,
    judge,
    suits,
)
from backend.directives.schemas import FeedbackBody
from backend.directives.steps import add_step
from backend.directives.tables import Directive, DirectiveMember, DirectiveStep, OutsideReceipt
from backend.people.permissions import Permission

WITHDRAWN_ABOVE = "上级已撤回："
CONFLICTING = frozenset(ACTS) - {"receive", "note", "accept", "decline", "take_over"}
"""Acts that another desk must have seen before it acts itself."""


def locked(work: UnitOfWork, directive_id: str) -> Directive:
    """Return the directive, locked for this transaction; 404.1 when there is none."""
    row = work.session.execute(
        select(Directive).where(Directive.id == directive_id).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise not_found("没有此指令", "No such directive")
    return row


def act_as_member(
    work: UnitOfWork, actor: Actor, directive_id: str, name: str, occurrence: Occurrence, **words: Any
) -> Outcome:
    """Do a member's act from a phone; 403.1 for whoever is no member, 409.2 when the state does not allow it."""
    row = locked(work, directive_id)
    member = work.session.get(DirectiveMember, (directive_id, actor.user_id))
    if member is None:
        raise Problem("403.1")
    work.authorise_by_rule("a member acts on the order given to the team")
    if name == "receive" and member.device_received_at is not None:
        # Its push or its page said so before the signed act came: one receipt is one step.
        return Outcome("applied", row.id, row.revision)
    if occurrence.at < row.served_at:
        # No act can come before the order was served: the phone's clock was wrong, a person has to look (A8).
        occurrence = replace(occurrence, at=row.served_at, trusted=False)
    return perform(work, actor, row, ACTS[name], Capacity.MEMBER, occurrence, member=member, **words)


def act_as_desk(
    work: UnitOfWork,
    actor: Actor,
    directive_id: str,
    name: str,
    revision: int,
    at: datetime | None = None,
    **words: Any,
) -> Directive:
    """Do an act of the target's or the issuer's desk; 409.1 with the difference when another desk was faster.

    `at`: when a step recorded for a team was taken; 422.1 before the order was served or in the future.
    """
    act = ACTS[name]
    if name in CALLED_OFF:
        lock_children(work, directive_id)
    row = locked(work, directive_id)
    capacity = desk_capacity(work, actor, row, act)
    refuse_stale(work, row, revision)
    if name == "feedback":
        demand_sending(work, row, words.get("proof"))
    occurrence = desk_occurrence(work, row, act, capacity, at)
    outcome = perform(work, actor, row, act, capacity, occurrence, **words)
    if outcome.result == "superseded":
        raise Problem("409.2", state=row.state, current=describe_one(work.session, row))
    return row


def demand_sending(work: UnitOfWork, row: Directive, proof: str | None) -> None:
    """Refuse a report nobody above can read here without how it was sent: only a sending with proof stops C7 (A13)."""
    receipt = work.session.get(OutsideReceipt, row.id)
    if receipt is not None and receipt.copy_id is None and proof is None:
        raise Problem(
            "422.1",
            "该指令由系统外送达，请写明怎样发出书面反馈及凭据",
            "This directive came from outside the system: say how the report was sent, and the proof of it",
            fields={"sent": []},
        )


def desk_occurrence(
    work: UnitOfWork, row: Directive, act: Act, capacity: Capacity, at: datetime | None
) -> Occurrence:
    """Return when an act of a desk counts: now, or when the team did what the desk writes down for it."""
    if at is not None and not can_have_happened(at, row.served_at, work.now):
        raise Problem(
            "422.1",
            "办理时间不能早于指令送达，也不能晚于现在",
            "The time of the act is not before the order was served and not in the future",
            fields={"at": []},
        )
    on_behalf = is_on_behalf(act, capacity, to_court=row.is_to_court)
    return Occurrence(at=at or work.now, on_behalf=on_behalf)


def desk_capacity(work: UnitOfWork, actor: Actor, row: Directive, act: Act) -> Capacity:
    """Return in which capacity a desk may do the act; 403.1 when in none."""
    issues = actor.court_id == row.issuing_court_id and actor.may(
        Permission.DIRECTIVE_ISSUE, row.issuing_court_id
    )
    if Capacity.ISSUER in act.capacities and issues:
        work.authorise(actor, Permission.DIRECTIVE_ISSUE, row.issuing_court_id)
        return Capacity.ISSUER
    if Capacity.TARGET in act.capacities:
        work.authorise(actor, Permission.DIRECTIVE_RECEIVE, row.target_court_id)
        return Capacity.TARGET
    raise Problem("403.1")


def refuse_stale(work: UnitOfWork, row: Directive, revision: int) -> None:
    """Raise 409.1 with the present directive and what changed when acts the desk had not seen came in between."""
    if revision >= row.revision:
        return
    unseen = (
        work.session.execute(
            select(DirectiveStep)
            .where(
                DirectiveStep.directive_id == row.id,
                DirectiveStep.revision > revision,
                DirectiveStep.act.in_(CONFLICTING),
                DirectiveStep.result == "applied",
            )
            .order_by(DirectiveStep.revision)
        )
        .scalars()
        .all()
    )
    if unseen:
        raise Problem(
            "409.1",
            current=describe_one(work.session, row),
            changed=[
                {
                    "act": step.act,
                    "by": {"id": step.actor_id, "name": step.actor_name},
                    "at": to_wire(step.occurred_at),
                }
                for step in unseen
            ],
        )


def perform(
    work: UnitOfWork,
    actor: Actor,
    row: Directive,
    act: Act,
    capacity: Capacity,
    occurrence: Occurrence,
    *,
    member: DirectiveMember | None = None,
    text: str | None = None,
    report: FeedbackBody | None = None,
    tell: bool = True,
    **detail: Any,
) -> Outcome:
    """Do an act in a capacity already checked: judge it, keep its step, move the directive, its clocks and parents.

    `tell`: put the directive in the outbox; who does several acts in one transaction does so once at the end.
    """
    if not suits(act, to_court=row.is_to_court):
        raise Problem("409.2", state=row.state, act=act.name)
    lock_parents(work, row, act)
    verdict = judge(act, State(row.state))
    if verdict.result == "impossible":
        raise Problem("409.2", state=row.state, act=act.name)
    row.revision += 1
    add_step(work, actor, row, act.name, occurrence, text, verdict.result, **detail)
    work.audit(
        actor,
        f"directive.{act.name}",
        "directive",
        row.id,
        row.target_court_id if capacity is not Capacity.ISSUER else row.issuing_court_id,
        occurrence.at,
        result=verdict.result,
        revision=row.revision,
    )
    applied = verdict.result == "applied"
    if applied and member is not None:
        apply_to_member(row, member, act, occurrence, text)
    if applied and report is not None:
        submit_report(work, actor, row, report, occurrence)
    if applied or counts_after_end(act, occurrence.at, row.ended_at):
        move(work, actor, row, act, verdict.state, occurrence, text)
    if applied:
        follow_act(work, actor, row, act, member, occurrence)
    if applied and act.name in CALLED_OFF:
        call_off_children(work, actor, row, occurrence)
    if tell:
        publish_directive(work, row)
    return Outcome(verdict.result, row.id, row.revision)


def follow_receipts(work: UnitOfWork, event: DevicesReceived) -> None:
    """Write on the order that devices have it, told by their push or page before the signed act came; told once."""
    row, found = receipts_of(work, event)
    act, told = ACTS["receive"], False
    for receipt, member, actor in found:
        if row is not None and judge(act, State(row.state)).result == "applied":
            perform(work, actor, row, act, Capacity.MEMBER, at_of(receipt, row), member=member, tell=False)
            told = True
    if row is not None and told:
        publish_directive(work, row)


def set_covert(
    work: UnitOfWork, actor: Actor, directive_id: str, occurrence: Occurrence, *, covert: bool
) -> Outcome:
    """Make an order covert, or no longer: the team's leader, or whoever is responsible, decides on the spot (1.16)."""
    row = locked(work, directive_id)
    member = work.session.get(DirectiveMember, (row.id, actor.user_id))
    if member is None or (member.duty != "leader" and row.responsible_id != actor.user_id):
        raise Problem("403.1", "由小组组长决定", "The team's leader decides this")
    work.authorise_by_rule("the leader of the team decides what its phones betray")
    if row.state in ENDED:
        return Outcome("superseded", row.id, row.revision)
    row.covert = covert
    row.revision += 1
    add_step(work, actor, row, "set_covert" if covert else "end_covert", occurrence)
    work.audit(
        actor, "directive.set_covert", "directive", row.id, row.target_court_id, occurrence.at, covert=covert
    )
    delivery.set_covert(work, "directive", row.id, covert=covert)
    publish_directive(work, row)
    return Outcome("applied", row.id, row.revision)


def call_off_children(work: UnitOfWork, actor: Actor, row: Directive, occurrence: Occurrence) -> None:
    """Withdraw the orders that carried this one out, so that no team goes on for nothing; finished work stays."""
    withdraw = ACTS["withdraw"]
    for child in open_children(work, row.id):
        if child.state in withdraw.states:
            reason = row.reason or ""
            reason = reason if reason.startswith(WITHDRAWN_ABOVE) else WITHDRAWN_ABOVE + reason
            perform(work, actor, child, withdraw, Capacity.ISSUER, occurrence, text=reason, parent_id=row.id)
