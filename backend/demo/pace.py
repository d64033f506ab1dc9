"""How fast the simulated people work: what is due next on a lead or an order, from its shape on the wire and the time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

TRIAGE_AFTER = timedelta(seconds=25)
REPORT_AFTER = timedelta(seconds=15)
ORDER_AFTER = timedelta(seconds=20)
FORGET_AFTER = timedelta(minutes=20)
RECEIVE_AFTER = timedelta(seconds=2)
ACCEPT_AFTER = timedelta(seconds=12)
DEPART_AFTER = timedelta(seconds=45)
DRIVE_AT_LEAST, DRIVE_AT_MOST = timedelta(seconds=60), timedelta(minutes=8)
WORK_FOR = timedelta(minutes=3)
REPORT_WITHIN = timedelta(minutes=2)
ACCEPT_REPORT_AFTER = timedelta(seconds=90)
FROM_ORDER_TO_SCENE = timedelta(minutes=5)
"""How long after a lead came in a team is about to be there: the place is laid where its way passes then."""


@dataclass(frozen=True)
class Due:
    """An act that is due, and by whom: a member's id, or None for the desk."""

    act: str
    user_id: str | None = None


def lead_due(
    lead: Mapping[str, Any], now: datetime, *, is_team_free: bool, is_order_open: bool
) -> Due | None:
    """Return what the desk does next about a lead: triage, report, issue, close; None while nothing is due."""
    registered = _instant(lead["registered_at"])
    if lead["triage"] is None:
        return _after(registered, TRIAGE_AFTER, now, "triage")
    if lead["triage"] != "urgent" or (lead["directive_ids"] and not is_order_open):
        return _after(registered, FORGET_AFTER, now, "close")
    if lead["reported_at"] is None:
        return _after(registered, TRIAGE_AFTER + REPORT_AFTER, now, "report")
    if not lead["directive_ids"] and is_team_free:
        return _after(_instant(lead["reported_at"]), ORDER_AFTER, now, "issue")
    return None


def order_due(order: Mapping[str, Any], now: datetime, *, is_there: bool) -> Due | None:
    """Return what a member, or at the end the desk, does next on an order; `is_there`: the team is at the place."""
    answers = list(_answers(order, now)) if order["departed_at"] is None else []
    if first := next((due for due in answers if due is not None), None):
        return first
    accepted = [member["user"]["id"] for member in order["members"] if member["answer"] == "accepted"]
    if not accepted or any(member["answer"] == "pending" for member in order["members"]):
        return None
    driver = (order["responsible"] or {"id": accepted[0]})["id"]
    drive = DRIVE_AT_LEAST if is_there else DRIVE_AT_MOST
    way = (
        ("departed_at", "acknowledged_at", DEPART_AFTER, Due("depart", driver)),
        ("arrived_at", "departed_at", drive, Due("arrive", driver)),
        ("completed_at", "arrived_at", WORK_FOR, Due("complete", driver)),
        ("feedback_at", "completed_at", REPORT_WITHIN, Due("feedback", driver)),
        ("accepted_at", "feedback_at", ACCEPT_REPORT_AFTER, Due("accept_feedback")),
    )
    for done, before, wait, due in way:
        if order[done] is None:
            return due if order[before] and now - _instant(order[before]) >= wait else None
    return None


def _answers(order: Mapping[str, Any], now: datetime) -> Iterator[Due | None]:
    issued = _instant(order["issued_at"])
    for place, member in enumerate(order["members"], start=1):
        user_id = member["user"]["id"]
        if member["device_received_at"] is None:
            yield _after(issued, RECEIVE_AFTER * place, now, "receive", user_id)
        elif member["answer"] == "pending":
            yield _after(issued, ACCEPT_AFTER * place, now, "accept", user_id)


def _after(
    since: datetime, wait: timedelta, now: datetime, act: str, user_id: str | None = None
) -> Due | None:
    return Due(act, user_id) if now - since >= wait else None


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)
