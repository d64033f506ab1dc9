"""Which room listens to which event and which port is answered by whom; one page, used by server, worker and CLI."""

from collections.abc import Callable
from typing import Any

from backend.accountability import listeners as accountability
from backend.accountability.telling import tell_silence
from backend.core.commands import CommandRefused
from backend.core.database import Database
from backend.core.events import EventBus
from backend.core.ports import Port
from backend.core.settings import Settings
from backend.deadlines import ports as deadlines_ports
from backend.deadlines.events import ClockBreached, ClockDisproved, ClockMoved, ClockUnconfirmed, ClockWarned
from backend.delivery import ports as delivery_ports
from backend.delivery.events import DevicesReceived
from backend.delivery.subscriptions import follow_sign_out
from backend.directives import listeners as directives
from backend.directives import ports as directives_ports
from backend.directives.concerned import concerned_by
from backend.directives.delivering import lock_order
from backend.directives.events import DirectiveIssued, DirectiveMoved
from backend.directives.pending import PendingDirectives
from backend.directives.service import follow_receipts
from backend.directives.silence import silent_phones
from backend.duty import ports as duty_ports
from backend.duty.events import RollCallUnanswered
from backend.duty.views import on_duty
from backend.emergencies.check_ins import follow_move as follow_order
from backend.emergencies.refused import follow_refusal
from backend.leads import listeners as leads
from backend.leads.pending import PendingLeads
from backend.leads.views import lead_numbers
from backend.notify import listeners as notify
from backend.notify import ports as notify_ports
from backend.people.events import PhoneLeft
from backend.timekeeping import ports as timekeeping_ports
from backend.tracking.views import satellite_fixes

SUBSCRIPTIONS = (
    (DirectiveIssued, leads.follow_issue),
    (DirectiveMoved, leads.follow_move),
    (DirectiveMoved, accountability.follow_move),
    (DirectiveMoved, follow_order),
    (RollCallUnanswered, tell_silence),
    (CommandRefused, follow_refusal),
    (ClockMoved, directives.follow_clock),
    (ClockMoved, notify.follow_end),
    (ClockWarned, directives.follow_clock),
    (ClockWarned, notify.follow_warning),
    (ClockBreached, directives.follow_clock),
    (ClockBreached, notify.follow_breach),
    (ClockBreached, accountability.follow_breach),
    (ClockUnconfirmed, directives.follow_clock),
    (ClockUnconfirmed, notify.follow_doubt),
    (ClockDisproved, directives.follow_clock),
    (ClockDisproved, notify.follow_proof),
    (ClockDisproved, accountability.follow_disproof),
    (DevicesReceived, follow_receipts),
    (PhoneLeft, follow_sign_out),
)

ANSWERS: tuple[tuple[Port[Any], Any], ...] = (
    (deadlines_ports.silent_phones, silent_phones),
    (directives_ports.lead_numbers, lead_numbers),
    (delivery_ports.lock_subject, lock_order),
    (notify_ports.concerned_by, concerned_by),
    (notify_ports.on_duty, on_duty),
    (timekeeping_ports.satellite_times, satellite_fixes),
    (duty_ports.pending_work, (PendingLeads(), PendingDirectives())),
)
"""Each question a room asks upward, and who answers it."""


def join_ports() -> Callable[[], None]:
    """Join every port; returns how to leave them as they were."""
    former = [(port, port.join(answer)) for port, answer in ANSWERS]

    def leave() -> None:
        for port, answer in former:
            port.join(answer)

    return leave


def wire_events() -> EventBus:
    """Return the bus with every subscription of this page."""
    bus = EventBus()
    for kind, handler in SUBSCRIPTIONS:
        bus.subscribe(kind, handler)
    return bus


def open_database(settings: Settings) -> Database:
    """Open the database with its events wired and its ports joined."""
    join_ports()
    return Database(settings.database_url, bus=wire_events())
