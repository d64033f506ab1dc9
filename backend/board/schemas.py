"""Shapes of the two snapshots."""

from typing import Literal

from backend.core.schemas import Reference, Wire, WireInstant
from backend.deadlines.schemas import ClockRow
from backend.delivery.schemas import DeliveryShape
from backend.directives.schemas import DirectiveShape
from backend.emergencies.schemas import EmergencyShape, PhoneEmergencies
from backend.leads.schemas import LeadShape
from backend.notify.schemas import NoticeShape
from backend.people.schemas import CourtShape, Me
from backend.teams.schemas import MemberShape, TeamShape
from backend.tracking.schemas import LastKnown


class BoardTeam(Wire):
    """A team with what it is doing now and how many phones it has."""

    id: str
    revision: int
    court_id: str
    name: str
    standby: bool
    members: list[MemberShape]
    device_count: int
    state: Literal["standby", "off", "ordered", "moving", "on_scene"]
    directive_id: str | None


class Board(Wire):
    """Everything the command map and the duty desk show at once, and where the feed goes on."""

    epoch: str
    cursor: int
    server_time: WireInstant
    court: Reference
    courts: list[CourtShape]
    teams: list[BoardTeam]
    last_known: list[LastKnown]
    leads: list[LeadShape]
    directives: list[DirectiveShape]
    deliveries: list[DeliveryShape]
    clocks: list[ClockRow]
    notices: list[NoticeShape]
    emergencies: list[EmergencyShape]


class Phone(Wire):
    """Everything an officer's phone shows at once, and where the feed goes on."""

    epoch: str
    cursor: int
    server_time: WireInstant
    me: Me
    directives: list[DirectiveShape]
    teams: list[TeamShape]
    notices: list[NoticeShape]
    emergencies: PhoneEmergencies
