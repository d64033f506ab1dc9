"""Acts on trackers: give an officer's tracker app a token, revoke it."""

import secrets

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem, not_found
from backend.people.permissions import Permission
from backend.people.rules import sha256_of
from backend.people.views import find_user
from backend.tracking.tables import Tracker


def add_tracker(
    work: UnitOfWork, actor: Actor, user_id: str, label: str, token: str | None = None
) -> tuple[Tracker, str]:
    """Make a tracker for a person; the token is returned this once. 404.1 for nobody, 403.1 for another court's.

    The demo brings a `token` of its own; everybody else gets one that nobody can guess.
    """
    user = find_user(work.session, user_id)
    if user is None or user.closed_at is not None:
        raise not_found("没有此人", "No such person")
    work.authorise(actor, Permission.TRACKER_MANAGE, user.court_id)
    token = token or secrets.token_urlsafe(24)
    tracker = Tracker(
        id=new_identifier(),
        token_sha256=sha256_of(token),
        user_id=user.id,
        court_id=user.court_id,
        label=label,
        created_at=work.now,
    )
    work.session.add(tracker)
    work.audit(actor, "tracker.add", "tracker", tracker.id, tracker.court_id, user_id=user.id)
    return tracker, token


def revoke_tracker(work: UnitOfWork, actor: Actor, tracker_id: str) -> Tracker:
    """Revoke a tracker's token at once."""
    tracker = work.session.get(Tracker, tracker_id)
    if tracker is None:
        raise not_found("没有此设备", "No such tracker")
    work.authorise(actor, Permission.TRACKER_MANAGE, tracker.court_id)
    if tracker.revoked_at is not None:
        raise Problem("409.2", "该设备已停用", "This tracker is revoked already")
    tracker.revoked_at = work.now
    work.audit(actor, "tracker.revoke", "tracker", tracker.id, tracker.court_id)
    return tracker
