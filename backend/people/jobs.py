"""What the worker runs for people: sessions, enrolment offers and counted failures that nobody needs any more go.

Receipts of commands are evidence and stay.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from backend.core.database import Database
from backend.core.permissions import SYSTEM
from backend.core.tables import is_audited
from backend.people.rules import ADDRESS_KNOWN_FOR, FAILURES_COUNT_FOR
from backend.people.tables import Enrolment, SignInFailure, SignInSession

SESSIONS_KEPT = timedelta(days=30)
"""Not shorter than ADDRESS_KNOWN_FOR: an old session is also how an address is known."""
PER_ROUND = 500


def tidy_sign_ins(database: Database) -> int:
    """Delete what is outdated, some hundred rows a transaction, so that nobody waits; return how many went."""
    now = database.clock.now()
    before = now - max(SESSIONS_KEPT, ADDRESS_KNOWN_FOR)
    gone = _delete(database, SignInSession.id, SignInSession.ended_at < before)
    gone += _delete(database, SignInSession.id, SignInSession.expires_at < before)
    gone += _delete(database, SignInFailure.account, SignInFailure.last_failed_at <= now - FAILURES_COUNT_FOR)
    gone += _delete(database, Enrolment.id, Enrolment.expires_at <= now)
    return gone + _delete(database, Enrolment.id, Enrolment.used_at.is_not(None))


def _delete(database: Database, key: InstrumentedAttribute[str], outdated: ColumnElement[bool]) -> int:
    """Delete the outdated rows of the table that `key` belongs to, and write how many where the table is audited."""
    gone = 0
    while True:
        with database.writing() as work:
            some = select(key).where(outdated).limit(PER_ROUND)
            statement = delete(key.class_).where(key.in_(some), outdated)
            count = int(work.session.connection().execute(statement).rowcount)
            if count and is_audited(key.class_.__table__):
                kind = str(key.class_.__tablename__)
                work.authorise_by_rule("who offered and who used it stands in the audit log")
                work.audit(SYSTEM, "housekeeping.delete", kind, "outdated", SYSTEM.court_id, rows=count)
        gone += count
        if count < PER_ROUND:
            return gone
