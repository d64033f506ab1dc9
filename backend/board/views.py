"""Named selects of the board: each team with what it is doing now."""

from collections import Counter
from typing import Any

from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.people.views import devices_of_courts
from backend.teams.views import describe_teams, teams_seen

DOING = {
    "issued": "ordered",
    "delivered": "ordered",
    "acknowledged": "ordered",
    "reported_to_leader": "ordered",
    "dispatched": "moving",
    "on_scene": "on_scene",
    "completed": "on_scene",
    "returned": "on_scene",
}
BUSIEST = ["on_scene", "moving", "ordered"]


def board_teams(session: Session, actor: Actor, directives: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the shape `BoardTeam` of each team the actor may see; `directives` are the open ones, described."""
    teams = describe_teams(session, teams_seen(session, actor))
    devices = devices_of_courts(session, {str(team["court_id"]) for team in teams})
    phones = Counter(device.user_id for device, _ in devices if device.revoked_at is None)
    return [{**team, **_doing(team, directives), "device_count": _phones(team, phones)} for team in teams]


def _phones(team: dict[str, Any], phones: Counter[str]) -> int:
    return sum(phones[member["user"]["id"]] for member in team["members"])


def _doing(team: dict[str, Any], directives: list[dict[str, Any]]) -> dict[str, Any]:
    mine = [
        (BUSIEST.index(DOING[row["state"]]), row)
        for row in directives
        if row["target_team"] and row["target_team"]["id"] == team["id"] and row["state"] in DOING
    ]
    if not mine:
        return {"state": "standby" if team["standby"] else "off", "directive_id": None}
    busiest, row = min(mine, key=lambda pair: pair[0])
    return {"state": BUSIEST[busiest], "directive_id": row["id"]}
