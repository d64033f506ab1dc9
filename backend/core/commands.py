"""Commands from phones and desks: each room registers its own, `sync` dispatches them and imports no room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from backend.core.database import UnitOfWork
from backend.core.events import Event
from backend.core.permissions import Actor


@dataclass(frozen=True)
class Occurrence:
    """When and where a command was made: the corrected time, how sure it is, and the position if there was one."""

    at: datetime
    device_at: datetime | None = None
    uncertainty_ms: int | None = None
    trusted: bool = True
    longitude: float | None = None
    latitude: float | None = None
    accuracy_m: float | None = None
    fixed_at: datetime | None = None
    """When the position was measured."""
    battery_percent: float | None = None
    command_id: str | None = None
    on_behalf: bool = False
    """A desk wrote down what others did; true for whatever follows from it too."""


@dataclass(frozen=True)
class Outcome:
    """What a command did: `applied` or `superseded` (kept, but no longer able to change the state)."""

    result: str
    subject_id: str
    revision: int | None


@dataclass(frozen=True)
class CommandRefused(Event):
    """A command whose author could not be accepted: which phone it names, why not, and the exact text that was signed."""

    name: str
    device_id: str
    code: str
    text: str
    signature: str | None


CommandHandler = Callable[[UnitOfWork, Actor, str, Any, Occurrence], Outcome]


@dataclass(frozen=True)
class CommandKind:
    """One kind of command: its name, the shape of its body, whether a device must sign it, and its handler."""

    name: str
    schema: type[BaseModel]
    signed: bool
    handler: CommandHandler


COMMANDS: dict[str, CommandKind] = {}


def command(
    name: str, schema: type[BaseModel], *, signed: bool
) -> Callable[[CommandHandler], CommandHandler]:
    """Register `handler(work, actor, subject_id, body, occurrence) -> Outcome` as the command `name`."""

    def register(handler: CommandHandler) -> CommandHandler:
        COMMANDS[name] = CommandKind(name, schema, signed, handler)
        return handler

    return register
