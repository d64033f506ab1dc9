"""Where a person is reached when no phone page of theirs is: a telephone number, an account at the court's messenger."""

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.core.problems import not_found
from backend.people.permissions import Permission
from backend.people.tables import User
from backend.people.views import find_user


def person_to_reach(work: UnitOfWork, actor: Actor, user_id: str, *, lock: bool = False) -> User:
    """Return a person whose addresses the actor may see and set; 404.1 for nobody, 403.1 beyond the actor's court."""
    user = find_user(work.session, user_id, lock=lock)
    if user is None or user.closed_at is not None:
        raise not_found("没有此人", "No such person")
    work.authorise(actor, Permission.DEVICE_ENROL, user.court_id)
    return user


def set_addresses(
    work: UnitOfWork, actor: Actor, user_id: str, mobile: str | None, message_account: str | None
) -> User:
    """Set how a person is reached; the audit line says that it changed, never to what."""
    user = person_to_reach(work, actor, user_id, lock=True)
    user.mobile, user.message_account = mobile, message_account
    work.audit(
        actor,
        "person.set_addresses",
        "person",
        user.id,
        user.court_id,
        mobile=mobile is not None,
        message_account=message_account is not None,
    )
    return user
