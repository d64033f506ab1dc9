"""Endpoints of positions: phones' batches, native trackers by their token, last known, tracks, and the trackers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import Response, jsonify, request

from backend.core.problems import Problem, not_found
from backend.core.schemas import LongPageQuery
from backend.core.web import actor, public, requires, services
from backend.people.permissions import Permission
from backend.people.views import find_user, user_names
from backend.tracking import service
from backend.tracking.osmand import read_osmand
from backend.tracking.owntracks import read_owntracks
from backend.tracking.rules import TrackerError, TrackerReport
from backend.tracking.schemas import (
    FixAnswer,
    FixBatch,
    LastKnownList,
    NewTracker,
    TrackerForm,
    TrackerList,
    TrackerShape,
    TrackQuery,
    TrackShape,
)
from backend.tracking.store import FixBatchToStore, FixStore
from backend.tracking.tables import Tracker
from backend.tracking.trackers import TrackerOwner
from backend.tracking.views import (
    LONGEST_TRACK,
    last_known_seen,
    track_of,
    trackers_of_courts,
)
from geo.fixes import Fix, FixRejectedError, checked

blueprint = APIBlueprint("tracking", __name__, tag="Positions")
LONGEST_STRETCH = timedelta(hours=24)
OSMAND_ANSWER: dict[int | str, Any] = {200: {"description": "Kept", "content": {"text/plain": {}}}}
OWNTRACKS_ANSWER: dict[int | str, Any] = {
    200: {
        "description": "Kept; the list of commands is empty",
        "content": {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}},
    }
}


def fix_store() -> FixStore:
    """Return this process's way to keep fixes."""
    store: FixStore = services().extras["fix_store"]
    return store


@blueprint.post("/api/fixes")
@blueprint.input(FixBatch)
@blueprint.output(FixAnswer)
@requires(Permission.PHONE_USE)
def send_fixes(json_data: FixBatch) -> dict[str, int]:
    """Keep positions of my phone; the same one sent again changes nothing."""
    asking = actor()
    # The gate has just read that this session's phone is open and whose it is.
    if asking.device_id != json_data.device_id:
        raise Problem("403.1")
    now = services().database.clock.now()
    fixes, rejected = [], 0
    for form in json_data.fixes:
        try:
            fixes.append(checked(Fix(**dict(form)), now))
        except FixRejectedError:
            rejected += 1
    batch = FixBatchToStore(asking.device_id, asking.user_id, asking.court_id, "pwa", fixes)
    kept = fix_store().store(batch)
    return {"stored": kept.stored, "duplicates": kept.duplicates, "rejected": rejected}


def _keep(owner: TrackerOwner, source: str, read: Callable[[], TrackerReport]) -> None:
    """Keep the fix of a report; whoever sends none, or nothing that can be read, is asked for its right here."""
    error, fix = None, None
    try:
        fix = read().fix
    except TrackerError as refusal:
        error = refusal
    if fix is not None:
        fix_store().store(FixBatchToStore(owner.id, owner.user_id, owner.court_id, source, [fix]))
        return
    fix_store().trackers.demand_open(owner)
    if error is not None and not error.swallow:
        raise Problem(error.code, error.zh, error.en) from error


@blueprint.route("/track/osmand/<token>", methods=["GET", "POST"])
@blueprint.doc(responses=OSMAND_ANSWER)
@public("the revocable token in the address is the proof; trackers can send nothing else")
def take_osmand(token: str) -> Response:
    """Take one report in the form of OsmAnd and Traccar Client: query, form or JSON."""
    now, body = services().database.clock.now(), request.get_data()
    owner = fix_store().trackers.find(token)
    _keep(owner, "osmand", lambda: read_osmand(request.query_string, request.content_type or "", body, now))
    return Response("", mimetype="text/plain")


@blueprint.post("/track/owntracks/<token>")
@blueprint.doc(responses=OWNTRACKS_ANSWER)
@public("the revocable token in the address is the proof; trackers can send nothing else")
def take_owntracks(token: str) -> Response:
    """Take one report in the form of OwnTracks HTTP."""
    now, body = services().database.clock.now(), request.get_data()
    owner = fix_store().trackers.find(token)
    _keep(owner, "owntracks", lambda: read_owntracks(body, now))
    return jsonify([])


