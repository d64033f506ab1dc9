"""What people tell the rooms above inside the transaction: a phone was signed out or revoked."""

from dataclasses import dataclass

from backend.core.events import Event


@dataclass(frozen=True)
class PhoneLeft(Event):
    """Nobody is signed in on this phone any more: nothing more is to be sent to it."""

    device_id: str
