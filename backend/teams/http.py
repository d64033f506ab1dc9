"""Endpoints of teams."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.database import UnitOfWork
from backend.core.schemas import LongPageQuery
from backend.core.web import actor, requires, services
from backend.people.permissions import Permission
from backend.teams import service
from backend.teams.schemas import NewMember, NewTeam, TeamList, TeamShape
from backend.teams.tables import Team
from backend.teams.views import describe_teams, teams_seen

blueprint = APIBlueprint("teams", __name__, url_prefix="/api", tag="Teams")


@blueprint.get("/teams")
@blueprint.input(LongPageQuery, location="query")
@blueprint.output(TeamList)
@requires(Permission.TEAM_READ)
def list_teams(query_data: LongPageQuery) -> dict[str, Any]:
    """List the teams of my court and those below it."""
    limit = query_data.limit
    with services().database.reading() as work:
        rows = teams_seen(work.session, actor(), limit=limit + 1, after=query_data.after)
        return {
            "items": describe_teams(work.session, rows[:limit]),
            "next": rows[limit - 1].id if len(rows) > limit else None,
        }


@blueprint.post("/teams")
@blueprint.input(NewTeam)
@blueprint.output(TeamShape, status_code=201)
@requires(Permission.TEAM_MANAGE)
def form_team(json_data: NewTeam) -> dict[str, Any]:
    """Form a team."""
    with services().database.writing() as work:
        work.authorise(actor(), Permission.TEAM_MANAGE, json_data.court_id)
        members = [(member.user_id, member.duty) for member in json_data.members]
        team = service.form_team(
            work, actor(), json_data.court_id, json_data.name, members, standby=json_data.standby
        )
        return describe_teams(work.session, [team])[0]


@blueprint.post("/teams/<team_id>/members")
@blueprint.input(NewMember)
@blueprint.output(TeamShape)
@requires(Permission.TEAM_MANAGE)
def join_team(team_id: str, json_data: NewMember) -> dict[str, Any]:
    """Let a person join a team."""
    with services().database.writing() as work:
        team = service.managed_team(work, actor(), team_id)
        service.join(work, actor(), team, json_data.user_id, json_data.duty)
        return _changed(work, team)


@blueprint.delete("/teams/<team_id>/members/<user_id>")
@blueprint.output(TeamShape)
@requires(Permission.TEAM_MANAGE)
def leave_team(team_id: str, user_id: str) -> dict[str, Any]:
    """Let a member leave a team."""
    with services().database.writing() as work:
        team = service.managed_team(work, actor(), team_id)
        service.leave(work, actor(), team, user_id)
        return _changed(work, team, left=user_id)


def _changed(work: UnitOfWork, team: Team, left: str | None = None) -> dict[str, Any]:
    team.revision += 1
    service.publish_team(work, team, left)
    return describe_teams(work.session, [team])[0]
