"""Which room listens to which event: the one page of it is complete, and holds what the rules need."""

from backend.core.commands import CommandRefused
from backend.core.events import Event
from backend.deadlines.events import (
    ClockBreached,
    ClockDisproved,
    ClockEvent,
    ClockMoved,
    ClockUnconfirmed,
    ClockWarned,
)
from backend.delivery.events import DevicesReceived
from backend.directives.events import DirectiveIssued, DirectiveMoved
from backend.duty.events import RollCallUnanswered
from backend.people.events import PhoneLeft
from backend.wiring import wire_events


def kinds_below(kind: type[Event]) -> set[type[Event]]:
    """Return the kinds of event of the product that are raised: those nothing is derived from."""
    below = [one for one in kind.__subclasses__() if one.__module__.startswith("backend.")]
    return {leaf for one in below for leaf in (kinds_below(one) if one.__subclasses__() else {one})}


def test_every_event_is_heard_by_the_rooms_that_need_it() -> None:
    heard = {
        kind: [f"{handler.__module__}.{handler.__name__}" for handler in handlers]
        for kind, handlers in wire_events().handlers.items()
    }
    assert heard == {
        CommandRefused: ["backend.emergencies.refused.follow_refusal"],
        DirectiveIssued: ["backend.leads.listeners.follow_issue"],
        DirectiveMoved: [
            "backend.leads.listeners.follow_move",
            "backend.accountability.listeners.follow_move",
            "backend.emergencies.check_ins.follow_move",
        ],
        RollCallUnanswered: ["backend.accountability.telling.tell_silence"],
        ClockMoved: [
            "backend.directives.listeners.follow_clock",
            "backend.notify.listeners.follow_end",
        ],
        ClockWarned: [
            "backend.directives.listeners.follow_clock",
            "backend.notify.listeners.follow_warning",
        ],
        ClockBreached: [
            "backend.directives.listeners.follow_clock",
            "backend.notify.listeners.follow_breach",
            "backend.accountability.listeners.follow_breach",
        ],
        ClockUnconfirmed: [
            "backend.directives.listeners.follow_clock",
            "backend.notify.listeners.follow_doubt",
        ],
        ClockDisproved: [
            "backend.directives.listeners.follow_clock",
            "backend.notify.listeners.follow_proof",
            "backend.accountability.listeners.follow_disproof",
        ],
        DevicesReceived: ["backend.directives.service.follow_receipts"],
        PhoneLeft: ["backend.delivery.subscriptions.follow_sign_out"],
    }
    assert kinds_below(Event) == heard.keys()
    assert kinds_below(ClockEvent) < heard.keys()
