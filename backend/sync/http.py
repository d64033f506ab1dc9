"""Endpoints of sync: the batch of commands, and the event feed for whoever has no WebSocket."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from backend.core.clock import to_wire
from backend.core.outbox import read_feed, server_state
from backend.core.problems import Problem
from backend.core.web import actor, services, signed_in
from backend.sync.schemas import BatchAnswer, CommandBatch, Feed, FeedQuery
from backend.sync.service import apply_command

blueprint = APIBlueprint("sync", __name__, url_prefix="/api", tag="Commands and events")
LARGEST_BATCH_BYTES = 64 * 1024


@blueprint.before_request
def refuse_large_batches() -> None:
    """Refuse a batch over 64 KiB before it is read."""
    if (request.content_length or 0) > LARGEST_BATCH_BYTES:
        raise Problem("413.1")


@blueprint.post("/commands")
@blueprint.input(CommandBatch)
@blueprint.output(BatchAnswer)
@signed_in
def send_commands(json_data: CommandBatch) -> Response:
    """Apply a batch of commands, each exactly once, in their order; each answer is the stored one, byte for byte."""
    database = services().database
    answers = [apply_command(database, actor(), sent) for sent in json_data.commands]
    with database.reading() as work:
        epoch, now = server_state(work.session).epoch, work.now
    body = f'{{"epoch":"{epoch}","server_time":"{to_wire(now)}","results":[{",".join(answers)}]}}'
    return Response(body, mimetype="application/json")


@blueprint.get("/events")
@blueprint.input(FeedQuery, location="query")
@blueprint.output(Feed)
@signed_in
def read_events(query_data: FeedQuery) -> dict[str, Any]:
    """Read the events after a cursor, waiting for the first one when asked to; 410.1: load the snapshot again."""
    database = services().database
    if query_data.wait:
        services().extras["tail"].wait_beyond(query_data.since, query_data.wait)
    with database.reading() as work:
        state, cursor, events = read_feed(work, actor(), query_data.since, query_data.epoch)
        return {"epoch": state.epoch, "cursor": cursor, "server_time": work.now, "events": events}
