"""Acts on passwords: an initial one that must be changed at the first sign-in, and a person's own."""

from backend.core.database import UnitOfWork
from backend.core.permissions import Actor
from backend.people.sessions import end_sessions
from backend.people.tables import User


def set_password(work: UnitOfWork, actor: Actor, user: User, password_hash: str, *, initial: bool) -> None:
    """Give a person a password that somebody else made and end every session; the caller has authorised the act.

    `initial`: the person must choose another one at the next sign-in.
    """
    user.password_hash = password_hash
    user.initial_password_at = work.now if initial else None
    work.audit(actor, "person.set_password", "person", user.id, user.court_id, initial=initial)
    end_sessions(work, actor, user)


def change_own_password(
    work: UnitOfWork, actor: Actor, user: User, password_hash: str, session_id: str
) -> None:
    """Take the password a person chose; every session of theirs but this one ends."""
    user.password_hash = password_hash
    user.initial_password_at = None
    work.authorise_by_rule("everybody changes their own password")
    work.audit(actor, "person.change_password", "person", user.id, user.court_id)
    end_sessions(work, actor, user, keep=session_id)
