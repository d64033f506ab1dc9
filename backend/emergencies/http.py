"""Endpoints of emergencies: what a desk sees and does, the number of a command post, the call of a phone without session."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.database import UnitOfWork
from backend.core.problems import not_found
from backend.core.schemas import Empty
from backend.core.web import actor, public, requires, services
from backend.directives.views import standing_of
from backend.emergencies import check_ins, desk
from backend.emergencies.check_in_views import describe_plan
from backend.emergencies.describe import describe_emergencies
from backend.emergencies.duty_phones import set_duty_phone
from backend.emergencies.refused import refuse_call
from backend.emergencies.schemas import (
    CheckInInterval,
    CheckInShape,
    DutyPhoneForm,
    EmergencyClose,
    EmergencyList,
    EmergencyNote,
    EmergencyQuery,
    EmergencyShape,
    RefusedSos,
)
from backend.emergencies.tables import Emergency
from backend.emergencies.views import emergencies_seen, read_emergency
from backend.people.http import address_of_visitor
from backend.people.permissions import Permission

blueprint = APIBlueprint("emergencies", __name__, url_prefix="/api", tag="Emergencies")
REFUSED_CALLS = "6/minute"


@blueprint.get("/emergencies")
@blueprint.input(EmergencyQuery, location="query")
@blueprint.output(EmergencyList)
@requires(Permission.POSITION_READ)
def list_emergencies(query_data: EmergencyQuery) -> dict[str, Any]:
    """List the emergencies of the courts whose positions I see, newest first."""
    with services().database.reading() as work:
        limit = query_data.limit
        rows = emergencies_seen(
            work.session, actor(), open_only=query_data.open, limit=limit + 1, after=query_data.after
        )
        return {
            "items": describe_emergencies(work.session, rows[:limit]),
            "next": rows[limit - 1].id if len(rows) > limit else None,
        }


@blueprint.get("/emergencies/<emergency_id>")
@blueprint.output(EmergencyShape)
@requires(Permission.POSITION_READ)
def show_emergency(emergency_id: str) -> dict[str, Any]:
    """Show one emergency with everything that happened in it."""
    with services().database.reading() as work:
        return _described(work, read_emergency(work.session, actor(), emergency_id))


@blueprint.post("/emergencies/<emergency_id>/answer")
@blueprint.input(Empty)
@blueprint.output(EmergencyShape)
@requires(Permission.DUTY_KEEP)
def answer_emergency(emergency_id: str, json_data: Empty) -> dict[str, Any]:
    """Answer for the command post: every desk falls silent; the first answer counts."""
    with services().database.writing() as work:
        return _described(work, desk.answer(work, actor(), emergency_id))


@blueprint.post("/emergencies/<emergency_id>/notes")
@blueprint.input(EmergencyNote)
@blueprint.output(EmergencyShape)
@requires(Permission.DUTY_KEEP)
def note_emergency(emergency_id: str, json_data: EmergencyNote) -> dict[str, Any]:
    """Write down what is being done."""
    with services().database.writing() as work:
        return _described(work, desk.note(work, actor(), emergency_id, json_data.text))


@blueprint.post("/emergencies/<emergency_id>/close")
@blueprint.input(EmergencyClose)
@blueprint.output(EmergencyShape)
@requires(Permission.DUTY_KEEP)
def close_emergency(emergency_id: str, json_data: EmergencyClose) -> dict[str, Any]:
    """Close with a result and a word."""
    with services().database.writing() as work:
        row = desk.close(work, actor(), emergency_id, json_data.result, json_data.words)
        return _described(work, row)


@blueprint.post("/duty-phones")
@blueprint.input(DutyPhoneForm)
@blueprint.output(DutyPhoneForm)
@requires(Permission.ROSTER_MANAGE)
def choose_duty_phone(json_data: DutyPhoneForm) -> DutyPhoneForm:
    """Set the number my court's command post answers; null takes it away."""
    with services().database.writing() as work:
        work.authorise(actor(), Permission.ROSTER_MANAGE, json_data.court_id)
        set_duty_phone(work, actor(), json_data.court_id, json_data.number)
    return json_data


@blueprint.post("/refused-calls")
@blueprint.input(RefusedSos)
@blueprint.output(Empty)
@public(
    "a revoked phone has no session; the signature of the key it was bound by is the proof, and it is refused"
)
def take_refused(json_data: RefusedSos) -> Empty:
    """Refuse the call for help of a revoked phone, and show it to a desk of its court; always answers a problem."""
    services().extras["rate_limits"].hit(REFUSED_CALLS, "refused_call", address_of_visitor())
    with services().database.writing() as work:
        problem = refuse_call(work, json_data.payload, json_data.signature)
    raise problem


@blueprint.get("/directives/<directive_id>/check-ins")
@blueprint.output(CheckInShape)
@requires(Permission.POSITION_READ)
def show_check_ins(directive_id: str) -> dict[str, Any]:
    """Show every how many minutes the members of an order check in, and who has not."""
    with services().database.reading() as work:
        standing = standing_of(work.session, directive_id)
        if standing is None:
            raise not_found("没有此指令", "No such directive")
        actor().demand(Permission.POSITION_READ, standing.court_id)
        return describe_plan(work.session, directive_id)


@blueprint.post("/directives/<directive_id>/check-ins")
@blueprint.input(CheckInInterval)
@blueprint.output(CheckInShape)
@requires(Permission.DUTY_KEEP)
def set_check_ins(directive_id: str, json_data: CheckInInterval) -> dict[str, Any]:
    """Set every how many minutes the members of an order check in; null ends it."""
    with services().database.writing() as work:
        check_ins.set_by_desk(work, actor(), directive_id, json_data.minutes)
        return describe_plan(work.session, directive_id)


def _described(work: UnitOfWork, row: Emergency) -> dict[str, Any]:
    return describe_emergencies(work.session, [row])[0]
