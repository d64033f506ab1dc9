"""Where the browsers of phones receive pushes: taken from a phone's own session, one a phone, gone when its service says so."""

import hashlib

from sqlalchemy import delete, select, update

from backend.core.database import UnitOfWork
from backend.core.problems import Problem
from backend.delivery.schemas import NewSubscription
from backend.delivery.tables import PushSubscription
from backend.people.events import PhoneLeft


def digest_of(endpoint: str) -> str:
    """Return the SHA-256 of an endpoint, by which it is found and compared without being shown."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def keep_subscription(work: UnitOfWork, device_id: str, given: NewSubscription) -> PushSubscription:
    """Keep where this phone's browser receives pushes; the same browser, now bound anew, brings it along.

    409.3 for an endpoint of another phone whose keys are others: only the browser itself knows them.
    """
    digest = digest_of(given.endpoint)
    other = work.session.execute(
        select(PushSubscription)
        .where(PushSubscription.endpoint_sha256 == digest, PushSubscription.device_id != device_id)
        .with_for_update()
    ).scalar_one_or_none()
    if other is not None:
        if (other.p256dh, other.auth) != (given.p256dh, given.auth):
            raise Problem("409.3", "该推送地址属于另一部手机", "The push address belongs to another phone")
        work.session.delete(other)
        work.session.flush()
    work.authorise_by_rule("a phone says where its own browser receives pushes")
    row = work.session.get(PushSubscription, device_id)
    if row is None:
        row = PushSubscription(device_id=device_id, made_at=work.now)
        work.session.add(row)
    elif row.endpoint_sha256 != digest:
        row.made_at = work.now
    row.endpoint, row.endpoint_sha256 = given.endpoint, digest
    row.p256dh, row.auth = given.p256dh, given.auth
    row.state, row.trouble, row.seen_at = "active", None, work.now
    return row


def forget_subscription(work: UnitOfWork, device_id: str) -> None:
    """Send nothing more to this phone."""
    work.authorise_by_rule("a phone ends its own subscription")
    work.session.execute(delete(PushSubscription).where(PushSubscription.device_id == device_id))


def follow_sign_out(work: UnitOfWork, event: PhoneLeft) -> None:
    """A phone nobody is signed in on gets nothing more."""
    work.session.execute(delete(PushSubscription).where(PushSubscription.device_id == event.device_id))


def mark(work: UnitOfWork, device_id: str, endpoint_sha256: str, state: str, trouble: str | None) -> None:
    """Write what a push service said of a subscription, where the phone has not brought another meanwhile."""
    work.session.execute(
        update(PushSubscription)
        .where(PushSubscription.device_id == device_id, PushSubscription.endpoint_sha256 == endpoint_sha256)
        .values(state=state, trouble=trouble)
    )
