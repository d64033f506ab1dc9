"""Which room listens to which event and which port is answered by whom; one page, used by server, worker and CLI."""

from backend.accountability import listeners as accountability
from backend.core.database import Database
from backend.core.events import EventBus
from backend.core.settings import Settings
from backend.deadlines.events import ClockBreached, ClockDisproved, ClockMoved, ClockUnconfirmed, ClockWarned
from backend.deadlines.ports import join_silent_phones
from backend.directives import listeners as directives
from backend.directives.events import DirectiveIssued, DirectiveMoved
from backend.directives.pending import PendingDirectives
from backend.directives.ports import join_lead_numbers
from backend.directives.silence import silent_phones
from backend.duty.ports import join_pending_work
from backend.leads import listeners as leads
from backend.leads.pending import PendingLeads
from backend.leads.views import lead_numbers

SUBSCRIPTIONS = (
    (DirectiveIssued, leads.follow_issue),
    (DirectiveMoved, leads.follow_move),
    (DirectiveMoved, accountability.follow_move),
    (ClockMoved, directives.follow_clock),
    (ClockWarned, directives.follow_clock),
    (ClockBreached, directives.follow_clock),
    (ClockBreached, accountability.follow_breach),
    (ClockUnconfirmed, directives.follow_clock),
    (ClockDisproved, directives.follow_clock),
    (ClockDisproved, accountability.follow_disproof),
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
    join_lead_numbers(lead_numbers)
    join_pending_work(PendingLeads(), PendingDirectives())
    return Database(settings.database_url, bus=wire_events())