@blueprint.get("/api/last-known")
@blueprint.input(LongPageQuery, location="query")
@blueprint.output(LastKnownList)
@requires(Permission.POSITION_READ)
def list_last_known(query_data: LongPageQuery) -> dict[str, Any]:
    """List the last known position of every device of my court and those below it, by device."""
    limit = query_data.limit
    with services().database.reading() as work:
        rows = last_known_seen(work.session, actor(), limit=limit + 1, after=query_data.after)
        return {
            "items": rows[:limit],
            "next": rows[limit - 1]["device_id"] if len(rows) > limit else None,
        }


@blueprint.get("/api/tracks")
@blueprint.input(TrackQuery, location="query")
@blueprint.output(TrackShape)
@requires(Permission.POSITION_READ)
def show_track(query_data: TrackQuery) -> dict[str, Any]:
    """Show where a person was between two instants, at most 24 hours apart."""
    if not timedelta(0) < query_data.end - query_data.begin <= LONGEST_STRETCH:
        raise Problem(
            "422.1", "时间范围须在二十四小时以内", "The stretch is at most 24 hours", fields={"end": []}
        )
    with services().database.reading() as work:
        courts = actor().courts(Permission.POSITION_READ)
        user = find_user(work.session, query_data.user_id)
        if user is None:
            raise not_found("没有此人", "No such person")
        actor().demand(Permission.POSITION_READ, user.court_id)
        points = track_of(work.session, user.id, courts, query_data.begin, query_data.end)
        return {
            "user": {"id": user.id, "name": user.name},
            "items": [point._asdict() for point in points[:LONGEST_TRACK]],
            "complete": len(points) <= LONGEST_TRACK,
        }


def _describe(tracker: Tracker, names: dict[str, str]) -> dict[str, Any]:
    plain = {name: getattr(tracker, name) for name in TrackerShape.model_fields if name != "user"}
    return {**plain, "user": {"id": tracker.user_id, "name": names.get(tracker.user_id, "")}}


@blueprint.get("/api/trackers")
@blueprint.input(LongPageQuery, location="query")
@blueprint.output(TrackerList)
@requires(Permission.TRACKER_MANAGE)
def list_trackers(query_data: LongPageQuery) -> dict[str, Any]:
    """List the trackers of my court, newest first."""
    limit = query_data.limit
    with services().database.reading() as work:
        courts = actor().courts(Permission.TRACKER_MANAGE)
        rows = trackers_of_courts(work.session, courts, limit=limit + 1, after=query_data.after)
        names = user_names(work.session, {row.user_id for row in rows})
        return {
            "items": [_describe(row, names) for row in rows[:limit]],
            "next": rows[limit - 1].id if len(rows) > limit else None,
        }


@blueprint.post("/api/trackers")
@blueprint.input(TrackerForm)
@blueprint.output(NewTracker, status_code=201)
@requires(Permission.TRACKER_MANAGE)
def add_tracker(json_data: TrackerForm) -> dict[str, Any]:
    """Make a token for an officer's tracker app; it is shown this once."""
    with services().database.writing() as work:
        tracker, token = service.add_tracker(work, actor(), json_data.user_id, json_data.label)
        names = user_names(work.session, {tracker.user_id})
    base = services().settings.public_url
    return {
        **_describe(tracker, names),
        "token": token,
        "osmand_url": f"{base}/track/osmand/{token}",
        "owntracks_url": f"{base}/track/owntracks/{token}",
    }


@blueprint.post("/api/trackers/<tracker_id>/revoke")
@blueprint.output(TrackerShape)
@requires(Permission.TRACKER_MANAGE)
def revoke_tracker(tracker_id: str) -> dict[str, Any]:
    """Revoke a tracker's token."""
    with services().database.writing() as work:
        tracker = service.revoke_tracker(work, actor(), tracker_id)
        return _describe(tracker, user_names(work.session, {tracker.user_id}))
