"""Shapes of teams on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from backend.core.schemas import CourtId, Identifier, Reference, ShortText, Wire

TeamName = Annotated[ShortText, Field(max_length=80)]
Duty = Literal["leader", "officer", "driver"]


class MemberShape(Wire):
    """A member and the place held in the team."""

    user: Reference
    duty: Duty


class TeamShape(Wire):
    """A team: its court, whether it stands by, and its members."""

    id: str
    revision: int
    court_id: str
    name: str
    standby: bool
    members: list[MemberShape]


class TeamList(Wire):
    """Teams by court and name."""

    items: list[TeamShape]
    next: str | None = None


class NewMember(Wire):
    """Who joins, and in which place."""

    user_id: Identifier
    duty: Duty


class NewTeam(Wire):
    """A new team of a court with its first members."""

    court_id: CourtId
    name: TeamName
    standby: bool = False
    members: list[NewMember] = Field(max_length=100)
