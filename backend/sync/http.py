"""Endpoints of sync: the batch of commands, and the event feed for whoever has no WebSocket."""

import time
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from backend.core.clock import to_wire
from backend.core.outbox import read_feed, server_state
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.tail import OutboxTail
from backend.core.viewings import viewing_book
from backend.core.web import SESSION_COOKIE, actor, services, signed_in
from backend.sync.schemas import BatchAnswer, CommandBatch, Feed, FeedQuery
from backend.sync.service import apply_batch
from backend.sync.shown import lead_in_event

blueprint = APIBlueprint("sync", __name__, url_prefix="/api", tag="Commands and events")
LARGEST_BATCH_BYTES = 64 * 1024


@blueprint.before_request
def refuse_large_batches() -> None:
    """Refuse a batch over 64 KiB, whether it says its length or comes in chunks."""
    if (request.content_length or 0) > LARGEST_BATCH_BYTES:
        raise Problem("413.1")
    if request.content_length is None:
        # Werkzeug cuts chunks off at the limit and says nothing, so one byte more shows that there were too many.
        request.max_content_length = LARGEST_BATCH_BYTES + 1
        if len(request.get_data()) > LARGEST_BATCH_BYTES:
            raise Problem("413.1")


@blueprint.post("/commands")
@blueprint.input(CommandBatch)
@blueprint.output(BatchAnswer)
@signed_in
def send_commands(json_data: CommandBatch) -> Response:
    """Apply a batch of commands, each exactly once, in their order; each answer is the stored one, byte for byte."""
    database = services().database
    answers = apply_batch(database, actor(), json_data.commands)
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
    tail: OutboxTail = services().extras["tail"]
    give_up_at = time.monotonic() + query_data.wait
    asking, since, epoch = actor(), query_data.since, query_data.epoch
    while True:
        with services().database.reading() as work:
            state, since, events = read_feed(work, asking, since, epoch)
            # Whoever named no epoch waits in this one, and is told as well when it ends meanwhile.
            epoch = state.epoch
            feed = {"epoch": state.epoch, "cursor": since, "server_time": work.now, "events": events}
        remaining = give_up_at - time.monotonic()
        if events or remaining <= 0 or tail.stopping:
            note_shown(asking, events)
            return feed
        tail.wait_beyond(since, remaining)
        asking = still_signed_in()


def note_shown(asking: Actor, events: list[dict[str, Any]]) -> None:
    """Note which leads these events show to whoever reads them."""
    for event in events:
        if shown := lead_in_event(event["kind"], event["subject_id"], event["data"]):
            viewing_book().note(asking, shown[0], "lead", [shown[1]])


def still_signed_in() -> Actor:
    """Return who is asking as of now: a session can end, and a role change, while its request waits."""
    asking = services().authenticate(request.cookies.get(SESSION_COOKIE, ""))
    if asking is None:
        raise Problem("401.1")
    return asking
