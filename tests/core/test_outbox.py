"""The cursor feed on both databases: in order, scoped, gapless, and honest about what it no longer has."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from backend.core.clock import FixedClock
from backend.core.database import Database
from backend.core.outbox import (
    PAGE,
    ensure_server_state,
    prune_events,
    read_feed,
    sequence_events,
    server_state,
)
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.tables import OutboxEvent, ServerState
from backend.core.tail import OutboxTail

BINCHUAN, XIANGYUN = "directive.read@binchuan", "directive.read@xiangyun"


def actor(*courts: str) -> Actor:
    return Actor("u1", "x.y", "某", "binchuan", reach={"directive.read": frozenset(courts)})


def tell(database: Database, *subjects: str, room: str = BINCHUAN) -> None:
    with database.writing() as work:
        for subject in subjects:
            work.publish("directive.changed", subject, 1, "binchuan", [room], {"id": subject})
    sequence_events(database)


def position(database: Database) -> tuple[str, int]:
    """The epoch, and the cursor after everything so far: loading the demo left events that nobody numbered."""
    sequence_events(database)
    with database.reading() as work:
        state = server_state(work.session)
        return state.epoch, state.last_cursor


def feed(database: Database, since: int, epoch: str | None = None, *courts: str) -> tuple[int, list[str]]:
    with database.reading() as work:
        _, cursor, events = read_feed(work, actor(*(courts or ("binchuan",))), since, epoch)
    return cursor, [event["subject_id"] for event in events]


def refusal(database: Database, since: int, epoch: str | None = None) -> Problem:
    with pytest.raises(Problem) as refused:
        feed(database, since, epoch)
    return refused.value


def test_events_come_in_the_order_of_commits_with_cursors_that_follow_each_other(database: Database) -> None:
    _, start = position(database)
    tell(database, "a", "b")
    tell(database, "c")
    assert feed(database, start) == (start + 3, ["a", "b", "c"])
    assert feed(database, start + 1) == (start + 3, ["b", "c"])
    assert feed(database, start + 3) == (start + 3, [])


def test_a_transaction_that_fails_leaves_no_event_and_no_gap(database: Database) -> None:
    _, start = position(database)
    with pytest.raises(ZeroDivisionError), database.writing() as work:
        work.publish("directive.changed", "lost", 1, "binchuan", [BINCHUAN], {})
        work.session.flush()
        raise ZeroDivisionError
    tell(database, "kept")
    assert feed(database, start) == (start + 1, ["kept"])


def test_a_reader_sees_only_the_rooms_it_may_be_in_and_moves_on_past_the_others(database: Database) -> None:
    _, start = position(database)
    tell(database, "theirs", room=XIANGYUN)
    tell(database, "ours")
    tell(database, "theirs again", room=XIANGYUN)
    assert feed(database, start) == (start + 3, ["ours"])
    assert feed(database, start, None, "xiangyun") == (start + 3, ["theirs", "theirs again"])
    assert feed(database, start, None, "heqing") == (start + 3, [])


def test_more_than_a_page_comes_in_pages_without_a_gap(database: Database) -> None:
    _, start = position(database)
    subjects = [f"s{number}" for number in range(PAGE + 10)]
    tell(database, *subjects)
    middle, first = feed(database, start)
    end, rest = feed(database, middle)
    assert (len(first), first + rest) == (PAGE, subjects)
    assert end == start + len(subjects)


def test_a_cursor_before_what_was_pruned_is_told_410(database: Database, clock: FixedClock) -> None:
    epoch, start = position(database)
    tell(database, "old")
    clock.instant += timedelta(days=8)
    tell(database, "new")
    assert prune_events(database, clock.now() - timedelta(days=7)) >= 1
    assert refusal(database, start).code == "410.1"
    assert refusal(database, start).details == {"epoch": epoch}
    assert feed(database, start + 1) == (start + 2, ["new"])
    assert prune_events(database, clock.now() - timedelta(days=7)) == 0


def test_a_cursor_of_another_epoch_or_from_the_future_is_told_410(database: Database) -> None:
    epoch, start = position(database)
    tell(database, "a")
    assert refusal(database, start, "another epoch").code == "410.1"
    assert refusal(database, start + 2).code == "410.1"
    assert feed(database, start, epoch)[1] == ["a"]


def test_the_epoch_is_made_once(database: Database) -> None:
    epoch, _ = position(database)
    ensure_server_state(database)
    assert position(database)[0] == epoch


def test_a_snapshot_and_its_cursor_miss_nothing_that_commits_while_it_is_read(database: Database) -> None:
    with database.reading() as work:
        cursor = server_state(work.session).last_cursor
        with database.writing() as other:
            other.publish("directive.changed", "meanwhile", 1, "binchuan", [BINCHUAN], {})
        sequence_events(database)
        shown = work.session.scalars(
            select(OutboxEvent.subject_id).where(OutboxEvent.subject_id == "meanwhile")
        ).all()
        assert shown == []
        assert server_state(work.session).last_cursor == cursor
    assert feed(database, cursor)[1] == ["meanwhile"]


def test_the_tail_starts_where_the_outbox_stands_and_delivers_each_event_once(database: Database) -> None:
    delivered: list[str] = []
    tell(database, "before")
    tail = OutboxTail(database, lambda rows: delivered.extend(row.subject_id for row in rows))
    tail.catch_up()
    tell(database, "a", "b")
    tail.catch_up()
    tail.catch_up()
    tell(database, "c")
    tail.catch_up()
    assert delivered == ["a", "b", "c"]
    assert tail.cursor == position(database)[1]


def test_what_is_told_between_the_first_caller_and_the_tails_first_look_reaches_whoever_listens(
    database: Database,
) -> None:
    delivered: list[str] = []
    position(database)
    tail = OutboxTail(database, lambda rows: delivered.extend(row.subject_id for row in rows))
    # A backend does this before it takes connections; its loop may first look much later.
    tail.find_place()
    tell(database, "a")
    tail.catch_up()
    assert delivered == ["a"]


def test_the_tail_of_a_backend_that_runs_through_a_restore_says_so_and_follows_the_backup(
    database: Database,
) -> None:
    delivered: list[str] = []
    restores: list[int] = []

    def restored() -> None:
        restores.append(tail.cursor or 0)

    tail = OutboxTail(
        database, lambda rows: delivered.extend(row.subject_id for row in rows), restored=restored
    )
    _, backup = position(database)
    tail.catch_up()
    tell(database, "lost", "lost too")
    tail.catch_up()
    with database.writing() as work:
        work.session.execute(delete(OutboxEvent).where(OutboxEvent.cursor > backup))
        work.session.execute(update(ServerState).values(last_cursor=backup))
    tail.catch_up()
    tell(database, "after the restore")
    tail.catch_up()
    assert restores == [backup]
    assert delivered == ["lost", "lost too", "after the restore"]


def test_the_tail_delivers_again_what_could_not_be_handed_on(database: Database) -> None:
    delivered: list[str] = []
    fails = [True]
    position(database)

    def deliver(rows: list[OutboxEvent]) -> None:
        if fails.pop() if fails else False:
            raise OSError
        delivered.extend(row.subject_id for row in rows)

    tail = OutboxTail(database, deliver)
    tail.catch_up()
    tell(database, "a")
    with pytest.raises(OSError):
        tail.catch_up()
    tail.catch_up()
    assert delivered == ["a"]


def test_events_of_a_backend_that_died_before_numbering_them_are_numbered_by_the_next(
    database: Database,
) -> None:
    _, start = position(database)
    with database.writing() as work:
        work.publish("directive.changed", "a", 1, "binchuan", [BINCHUAN], {})
    if database.dialect != "sqlite":
        assert feed(database, start) == (start, [])
        assert sequence_events(database) == 1
    assert sequence_events(database) == 0
    assert feed(database, start) == (start + 1, ["a"])
