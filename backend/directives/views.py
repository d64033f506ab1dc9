"""Named selects of directives, to and from a court (BSS-4(2)), scoped to whoever asks, and their shape on the wire."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.directives.rules import ENDED, UNDER_WAY
from backend.directives.tables import Directive, DirectiveMember, DirectiveStep, Feedback, OutsideReceipt
from backend.people.permissions import Permission

KEPT_ON_PHONE = timedelta(hours=72)


def readable(actor: Actor) -> ColumnElement[bool]:
    """Return the condition of what an actor may read: its courts' directives, and those given to itself."""
    courts = actor.courts(Permission.DIRECTIVE_READ)
    mine = select(DirectiveMember.directive_id).where(DirectiveMember.user_id == actor.user_id)
    return or_(
        Directive.issuing_court_id.in_(courts), Directive.target_court_id.in_(courts), Directive.id.in_(mine)
    )


def read_directive(session: Session, actor: Actor, directive_id: str) -> Directive:
    """Return the directive; 404.1 when there is none, 403.1 when it is neither the actor's nor its courts'."""
    row = session.execute(
        select(Directive).where(Directive.id == directive_id, readable(actor))
    ).scalar_one_or_none()
    if row is not None:
        return row
    if session.get(Directive, directive_id) is None:
        raise not_found("没有此指令", "No such directive")
    raise Problem("403.1")


def directives_seen(
    session: Session, actor: Actor, *, open_only: bool, limit: int = 200, after: str | None = None
) -> list[Directive]:
    """Return directives the actor may read, newest first, older than the id `after`."""
    query = select(Directive).where(readable(actor))
    if open_only:
        query = query.where(Directive.state.not_in(ENDED))
    if after:
        query = query.where(Directive.id < after)
    return list(session.execute(query.order_by(Directive.id.desc()).limit(limit)).scalars())


def directives_named(session: Session, actor: Actor, text: str, limit: int) -> list[Directive]:
    """Return the directives the actor may read whose number or title holds the text, newest first."""
    held = or_(
        Directive.number.contains(text, autoescape=True), Directive.title.contains(text, autoescape=True)
    )
    query = select(Directive).where(readable(actor), held)
    return list(session.execute(query.order_by(Directive.id.desc()).limit(limit)).scalars())


def directives_below(session: Session, directive_id: str) -> list[str]:
    """Return the ids of the directives that carry one out, the first first."""
    query = select(Directive.id).where(Directive.parent_id == directive_id).order_by(Directive.id)
    return list(session.execute(query).scalars())


def directives_on_phone(session: Session, user_id: str, at: datetime) -> list[Directive]:
    """Return what an officer's phone shows: orders given to them that are open or ended within 72 hours."""
    query = (
        select(Directive)
        .join(DirectiveMember, DirectiveMember.directive_id == Directive.id)
        .where(
            DirectiveMember.user_id == user_id,
            or_(Directive.ended_at.is_(None), Directive.ended_at > at - KEPT_ON_PHONE),
        )
        .order_by(Directive.issued_at.desc(), Directive.id)
        .limit(200)
    )
    return list(session.execute(query).scalars())


def members_of(session: Session, directive_ids: Collection[str]) -> dict[str, list[DirectiveMember]]:
    """Return the members of each directive in their order."""
    rows = session.execute(
        select(DirectiveMember)
        .where(DirectiveMember.directive_id.in_(directive_ids))
        .order_by(DirectiveMember.position)
    ).scalars()
    found: dict[str, list[DirectiveMember]] = {directive_id: [] for directive_id in directive_ids}
    for row in rows:
        found[row.directive_id].append(row)
    return found


def steps_of(session: Session, directive_ids: Collection[str]) -> dict[str, list[DirectiveStep]]:
    """Return the steps of each directive in the order they happened."""
    rows = session.execute(
        select(DirectiveStep)
        .where(DirectiveStep.directive_id.in_(directive_ids))
        .order_by(DirectiveStep.occurred_at, DirectiveStep.revision, DirectiveStep.id)
    ).scalars()
    found: dict[str, list[DirectiveStep]] = {directive_id: [] for directive_id in directive_ids}
    for row in rows:
        found[row.directive_id].append(row)
    return found


def directive_numbers(session: Session, directive_ids: Collection[str]) -> dict[str, str]:
    """Return the numbers of directives by id."""
    if not directive_ids:
        return {}
    rows = session.execute(select(Directive.id, Directive.number).where(Directive.id.in_(directive_ids)))
    return {row.id: row.number for row in rows}


