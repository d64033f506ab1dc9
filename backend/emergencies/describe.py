"""Emergencies as they go on the wire: one builder for desks, one for the officer's own phone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.core.permissions import SYSTEM, Actor
from backend.core.schemas import wire
from backend.courts.views import court_names, court_tree
from backend.directives.views import order_in_brief
from backend.emergencies.check_in_views import check_ins_of_person
from backend.emergencies.rules import EmergencyKind, EmergencyResult, results_of
from backend.emergencies.schemas import EmergencyShape, MyEmergency, PhoneEmergencies
from backend.emergencies.tables import Emergency, EmergencyLine
from backend.emergencies.views import duty_phone_of, emergencies_of_person, lines_of
from backend.people.views import user_names
from backend.teams.views import team_names


def describe_emergencies(session: Session, rows: Sequence[Emergency]) -> list[dict[str, Any]]:
    """Return the shape `EmergencyShape` of each emergency as JSON-ready values."""
    lines = lines_of(session, [row.id for row in rows])
    people = {row.user_id for row in rows} | {
        user_id for row in rows for user_id in (row.answered_by, row.closed_by) if user_id is not None
    }
    names, courts = user_names(session, people), court_names(session)
    teams = team_names(session, {row.team_id for row in rows if row.team_id is not None})
    orders = order_in_brief(session, {row.directive_id for row in rows if row.directive_id is not None})

    def person(user_id: str | None) -> dict[str, str] | None:
        return None if user_id is None else {"id": user_id, "name": names.get(user_id, "")}

    def line(one: EmergencyLine) -> dict[str, Any]:
        court_id = one.detail.get("court_id")
        return {
            "id": one.id,
            "act": one.act,
            "at": one.at,
            "received_at": one.received_at,
            "by": None if one.actor_id == SYSTEM.user_id else {"id": one.actor_id, "name": one.actor_name},
            "text": one.text,
            "court": {"id": court_id, "name": courts.get(court_id, "")} if court_id else None,
        }

    return [
        wire(
            EmergencyShape,
            {
                **{name: getattr(row, name) for name in EmergencyShape.model_fields if hasattr(row, name)},
                "court": {"id": row.court_id, "name": courts[row.court_id]},
                "user": person(row.user_id),
                "team": {"id": row.team_id, "name": teams[row.team_id]} if row.team_id else None,
                "order": orders.get(row.directive_id or ""),
                "place": place_of(row),
                "answered_by": person(row.answered_by),
                "closed_by": person(row.closed_by),
                "may_end_as": [
                    one
                    for one in EmergencyResult
                    if one in results_of(EmergencyKind(row.kind), drill=row.drill)
                ],
                "lines": [line(one) for one in lines[row.id]],
            },
        )
        for row in rows
    ]


def place_of(row: Emergency) -> dict[str, Any] | None:
    """Return where the phone said it was, or None."""
    if row.longitude is None or row.latitude is None:
        return None
    return {
        "longitude": row.longitude,
        "latitude": row.latitude,
        "accuracy_m": row.accuracy_m,
        "fixed_at": row.fixed_at,
    }


def describe_mine(session: Session, rows: Sequence[Emergency]) -> list[dict[str, Any]]:
    """Return the shape `MyEmergency` of each emergency as JSON-ready values."""
    names = user_names(session, {row.answered_by for row in rows if row.answered_by is not None})
    return [
        wire(
            MyEmergency,
            {
                **{name: getattr(row, name) for name in MyEmergency.model_fields},
                "answered_by": {"id": row.answered_by, "name": names.get(row.answered_by, "")}
                if row.answered_by
                else None,
            },
        )
        for row in rows
    ]


def describe_for_phone(session: Session, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return the shape `PhoneEmergencies` of the officer: whom to call, and what of theirs is not closed."""
    call = duty_phone_of(session, court_tree(session, at), actor.court_id)
    return wire(
        PhoneEmergencies,
        {
            "duty_phone": {
                "court": {"id": call[0], "name": court_names(session)[call[0]]},
                "number": call[1],
            }
            if call
            else None,
            "mine": describe_mine(session, emergencies_of_person(session, actor.user_id)),
            "check_ins": check_ins_of_person(session, actor.user_id),
        },
    )
