"""Check-ins of risky orders (定时报平安): an interval is set, each member's timer runs while the team is out (ADR 0039)."""

from datetime import datetime, timedelta

from sqlalchemy import select

from backend.core.commands import Occurrence
from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.directives.events import DirectiveMoved
from backend.directives.views import Standing, standing_of
from backend.emergencies.check_in_views import held_plan, lock_member, members_of_plan
from backend.emergencies.publish import publish_check_ins
from backend.emergencies.rules import is_in_time, missed_at
from backend.emergencies.tables import CheckIn, CheckInPlan
from backend.emergencies.withdrawing import came_after_all
from backend.people.permissions import Permission

STARTS = frozenset({"depart", "accept", "take_over", "acknowledge_for"})


def set_by_desk(work: UnitOfWork, actor: Actor, directive_id: str, minutes: int | None) -> CheckInPlan:
    """Set the interval of an order of a court whose duty the actor keeps; null ends it. 409.2 for one that has ended."""
    standing = _open_order(work, directive_id)
    work.authorise(actor, Permission.DUTY_KEEP, standing.court_id)
    return _set(work, actor, standing, minutes, work.now)


def set_by_leader(
    work: UnitOfWork, actor: Actor, directive_id: str, minutes: int | None, occurrence: Occurrence
) -> CheckInPlan:
    """Set the interval as the leader of the team that has the order; 403.1 for everybody else."""
    standing = _open_order(work, directive_id)
    if actor.user_id not in standing.leaders:
        raise Problem("403.1")
    work.authorise_by_rule("the leader of the team knows how dangerous the way is")
    return _set(work, actor, standing, minutes, occurrence.at)


def confirm(
    work: UnitOfWork, actor: Actor, directive_id: str, occurrence: Occurrence
) -> tuple[CheckIn, bool]:
    """Check in at the time the phone says; returns the timer and whether it still runs.

    One made in time that arrives late takes the alarm back. 404.1 for an order without check-ins, 403.1 for whom has none.
    """
    plan = held_plan(work.session, directive_id)
    if plan is None:
        raise not_found("此指令没有定时报平安", "The order has no check-ins")
    row = lock_member(work.session, directive_id, actor.user_id)
    if row is None:
        raise Problem("403.1")
    work.authorise_by_rule("a member checks in for themselves")
    in_time = is_in_time(occurrence.at, row.due_at)
    if row.last_at is None or occurrence.at > row.last_at:
        _count(work, actor, plan, row, occurrence)
    work.audit(
        actor, "check_in.confirm", "directive", directive_id, plan.court_id, occurrence.at, in_time=in_time
    )
    plan.revision += 1
    publish_check_ins(work, plan)
    return row, row.active


def _count(work: UnitOfWork, actor: Actor, plan: CheckInPlan, row: CheckIn, occurrence: Occurrence) -> None:
    """Let the newest check-in answer for the alarm its lack has raised, and the next interval run from it."""
    row.last_at = occurrence.at
    was_missed, row.emergency_id = row.emergency_id, None
    if was_missed is not None:
        came_after_all(work, actor, was_missed, occurrence)
    if row.active and plan.minutes is not None:
        row.due_at = occurrence.at + timedelta(minutes=plan.minutes)
        row.look_at = missed_at(row.due_at)


def follow_move(work: UnitOfWork, event: DirectiveMoved) -> None:
    """Start the timers of an order's members when they leave, and end them when they are done."""
    plan = held_plan(work.session, event.directive_id)
    standing = standing_of(work.session, event.directive_id)
    if plan is None or standing is None:
        return
    if not standing.is_out:
        changed = _end(work, plan)
    elif event.act in STARTS:
        changed = _start(work, plan, standing, event.at)
    else:
        return
    if changed:
        plan.revision += 1
        publish_check_ins(work, plan)


def _open_order(work: UnitOfWork, directive_id: str) -> Standing:
    standing = standing_of(work.session, directive_id)
    if standing is None:
        raise not_found("没有此指令", "No such directive")
    if not standing.is_open:
        raise Problem("409.2", "指令已结束", "The directive has ended")
    return standing


def _set(
    work: UnitOfWork, actor: Actor, standing: Standing, minutes: int | None, at: datetime
) -> CheckInPlan:
    plan = held_plan(work.session, standing.directive_id)
    if plan is None:
        plan = CheckInPlan(
            directive_id=standing.directive_id,
            court_id=standing.court_id,
            revision=0,
            set_by=actor.user_id,
            set_at=at,
        )
        work.session.add(plan)
    plan.minutes, plan.set_by, plan.set_at = minutes, actor.user_id, at
    plan.revision += 1
    work.session.flush()
    _end(work, plan)
    if minutes is not None and standing.is_out:
        _start(work, plan, standing, at)
    work.audit(actor, "check_in.set", "directive", plan.directive_id, plan.court_id, at, minutes=minutes or 0)
    publish_check_ins(work, plan)
    return plan


def _start(work: UnitOfWork, plan: CheckInPlan, standing: Standing, at: datetime) -> bool:
    """Start the timer of each accepted member who has none running, from this act on."""
    if plan.minutes is None:
        return False
    known = {row.user_id: row for row in members_of_plan(work.session, plan.directive_id)}
    due = at + timedelta(minutes=plan.minutes)
    started = False
    for user_id in sorted(standing.accepted):
        row = known.get(user_id)
        if row is not None and row.active:
            continue
        if row is None:
            row = CheckIn(directive_id=plan.directive_id, user_id=user_id)
            work.session.add(row)
        row.active, row.due_at, row.look_at = True, due, missed_at(due)
        started = True
    work.session.flush()
    return started


def _end(work: UnitOfWork, plan: CheckInPlan) -> bool:
    """End every timer of an order; what was missed stays the command post's to close."""
    rows = work.session.execute(
        select(CheckIn)
        .where(CheckIn.directive_id == plan.directive_id, CheckIn.active)
        .order_by(CheckIn.user_id)
        .with_for_update()
    ).scalars()
    ended = rows.all()
    for row in ended:
        row.active, row.look_at = False, None
    work.session.flush()
    return bool(ended)
