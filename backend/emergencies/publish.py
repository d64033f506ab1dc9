"""How an emergency is told: whole to the desks that see the court's positions, the officer's own phone the little it shows."""

from backend.core.database import UnitOfWork
from backend.core.permissions import room_of_court, room_of_user
from backend.emergencies.describe import describe_emergencies, describe_mine
from backend.emergencies.tables import Emergency
from backend.people.permissions import Permission


def publish_emergency(work: UnitOfWork, row: Emergency) -> None:
    """Put `sos.changed` for desks (of the court and, by their reach, of those above) and `sos.mine` in the outbox.

    Two events, because notes of a desk must not be read over the shoulder of whoever holds the phone.
    """
    work.session.flush()
    work.publish(
        "sos.changed",
        row.id,
        row.revision,
        row.court_id,
        [room_of_court(Permission.POSITION_READ, row.court_id)],
        describe_emergencies(work.session, [row])[0],
    )
    work.publish(
        "sos.mine",
        row.id,
        row.revision,
        row.court_id,
        [room_of_user(row.user_id)],
        describe_mine(work.session, [row])[0],
    )
