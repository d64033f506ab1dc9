"""Named selects of teams: those of the courts an actor may read, their members, and the teams of a person."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.people.permissions import Permission
from backend.people.views import user_names
from backend.teams.tables import Team, TeamMember


def find_team(session: Session, team_id: str) -> Team | None:
    """Return the team, or None."""
    return session.get(Team, team_id)


def lock_team(session: Session, team_id: str) -> Team | None:
    """Return the team, locked for this transaction, or None."""
    return session.get(Team, team_id, with_for_update=True)


def is_name_taken(session: Session, court_id: str, name: str) -> bool:
    """Tell whether a court has, or had, a team of this name."""
    query = select(Team.id).where(Team.court_id == court_id, Team.name == name)
    return session.execute(query).first() is not None


def current_members(session: Session, team_ids: Collection[str]) -> list[TeamMember]:
    """Return the present members of the teams: leaders, then officers, then drivers, in the order they joined."""
    rows = session.execute(
        select(TeamMember)
        .where(TeamMember.team_id.in_(team_ids), TeamMember.left_at.is_(None))
        .order_by(TeamMember.joined_at, TeamMember.id)
    ).scalars()
    order = {"leader": 0, "officer": 1, "driver": 2}
    return sorted(rows, key=lambda row: order[row.duty])


def team_ids_of(session: Session, user_id: str) -> frozenset[str]:
    """Return the ids of the teams a person belongs to now."""
    rows = session.execute(
        select(TeamMember.team_id).where(TeamMember.user_id == user_id, TeamMember.left_at.is_(None))
    )
    return frozenset(rows.scalars())


def team_names(session: Session, team_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of teams by id."""
    rows = session.execute(select(Team.id, Team.name).where(Team.id.in_(set(team_ids))))
    return {team_id: name for team_id, name in rows}


def teams_seen(
    session: Session, actor: Actor, *, limit: int | None = None, after: str | None = None
) -> list[Team]:
    """Return the open teams of the courts whose teams the actor may read, by court and name, after the team `after`."""
    query = (
        select(Team)
        .where(Team.court_id.in_(actor.courts(Permission.TEAM_READ)), Team.closed_at.is_(None))
        .order_by(Team.court_id, Team.name)
        .limit(limit)
    )
    if after is not None:
        last = select(Team.court_id, Team.name).where(Team.id == after).subquery()
        later = and_(Team.court_id == last.c.court_id, Team.name > last.c.name)
        query = query.join(last, or_(Team.court_id > last.c.court_id, later))
    return list(session.execute(query).scalars())


def teams_by_id(session: Session, team_ids: Collection[str]) -> list[Team]:
    """Return the teams with these ids, in the order of their names."""
    return list(session.execute(select(Team).where(Team.id.in_(team_ids)).order_by(Team.name)).scalars())


def describe_teams(session: Session, teams: list[Team]) -> list[dict[str, object]]:
    """Return the shape `TeamShape` of each team, with its members' names."""
    members = current_members(session, [team.id for team in teams])
    names = user_names(session, {member.user_id for member in members})
    by_team: Mapping[str, list[dict[str, object]]] = {team.id: [] for team in teams}
    for member in members:
        by_team[member.team_id].append(
            {"user": {"id": member.user_id, "name": names[member.user_id]}, "duty": member.duty}
        )
    return [
        {
            "id": team.id,
            "revision": team.revision,
            "court_id": team.court_id,
            "name": team.name,
            "standby": team.standby,
            "members": by_team[team.id],
        }
        for team in teams
    ]


def team_of_people(session: Session, user_ids: Collection[str]) -> dict[str, str]:
    """Return the team each person joined last, by person; who is in none is left out."""
    rows = session.execute(
        select(TeamMember.user_id, TeamMember.team_id)
        .where(TeamMember.user_id.in_(user_ids), TeamMember.left_at.is_(None))
        .order_by(TeamMember.joined_at, TeamMember.id)
    )
    return {user_id: team_id for user_id, team_id in rows}
