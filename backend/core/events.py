"""Typed events raised inside a transaction and handled in it; `backend/wiring.py` lists who listens to what."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backend.core.database import UnitOfWork


@dataclass(frozen=True)
class Event:
    """Something that happened, told to rooms that the teller must not import."""


Handler = Callable[["UnitOfWork", Any], None]


class EventBus:
    """The listeners of each kind of event, called in the order they were joined, inside the raiser's transaction."""

    def __init__(self) -> None:
        self.handlers: dict[type[Event], list[Handler]] = defaultdict(list)

    def subscribe(self, kind: type[Event], handler: Handler) -> None:
        """Join a handler to a kind of event."""
        self.handlers[kind].append(handler)

    def raise_event(self, work: "UnitOfWork", event: Event) -> None:
        """Call each handler of the event; an exception undoes the whole transaction."""
        for handler in self.handlers[type(event)]:
            handler(work, event)
