"""Which lead an event shows to whoever hears it: the lead itself, or an order that rests on it (BSS-12(6))."""

from typing import Any

from backend.core.viewings import Way

SAY_WHERE = ("clock.changed", "notice.changed")
"""Events about other things that carry a lead's title, which is a place."""


def lead_in_event(kind: str, subject_id: str, data: dict[str, Any]) -> tuple[Way, str] | None:
    """Return the way and the id of the lead that an event shows, or None."""
    if kind == "lead.changed":
        return Way.LISTED, subject_id
    if kind in SAY_WHERE and data.get("subject_kind") == "lead":
        return Way.LISTED, str(data["subject_id"])
    basis = data.get("basis") if kind == "directive.changed" else None
    if isinstance(basis, dict) and basis.get("kind") == "lead" and basis.get("id"):
        return Way.ORDER_LISTED, str(basis["id"])
    return None
