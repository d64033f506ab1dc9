"""Issuing a directive: checked, numbered, served, its members named, its clock started (BSS-5(3), BSS-8, DL-8, DL-10)."""

from typing import Any

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.courts.views import court_tree
from backend.deadlines import service as deadlines
from backend.directives.clocks import start_clocks
from backend.directives.delivering import give_to_members
from backend.directives.events import DirectiveIssued
from backend.directives.publish import publish_directive
from backend.directives.rules import CLOCKED_FROM_ABOVE, ENDED, FROM_ABOVE, State
from backend.directives.schemas import NewDirective, Target
from backend.directives.slip import next_number, written_words
from backend.directives.steps import add_step
from backend.directives.tables import Directive, DirectiveMember
from backend.people.permissions import Permission
from backend.people.views import closed_among, find_user
from backend.teams.views import current_members, find_team


def issue(work: UnitOfWork, actor: Actor, order: NewDirective, lead_court_id: str | None = None) -> Directive:
    """Issue an order slip and serve it at once; the legal clocks start now (A6).

    Raises 403.1 beyond the actor's reach, 404.1 for an unknown target, 422.1 for a kind that does not fit the target,
    409.2 when the directive it carries out has ended, 409.3 when another slip was issued under its id.
    """
    target = order.target
    work.authorise(actor, Permission.DIRECTIVE_ISSUE, target.court_id)
    check_kind(order, actor)
    if (issued := issued_before(work, actor, order)) is not None:
        return issued
    members = members_of_target(work, target)
    parent = parent_of(work, actor, order)
    if order.lead_id is not None and lead_court_id is None:
        raise not_found("没有此线索", "No such lead")
    if order.lead_id is not None and lead_court_id != actor.court_id:
        raise Problem("403.1", "该线索不是本院登记的", "The lead was registered at another court")
    row = Directive(
        **written_words(order),
        id=order.id or new_identifier(),
        number=next_number(work, actor.court_id, work.now),
        state=State.ISSUED,
        issuing_court_id=actor.court_id,
        issuer_id=actor.user_id,
        target_court_id=target.court_id,
        target_team_id=target.team_id,
        target_user_id=target.user_id,
        parent_id=parent.id if parent else None,
        lead_id=order.lead_id or (parent.lead_id if parent else None),
        officers_required=order.requirements.officers,
        woman_required=order.requirements.woman,
        covert=order.covert,
        issued_at=work.now,
        served_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    for position, (user_id, duty) in enumerate(members):
        work.session.add(DirectiveMember(directive_id=row.id, user_id=user_id, position=position, duty=duty))
    work.audit(
        actor,
        "directive.issue",
        "directive",
        row.id,
        row.issuing_court_id,
        number=row.number,
        **copies(work, row),
    )
    add_step(work, actor, row, "issue")
    start_clocks(work, actor, row)
    if parent is not None:
        # Whoever sends a team out on a directive has answered it, and has carried out what the leader decided.
        for clock in ("C1", "C3"):
            deadlines.stop(work, "directive", parent.id, clock, work.now, actor)
    work.raise_event(
        DirectiveIssued(row.id, row.lead_id, row.issuing_court_id, row.kind, row.issued_at, actor)
    )
    give_to_members(work, row)
    publish_directive(work, row)
    return row


def issued_before(work: UnitOfWork, actor: Actor, order: NewDirective) -> Directive | None:
    """Return the directive this very slip was issued as, when the desk sends it again; 409.3 for another slip."""
    row = work.session.get(Directive, order.id) if order.id else None
    if row is None:
        return None
    target = order.target
    same = (
        row.issuer_id,
        row.target_court_id,
        row.target_team_id,
        row.target_user_id,
        row.title,
        row.required_action,
    )
    if same != (
        actor.user_id,
        target.court_id,
        target.team_id,
        target.user_id,
        order.title,
        order.required_action,
    ):
        raise Problem(
            "409.3", "此编号的指令已下达，内容不同", "A different directive was issued under this id"
        )
    return row


def check_kind(order: NewDirective, actor: Actor) -> None:
    """Refuse a kind that does not fit: from above only downward, one's own only within the court, never sideways."""
    downward = order.target.court_id != actor.court_id
    if downward != (order.kind in FROM_ABOVE):
        raise Problem(
            "422.1",
            "对下级法院下达上级指令、协助或指示；对本院下达派出或核查",
            "To a court below: superior, assistance or instruction. Within the court: dispatch or verify",
            fields={"kind": [order.kind]},
        )
    if order.fetches_debtor and order.kind not in CLOCKED_FROM_ABOVE:
        raise Problem(
            "422.1",
            "提解被执行人只用于上级指令或协助执行",
            "Only a superior directive or an assistance fetches a debtor",
            fields={"fetches_debtor": []},
        )
    has_team_or_person = order.target.team_id is not None or order.target.user_id is not None
    if not downward and not has_team_or_person:
        raise Problem(
            "422.1", "请选择小组或人员", "Choose a team or a person", fields={"target": ["team_id"]}
        )
    if order.target.team_id is not None and order.target.user_id is not None:
        raise Problem(
            "422.1",
            "小组与人员只能选一个",
            "Choose a team or a person, not both",
            fields={"target": ["user_id"]},
        )


def members_of_target(work: UnitOfWork, target: Target) -> list[tuple[str, str]]:
    """Return the persons of the target with their duties; none when it is a court; 404.1 when it does not exist there."""
    if target.team_id is not None:
        team = find_team(work.session, target.team_id)
        if team is None or team.court_id != target.court_id or team.closed_at is not None:
            raise not_found("没有此小组", "No such team at this court")
        in_team = current_members(work.session, [team.id])
        # Whose account was closed may still stand in the team, and can neither receive nor answer.
        gone = closed_among(work.session, [member.user_id for member in in_team])
        members = [(member.user_id, member.duty) for member in in_team if member.user_id not in gone]
        if not members:
            raise Problem("409.2", "小组没有成员", "The team has no members")
        return members
    if target.user_id is not None:
        user = find_user(work.session, target.user_id)
        if user is None or user.court_id != target.court_id or user.closed_at is not None:
            raise not_found("没有此人", "No such person at this court")
        return [(user.id, "officer")]
    return []


def parent_of(work: UnitOfWork, actor: Actor, order: NewDirective) -> Directive | None:
    """Return the directive this one carries out: one given to the actor's court that is still open."""
    if order.parent_id is None:
        return None
    parent = work.session.get(Directive, order.parent_id, with_for_update=True)
    if parent is None:
        raise not_found("没有此上级指令", "No such directive")
    if parent.target_court_id != actor.court_id:
        raise Problem("403.1", "该指令不是下达给本院的", "The directive was given to another court")
    if parent.state in ENDED:
        raise Problem("409.2", "上级指令已结束", "The directive it carries out has ended", state=parent.state)
    return parent


def copies(work: UnitOfWork, row: Directive) -> dict[str, Any]:
    """Return the courts between issuer and target; they see the directive as a copy (DL-10)."""
    if row.issuing_court_id == row.target_court_id:
        return {}
    between = court_tree(work.session, work.now).between(row.issuing_court_id, row.target_court_id)
    return {"copied_to": between} if between else {}
