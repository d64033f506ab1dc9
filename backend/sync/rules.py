"""Which time of a command counts: the phone's corrected one when it is sure enough, else the time of arrival (A8)."""

import hashlib
from datetime import datetime

from backend.core.commands import Occurrence
from backend.sync.schemas import CommandPayload

SURE_ENOUGH_MS = 30_000


def occurrence_of(payload: CommandPayload, now: datetime, *, signed: bool) -> Occurrence:
    """Return when and where a command was made.

    The corrected device time counts when the device signed it and knows its clock to 30 seconds; it is never later
    than the arrival. Otherwise the arrival counts, and the step is marked as not trusted.
    """
    sure = payload.uncertainty_ms is not None and payload.uncertainty_ms <= SURE_ENOUGH_MS
    trusted = signed and sure
    position = payload.position
    return Occurrence(
        at=min(payload.made_at, now) if trusted else now,
        device_at=payload.made_at_device,
        uncertainty_ms=payload.uncertainty_ms,
        trusted=trusted,
        longitude=position.longitude if position else None,
        latitude=position.latitude if position else None,
        accuracy_m=position.accuracy_m if position else None,
        fixed_at=position.fixed_at if position else None,
        battery_percent=payload.battery_percent,
        command_id=payload.command_id,
    )


def digest_of(payload: str) -> str:
    """Return the SHA-256 of the exact text of a command."""
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()
