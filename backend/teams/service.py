"""Acts on teams: form one, let a person join or leave."""

from collections.abc import Iterable

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.outbox import authority_changed
from backend.core.permissions import Actor, room_of_court, room_of_user
from backend.core.problems import Problem, not_found
from backend.people.permissions import Permission
from backend.people.views import find_user
from backend.teams.tables import Team, TeamMember
from backend.teams.views import current_members, describe_teams, is_name_taken, lock_team


def form_team(
    work: UnitOfWork,
    actor: Actor,
    court_id: str,
    name: str,
    members: Iterable[tuple[str, str]],
    *,
    standby: bool = False,
) -> Team:
    """Form a team from pairs of person id and duty; the caller has authorised the act. 409.3 for a name taken."""
    if is_name_taken(work.session, court_id, name):
        raise Problem("409.3", "本院已有同名小组", "This court has a team of this name", name=name)
    team = Team(id=new_identifier(), court_id=court_id, name=name, standby=standby, created_at=work.now)
    work.session.add(team)
    work.session.flush()
    work.audit(actor, "team.form", "team", team.id, court_id, name=name)
    for user_id, duty in members:
        join(work, actor, team, user_id, duty)
    publish_team(work, team)
    return team


def join(work: UnitOfWork, actor: Actor, team: Team, user_id: str, duty: str) -> None:
    """Let a person of the team's court join; 404.1 for nobody, 403.1 for another court's person, 409.3 for a member."""
    user = find_user(work.session, user_id)
    if user is None or user.closed_at is not None:
        raise not_found("没有此人", "No such person")
    if user.court_id != team.court_id:
        raise Problem("403.1", "此人不属于本院", "This person belongs to another court")
    if any(member.user_id == user_id for member in current_members(work.session, [team.id])):
        raise Problem("409.3", "已在小组中", "Already in the team")
    work.session.add(
        TeamMember(id=new_identifier(), team_id=team.id, user_id=user_id, duty=duty, joined_at=work.now)
    )
    work.session.flush()
    authority_changed(work)
    work.audit(actor, "team.join", "team", team.id, team.court_id, user_id=user_id, duty=duty)


def leave(work: UnitOfWork, actor: Actor, team: Team, user_id: str) -> None:
    """Let a member leave; 404.1 when the person is none."""
    member = next((row for row in current_members(work.session, [team.id]) if row.user_id == user_id), None)
    if member is None:
        raise not_found("小组中没有此人", "No such member")
    member.left_at = work.now
    authority_changed(work)
    work.audit(actor, "team.leave", "team", team.id, team.court_id, user_id=user_id)


def managed_team(work: UnitOfWork, actor: Actor, team_id: str) -> Team:
    """Return an open team, locked, that the actor may manage; 404.1 for none, 403.1 for another court's."""
    team = lock_team(work.session, team_id)
    if team is None or team.closed_at is not None:
        raise not_found("没有此小组", "No such team")
    work.authorise(actor, Permission.TEAM_MANAGE, team.court_id)
    return team


def publish_team(work: UnitOfWork, team: Team, left: str | None = None) -> None:
    """Tell desks, members and whoever just left how the team stands now."""
    work.session.flush()
    shape = describe_teams(work.session, [team])[0]
    rooms = [room_of_court(Permission.TEAM_READ, team.court_id)]
    rooms += [room_of_user(member.user_id) for member in current_members(work.session, [team.id])]
    rooms += [room_of_user(left)] if left else []
    work.publish("team.changed", team.id, team.revision, team.court_id, rooms, shape, team_id=team.id)
