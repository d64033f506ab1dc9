"""The outbox and its cursor feed: events in the order of commits, numbered by one sequencer, missed by no reader.

A serial id is not a cursor: a slower transaction commits later with a smaller id, and a reader that went past it never
sees it (measured on PostgreSQL). So a row gets its cursor only when its transaction has committed: on SQLite by the
only writer there can be, on PostgreSQL by whoever holds the row lock on `server_state`.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from backend.core.clock import to_wire
from backend.core.database import Database, UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.tables import OutboxEvent, ServerState

PAGE = 500
KEPT = timedelta(days=7)
EPOCH_CHANGED = "server.epoch_changed"
ROOM_OF_BACKENDS = "backends"
"""Nobody listens in it: what is published to it is for the tails of the backends themselves."""


def ensure_server_state(database: Database) -> None:
    """Make the one row of server state when this database has none; a new database is a new epoch."""
    with database.writing() as work:
        insert = sqlite_insert if work.dialect == "sqlite" else postgresql_insert
        first = insert(ServerState).values(
            id=1, epoch=new_identifier(), last_cursor=0, pruned_cursor=0, authority_version=0
        )
        work.session.execute(first.on_conflict_do_nothing())


def server_state(session: Session) -> ServerState:
    """Return the epoch and the cursors as this transaction sees them."""
    return session.execute(select(ServerState)).scalar_one()


def begin_epoch(work: UnitOfWork, actor: Actor) -> str:
    """Begin a new epoch after a restore from a backup and return it; phones then offer again what it lost.

    The event wakes whoever waits for the feed, and lets each backend close its sockets: all of them come back, are
    told 410.1 and load afresh.
    """
    state = work.session.execute(select(ServerState).with_for_update()).scalar_one()
    former, state.epoch = state.epoch, new_identifier()
    work.audit(actor, "server.new_epoch", "server", state.epoch, actor.court_id, former_epoch=former)
    work.publish(EPOCH_CHANGED, state.epoch, 1, actor.court_id, [ROOM_OF_BACKENDS], {})
    return state.epoch


def authority_changed(work: UnitOfWork) -> None:
    """Say that roles, courts or teams changed, so that every process works its actors out again."""
    work.session.execute(
        text("UPDATE server_state SET authority_version = authority_version + 1 WHERE id = 1")
    )


GIVE_CURSORS = text(
    """
    UPDATE outbox_event AS given SET cursor = :last + numbered.place
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM outbox_event WHERE cursor IS NULL) AS numbered
    WHERE given.id = numbered.id
    """
)


def sequence_events(database: Database) -> int:
    """Give cursors to committed events that have none; return how many. PostgreSQL only; safe from any process."""
    if database.dialect == "sqlite":
        return 0
    with database.writing() as work:
        unnumbered = select(OutboxEvent.id).where(OutboxEvent.cursor.is_(None)).limit(1)
        # Events that another backend is numbering at this moment still show here, and are waited for below.
        if work.session.execute(unnumbered).first() is None:
            return 0
        state = work.session.execute(select(ServerState).with_for_update()).scalar_one()
        count = int(work.session.connection().execute(GIVE_CURSORS, {"last": state.last_cursor}).rowcount)
        state.last_cursor += count
        return count


def read_events(session: Session, since: int, limit: int = PAGE) -> list[OutboxEvent]:
    """Return the events after the cursor, in order, at most `limit`."""
    return list(
        session.execute(
            select(OutboxEvent).where(OutboxEvent.cursor > since).order_by(OutboxEvent.cursor).limit(limit)
        ).scalars()
    )


def read_feed(
    work: UnitOfWork, actor: Actor, since: int, epoch: str | None
) -> tuple[ServerState, int, list[Any]]:
    """Return the state, the cursor reached and the wire events this actor may see; 410.1 when `since` is no more."""
    state = server_state(work.session)
    if (
        (epoch is not None and epoch != state.epoch)
        or since < state.pruned_cursor
        or since > state.last_cursor
    ):
        raise Problem("410.1", epoch=state.epoch)
    rows = read_events(work.session, since)
    rooms = set(actor.rooms())
    reached = rows[-1].cursor if rows else since
    return state, reached or since, [event_to_wire(row) for row in rows if rooms.intersection(row.rooms)]


def event_to_wire(row: OutboxEvent) -> dict[str, Any]:
    """Write an event as clients see it: `cursor, kind, subject_id, revision, court_id, team_id, at, data`."""
    return {
        "cursor": row.cursor,
        "kind": row.kind,
        "subject_id": row.subject_id,
        "revision": row.revision,
        "court_id": row.court_id,
        "team_id": row.team_id,
        "at": to_wire(row.at),
        "data": row.data,
    }


def prune_events(database: Database, before: datetime) -> int:
    """Delete events older than `before`; whoever still stands before them is told 410.1. Return how many."""
    with database.writing() as work:
        newest = work.session.execute(
            select(func.max(OutboxEvent.cursor)).where(
                OutboxEvent.at < before, OutboxEvent.cursor.is_not(None)
            )
        ).scalar_one()
        if newest is None:
            return 0
        gone = delete(OutboxEvent).where(OutboxEvent.cursor <= newest)
        count = work.session.connection().execute(gone).rowcount
        work.session.execute(
            text("UPDATE server_state SET pruned_cursor = :newest WHERE id = 1 AND pruned_cursor < :newest"),
            {"newest": newest},
        )
        return int(count)
