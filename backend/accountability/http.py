"""Endpoints of records: lists, one, those about me, and each act (BSS-12, DL-16)."""

from typing import Any

from apiflask import APIBlueprint

from backend.accountability import deciding, naming, opening, releasing
from backend.accountability.describe import answer_to, describe_record, describe_rows
from backend.accountability.schemas import (
    AcceptReasonAct,
    DecideAct,
    ExplainAct,
    MyRecords,
    NameAct,
    NewRecord,
    RecordAnswer,
    RecordList,
    RecordQuery,
    RecordShape,
    ReleaseAct,
)
from backend.accountability.views import locked_record, read_record, records_about, records_seen
from backend.core.web import actor, requires, services, signed_in
from backend.people.permissions import Permission

blueprint = APIBlueprint("accountability", __name__, url_prefix="/api", tag="Accountability")


@blueprint.get("/records")
@blueprint.input(RecordQuery, location="query")
@blueprint.output(RecordList)
@requires(Permission.RECORD_READ)
def list_records(query_data: RecordQuery) -> dict[str, Any]:
    """List the records of the courts I may read, the newest first."""
    with services().database.reading() as work:
        rows = records_seen(
            work.session,
            actor(),
            open_only=query_data.state == "open",
            court_id=query_data.court_id,
            limit=query_data.limit + 1,
            after=query_data.after,
        )
        page = rows[: query_data.limit]
        more = page[-1].id if len(rows) > len(page) else None
        return {"items": describe_rows(work.session, page), "next": more}


@blueprint.get("/records/mine")
@blueprint.output(MyRecords)
@signed_in
def list_my_records() -> dict[str, Any]:
    """List the records that concern me, whole: what happened, what clears me, and what was decided."""
    asking = actor()
    with services().database.reading() as work:
        rows = records_about(work.session, asking.user_id)
        return {"records": [describe_record(work, asking, row) for row in rows], "server_time": work.now}


@blueprint.get("/records/<record_id>")
@blueprint.output(RecordShape)
@signed_in
def show_record(record_id: str) -> dict[str, Any]:
    """Show one record with its evidence."""
    with services().database.reading() as work:
        return describe_record(work, actor(), read_record(work.session, actor(), record_id))


@blueprint.post("/records")
@blueprint.input(NewRecord)
@blueprint.output(RecordAnswer, status_code=201)
@requires(Permission.RECORD_OPEN)
def open_record(json_data: NewRecord) -> dict[str, Any]:
    """Open a record in my own words, on a complaint or on none."""
    with services().database.writing() as work:
        return answer_to(work, actor(), opening.open_by_person(work, actor(), json_data))


@blueprint.post("/records/<record_id>/name")
@blueprint.input(NameAct)
@blueprint.output(RecordAnswer)
@requires(Permission.RECORD_OPEN)
def name_person(record_id: str, json_data: NameAct) -> dict[str, Any]:
    """Say whom a record concerns; the person is told at once."""
    with services().database.writing() as work:
        return answer_to(work, actor(), naming.name_person(work, actor(), record_id, json_data))


@blueprint.post("/records/<record_id>/release")
@blueprint.input(ReleaseAct)
@blueprint.output(RecordShape)
@requires(Permission.RECORD_DECIDE)
def release_person(record_id: str, json_data: ReleaseAct) -> dict[str, Any]:
    """Release a person who was named by mistake, with the reason; the person is told."""
    with services().database.writing() as work:
        return describe_record(work, actor(), releasing.release_person(work, actor(), record_id, json_data))


@blueprint.post("/records/<record_id>/explain")
@blueprint.input(ExplainAct)
@blueprint.output(RecordShape)
@signed_in
def explain_record(record_id: str, json_data: ExplainAct) -> dict[str, Any]:
    """Explain a record that concerns me, from a desk."""
    with services().database.writing() as work:
        deciding.explain(work, actor(), record_id, json_data.words)
        return describe_record(work, actor(), locked_record(work, record_id))


@blueprint.post("/records/<record_id>/accept_reason")
@blueprint.input(AcceptReasonAct)
@blueprint.output(RecordShape)
@requires(Permission.RECORD_ACCEPT_REASON)
def accept_reason(record_id: str, json_data: AcceptReasonAct) -> dict[str, Any]:
    """Accept the reason that was given; nothing is referred then."""
    with services().database.writing() as work:
        return describe_record(work, actor(), deciding.accept_reason(work, actor(), record_id, json_data))


@blueprint.post("/records/<record_id>/decide")
@blueprint.input(DecideAct)
@blueprint.output(RecordShape)
@requires(Permission.RECORD_DECIDE)
def decide_record(record_id: str, json_data: DecideAct) -> dict[str, Any]:
    """Decide a record: not upheld, a reminder, or referred to the body that decides on it."""
    with services().database.writing() as work:
        return describe_record(work, actor(), deciding.decide(work, actor(), record_id, json_data))
