"""Endpoints of the duty log, its notes and roll calls (BSS-6, BSS-5(4), A1)."""

from apiflask import APIBlueprint

from backend.core.problems import not_found
from backend.core.viewings import note_titles
from backend.core.web import actor, requires, services, signed_in
from backend.duty import roll_calls
from backend.duty.describe_roll_calls import describe_roll_calls
from backend.duty.http import at_the_desk
from backend.duty.log import describe_notes, read_log, stretch_asked
from backend.duty.log_schemas import DutyLog, LogQuery, NewNote, NoteShape
from backend.duty.notes import write_note as keep_note
from backend.duty.roll_call_schemas import NewRollCall, RollCallList, RollCallShape
from backend.duty.roll_call_views import roll_calls_of_court
from backend.duty.schemas import CourtPage
from backend.duty.tables import RollCall
from backend.duty.views import court_asked
from backend.people.permissions import Permission

blueprint = APIBlueprint("duty_log", __name__, url_prefix="/api/duty", tag="Duty")


@blueprint.get("/log")
@blueprint.input(LogQuery, location="query")
@blueprint.output(DutyLog)
@requires(Permission.DUTY_READ)
def show_log(query_data: LogQuery) -> DutyLog:
    """Show the duty log of a court in a stretch of time or a shift, newest first."""
    with services().database.reading() as work:
        court_id, begin, end = stretch_asked(work.session, actor(), query_data, work.now)
        before = int(query_data.after) if query_data.after else None
        entries, after = read_log(
            work.session,
            actor(),
            court_id,
            begin,
            end,
            limit=query_data.limit,
            before=before,
            kind=query_data.kind,
        )
    note_titles((one.subject_kind, one.subject_id, one.title) for one in entries)
    return DutyLog(court_id=court_id, begin=begin, end=end, items=entries, next=str(after) if after else None)


@blueprint.post("/notes")
@blueprint.input(NewNote)
@blueprint.output(NoteShape, status_code=201)
@requires(Permission.DUTY_KEEP)
def write_note(json_data: NewNote) -> NoteShape:
    """Write a note into the duty log of my court."""
    with services().database.writing() as work:
        row = keep_note(work, at_the_desk(actor()), json_data.id, json_data)
        return describe_notes(work.session, actor(), row.court_id, [row.id])[0]


@blueprint.get("/roll-calls")
@blueprint.input(CourtPage, location="query")
@blueprint.output(RollCallList)
@requires(Permission.DUTY_READ)
def list_roll_calls(query_data: CourtPage) -> RollCallList:
    """List the roll calls of a court, newest first."""
    court_id, limit = court_asked(actor(), query_data.court_id), query_data.limit
    with services().database.reading() as work:
        rows = roll_calls_of_court(work.session, court_id, limit=limit + 1, after=query_data.after)
        return RollCallList(
            items=describe_roll_calls(work.session, rows[:limit], work.now),
            next=rows[limit - 1].id if len(rows) > limit else None,
        )


@blueprint.post("/roll-calls")
@blueprint.input(NewRollCall)
@blueprint.output(RollCallShape, status_code=201)
@requires(Permission.ROSTER_MANAGE)
def start_roll_call(json_data: NewRollCall) -> RollCallShape:
    """Call the roll of everybody on duty but me; once a shift."""
    asking = at_the_desk(actor())
    with services().database.writing() as work:
        row = roll_calls.start(work, asking, json_data.court_id)
        return describe_roll_calls(work.session, [row], work.now)[0]


@blueprint.get("/roll-calls/<roll_call_id>")
@blueprint.output(RollCallShape)
@requires(Permission.DUTY_READ)
def show_roll_call(roll_call_id: str) -> RollCallShape:
    """Show a roll call with its answers."""
    with services().database.reading() as work:
        row = work.session.get(RollCall, roll_call_id)
        if row is None:
            raise not_found("没有此点名", "No such roll call")
        actor().demand(Permission.DUTY_READ, row.court_id)
        return describe_roll_calls(work.session, [row], work.now)[0]


@blueprint.post("/roll-calls/<roll_call_id>/answer")
@blueprint.output(RollCallShape)
@signed_in
def answer_roll_call(roll_call_id: str) -> RollCallShape:
    """Answer a roll call from the desk."""
    with services().database.writing() as work:
        row = roll_calls.answer(work, at_the_desk(actor()), roll_call_id)
        return describe_roll_calls(work.session, [row], work.now)[0]
