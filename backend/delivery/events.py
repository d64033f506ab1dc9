"""What delivery tells the rooms above inside the transaction: a device of somebody has the thing it was given."""

from dataclasses import dataclass
from datetime import datetime

from backend.core.events import Event


@dataclass(frozen=True)
class DeviceReceived(Event):
    """The first word of a person's device that it has a thing; no signed command of the phone, but a receipt of it."""

    subject_kind: str
    subject_id: str
    user_id: str
    device_id: str
    channel: str
    at: datetime
