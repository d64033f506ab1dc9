"""The unit of work on both databases: one commit for effect, audit line and event, or nothing at all."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from backend.core.database import Database, UnauditedWriteError, UnitOfWork
from backend.core.events import Event
from backend.core.permissions import SYSTEM, Actor
from backend.core.problems import Problem
from backend.core.tables import AuditEntry, OutboxEvent
from backend.courts.tables import Court
from backend.people.tables import Device, TotpFactor, User
from tests.support.world import World

NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
CLERK = Actor(user_id="clerk", account="binchuan.clerk", name="书记员", court_id="binchuan")


def rename(work: UnitOfWork, name: str = "宾川县法院") -> None:
    work.session.get_one(Court, "binchuan").name = name


def name_of(database: Database, court_id: str = "binchuan") -> str:
    with database.reading() as work:
        return work.session.get_one(Court, court_id).name


def audited(work: UnitOfWork) -> None:
    work.authorise_by_rule("a test")
    work.audit(SYSTEM, "court.rename", "court", "binchuan", "binchuan")


def lines(database: Database) -> int:
    with database.reading() as work:
        entries = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "court.rename")
        return work.session.execute(entries).scalar_one()


def events(database: Database) -> list[OutboxEvent]:
    with database.reading() as work:
        return list(work.session.scalars(select(OutboxEvent).where(OutboxEvent.kind == "court.changed")))


def tell(work: UnitOfWork) -> None:
    work.publish("court.changed", "binchuan", 2, "binchuan", ["court.read@binchuan"], {"name": "new"})


def test_effect_audit_line_and_event_are_committed_together(database: Database) -> None:
    with database.writing() as work:
        audited(work)
        tell(work)
        rename(work)
    assert (name_of(database), lines(database), len(events(database))) == ("宾川县法院", 1, 1)


def test_whatever_goes_wrong_undoes_effect_audit_line_and_event(database: Database) -> None:
    before = name_of(database)
    with pytest.raises(ZeroDivisionError), database.writing() as work:
        audited(work)
        tell(work)
        rename(work)
        work.session.flush()
        raise ZeroDivisionError
    assert (name_of(database), lines(database), events(database)) == (before, 0, [])
    with database.writing() as work:
        audited(work)
        rename(work)
    assert name_of(database) == "宾川县法院"


def test_a_change_of_a_row_without_an_audit_line_cannot_commit(database: Database) -> None:
    before = name_of(database)
    with pytest.raises(UnauditedWriteError, match="an audit line"), database.writing() as work:
        work.authorise_by_rule("a test")
        rename(work)
    assert name_of(database) == before


def test_a_change_without_a_permission_check_cannot_commit(database: Database) -> None:
    before = name_of(database)
    with pytest.raises(UnauditedWriteError, match="a permission check"), database.writing() as work:
        work.audit(SYSTEM, "court.rename", "court", "binchuan", "binchuan")
        rename(work)
    assert name_of(database) == before


@pytest.mark.parametrize(
    "statement",
    [
        update(Court).where(Court.id == "binchuan").values(name="别名"),
        update(Court.__table__).where(Court.__table__.c.id == "binchuan").values(name="别名"),
        delete(TotpFactor),
        insert(Device).values(
            id="d",
            user_id=select(User.id).limit(1).scalar_subquery(),
            court_id="binchuan",
            label="x",
            public_key={},
            enrolled_at=NOON,
        ),
        text("UPDATE court SET name = '别名' WHERE id = 'binchuan'"),
    ],
    ids=["update", "table update", "delete", "insert", "text"],
)
def test_a_change_by_statement_cannot_commit_unaudited_either(database: Database, statement: object) -> None:
    with pytest.raises(UnauditedWriteError), database.writing() as work:
        work.session.execute(statement)  # type: ignore[call-overload]
    with database.reading() as work:
        assert work.session.get_one(Court, "binchuan").name != "别名"
        assert work.session.get(Device, "d") is None
        assert work.session.execute(select(func.count()).select_from(TotpFactor)).scalar_one() > 0


def test_a_statement_that_changed_nothing_needs_no_audit_line(database: Database) -> None:
    with database.writing() as work:
        work.session.execute(update(Court).where(Court.id == "nowhere").values(name="别名"))


def test_a_permission_that_is_not_held_stops_the_act_and_leaves_nothing(database: Database) -> None:
    before = name_of(database)
    with pytest.raises(Problem) as refused, database.writing() as work:
        rename(work)
        work.authorise(CLERK, "team.manage", "binchuan")
    assert refused.value.code == "403.1"
    assert name_of(database) == before


def test_reading_refuses_objects_statements_and_text(database: Database) -> None:
    before = name_of(database)
    with pytest.raises(UnauditedWriteError), database.reading() as work:
        rename(work)
    with pytest.raises(DBAPIError), database.reading() as work:
        rename(work)
        work.session.flush()
    for statement in (update(Court).values(name="别名"), text("UPDATE court SET name = '别名'")):
        with pytest.raises(DBAPIError), database.reading() as work:
            work.session.execute(statement)
    assert name_of(database) == before
    with database.writing() as work:
        audited(work)
        rename(work)
    assert name_of(database) == "宾川县法院"


def test_a_reader_sees_one_moment_however_much_is_written_meanwhile(database: Database) -> None:
    with database.reading() as early:
        assert early.session.execute(select(func.count()).select_from(Court)).scalar_one() > 0
        before = early.session.execute(select(Court.name).where(Court.id == "binchuan")).scalar_one()
        with database.writing() as work:
            audited(work)
            rename(work)
        assert early.session.execute(select(Court.name).where(Court.id == "binchuan")).scalar_one() == before
    assert name_of(database) == "宾川县法院"


def test_what_was_read_stays_readable_after_the_snapshot_is_gone(database: Database) -> None:
    with database.reading() as work:
        court = work.session.get_one(Court, "binchuan")
    assert court.code == "云2924"


def test_what_waits_for_the_commit_runs_after_it_and_outside_the_turn_to_write(database: Database) -> None:
    seen: list[str] = []

    def look_and_write_again() -> None:
        seen.append(name_of(database))
        with database.writing() as again:
            audited(again)
            rename(again, "再改")

    with database.writing() as work:
        audited(work)
        rename(work)
        work.after_commit(look_and_write_again)
        assert seen == []
    assert seen == ["宾川县法院"]
    assert name_of(database) == "再改"


def test_what_waits_for_the_commit_never_runs_without_it(database: Database) -> None:
    seen: list[int] = []
    with pytest.raises(UnauditedWriteError), database.writing() as work:
        work.after_commit(lambda: seen.append(1))
        rename(work)
    assert seen == []


def test_a_failure_after_the_commit_does_not_make_the_act_look_failed(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[int] = []
    with database.writing() as work:
        audited(work)
        rename(work)
        work.after_commit(lambda: 1 // 0)
        work.after_commit(lambda: done.append(1))
    assert name_of(database) == "宾川县法院"
    assert done == [1]
    assert "waited for a commit" in caplog.text


def test_a_unit_of_work_inside_another_is_refused_at_once_on_sqlite(database: Database) -> None:
    if database.dialect != "sqlite":
        return
    with (
        pytest.raises(RuntimeError, match="join the caller's"),
        database.writing(),
        database.writing(),
    ):
        pass
    with database.writing() as work:
        audited(work)


def test_an_event_for_no_room_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="names no room"), database.writing() as work:
        work.publish("court.changed", "binchuan", 1, "binchuan", [], {})


def test_events_between_rooms_are_handled_in_the_raisers_transaction(database: Database) -> None:
    class CourtRenamed(Event):
        pass

    def fail(work: UnitOfWork, _event: CourtRenamed) -> None:
        assert work.session.get_one(Court, "binchuan").name == "宾川县法院"
        raise Problem("409.2")

    before = name_of(database)
    database.bus.subscribe(CourtRenamed, fail)
    with pytest.raises(Problem), database.writing() as work:
        audited(work)
        rename(work)
        work.raise_event(CourtRenamed())
    assert name_of(database) == before


def test_writers_at_the_same_moment_all_succeed(database: Database) -> None:
    def write(number: int) -> None:
        for _ in range(5):
            with database.writing() as work:
                audited(work)
                row = work.session.execute(
                    select(Court).where(Court.id == "binchuan").with_for_update()
                ).scalar_one()
                row.name = f"{row.name}{number}"

    before = name_of(database)
    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    written = name_of(database).removeprefix(before)
    assert sorted(written) == sorted("0123" * 5)
    assert lines(database) == 20


def test_instants_sort_as_text_and_come_back_whole_even_from_the_year_900(world: World) -> None:
    early = world.clock.now().replace(year=900)
    with world.database.writing() as work:
        work.audit(SYSTEM, "test", "test", "early", "binchuan", early)
        work.audit(SYSTEM, "test", "test", "late", "binchuan", early + timedelta(days=400_000))
    with world.database.reading() as work:
        rows = work.session.execute(
            select(AuditEntry.subject_id, AuditEntry.occurred_at)
            .where(AuditEntry.action == "test")
            .order_by(AuditEntry.occurred_at)
        ).all()
    assert [row.subject_id for row in rows] == ["early", "late"]
    assert rows[0].occurred_at == early
