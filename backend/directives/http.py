"""Endpoints of directives for the desks: lists, the slip, issue, and each act with the revision it was based on."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.viewings import Way, note_listed, write_viewing
from backend.core.web import actor, requires, services, signed_in
from backend.directives.describe import describe_many, describe_one, lead_shown, leads_shown
from backend.directives.issue import issue
from backend.directives.schemas import (
    AcknowledgeForAct,
    DeskCompleteAct,
    DeskFeedbackAct,
    DeskStepAct,
    DirectiveList,
    DirectiveQuery,
    DirectiveShape,
    FeedbackBody,
    NewDirective,
    PlainAct,
    ReasonedAct,
    ReportAct,
    Revised,
    TextAct,
)
from backend.directives.service import act_as_desk
from backend.directives.views import directives_seen, read_directive
from backend.people.permissions import Permission

blueprint = APIBlueprint("directives", __name__, url_prefix="/api", tag="Directives")


@blueprint.get("/directives")
@blueprint.input(DirectiveQuery, location="query")
@blueprint.output(DirectiveList)
@signed_in
def list_directives(query_data: DirectiveQuery) -> dict[str, Any]:
    """List the directives I may read, newest first."""
    with services().database.reading() as work:
        rows = directives_seen(
            work.session,
            actor(),
            open_only=query_data.state == "open",
            limit=query_data.limit + 1,
            after=query_data.after,
        )
        page = rows[: query_data.limit]
        more = page[-1].id if len(rows) > len(page) else None
        shown = describe_many(work.session, page)
        note_listed("lead", leads_shown(shown), Way.ORDER_LISTED)
        return {"items": shown, "next": more}


@blueprint.get("/directives/<directive_id>")
@blueprint.output(DirectiveShape)
@signed_in
def show_directive(directive_id: str) -> dict[str, Any]:
    """Show one directive with its steps."""
    with services().database.reading() as work:
        shown = describe_one(work.session, read_directive(work.session, actor(), directive_id))
    if lead_id := lead_shown(shown):
        write_viewing("lead", lead_id, Way.ORDER_OPENED)
    return shown


@blueprint.post("/directives")
@blueprint.input(NewDirective)
@blueprint.output(DirectiveShape, status_code=201)
@requires(Permission.DIRECTIVE_ISSUE)
def issue_directive(json_data: NewDirective) -> dict[str, Any]:
    """Issue a directive to a court, team or person; it is served at once."""
    with services().database.writing() as work:
        lead_court = (
            services().extras["lead_court"](work.session, json_data.lead_id) if json_data.lead_id else None
        )
        return describe_one(work.session, issue(work, actor(), json_data, lead_court))


def _desk_act(directive_id: str, name: str, data: Revised, **words: Any) -> dict[str, Any]:
    with services().database.writing() as work:
        return describe_one(
            work.session, act_as_desk(work, actor(), directive_id, name, data.revision, **words)
        )


def _told(data: DeskStepAct) -> dict[str, Any]:
    """Return what a desk says of a step it records for a team."""
    said = {"channel": data.channel, "told_by": data.told_by}
    return {"text": data.reason, "at": data.at, **{name: word for name, word in said.items() if word}}


@blueprint.post("/directives/<directive_id>/acknowledge")
@blueprint.input(PlainAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def acknowledge(directive_id: str, json_data: PlainAct) -> dict[str, Any]:
    """Acknowledge a directive given to my court."""
    return _desk_act(directive_id, "acknowledge", json_data)


@blueprint.post("/directives/<directive_id>/acknowledge_for")
@blueprint.input(AcknowledgeForAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def acknowledge_for(directive_id: str, json_data: AcknowledgeForAct) -> dict[str, Any]:
    """Acknowledge for a team or person of my court that was told by other means."""
    return _desk_act(directive_id, "acknowledge_for", json_data, **_told(json_data))


@blueprint.post("/directives/<directive_id>/report")
@blueprint.input(ReportAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def report_to_leader(directive_id: str, json_data: ReportAct) -> dict[str, Any]:
    """Record whom the directive was reported to and what was instructed."""
    told = {"reported_to": json_data.reported_to, "channel": json_data.channel}
    return _desk_act(directive_id, "report", json_data, text=json_data.instruction, **told)


@blueprint.post("/directives/<directive_id>/object")
@blueprint.input(ReasonedAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def object_to(directive_id: str, json_data: ReasonedAct) -> dict[str, Any]:
    """Object to a directive, with the reason; its clock keeps running."""
    return _desk_act(directive_id, "object", json_data, text=json_data.reason)


@blueprint.post("/directives/<directive_id>/confirm")
@blueprint.input(PlainAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_ISSUE)
def confirm(directive_id: str, json_data: PlainAct) -> dict[str, Any]:
    """Confirm a directive that was objected to."""
    return _desk_act(directive_id, "confirm", json_data)


@blueprint.post("/directives/<directive_id>/withdraw")
@blueprint.input(ReasonedAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_ISSUE)
def withdraw(directive_id: str, json_data: ReasonedAct) -> dict[str, Any]:
    """Withdraw a directive, with the reason."""
    return _desk_act(directive_id, "withdraw", json_data, text=json_data.reason)


@blueprint.post("/directives/<directive_id>/cancel")
@blueprint.input(ReasonedAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_ISSUE)
def cancel(directive_id: str, json_data: ReasonedAct) -> dict[str, Any]:
    """Call a team back that is under way; a clock stopped by its departure stays met."""
    return _desk_act(directive_id, "cancel", json_data, text=json_data.reason)


@blueprint.post("/directives/<directive_id>/accept_feedback")
@blueprint.input(PlainAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_ISSUE)
def accept_feedback(directive_id: str, json_data: PlainAct) -> dict[str, Any]:
    """Accept the written report; the directive ends."""
    return _desk_act(directive_id, "accept_feedback", json_data)


@blueprint.post("/directives/<directive_id>/return_feedback")
@blueprint.input(ReasonedAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_ISSUE)
def return_feedback(directive_id: str, json_data: ReasonedAct) -> dict[str, Any]:
    """Return the written report, with what is missing."""
    return _desk_act(directive_id, "return_feedback", json_data, text=json_data.reason)


@blueprint.post("/directives/<directive_id>/note")
@blueprint.input(TextAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_READ)
def note(directive_id: str, json_data: TextAct) -> dict[str, Any]:
    """Add a note."""
    return _desk_act(directive_id, "note", json_data, text=json_data.text)


@blueprint.post("/directives/<directive_id>/depart")
@blueprint.input(DeskStepAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def depart(directive_id: str, json_data: DeskStepAct) -> dict[str, Any]:
    """Record the departure of a team without a phone."""
    return _desk_act(directive_id, "depart", json_data, **_told(json_data))


@blueprint.post("/directives/<directive_id>/arrive")
@blueprint.input(DeskStepAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def arrive(directive_id: str, json_data: DeskStepAct) -> dict[str, Any]:
    """Record the arrival of a team without a phone."""
    return _desk_act(directive_id, "arrive", json_data, **_told(json_data))


@blueprint.post("/directives/<directive_id>/complete")
@blueprint.input(DeskCompleteAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def complete(directive_id: str, json_data: DeskCompleteAct) -> dict[str, Any]:
    """Record the completion by a team without a phone."""
    return _desk_act(directive_id, "complete", json_data, finished_as=json_data.result, **_told(json_data))


@blueprint.post("/directives/<directive_id>/feedback")
@blueprint.input(DeskFeedbackAct)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def feedback(directive_id: str, json_data: DeskFeedbackAct) -> dict[str, Any]:
    """Submit the court's written report to the issuing court."""
    report = FeedbackBody.model_validate(json_data.model_dump(exclude={"revision", "sent"}))
    sent = json_data.sent.model_dump() if json_data.sent else {}
    return _desk_act(directive_id, "feedback", json_data, text=json_data.text, report=report, **sent)
