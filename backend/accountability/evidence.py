"""What is attached to a record by itself, read from its sources and frozen when people end it (A8; BSS-6, BSS-12)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.accountability.rules import Ground
from backend.accountability.schemas import EvidenceShape
from backend.accountability.tables import Record, RecordPerson
from backend.accountability.views import people_of_records
from backend.accountability.weighing import (
    ActFact,
    ClockFacts,
    Fact,
    OrderFacts,
    PersonFacts,
    WarningFact,
    weigh,
)
from backend.core.audit import lines_about
from backend.core.clock import from_wire, to_wire
from backend.core.tables import AuditEntry
from backend.core.viewings import viewings_of
from backend.deadlines.rules import ClockState
from backend.deadlines.schemas import ClockRow
from backend.deadlines.views import clock_by_id
from backend.directives.views import directive_numbers, members_of, orders_about, steps_of
from backend.duty.views import OnDuty, on_duty
from backend.leads.views import lead_numbers
from backend.people.contact import silences_of
from backend.people.views import phones_of, user_names
from backend.tracking.views import track_of
from geo.coordinates import Position
from geo.sphere import distance_m

BEFORE_WHAT_HAPPENED = timedelta(hours=1)
"""The stretch looked at where no clock gives one."""
LONGEST_STRETCH = timedelta(hours=12)
"""Of a limit of working days the last hours tell where somebody was; days of tracks tell nothing more."""
MOST_LINES = 200


@dataclass(frozen=True)
class Stretch:
    """What one person's phone says of the stretch of time."""

    facts: PersonFacts
    first_fix_at: datetime | None
    last_fix_at: datetime | None
    largest_skew_s: int | None


def read_evidence(session: Session, record: Record) -> EvidenceShape:
    """Return the evidence of a record: as frozen when it was ended, otherwise from its sources as of now."""
    if record.evidence is not None:
        return EvidenceShape.model_validate(
            {
                **json.loads(json.dumps(record.evidence)),
                "frozen_at": to_wire(record.ended_at) if record.ended_at else None,
                "sha256": record.evidence_sha256,
            }
        )
    return gather(session, record)


def freeze(session: Session, record: Record) -> None:
    """Keep the evidence as it stands with the SHA-256 of its canonical JSON; the record is ended with it."""
    snapshot = gather(session, record).model_dump(mode="json", exclude={"frozen_at", "sha256"})
    record.evidence = snapshot
    record.evidence_sha256 = digest_of(snapshot)


def digest_of(snapshot: dict[str, Any]) -> str:
    """Return the SHA-256 of a snapshot: JSON with sorted keys and no spaces, UTF-8."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def gather(session: Session, record: Record) -> EvidenceShape:
    """Read everything from its sources."""
    clock = clock_by_id(session, record.clock_id) if record.clock_id else None
    people = people_of_records(session, [record.id])[record.id]
    desk = on_duty(session, record.court_id, record.happened_at)
    orders = order_facts(session, record)
    stretches = stretches_of(session, record, clock, people, desk, orders)
    facts = weigh(
        clock_facts(clock) if clock else None,
        orders,
        [one.facts for one in stretches],
        leak=record.ground == Ground.LEAKED_SECRET and record.subject_kind == "lead",
    )
    lines = lines_of_record(session, record)
    names = user_names(
        session, {row.user_id for row in people} | {fact.person for fact in facts if fact.person is not None}
    )

    def person(user_id: str) -> dict[str, str]:
        return {"id": user_id, "name": names.get(user_id, "")}

    return EvidenceShape.model_validate(
        {
            "clock": clock.model_dump(mode="json") if clock else None,
            "facts": [describe_fact(fact, person(fact.person) if fact.person else None) for fact in facts],
            "lines": lines,
            "on_duty": [describe_on_duty(one) for one in desk],
            "stretches": [describe_stretch(one, person(one.facts.user_id)) for one in stretches],
        }
    )


def clock_facts(clock: ClockRow) -> ClockFacts:
    """Return what is weighed of a clock."""
    return ClockFacts(
        clause=clock.clause,
        started_at=clock.started_at,
        due_at=clock.due_at,
        stopped_at=clock.stopped_at,
        kept=clock.state is ClockState.MET,
        provisional=clock.provisional,
        warnings=[WarningFact(one.at, one.given) for one in clock.warnings],
    )


def order_facts(session: Session, record: Record) -> list[OrderFacts]:
    """Return what is weighed of the orders that carried the record's lead or directive out."""
    if record.subject_kind is None or record.subject_id is None:
        return []
    orders = orders_about(session, record.subject_kind, record.subject_id)
    ids = [order.id for order in orders]
    members, steps = members_of(session, ids), steps_of(session, ids)
    return [
        OrderFacts(
            number=order.number,
            issued_at=order.issued_at,
            received={member.user_id: member.device_received_at for member in members[order.id]},
            acts=[
                ActFact(
                    user_id=step.actor_id,
                    act=step.act,
                    occurred_at=step.occurred_at,
                    received_at=step.received_at,
                    trusted=step.time_trusted,
                    device_at=from_wire(step.detail["device_at"]) if "device_at" in step.detail else None,
                )
                for step in steps[order.id]
                if step.act != "receive"
            ],
        )
        for order in orders
    ]


