"""What is attached to a record by itself, read from its sources and frozen when people end it (A8; BSS-6, BSS-12)."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from backend.accountability.rules import Ground
from backend.accountability.schemas import EvidenceShape
from backend.accountability.stretches import describe_stretch, stretches_of
from backend.accountability.tables import Record
from backend.accountability.views import people_of_records
from backend.accountability.weighing import (
    ActFact,
    ClockFacts,
    Fact,
    OrderFacts,
    WarningFact,
    weigh,
)
from backend.core.audit import lines_about
from backend.core.clock import from_wire, to_wire
from backend.core.tables import AuditEntry
from backend.deadlines.rules import ClockState
from backend.deadlines.schemas import ClockRow
from backend.deadlines.views import clock_by_id
from backend.directives.views import directive_numbers, members_of, orders_about, steps_of
from backend.duty.views import OnDuty, on_duty
from backend.leads.views import lead_numbers
from backend.people.views import user_names

MOST_LINES = 200


def read_evidence(session: Session, record: Record) -> EvidenceShape:
    """Return the evidence of a record: as frozen when it was ended, otherwise from its sources as of now.

    Whoever must look again at an end that was contradicted reads what is known now; what was frozen stays kept.
    """
    if record.evidence is not None and record.contradicted_at is None:
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


def lines_of_record(session: Session, record: Record) -> list[dict[str, Any]]:
    """Return what was done about the record, its lead or directive and their orders, in the order it happened.

    The record's own lines always, and of a busy lead the newest others: it is the last of them that the record is about.
    """
    own = lines_about(session, [("record", record.id)])
    subjects: list[tuple[str, str]] = []
    numbers: dict[str, str] = {}
    if record.subject_kind is not None and record.subject_id is not None:
        subjects.append((record.subject_kind, record.subject_id))
        orders = orders_about(session, record.subject_kind, record.subject_id)
        subjects += [("directive", order.id) for order in orders if order.id != record.subject_id]
        numbers = directive_numbers(session, {one for kind, one in subjects if kind == "directive"})
        numbers |= lead_numbers(session, [one for kind, one in subjects if kind == "lead"])
    others = lines_about(session, subjects, limit=max(0, MOST_LINES - len(own)))
    lines = sorted([*own, *others], key=lambda line: (line.occurred_at, line.id))
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
