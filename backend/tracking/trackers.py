"""Which tracker a token belongs to, and whether it may still send: the token in the address is its only proof.

Whose a token is never changes, so it is kept in the process; whether it was revoked is asked of the database in the
very transaction that keeps the fix.
"""

from collections import OrderedDict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.database import Database
from backend.core.problems import Problem
from backend.people.rules import sha256_of
from backend.people.views import closed_among
from backend.tracking.tables import Tracker

MOST_KEPT = 10_000


class TrackerOwner(NamedTuple):
    """A tracker, whose it is, and the court it belongs to."""

    id: str
    user_id: str
    court_id: str


class KnownTrackers:
    """The trackers whose tokens this process has seen; a token nobody gave out is never kept."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._known: OrderedDict[str, TrackerOwner] = OrderedDict()

    def find(self, token: str) -> TrackerOwner:
        """Return the tracker of a token; 401.1 for a token nobody gave out, 403.3 for one revoked by now."""
        digest = sha256_of(token)
        if known := self._known.get(digest):
            return known
        with self.database.reading() as work:
            tracker = work.session.execute(
                select(Tracker).where(Tracker.token_sha256 == digest)
            ).scalar_one_or_none()
            if tracker is None:
                raise Problem(
                    "401.1",
                    "定位令牌不存在，请向值班台索取",
                    "The token is not known; ask the duty desk for one",
                )
            owner = TrackerOwner(tracker.id, tracker.user_id, tracker.court_id)
            refuse_closed(work.session, owner)
        self._known[digest] = owner
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return owner

    def demand_open(self, owner: TrackerOwner) -> None:
        """Raise 403.3 when the tracker was revoked; for reports that keep nothing and so are not asked by the store."""
        with self.database.reading() as work:
            refuse_closed(work.session, owner)


def refuse_closed(session: Session, owner: TrackerOwner) -> None:
    """Raise 403.3 for a tracker that may send no more."""
    if closed_trackers(session, {owner.id: owner.user_id}):
        raise Problem("403.3")


def closed_trackers(session: Session, owners: dict[str, str]) -> Collection[str]:
    """Return which of these trackers (id to person) may send no more: revoked, or of a person whose account ended."""
    if not owners:
        return ()
    revoked = session.connection().execute(
        select(Tracker.id).where(Tracker.id.in_(owners), Tracker.revoked_at.is_not(None))
    )
    gone = closed_among(session, set(owners.values()))
    return {*revoked.scalars(), *(tracker_id for tracker_id, user_id in owners.items() if user_id in gone)}
