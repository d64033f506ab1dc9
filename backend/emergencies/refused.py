"""Calls for help of phones that were revoked: refused as any command, and shown to a desk of the court (ADR 0039).

The key proves that it is the phone that was bound once. Whoever holds it may be a thief, so no desk sounds; it may be an
officer in danger with an old phone, so a desk is told at once, with the place, and finds out.
"""

from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from backend.core.clock import to_wire
from backend.core.commands import CommandRefused
from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM
from backend.core.problems import Problem, not_found
from backend.core.schemas import Identifier, Wire, WireInstant
from backend.deadlines.rulebooks import Audience
from backend.notify.posts import posts_of
from backend.notify.rules import NoticeKind, told_people
from backend.notify.service import give_notice
from backend.notify.views import was_told_since
from backend.people.devices import revoked_problem
from backend.people.rules import signature_is_right
from backend.people.views import find_device, user_names

CALL, REVOKED = "sos.raise", "403.3"
TOLD_ONCE_IN = timedelta(minutes=10)
"""Whoever holds the phone may press as often as they like; the people of the desk are told so often."""
TOLD = (Audience.DUTY_OFFICER, Audience.DUTY_LEADER, Audience.COMMANDER)


class CallPosition(Wire):
    """Where the phone says it is."""

    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)
    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    accuracy_m: float | None = Field(None, ge=0, allow_inf_nan=False)
    fixed_at: WireInstant | None = None


class Envelope(BaseModel):
    """What is read of a signed call whose phone has no session."""

    model_config = ConfigDict(extra="ignore")

    type: str
    command_id: Identifier
    device_id: Identifier
    made_at: WireInstant
    position: CallPosition | None = None


def follow_refusal(work: UnitOfWork, event: CommandRefused) -> None:
    """Show a desk the call of a revoked phone that came with somebody's session; other refusals are not this room's."""
    if event.name == CALL and event.code == REVOKED:
        show_refused(work, event.text, event.signature or "")


def refuse_call(work: UnitOfWork, text: str, signature: str) -> Problem:
    """Take a call of a phone that has no session and return its refusal.

    404.1 for no such phone, 422.x for what is no call or not signed by it, 401.1 where the phone is bound and only has
    to sign in, 403.3 with the reason where it is revoked: then a desk was told.
    """
    envelope = _read(text)
    if envelope is None:
        return Problem("422.1")
    device = find_device(work.session, envelope.device_id)
    if device is None:
        return not_found("本机未绑定", "This device is not enrolled")
    if not signature_is_right(device.public_key, text.encode(), signature):
        return Problem("422.2")
    if device.revoked_at is None:
        return Problem("401.1")
    show_refused(work, text, signature)
    return revoked_problem(device)


def show_refused(work: UnitOfWork, text: str, signature: str) -> None:
    """Write the security line of a revoked phone's call and tell the desk of its court, if the phone signed it."""
    envelope = _read(text)
    device = find_device(work.session, envelope.device_id) if envelope else None
    if (
        envelope is None
        or device is None
        or not signature_is_right(device.public_key, text.encode(), signature)
    ):
        return
    work.authorise_by_rule("a refused call for help is shown to whoever must find out")
    at = min(envelope.made_at, work.now)
    work.audit(
        SYSTEM,
        "sos.refused",
        "device",
        device.id,
        device.court_id,
        at,
        user_id=device.user_id,
        command_id=envelope.command_id,
        made_at=to_wire(envelope.made_at),
        **_place(envelope),
    )
    if was_told_since(work.session, "device", device.id, NoticeKind.REFUSED_CALL, work.now - TOLD_ONCE_IN):
        return
    name = user_names(work.session, [device.user_id])[device.user_id]
    people = told_people(TOLD, posts_of(work, device.court_id))
    people.pop(device.user_id, None)
    if people:
        give_notice(
            work,
            court_id=device.court_id,
            kind=NoticeKind.REFUSED_CALL,
            subject_kind="device",
            subject_id=device.id,
            title=" · ".join([name, device.label, *_words(envelope)])[:200],
            people=people,
            at=at,
        )


def _read(text: str) -> Envelope | None:
    try:
        envelope = Envelope.model_validate_json(text)
    except ValidationError:
        return None
    return envelope if envelope.type == CALL else None


def _place(envelope: Envelope) -> dict[str, Any]:
    if envelope.position is None:
        return {}
    return envelope.position.model_dump(mode="json")


def _words(envelope: Envelope) -> list[str]:
    """Return the place as anybody can type it into a map: latitude, longitude."""
    place = envelope.position
    return [f"{place.latitude:.5f}, {place.longitude:.5f}"] if place else []
