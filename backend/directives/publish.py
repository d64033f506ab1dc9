"""Telling everybody concerned how a directive stands now: both courts' desks and each member's phone."""

from backend.core.database import UnitOfWork
from backend.core.permissions import room_of_court, room_of_user
from backend.directives.describe import describe_one
from backend.directives.tables import Directive
from backend.directives.views import members_of
from backend.people.permissions import Permission


def publish_directive(work: UnitOfWork, row: Directive) -> None:
    """Put `directive.changed` with the whole directive in the outbox."""
    work.session.flush()
    rooms = [
        room_of_court(Permission.DIRECTIVE_READ, row.issuing_court_id),
        room_of_court(Permission.DIRECTIVE_READ, row.target_court_id),
        *(room_of_user(member.user_id) for member in members_of(work.session, [row.id])[row.id]),
    ]
    work.publish(
        "directive.changed",
        row.id,
        row.revision,
        row.target_court_id,
        rooms,
        describe_one(work.session, row),
        team_id=row.target_team_id,
    )
