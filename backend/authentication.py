"""Who holds the cookie of a request: looked up every time, worked out again only when authority changed.

The session, the account and the phone are read with every request, so that an end counts at once. Roles, courts and
teams are kept until `server_state.authority_version` grows or a dated appointment begins or ends.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from backend.core.database import Database, UnitOfWork
from backend.core.permissions import Actor
from backend.courts.views import next_change_of_courts
from backend.people.sessions import SessionFacts, is_complete, session_facts
from backend.people.views import build_actor, find_user, next_change_of_authority
from backend.teams.views import team_ids_of

MOST_KEPT = 5_000


@dataclass(frozen=True)
class KnownActor:
    """An actor worked out under a version of authority, valid until a dated appointment changes it."""

    actor: Actor
    version: int
    until: datetime | None


class Authenticator:
    """Knows the actors of the sessions seen by this process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._known: OrderedDict[str, KnownActor] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, token: str) -> Actor | None:
        """Return who holds the session, or None when it is over or its second factor is missing."""
        if not token:
            return None
        facts, now = session_facts(self.database, token), self.database.clock.now()
        if facts is None or not facts.is_open_at(now):
            return None
        known = self._known.get(facts.session_id)
        if known is None or known.version != facts.authority_version or _is_over(known, now):
            with self.database.reading() as work:
                known = self._work_out(work, facts)
        if known is None:
            return None
        self._keep(facts.session_id, known)
        return known.actor if is_complete(facts, known.actor) else None

    def begun_session(self, token: str) -> str | None:
        """Return the id of the open session behind a cookie, whether its second factor was shown or not."""
        facts = session_facts(self.database, token) if token else None
        return facts.session_id if facts is not None and facts.is_open_at(self.database.clock.now()) else None

    def _work_out(self, work: UnitOfWork, facts: SessionFacts) -> KnownActor | None:
        user = find_user(work.session, facts.user_id)
        if user is None:
            return None
        actor = build_actor(
            work.session,
            user,
            work.now,
            team_ids_of(work.session, user.id),
            facts.session_id,
            facts.device_id,
        )
        changes = [
            next_change_of_authority(work.session, user.id, work.now),
            next_change_of_courts(work.session, work.now),
        ]
        until = min((change for change in changes if change is not None), default=None)
        return KnownActor(actor, facts.authority_version, until)

    def _keep(self, session_id: str, known: KnownActor) -> None:
        """Keep the actor as the one asked for last; the one nobody asked for longest goes first."""
        with self._lock:
            self._known[session_id] = known
            self._known.move_to_end(session_id)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)


def _is_over(known: KnownActor, now: datetime) -> bool:
    return known.until is not None and known.until <= now