def stretches_of(
    session: Session,
    record: Record,
    clock: ClockRow | None,
    people: Sequence[RecordPerson],
    desk: Sequence[OnDuty],
    orders: Sequence[OrderFacts],
) -> list[Stretch]:
    """Return what the phones of the people concerned say of the stretch the record is about."""
    begin, end = stretch_of(record, clock)
    user_ids = [row.user_id for row in people]
    silences = silences_of(session, user_ids, begin, end)
    phones = phones_of(session, user_ids, begin, end)
    at_start = {one.user_id for one in on_duty(session, record.court_id, begin)}
    then = {one.user_id for one in desk}
    seen: dict[str, datetime] = {}
    if record.subject_kind == "lead" and record.subject_id is not None:
        for viewing in viewings_of(
            session, "lead", record.subject_id, before=record.happened_at, people=user_ids
        ):
            seen[viewing.actor_id] = viewing.at
    found = []
    for user_id in user_ids:
        track = track_of(session, user_id, [record.court_id], begin, end)
        skews = [
            abs(act.device_at - act.received_at)
            for order in orders
            for act in order.acts
            if act.user_id == user_id and act.device_at is not None and not act.trusted
        ]
        found.append(
            Stretch(
                PersonFacts(
                    user_id=user_id,
                    on_duty_at_start=user_id in at_start if desk else None,
                    on_duty_then=user_id in then if desk else None,
                    silences=[(one.began_at, one.ended_at) for one in silences if one.user_id == user_id],
                    has_phone=user_id in phones,
                    fixes=len(track),
                    moved_m=moved(track),
                    viewed_at=seen.get(user_id),
                ),
                first_fix_at=track[0].fixed_at if track else None,
                last_fix_at=track[-1].fixed_at if track else None,
                largest_skew_s=int(max(skews).total_seconds()) if skews else None,
            )
        )
    return found


def stretch_of(record: Record, clock: ClockRow | None) -> tuple[datetime, datetime]:
    """Return the stretch of time looked at: the clock's, at most its last hours, or the hour before what happened."""
    if clock is None:
        return record.happened_at - BEFORE_WHAT_HAPPENED, record.happened_at
    return max(clock.started_at, clock.due_at - LONGEST_STRETCH), clock.due_at


def moved(track: Sequence[Any]) -> float:
    """Return how far from the first position of a track the farthest one lies, in metres."""
    if not track:
        return 0.0
    first, *others = [Position(fix.longitude, fix.latitude) for fix in track]
    return max((distance_m(first, other) for other in others), default=0.0)


def lines_of_record(session: Session, record: Record) -> list[dict[str, Any]]:
    """Return what was done about the record, its lead or directive and their orders, in the order it happened."""
    subjects = [("record", record.id)]
    numbers: dict[str, str] = {}
    if record.subject_kind is not None and record.subject_id is not None:
        subjects.append((record.subject_kind, record.subject_id))
        orders = orders_about(session, record.subject_kind, record.subject_id)
        subjects += [("directive", order.id) for order in orders if order.id != record.subject_id]
        numbers = directive_numbers(session, {one for kind, one in subjects if kind == "directive"})
        numbers |= lead_numbers(session, [one for kind, one in subjects if kind == "lead"])
    lines = lines_about(session, subjects, limit=MOST_LINES)
    return [describe_line(line, numbers.get(line.subject_id)) for line in lines]


def describe_line(line: AuditEntry, number: str | None) -> dict[str, Any]:
    """Return an audit line without its detail: who, what, when; the clock's code where it is about one."""
    return {
        "at": to_wire(line.occurred_at),
        "recorded_at": to_wire(line.recorded_at),
        "by": {"id": line.actor_id, "name": line.actor_name},
        "action": line.action,
        "subject_kind": line.subject_kind,
        "number": number,
        "clock": line.detail.get("clock"),
    }


def describe_fact(fact: Fact, person: dict[str, str] | None) -> dict[str, Any]:
    """Return a fact in the shape `FactShape`."""
    values = asdict(fact)
    times = {name: to_wire(values[name]) if values[name] is not None else None for name in ("at", "until")}
    return {**values, **times, "person": person}


def describe_on_duty(one: OnDuty) -> dict[str, Any]:
    """Return somebody on duty in the shape `OnDutyShape`."""
    return {"user": {"id": one.user_id, "name": one.name}, "function": str(one.function), "post": one.post}


def describe_stretch(one: Stretch, person: dict[str, str]) -> dict[str, Any]:
    """Return a stretch in the shape `StretchShape`."""

    def wire(instant: datetime | None) -> str | None:
        return to_wire(instant) if instant is not None else None

    return {
        "user": person,
        "silences": [(wire(begin), wire(end)) for begin, end in one.facts.silences],
        "fixes": one.facts.fixes,
        "first_fix_at": wire(one.first_fix_at),
        "last_fix_at": wire(one.last_fix_at),
        "moved_m": int(one.facts.moved_m),
        "largest_skew_s": one.largest_skew_s,
        "viewed_at": wire(one.facts.viewed_at),
    }
