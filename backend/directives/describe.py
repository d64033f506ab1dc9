"""A directive in its shape on the wire: one builder for lists, pages, phones and live events, with few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.courts.views import court_names
from backend.deadlines.rulebooks import CLOCKS_OF_THE_DESK
from backend.deadlines.schemas import ClockRow
from backend.deadlines.views import clocks_of
from backend.directives.outside_schemas import OutsideShape
from backend.directives.ports import lead_numbers
from backend.directives.rules import MemberStanding, State, composition, next_acts
from backend.directives.schemas import DirectiveShape
from backend.directives.tables import Directive, DirectiveMember, DirectiveStep, Feedback, OutsideReceipt
from backend.directives.views import (
    directive_numbers,
    latest_feedback,
    members_of,
    outside_receipts,
    steps_of,
)
from backend.people.views import user_names, women_among
from backend.teams.views import team_names

LATE_SYNC = timedelta(seconds=60)
"""A step that took longer than this to arrive is shown as arrived late."""
STEP_DETAIL = ("finished_as", "reported_to", "channel", "told_by", "proof", "child_id")
"""What a step may say beside its words."""


@dataclass(frozen=True)
class Surroundings:
    """The names and facts around some directives, read once for all of them."""

    names: dict[str, str]
    women: frozenset[str]
    courts: dict[str, str]
    teams: dict[str, str]
    numbers: dict[str, str]
    outside: dict[str, OutsideReceipt]

    def person(self, user_id: str) -> dict[str, str]:
        """Return a person by id and name."""
        return {"id": user_id, "name": self.names.get(user_id, "")}

    def court(self, court_id: str) -> dict[str, str]:
        """Return a court by id and name."""
        return {"id": court_id, "name": self.courts[court_id]}


def describe_many(
    session: Session, directives: list[Directive], *, with_steps: bool = False
) -> list[dict[str, Any]]:
    """Return the shape `DirectiveShape` of each directive as JSON-ready values."""
    ids = [row.id for row in directives]
    members = members_of(session, ids)
    feedback = latest_feedback(session, ids)
    clocks = clocks_concerning(session, directives)
    steps = steps_of(session, ids if with_steps else [])
    everybody = {member.user_id for rows in members.values() for member in rows}
    outside = outside_receipts(session, ids)
    everybody |= {receipt.registered_by for receipt in outside.values()}
    everybody |= {row.issuer_id for row in directives} | {row.writer_id for row in feedback.values()}
    everybody |= {
        person for row in directives for person in (row.responsible_id, row.target_user_id) if person
    }
    around = Surroundings(
        names=user_names(session, everybody),
        women=women_among(session, everybody),
        courts=court_names(session),
        teams=team_names(session, {row.target_team_id for row in directives if row.target_team_id}),
        numbers={
            **lead_numbers.ask(session, {row.lead_id for row in directives if row.lead_id}),
            **directive_numbers(session, {row.parent_id for row in directives if row.parent_id}),
        },
        outside=outside,
    )
    return [
        describe(
            row,
            members[row.id],
            clocks[row.id],
            feedback.get(row.id),
            steps.get(row.id, []),
            around,
        )
        for row in directives
    ]


def clocks_concerning(session: Session, directives: list[Directive]) -> dict[str, list[ClockRow]]:
    """Return each directive's own clocks and those it must stop for others: its lead's and its parent's.

    The officer who holds the order must see the deadline it can break, wherever the clock hangs; whether the duty desk
    answered, reported or gave the order in time is no officer's doing.
    """

    def of_teams(clocks: Iterable[ClockRow]) -> list[ClockRow]:
        return [clock for clock in clocks if clock.clock not in CLOCKS_OF_THE_DESK]

    own = clocks_of(session, "directive", [row.id for row in directives])
    leads = clocks_of(session, "lead", sorted({row.lead_id for row in directives if row.lead_id}))
    parents = clocks_of(session, "directive", sorted({row.parent_id for row in directives if row.parent_id}))
    return {
        row.id: [
            *own[row.id],
            *of_teams(leads.get(row.lead_id or "", [])),
            *of_teams(parents.get(row.parent_id or "", [])),
        ]
        for row in directives
    }


def lead_shown(directive: dict[str, Any]) -> str | None:
    """Return the id of the lead that a described directive rests on: whoever reads the order reads of the lead."""
    basis = directive["basis"]
    return basis["id"] if basis["kind"] == "lead" else None


def leads_shown(directives: Iterable[dict[str, Any]]) -> list[str]:
    """Return the ids of the leads that described directives rest on."""
    return [lead_id for one in directives if (lead_id := lead_shown(one)) is not None]


def describe_one(session: Session, directive: Directive) -> dict[str, Any]:
    """Return one directive with its steps, as JSON-ready values."""
    return describe_many(session, [directive], with_steps=True)[0]


def describe(
    row: Directive,
    members: list[DirectiveMember],
    clocks: list[ClockRow],
    feedback: Feedback | None,
    steps: list[DirectiveStep],
    around: Surroundings,
) -> dict[str, Any]:
    """Build and check the shape of one directive."""
    standing = composition(
        [MemberStanding(one.user_id, one.duty, one.answer, one.user_id in around.women) for one in members],
        row.officers_required,
        woman=row.woman_required,
    )
    plain = {
        name: getattr(row, name)
        for name in DirectiveShape.model_fields
        if name in Directive.__table__.columns and name != "case_number"
    }
    shape = DirectiveShape.model_validate(
        {
            **plain,
            "case_number": row.case_number or row.legacy_case_number,
            "basis": basis_of(row, around.numbers),
            "issuing_court": around.court(row.issuing_court_id),
            "issuer": around.person(row.issuer_id),
            "target_court": around.court(row.target_court_id),
            "target_team": (
                {"id": row.target_team_id, "name": around.teams[row.target_team_id]}
                if row.target_team_id
                else None
            ),
            "target_person": around.person(row.target_user_id) if row.target_user_id else None,
            "requirements": {"officers": row.officers_required, "woman": row.woman_required},
            "outside": describe_outside(around.outside[row.id], around) if row.id in around.outside else None,
            "composition": {
                "complete": not standing.gaps,
                "gaps": standing.gaps,
                "officers_missing": standing.officers_missing,
            },
            "responsible": around.person(row.responsible_id) if row.responsible_id else None,
            "members": [describe_member(one, around) for one in members],
            "clocks": clocks,
            "next_acts": next_acts(State(row.state), to_court=row.is_to_court),
            "feedback": describe_feedback(feedback, around) if feedback else None,
            "steps": [describe_step(step) for step in steps],
        }
    )
    return shape.model_dump(mode="json")


def basis_of(row: Directive, numbers: dict[str, str]) -> dict[str, Any]:
    """Return what the directive rests on: a lead, another directive, a case, or an instruction alone.

    `numbers` are those of leads and directives by id.
    """
    if row.lead_id:
        number = numbers.get(row.lead_id)
        return {"kind": "lead", "id": row.lead_id, "number": number, "text": row.case_number}
    if row.parent_id:
        number = numbers.get(row.parent_id)
        return {"kind": "directive", "id": row.parent_id, "number": number, "text": row.case_number}
    if case := row.case_number or row.legacy_case_number:
        return {"kind": "case", "id": None, "number": None, "text": case}
    return {"kind": "instruction", "id": None, "number": None, "text": None}


def describe_member(member: DirectiveMember, around: Surroundings) -> dict[str, Any]:
    """Return a member in the shape `MemberShape`."""
    return {
        "user": around.person(member.user_id),
        "duty": member.duty,
        "answer": member.answer,
        "reason": member.reason,
        "answered_at": member.answered_at,
        "device_received_at": member.device_received_at,
    }


def describe_feedback(report: Feedback, around: Surroundings) -> dict[str, Any]:
    """Return a report in the shape `FeedbackShape`."""
    written = ("text", "result", "persons", "property", "documents_served", "money_controlled", "next_step")
    return {
        **{name: getattr(report, name) for name in written},
        "version": report.version,
        "writer": around.person(report.writer_id),
        "submitted_at": report.submitted_at,
    }


def describe_outside(receipt: OutsideReceipt, around: Surroundings) -> dict[str, Any]:
    """Return in the shape `OutsideShape` how a directive came in by telephone or fax."""
    return {
        **{name: getattr(receipt, name) for name in OutsideShape.model_fields},
        "registered_by": around.person(receipt.registered_by),
    }


def describe_step(step: DirectiveStep) -> dict[str, Any]:
    """Return a step in the shape `StepShape`."""
    position = None
    if step.longitude is not None and step.latitude is not None:
        position = {"longitude": step.longitude, "latitude": step.latitude, "accuracy_m": step.accuracy_m}
    return {
        "id": step.id,
        "act": step.act,
        "by": {"id": step.actor_id, "name": step.actor_name},
        "occurred_at": step.occurred_at,
        "received_at": step.received_at,
        "late_sync": step.received_at - step.occurred_at > LATE_SYNC,
        "time_trusted": step.time_trusted,
        "text": step.text,
        "position": position,
        "result": step.result,
        "revision": step.revision,
        "on_behalf": bool(step.detail.get("on_behalf")),
        **{name: step.detail.get(name) for name in STEP_DETAIL},
    }
