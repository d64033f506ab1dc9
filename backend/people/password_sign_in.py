"""The first step of every sign-in at a desk: account and password, at a price that is the same for every account."""

import time
from collections.abc import Callable

from backend.core.offload import OFFLOAD
from backend.core.problems import Problem
from backend.core.web import Services
from backend.people import lockout, sessions
from backend.people.accounts import hash_password, password_is_right
from backend.people.rules import SLOWER_SECONDS
from backend.people.tables import User
from backend.people.views import find_user_by_account

NOBODY = "a password nobody has"
_nobody_hash: list[str] = []
PAUSE: Callable[[float], None] = time.sleep
"""How a slow answer waits: cooperatively under eventlet, and not at all in tests."""


def limit_attempts(services: Services, account: str, address: str) -> None:
    """Refuse floods of sign-ins from one address, at one account or at many."""
    limits = services.extras["rate_limits"]
    limits.hit("60/minute", "sign-in-address", address)
    limits.hit("20/minute", "sign-in-account", account, address)


def open_by_password(services: Services, account: str, password: str, address: str) -> sessions.OpenedSession:
    """Open a session for an account and its password; 401.2 when wrong, 423.1 while locked, 429.1 after too many."""
    limit_attempts(services, account, address)
    database = services.database
    with database.reading() as work:
        user = find_user_by_account(work.session, account)
        user_id = user.id if user else ""
        slow = lockout.refuse_locked(work.session, account, user_id, address, work.now)
    if slow:
        PAUSE(SLOWER_SECONDS)
    right = is_password_of(user, password)
    with database.writing() as work:
        lockout.refuse_locked(work.session, account, user_id, address, work.now)
        if user is None or not right:
            # An unknown account locks as a known one does, or the lock would tell which accounts there are.
            lockout.record_failure(work, account, address, user.court_id if user else "")
            opened = None
        else:
            opened = sessions.open_session(work, user, address=address)
            if opened.state == "signed_in":
                lockout.forget_failures(work, account, address)
    if opened is None:
        raise Problem("401.2")
    return opened


def is_password_of(user: User | None, password: str) -> bool:
    """Tell whether the password is the person's; nobody's costs the same time, so that nobody can list the accounts."""
    if not _nobody_hash:
        _nobody_hash.append(OFFLOAD.run(hash_password, NOBODY))
    kept = user.password_hash if user and user.password_hash else _nobody_hash[0]
    right = OFFLOAD.run(password_is_right, kept, password)
    return right and user is not None and user.password_hash is not None
