"""Clocks by short names: the demo's courts, an officer of Binchuan, and a time that only goes forward."""

from datetime import date, datetime

from sqlalchemy import select

from backend.core.clock import FixedClock
from backend.core.database import Database, UnitOfWork
from backend.core.permissions import SYSTEM, Actor
from backend.core.tables import AuditEntry
from backend.deadlines import court_rules, service
from backend.deadlines.events import ClockBreached, ClockDisproved, ClockEvent, ClockUnconfirmed, ClockWarned
from backend.deadlines.rulebooks import ClockCode
from backend.deadlines.tables import DeadlineClock
from backend.deadlines.watcher import ClockWatcher
from backend.deadlines.work_calendar import COURT_TIME


def court_clock(text: str) -> datetime:
    """`2026-03-03 09:00:00` on the wall clock of a court."""
    return datetime.fromisoformat(text).replace(tzinfo=COURT_TIME)


class Centre:
    """Acts by short names; each in a unit of work of its own, at the time it is known."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database = database
        self.clock = clock
        self.officer = Actor(
            "01900000-0000-7000-8000-0000000000aa", "binchuan.officer1", "李秋实", "binchuan"
        )
        self.events: list[tuple[type[ClockEvent], str, str]] = []
        self.silent: set[str] = set()
        self.asked: list[tuple[str, str, datetime]] = []
        self.warned: list[tuple[str, int, datetime]] = []
        self.watcher = ClockWatcher(database)
        for kind in (ClockBreached, ClockUnconfirmed, ClockDisproved):
            database.bus.subscribe(kind, self._hear)
        database.bus.subscribe(ClockWarned, self._hear_warning)

    def _hear(self, _work: UnitOfWork, happened: ClockEvent) -> None:
        self.events.append((type(happened), happened.subject_id, happened.kind))

    def _hear_warning(self, _work: UnitOfWork, happened: ClockWarned) -> None:
        self.warned.append((happened.subject_id, happened.step, happened.at))

    def watch(self, at: str | None = None) -> int:
        """Let the watcher do what is due now, or at a later time; return how many acts that was."""
        if at is not None:
            self.time(at)
        return self.watcher()

    def warnings_of(self, order: str) -> list[tuple[int, datetime]]:
        """The warnings given about an order: the step and when it was planned for."""
        return [(step, at) for subject_id, step, at in self.warned if subject_id == order]

    def events_of(self, order: str) -> list[type[ClockEvent]]:
        """The events raised about an order, in order."""
        return [kind for kind, subject_id, _ in self.events if subject_id == order]

    def could_still_disprove(
        self, work: UnitOfWork, subject_kind: str, subject_id: str, since: datetime
    ) -> bool:
        """The port: the phones of the orders in `silent` have not been heard from."""
        self.asked.append((subject_kind, subject_id, since))
        return subject_id in self.silent

    def time(self, text: str) -> None:
        """Move the clock, never back."""
        self.clock.instant = max(self.clock.instant, court_clock(text))

    def adopt(self, court_id: str, rulebook: str, effective_from: date, **options: bool) -> None:
        with self.database.writing() as work:
            work.authorise_by_rule("the test's own courts")
            court_rules.adopt_rulebook(
                work, SYSTEM, court_id, rulebook, effective_from, "院发〔2026〕1号", **options
            )

    def hours(self, court_id: str, effective_from: date, sessions: str) -> None:
        with self.database.writing() as work:
            work.authorise_by_rule("the test's own courts")
            court_rules.set_court_hours(work, SYSTEM, court_id, effective_from, sessions)

    def start(
        self, clock: str, order: str, started_at: str, court_id: str = "binchuan"
    ) -> DeadlineClock | None:
        """Start a clock; the server learns of it at once, or now if now is later."""
        self.time(started_at)
        with self.database.writing() as work:
            work.authorise_by_rule("the order was served")
            return service.start(
                work, clock, "directive", order, court_id, None, court_clock(started_at), "扣押鲜果冷链车"
            )

    def reopen(self, order: str, at: str, clock: str = "C6") -> DeadlineClock | None:
        """Take a cancellation back at `at`."""
        self.time(at)
        with self.database.writing() as work:
            work.authorise_by_rule("the desk corrects itself")
            return service.start(
                work, clock, "directive", order, "binchuan", None, work.now, "扣押鲜果冷链车", reopen=True
            )

    def stop(
        self, order: str, at: str, clock: str = "C6", known_at: str | None = None
    ) -> DeadlineClock | None:
        """Stop a clock by an act of the officer at `at`, which the server learns then or at `known_at`."""
        self.time(known_at or at)
        with self.database.writing() as work:
            work.authorise_by_rule("a member of the team")
            work.audit(self.officer, "directive.depart", "team", order, "binchuan", court_clock(at))
            return service.stop(work, "directive", order, clock, court_clock(at), self.officer)

    def cancel(self, order: str, at: str, clock: str | None = None) -> None:
        self.time(at)
        with self.database.writing() as work:
            work.authorise_by_rule("the issuer withdraws")
            service.cancel(work, "directive", order, court_clock(at), SYSTEM, "被执行人已离开", clock)

    def row(self, order: str, clock: str = "C6") -> DeadlineClock:
        """The clock as it stands in the database."""
        with self.database.reading() as work:
            row = service.find(work, "directive", order, ClockCode(clock))
            assert row is not None
            work.session.expunge(row)
            return row

    def lines(self, order: str, *, warnings: bool = False) -> list[str]:
        """What the audit log says of the order's clocks, in order; warnings only when asked for."""
        with self.database.reading() as work:
            found = work.session.execute(
                select(AuditEntry.action)
                .where(
                    AuditEntry.subject_kind == "directive",
                    AuditEntry.subject_id == order,
                    AuditEntry.action.startswith("clock."),
                )
                .order_by(AuditEntry.id)
            ).scalars()
            return [action for action in found if warnings or action != "clock.warn"]
