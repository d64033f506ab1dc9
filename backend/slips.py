"""Printed slips: order slip (指令单), lead registration form (线索登记表) and handover (值班交接表) (domain 1.13)."""

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import Response, render_template

from backend.core.clock import from_wire
from backend.core.schemas import wire
from backend.core.viewings import Way, write_viewing
from backend.core.web import actor, requires, services, signed_in
from backend.courts.views import court_names
from backend.directives.describe import describe_one, lead_shown
from backend.directives.views import read_directive
from backend.duty.describe_handovers import describe_handover, note_handovers, read_handover
from backend.duty.handover_schemas import HandoverShape
from backend.duty.log import read_log
from backend.duty.log_schemas import LogEntry
from backend.leads.views import describe_lead, read_lead
from backend.people.permissions import Permission
from backend.slip_words import DUTY_WORDS, WORDS, clause_name, court_time

blueprint = APIBlueprint("slips", __name__, url_prefix="/api", tag="Slips", template_folder="templates")
MOST_NOTES = 200
HTML: dict[int | str, Any] = {200: {"description": "A page to print", "content": {"text/html": {}}}}
CSS: dict[int | str, Any] = {200: {"description": "The style", "content": {"text/css": {}}}}


def printed(template: str, **values: Any) -> Response:
    """Render a slip; its style is a file of ours, so that the page needs no inline style."""
    page = render_template(template, court_time=court_time, by_desk=by_desk, **{"words": WORDS, **values})
    response = Response(page, mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'"
    return response


def by_desk(directive: dict[str, Any], act: str) -> str:
    """Return a mark when the first such step was written down by a desk for the team."""
    step = next((one for one in directive["steps"] if one["act"] == act), None)
    return "（值班台代记）" if step is not None and step["on_behalf"] else ""


@blueprint.get("/directives/<directive_id>/slip")
@blueprint.doc(responses=HTML)
@signed_in
def directive_slip(directive_id: str) -> Response:
    """Print an order slip."""
    with services().database.reading() as work:
        directive = describe_one(work.session, read_directive(work.session, actor(), directive_id))
        page = printed("directive_slip.html", directive=directive, printed_at=work.now)
    if lead_id := lead_shown(directive):
        write_viewing("lead", lead_id, Way.ORDER_PRINTED)
    return page


@blueprint.get("/leads/<lead_id>/slip")
@blueprint.doc(responses=HTML)
@requires(Permission.LEAD_READ)
def lead_slip(lead_id: str) -> Response:
    """Print a lead registration form."""
    with services().database.reading() as work:
        lead = describe_lead(work.session, read_lead(work.session, actor(), lead_id))
        page = printed("lead_slip.html", lead=lead, printed_at=work.now)
    write_viewing("lead", lead_id, Way.PRINTED)
    return page


@blueprint.get("/duty/handovers/<handover_id>/slip")
@blueprint.doc(responses=HTML)
@signed_in
def handover_slip(handover_id: str) -> Response:
    """Print a handover: the night on one page, with both signatures."""
    with services().database.reading() as work:
        row = read_handover(work, actor(), handover_id)
        handover = describe_handover(work, row, actor())
        note_handovers([handover])
        shown = wire(HandoverShape, handover)
        begin = from_wire(shown["outgoing"]["on_post_at"] or shown["drafted_at"])
        # Until the duty moved, that instant counted: what was written after the first signature belongs to this night too.
        end = (row.done_at or work.now) + timedelta(microseconds=1)
        notes, _ = read_log(work.session, actor(), row.court_id, begin, end, limit=MOST_NOTES, kind="note")
        return printed(
            "handover_slip.html",
            handover=shown,
            court=court_names(work.session)[row.court_id],
            notes=[wire(LogEntry, line) for line in reversed(notes)],
            words=DUTY_WORDS,
            clause_name=clause_name,
            printed_at=work.now,
        )


@blueprint.get("/slip.css")
@blueprint.doc(responses=CSS)
@signed_in
def slip_style() -> Response:
    """Give the style of the slips."""
    return Response(render_template("slip.css"), mimetype="text/css")
