"""Acts of timekeeping: how a machine's clock stands now, and each jump of it, with the clocks it puts in doubt (legal time)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, room_of_court
from backend.courts.views import court_names
from backend.deadlines.doubts import doubt_running, end_doubts
from backend.people.permissions import Permission
from backend.timekeeping.rules import DOUBT_SECONDS, ClockStep, Estimate, KernelClock, Level, Verdict
from backend.timekeeping.tables import ServerClock, ServerClockEvent
from backend.timekeeping.views import server_time, standing

ORDER = list(Level).index
SAME_STEP = timedelta(seconds=10)
"""Several processes of one machine see one jump within moments of each other: it is recorded once."""


@dataclass(frozen=True)
class Machine:
    """One start of one machine, and what it is called."""

    boot_id: str
    host: str


def record_check(
    work: UnitOfWork,
    machine: Machine,
    found: Verdict,
    kernel: KernelClock | None,
    keeper: str | None,
    satellites: Estimate | None,
) -> bool:
    """Write down how a machine's clock stands; tell desks and mark clocks where its level changed; whether it did."""
    former = work.session.get(ServerClock, machine.boot_id, with_for_update=True)
    # Of a machine never seen before, that nothing is known of its clock is no news.
    before = Level(former.level) if former is not None else min(found.level, Level.UNVERIFIED, key=ORDER)
    row = former or ServerClock(boot_id=machine.boot_id)
    row.host = machine.host
    row.checked_at = work.now
    row.level = found.level
    row.synchronised = kernel.synchronised if kernel else None
    row.kept_by = keeper
    row.max_error_ms = _milliseconds(kernel.max_error_s) if kernel else None
    row.offset_ms = _milliseconds(found.offset_s)
    row.devices = satellites.devices if satellites else 0
    if former is None:
        work.session.add(row)
    work.session.flush()
    if found.level == Level.WRONG:
        _doubt(work, machine, "offset", found.offset_s or 0.0, work.now, None)
    if found.level == before:
        return False
    _event(work, machine, "level", work.now, work.now, found.offset_s, found.level)
    if before == Level.WRONG and not _wrong_elsewhere(work):
        work.authorise_by_rule("the server's time is right again")
        ended = end_doubts(work, work.now)
        work.audit(SYSTEM, "server_clock.settle", "server_clock", machine.host, SYSTEM.court_id, clocks=ended)
    tell(work, machine)
    return True


def record_step(work: UnitOfWork, machine: Machine, step: ClockStep, kind: str = "step") -> bool:
    """Write down that a machine's clock jumped, and doubt what ran across a jump of half a minute; once a jump.

    `kind`: `step` (seen by elapsed time) or `behind_log` (the time is earlier than what this server wrote itself).
    """
    near = select(ServerClockEvent.id).where(
        ServerClockEvent.boot_id == machine.boot_id,
        ServerClockEvent.kind == kind,
        ServerClockEvent.after_at.between(step.after - SAME_STEP, step.after + SAME_STEP),
    )
    if work.session.execute(near.limit(1)).first() is not None:
        return False
    _event(work, machine, kind, step.before, step.after, step.offset_s, None)
    if abs(step.offset_s) > DOUBT_SECONDS:
        _doubt(work, machine, "step", step.offset_s, step.after, step.after)
    tell(work, machine)
    return True


def tell(work: UnitOfWork, machine: Machine) -> None:
    """Tell every desk how the server's time stands."""
    work.session.flush()
    rooms = [room_of_court(Permission.CLOCK_READ, court_id) for court_id in court_names(work.session)]
    if rooms:
        work.publish(
            "server_clock.changed",
            subject_id=machine.boot_id,
            revision=1,
            court_id=SYSTEM.court_id,
            rooms=rooms,
            data=standing(work.session, work.now).model_dump(mode="json"),
        )


def _event(
    work: UnitOfWork,
    machine: Machine,
    kind: str,
    before: datetime,
    after: datetime,
    offset_s: float | None,
    level: Level | None,
) -> None:
    offset_ms = _milliseconds(offset_s)
    work.authorise_by_rule("how time is kept is nobody's act")
    work.audit(
        SYSTEM,
        f"server_clock.{kind}",
        "server_clock",
        machine.host,
        SYSTEM.court_id,
        after,
        before_at=to_wire(before),
        after_at=to_wire(after),
        offset_ms=offset_ms,
        level=level,
    )
    work.session.add(
        ServerClockEvent(
            id=new_identifier(),
            kind=kind,
            boot_id=machine.boot_id,
            host=machine.host,
            before_at=before,
            after_at=after,
            offset_ms=offset_ms,
            level=level,
        )
    )


def _doubt(
    work: UnitOfWork, machine: Machine, cause: str, offset_s: float, since: datetime, until: datetime | None
) -> None:
    work.authorise_by_rule("time that is in doubt must not accuse")
    marked = doubt_running(work, cause, _milliseconds(offset_s) or 0, since, until)
    if marked:
        work.audit(
            SYSTEM,
            "server_clock.doubt",
            "server_clock",
            machine.host,
            SYSTEM.court_id,
            since,
            cause=cause,
            clocks=marked,
            offset_ms=_milliseconds(offset_s),
        )


def _wrong_elsewhere(work: UnitOfWork) -> bool:
    return server_time(work.session, work.now)[0] == Level.WRONG


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)
