"""Which room listens to which event and which port is answered by whom; one page, used by server, worker and CLI."""

from backend.core.database import Database
from backend.core.events import EventBus
from backend.core.permissions import Actor
from backend.core.settings import Settings
from backend.deadlines.ports import join_silent_phones
from backend.directives.events import DirectiveIssued, DirectiveMoved
from backend.directives.silence import silent_phones
from backend.leads import listeners as leads
from backend.people.sessions import find_session, state_of_session
from backend.people.views import build_actor
from backend.teams.views import team_ids_of

SUBSCRIPTIONS = (
    (DirectiveIssued, leads.follow_issue),
    (DirectiveMoved, leads.follow_move),
)


def wire_events() -> EventBus:
    """Return the bus with every subscription of this page."""
    bus = EventBus()
    for kind, handler in SUBSCRIPTIONS:
        bus.subscribe(kind, handler)
    return bus


def open_database(settings: Settings) -> Database:
    """Open the database with its events wired and its ports joined."""
    join_silent_phones(silent_phones)
    return Database(settings.database_url, bus=wire_events())


def authenticate(database: Database, token: str) -> Actor | None:
    """Return who holds the session of this cookie, or None when it is over or its second factor is missing."""
    if not token:
        return None
    with database.reading() as work:
        found = find_session(work.session, token, work.now)
        if found is None or state_of_session(work.session, found[0], work.now)[0] != "signed_in":
            return None
        row, user = found
        return build_actor(
            work.session, user, work.now, team_ids_of(work.session, user.id), row.id, row.device_id
        )
