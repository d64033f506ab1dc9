"""What delivery tells the rooms above inside the transaction: devices of people have the thing they were given."""

from dataclasses import dataclass
from datetime import datetime

from backend.core.events import Event


@dataclass(frozen=True)
class FirstReceipt:
    """The first word of a person's device that it has a thing; no signed command of the phone, but a receipt of it."""

    user_id: str
    device_id: str
    channel: str
    at: datetime


@dataclass(frozen=True)
class DevicesReceived(Event):
    """What the devices of one person or of several said in one moment of the same thing."""

    subject_kind: str
    subject_id: str
    receipts: tuple[FirstReceipt, ...]
