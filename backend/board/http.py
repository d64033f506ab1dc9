"""Endpoints of the two snapshots; each is read with its cursor in one transaction, so that the feed misses nothing."""

from typing import Any

from apiflask import APIBlueprint

from backend.board.schemas import Board, Phone
from backend.board.views import board_teams
from backend.core.database import UnitOfWork
from backend.core.outbox import server_state
from backend.core.permissions import Actor
from backend.core.viewings import Way, note_listed, note_titles
from backend.core.web import actor, requires, services, signed_in
from backend.courts.views import find_court, visible_courts
from backend.deadlines.views import clocks_seen
from backend.delivery.describe import describe_deliveries
from backend.delivery.views import deliveries_seen
from backend.directives.describe import describe_many, leads_shown
from backend.directives.views import directives_on_phone, directives_seen
from backend.emergencies.describe import describe_emergencies, describe_for_phone
from backend.emergencies.views import emergencies_seen
from backend.leads.views import describe_leads, leads_seen
from backend.notify.views import describe_notices, open_notices
from backend.people.http import describe_me
from backend.people.permissions import Permission
from backend.teams.views import describe_teams, teams_by_id
from backend.tracking.views import last_known_seen

blueprint = APIBlueprint("board", __name__, url_prefix="/api", tag="Snapshots")
MOST_OPEN = 2_000
"""More than a prefecture ever has open at once; what is open longest must not fall off a board."""


@blueprint.get("/board")
@blueprint.output(Board)
@requires(Permission.BOARD_READ)
def show_board() -> dict[str, Any]:
    """Show the board of my court and those below it: teams, positions, leads, directives and clocks."""
    asking = actor()
    with services().database.reading() as work:
        state = server_state(work.session)
        court = find_court(work.session, asking.court_id)
        directives = describe_many(
            work.session, directives_seen(work.session, asking, open_only=True, limit=MOST_OPEN)
        )
        leads = describe_leads(
            work.session, leads_seen(work.session, asking, open_only=True, limit=MOST_OPEN)
        )
        note_listed("lead", [lead["id"] for lead in leads])
        note_listed("lead", leads_shown(directives), Way.ORDER_LISTED)
        return {
            "epoch": state.epoch,
            "cursor": state.last_cursor,
            "server_time": work.now,
            "court": {"id": asking.court_id, "name": court.name if court else ""},
            "courts": visible_courts(work.session, asking, work.now),
            "teams": board_teams(work.session, asking, directives),
            "last_known": last_known_seen(work.session, asking),
            "leads": leads,
            "directives": directives,
            "deliveries": describe_deliveries(
                work.session, deliveries_seen(work.session, asking, limit=MOST_OPEN)
            ),
            "clocks": clocks_seen(work.session, asking),
            "notices": my_notices(work, asking),
            "emergencies": describe_emergencies(
                work.session, emergencies_seen(work.session, asking, open_only=True, limit=MOST_OPEN)
            ),
        }


@blueprint.get("/phone")
@blueprint.output(Phone)
@signed_in
def show_phone() -> dict[str, Any]:
    """Show what my phone shows: the orders given to me, with their steps, and my teams."""
    asking = actor()
    with services().database.reading() as work:
        state = server_state(work.session)
        mine = describe_many(
            work.session, directives_on_phone(work.session, asking.user_id, work.now), with_steps=True
        )
        note_listed("lead", leads_shown(mine), Way.ORDER_LISTED)
        return {
            "epoch": state.epoch,
            "cursor": state.last_cursor,
            "server_time": work.now,
            "me": describe_me(work, asking),
            "directives": mine,
            "teams": describe_teams(work.session, teams_by_id(work.session, asking.team_ids)),
            "notices": my_notices(work, asking),
            "emergencies": describe_for_phone(work.session, asking, work.now),
        }


def my_notices(work: UnitOfWork, asking: Actor) -> list[dict[str, Any]]:
    """Return what the person was told and has not taken note of."""
    found = describe_notices(work.session, open_notices(work.session, asking.user_id, work.now))
    note_titles((one["subject_kind"], one["subject_id"], one["title"]) for one in found)
    return found
