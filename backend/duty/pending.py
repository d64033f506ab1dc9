"""What a shift hands over, filled in by the machine: what was done in its time, and what is pending (BSS-6, DL-14)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.core.audit import lines_during
from backend.core.permissions import SYSTEM, Actor
from backend.core.schemas import wire
from backend.deadlines.rules import ClockState
from backend.deadlines.views import clocks_seen
from backend.duty.handover_schemas import DoneItem, PendingItem
from backend.duty.ports import Subject, pending_work, subjects_of, title_permission
from backend.people.permissions import Permission

MOST_CLOCKS = 2_000
MOST_DONE = 500
DONE = frozenset(
    {
        "lead.register",
        "lead.triage",
        "lead.report",
        "lead.close",
        "directive.issue",
        "directive.acknowledge",
        "directive.acknowledge_for",
        "directive.complete",
        "directive.feedback",
        "directive.accept_feedback",
        "directive.withdraw",
        "directive.cancel",
    }
)
"""Acts that a shift can say it did; everything else is in the duty log."""
KIND_OF_WORK = {"lead": "untriaged", "directive": "unanswered"}


def pending_now(session: Session, court_id: str) -> list[dict[str, Any]]:
    """Return what the court's desk has still to do as `PendingItem`s: clocks by due time, then waiting things."""
    reader = replace(SYSTEM, reach={Permission.CLOCK_READ: frozenset({court_id})})
    clocks = clocks_seen(session, reader, court_id=court_id, limit=MOST_CLOCKS)
    waiting = [
        (port.subject_kind, item) for port in pending_work.ask for item in port.pending(session, court_id)
    ]
    names = subjects_of(
        session,
        {(clock.subject_kind, clock.subject_id) for clock in clocks}
        | {(kind, item.subject_id) for kind, item in waiting},
    )
    unnamed = Subject("", "")
    items = []
    for clock in clocks:
        named = names.get((clock.subject_kind, clock.subject_id), unnamed)
        items.append(
            PendingItem(
                key=f"clock:{clock.id}",
                kind="clock",
                subject_kind=clock.subject_kind,
                subject_id=clock.subject_id,
                number=named.number or None,
                title=named.title or clock.title,
                since=clock.started_at,
                clock=clock.clock,
                clause=clock.clause,
                due_at=clock.due_at,
                unconfirmed=clock.state == ClockState.UNCONFIRMED,
            )
        )
    for kind, item in waiting:
        named = names.get((kind, item.subject_id), unnamed)
        items.append(
            PendingItem.model_validate(
                {
                    "key": f"{kind}:{item.subject_id}",
                    "kind": KIND_OF_WORK.get(kind, "open"),
                    "subject_kind": kind,
                    "subject_id": item.subject_id,
                    "number": named.number or None,
                    "title": named.title or None,
                    "since": item.since,
                    "clock": None,
                    "clause": None,
                    "due_at": None,
                }
            )
        )
    return [wire(PendingItem, item) for item in items]


def done_between(session: Session, court_id: str, begin: datetime, end: datetime) -> list[dict[str, Any]]:
    """Return what was done at the court from begin to end, both counted, as `DoneItem`s, the first first."""
    until = end + timedelta(microseconds=1)
    lines = lines_during(session, court_id, DONE, begin, until, limit=MOST_DONE)
    names = subjects_of(session, {(line.subject_kind, line.subject_id) for line in lines})
    unnamed = Subject("", "")
    return [
        wire(
            DoneItem,
            {
                "template": line.action,
                "subject_kind": line.subject_kind,
                "subject_id": line.subject_id,
                "number": names.get((line.subject_kind, line.subject_id), unnamed).number or None,
                "title": names.get((line.subject_kind, line.subject_id), unnamed).title or None,
                "at": line.occurred_at,
                "by": line.actor_name,
            },
        )
        for line in reversed(lines)
        if line.detail.get("result", "applied") == "applied"
    ]


def for_reader(items: list[dict[str, Any]], reader: Actor, court_id: str) -> list[dict[str, Any]]:
    """Return the items without the titles that the reader may not see."""
    shown = []
    for item in items:
        permission = title_permission(item["subject_kind"])
        may = permission is not None and reader.may(permission, court_id)
        shown.append(item if may else {**item, "title": None})
    return shown
