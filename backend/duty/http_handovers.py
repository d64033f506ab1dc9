"""Endpoints of handovers and swaps; phones send the same acts as signed commands (BSS-6, DL-14)."""

from apiflask import APIBlueprint

from backend.core.web import actor, requires, services, signed_in
from backend.duty import handovers, signing, swaps
from backend.duty.describe import describe_swaps
from backend.duty.describe_handovers import (
    describe_handover,
    describe_handovers,
    note_handovers,
    read_handover,
)
from backend.duty.handover_schemas import HandoverEdit, HandoverList, HandoverShape, NewHandover, SignAct
from backend.duty.http import at_the_desk
from backend.duty.schemas import CourtPage, ReasonAct
from backend.duty.swap_schemas import NewSwap, SwapAnswer, SwapDecision, SwapList, SwapQuery, SwapShape
from backend.duty.views import court_asked, handovers_of_court, swaps_of_court
from backend.people.permissions import Permission

blueprint = APIBlueprint("duty_handovers", __name__, url_prefix="/api/duty", tag="Duty")


@blueprint.get("/handovers")
@blueprint.input(CourtPage, location="query")
@blueprint.output(HandoverList)
@requires(Permission.DUTY_READ)
def list_handovers(query_data: CourtPage) -> HandoverList:
    """List the handovers of a court, newest first."""
    court_id, limit = court_asked(actor(), query_data.court_id), query_data.limit
    with services().database.reading() as work:
        rows = handovers_of_court(work.session, court_id, limit=limit + 1, after=query_data.after)
        items = describe_handovers(work, rows[:limit], actor())
        note_handovers(items)
        return HandoverList(
            items=items,
            next=rows[limit - 1].id if len(rows) > limit else None,
        )


@blueprint.post("/handovers")
@blueprint.input(NewHandover)
@blueprint.output(HandoverShape, status_code=201)
@requires(Permission.DUTY_KEEP)
def draft_handover(json_data: NewHandover) -> HandoverShape:
    """Begin handing my shift over; the draft that is open already, if there is one."""
    with services().database.writing() as work:
        return describe_handover(work, handovers.draft(work, at_the_desk(actor()), json_data), actor())


@blueprint.get("/handovers/<handover_id>")
@blueprint.output(HandoverShape)
@signed_in
def show_handover(handover_id: str) -> HandoverShape:
    """Show a handover with what came since the first signature, to readers of the duty and to both its desks."""
    with services().database.reading() as work:
        shown = describe_handover(work, read_handover(work, actor(), handover_id), actor())
        note_handovers([shown])
        return shown


@blueprint.post("/handovers/<handover_id>/edit")
@blueprint.input(HandoverEdit)
@blueprint.output(HandoverShape)
@requires(Permission.DUTY_KEEP)
def edit_handover(handover_id: str, json_data: HandoverEdit) -> HandoverShape:
    """Write the remarks and the look at the kit, before anybody has signed."""
    with services().database.writing() as work:
        row = handovers.edit(work, at_the_desk(actor()), handover_id, json_data)
        return describe_handover(work, row, actor())


@blueprint.post("/handovers/<handover_id>/sign")
@blueprint.input(SignAct)
@blueprint.output(HandoverShape)
@signed_in
def sign_handover(handover_id: str, json_data: SignAct) -> HandoverShape:
    """Sign for my shift, outgoing or incoming; with the second signature the duty moves."""
    with services().database.writing() as work:
        row = signing.sign(work, at_the_desk(actor()), handover_id, json_data.revision)
        return describe_handover(work, row, actor())


@blueprint.post("/handovers/<handover_id>/sign_for_outgoing")
@blueprint.input(ReasonAct)
@blueprint.output(HandoverShape)
@requires(Permission.ROSTER_MANAGE)
def sign_handover_for_outgoing(handover_id: str, json_data: ReasonAct) -> HandoverShape:
    """Sign for an outgoing shift of which nobody can, as the one who leads the duty, with the reason."""
    with services().database.writing() as work:
        row = signing.sign_for_outgoing(
            work, at_the_desk(actor()), handover_id, json_data.revision, json_data.reason
        )
        return describe_handover(work, row, actor())


@blueprint.post("/handovers/<handover_id>/send_back")
@blueprint.input(ReasonAct)
@blueprint.output(HandoverShape)
@signed_in
def send_back_handover(handover_id: str, json_data: ReasonAct) -> HandoverShape:
    """Open a handover signed once again, with the reason."""
    with services().database.writing() as work:
        row = signing.send_back(work, at_the_desk(actor()), handover_id, json_data.revision, json_data.reason)
        return describe_handover(work, row, actor())


@blueprint.get("/swaps")
@blueprint.input(SwapQuery, location="query")
@blueprint.output(SwapList)
@requires(Permission.DUTY_READ)
def list_swaps(query_data: SwapQuery) -> SwapList:
    """List the swaps of a court, newest first."""
    court_id, limit = court_asked(actor(), query_data.court_id), query_data.limit
    with services().database.reading() as work:
        rows = swaps_of_court(
            work.session,
            court_id,
            open_only=query_data.state == "open",
            limit=limit + 1,
            after=query_data.after,
        )
        return SwapList(
            items=describe_swaps(work.session, rows[:limit], actor(), work.now),
            next=rows[limit - 1].id if len(rows) > limit else None,
        )


@blueprint.post("/swaps")
@blueprint.input(NewSwap)
@blueprint.output(SwapShape, status_code=201)
@signed_in
def ask_swap(json_data: NewSwap) -> SwapShape:
    """Ask that another takes my place in a shift."""
    with services().database.writing() as work:
        row = swaps.ask_swap(
            work, at_the_desk(actor()), json_data.shift_id, json_data.substitute_id, json_data.reason
        )
        return describe_swaps(work.session, [row], actor(), work.now)[0]


@blueprint.post("/swaps/<swap_id>/answer")
@blueprint.input(SwapAnswer)
@blueprint.output(SwapShape)
@signed_in
def answer_swap(swap_id: str, json_data: SwapAnswer) -> SwapShape:
    """Agree to take the place I was asked to take, or refuse."""
    with services().database.writing() as work:
        row = swaps.answer_swap(work, at_the_desk(actor()), swap_id, json_data)
        return describe_swaps(work.session, [row], actor(), work.now)[0]


@blueprint.post("/swaps/<swap_id>/withdraw")
@blueprint.output(SwapShape)
@signed_in
def withdraw_swap(swap_id: str) -> SwapShape:
    """Take my request back."""
    with services().database.writing() as work:
        row = swaps.withdraw_swap(work, at_the_desk(actor()), swap_id)
        return describe_swaps(work.session, [row], actor(), work.now)[0]


@blueprint.post("/swaps/<swap_id>/decide")
@blueprint.input(SwapDecision)
@blueprint.output(SwapShape)
@requires(Permission.ROSTER_MANAGE)
def decide_swap(swap_id: str, json_data: SwapDecision) -> SwapShape:
    """Approve a swap, which changes the roster, or decline it with the reason."""
    with services().database.writing() as work:
        row = swaps.decide_swap(work, at_the_desk(actor()), swap_id, json_data)
        return describe_swaps(work.session, [row], actor(), work.now)[0]