def order_in_brief(session: Session, directive_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """Return id, number and title of directives, by id."""
    rows = session.execute(
        select(Directive.id, Directive.number, Directive.title).where(Directive.id.in_(directive_ids))
    )
    return {row.id: {"id": row.id, "number": row.number, "title": row.title} for row in rows}


def order_in_hand(session: Session, user_id: str) -> str | None:
    """Return the id of the open order a person accepted that went furthest: left for or at its place, then the newest."""
    row = session.execute(
        select(Directive.id)
        .join(DirectiveMember, DirectiveMember.directive_id == Directive.id)
        .where(
            DirectiveMember.user_id == user_id,
            DirectiveMember.answer == "accepted",
            Directive.state.not_in(ENDED),
        )
        .order_by(
            Directive.completed_at.is_not(None),
            Directive.departed_at.is_(None),
            Directive.issued_at.desc(),
            Directive.id,
        )
        .limit(1)
    ).first()
    return None if row is None else str(row.id)


@dataclass(frozen=True)
class Standing:
    """Where an order stands, for rooms above: whose it is, when its team left, whether the team is out, who accepted."""

    directive_id: str
    court_id: str
    departed_at: datetime | None
    is_out: bool
    is_open: bool
    accepted: frozenset[str]
    leaders: frozenset[str]


def standing_of(session: Session, directive_id: str) -> Standing | None:
    """Return where an order stands, or None when there is none."""
    row = session.get(Directive, directive_id)
    if row is None:
        return None
    members = members_of(session, [row.id])[row.id]
    return Standing(
        row.id,
        row.target_court_id,
        row.departed_at,
        row.departed_at is not None and row.state in UNDER_WAY,
        row.state not in ENDED,
        frozenset(one.user_id for one in members if one.answer == "accepted"),
        frozenset(one.user_id for one in members if one.duty == "leader" and one.answer != "declined"),
    )


def directives_of_leads(session: Session, lead_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the ids of the directives issued from each lead, the first first."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Directive.lead_id, Directive.id).where(Directive.lead_id.in_(lead_ids)).order_by(Directive.id)
    )
    for lead_id, directive_id in rows:
        if lead_id is not None:
            found[lead_id].append(directive_id)
    return found


def orders_about(session: Session, subject_kind: str, subject_id: str) -> list[Directive]:
    """Return the directives that carry out a lead, or a directive with it first, in the order they were issued."""
    about = (
        Directive.lead_id == subject_id
        if subject_kind == "lead"
        else or_(Directive.id == subject_id, Directive.parent_id == subject_id)
    )
    return list(
        session.execute(select(Directive).where(about).order_by(Directive.issued_at, Directive.id)).scalars()
    )


def parent_id_of(session: Session, directive_id: str) -> str | None:
    """Return the id of the directive this one carries out, or None."""
    return session.execute(
        select(Directive.parent_id).where(Directive.id == directive_id)
    ).scalar_one_or_none()


def people_on(
    session: Session, *, directive_id: str | None = None, lead_id: str | None = None
) -> frozenset[str]:
    """Return who could stop a clock: the members of a directive, its children and the directives of a lead."""
    # Compared with None, `parent_id` would mean every directive that has no parent.
    about = []
    if directive_id is not None:
        about += [Directive.id == directive_id, Directive.parent_id == directive_id]
    if lead_id is not None:
        about.append(Directive.lead_id == lead_id)
    directives = select(Directive.id).where(or_(false(), *about))
    rows = session.execute(
        select(DirectiveMember.user_id).where(
            DirectiveMember.directive_id.in_(directives), DirectiveMember.answer != "declined"
        )
    )
    return frozenset(rows.scalars())


def first_acts_on_lead(session: Session, lead_id: str) -> tuple[datetime | None, datetime | None]:
    """Return when the first person accepted an order from the lead and when the first team left, where that was."""
    to_people = or_(Directive.target_team_id.is_not(None), Directive.target_user_id.is_not(None))
    accepted = select(func.min(Directive.acknowledged_at)).where(Directive.lead_id == lead_id, to_people)
    departed = select(func.min(Directive.departed_at)).where(Directive.lead_id == lead_id)
    return session.execute(accepted).scalar_one(), session.execute(departed).scalar_one()


def latest_feedback(session: Session, directive_ids: Collection[str]) -> dict[str, Feedback]:
    """Return the newest version of each directive's report."""
    newest = (
        select(Feedback.directive_id, func.max(Feedback.version).label("version"))
        .where(Feedback.directive_id.in_(directive_ids))
        .group_by(Feedback.directive_id)
        .subquery()
    )
    rows = session.execute(
        select(Feedback).join(
            newest,
            (Feedback.directive_id == newest.c.directive_id) & (Feedback.version == newest.c.version),
        )
    ).scalars()
    return {row.directive_id: row for row in rows}


def outside_receipts(session: Session, directive_ids: Collection[str]) -> dict[str, OutsideReceipt]:
    """Return how those directives came in that were telephoned or faxed, by id."""
    rows = session.execute(
        select(OutsideReceipt).where(OutsideReceipt.directive_id.in_(directive_ids))
    ).scalars()
    return {row.directive_id: row for row in rows}
