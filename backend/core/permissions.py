"""Permissions, the mechanism: an Actor may do a thing at a set of courts; `people/permissions.py` holds the map."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.core.problems import Problem

NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """Who acts, as of one instant: the person, the courts each permission reaches, and the teams joined."""

    user_id: str
    account: str
    name: str
    court_id: str
    roles: frozenset[str] = NOWHERE
    reach: Mapping[str, frozenset[str]] = field(default_factory=dict)
    team_ids: frozenset[str] = NOWHERE
    session_id: str | None = None
    device_id: str | None = None

    def courts(self, permission: str) -> frozenset[str]:
        """Return the ids of the courts at which the permission is held."""
        return self.reach.get(permission, NOWHERE)

    def may(self, permission: str, court_id: str | None = None) -> bool:
        """Tell whether the permission is held at the court, or anywhere when no court is named."""
        courts = self.courts(permission)
        return bool(courts) if court_id is None else court_id in courts

    def demand(self, permission: str, court_id: str | None = None) -> None:
        """Raise 403.1 unless the permission is held."""
        if not self.may(permission, court_id):
            raise Problem("403.1", permission=permission)

    def rooms(self) -> list[str]:
        """Return the names of the live rooms this actor listens in: its own, and one a permission and court."""
        return [
            room_of_user(self.user_id),
            *(
                room_of_court(permission, court)
                for permission, courts in self.reach.items()
                for court in courts
            ),
        ]


def room_of_user(user_id: str) -> str:
    """Return the live room of one person."""
    return f"user:{user_id}"


def room_of_court(permission: str, court_id: str) -> str:
    """Return the live room of those who hold a permission at a court."""
    return f"{permission}@{court_id}"


SYSTEM = Actor(user_id="system", account="system", name="系统", court_id="spc")
"""The software itself, when a clock and not a person causes an act."""
