"""Which lead an event shows to whoever hears it: the lead itself, or an order that rests on it (BSS-12(6))."""

from typing import Any

from backend.core.viewings import Way


def lead_in_event(kind: str, subject_id: str, data: dict[str, Any]) -> tuple[Way, str] | None:
    """Return the way and the id of the lead that an event shows, or None."""
    if kind == "lead.changed":
        return Way.LISTED, subject_id
    basis = data.get("basis") if kind == "directive.changed" else None
    if isinstance(basis, dict) and basis.get("kind") == "lead" and basis.get("id"):
        return Way.ORDER_LISTED, str(basis["id"])
    return None
