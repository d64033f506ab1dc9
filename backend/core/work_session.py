"""The session of a unit of work: it notes what it changes, so that no change is committed without its audit line."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, Session

from backend.core.tables import is_audited, written_table


class WorkSession(Session):
    """A session that notes the audited tables it changes, by object or by statement, in `info["changed"]`."""


@event.listens_for(WorkSession, "after_flush")
def note_objects(session: Session, _context: Any) -> None:
    """Note the tables of the objects that were just written."""
    for row in (*session.new, *session.dirty, *session.deleted):
        table = inspect(row).mapper.local_table
        if is_audited(table):
            session.info["changed"].add(table.name)


@event.listens_for(WorkSession, "do_orm_execute")
def note_statement(execution: ORMExecuteState) -> Any:
    """Note the table that an INSERT, UPDATE or DELETE statement changed."""
    if execution.is_select:
        return None
    table = written_table(execution.statement)
    if table is None or not is_audited(table):
        return None
    result: Any = execution.invoke_statement()
    # An insert that found its row there already changes nothing, and somebody else has audited that row.
    if not hasattr(result, "rowcount"):
        returned = result.freeze()
        changed, result = bool(returned.data), returned()
    else:
        changed = result.rowcount != 0
    if changed:
        execution.session.info["changed"].add(table.name)
    return result


def undo(session: Session) -> None:
    """Roll back, also where the connection is lost and has nothing left to roll back."""
    try:
        session.rollback()
    except DBAPIError:
        session.invalidate()
