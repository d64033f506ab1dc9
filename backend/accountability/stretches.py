"""What the phones of the people concerned say of the stretch a record is about: silences, movement, skew (A7, A8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.accountability.tables import Record, RecordPerson
from backend.accountability.weighing import OrderFacts, PersonFacts
from backend.core.clock import to_wire
from backend.core.viewings import viewings_of
from backend.deadlines.schemas import ClockRow
from backend.duty.views import OnDuty, on_duty
from backend.notify.views import told_of_warnings
from backend.people.contact import in_contact_throughout, silences_of
from backend.tracking.views import track_of
from geo.coordinates import Position
from geo.sphere import distance_m

BEFORE_WHAT_HAPPENED = timedelta(hours=1)
"""The stretch looked at where no clock gives one."""
LONGEST_TRACK = timedelta(hours=12)
"""Of a limit of working days the last hours of a track tell where somebody was; days of positions tell nothing more.

Silences, phones and who was on duty are asked of the whole limit: half of it would accuse whom the rest clears.
"""


@dataclass(frozen=True)
class Stretch:
    """What one person's phone says of the stretch of time."""

    facts: PersonFacts
    first_fix_at: datetime | None
    last_fix_at: datetime | None
    largest_skew_s: int | None


def stretches_of(
    session: Session,
    record: Record,
    clock: ClockRow | None,
    people: Sequence[RecordPerson],
    desk: Sequence[OnDuty],
    orders: Sequence[OrderFacts],
) -> list[Stretch]:
    """Return what the phones of the people concerned say of the stretch the record is about."""
    begin, end = stretch_of(record, clock)
    user_ids = [row.user_id for row in people]
    silences = silences_of(session, user_ids, begin, end)
    in_contact = in_contact_throughout(session, user_ids, begin, end)
    warned = warnings_reaching(session, record.court_id, clock) if clock else {}
    at_start = {one.user_id for one in on_duty(session, record.court_id, begin)}
    then = {one.user_id for one in desk}
    seen: dict[str, datetime] = {}
    if record.subject_kind == "lead" and record.subject_id is not None:
        for viewing in viewings_of(
            session, "lead", record.subject_id, before=record.happened_at, people=user_ids
        ):
            seen[viewing.actor_id] = viewing.at
    found = []
    for user_id in user_ids:
        track = track_of(session, user_id, [record.court_id], max(begin, end - LONGEST_TRACK), end)
        skews = [
            abs(act.device_at - act.received_at)
            for order in orders
            for act in order.acts
            if act.user_id == user_id and act.device_at is not None and not act.trusted
        ]
        found.append(
            Stretch(
                PersonFacts(
                    user_id=user_id,
                    on_duty_at_start=user_id in at_start if desk else None,
                    on_duty_then=user_id in then if desk else None,
                    silences=[(one.began_at, one.ended_at) for one in silences if one.user_id == user_id],
                    in_contact=user_id in in_contact,
                    warned_at=frozenset(at for at, reached in warned.items() if user_id in reached),
                    fixes=len(track),
                    moved_m=moved(track),
                    viewed_at=seen.get(user_id),
                ),
                first_fix_at=track[0].fixed_at if track else None,
                last_fix_at=track[-1].fixed_at if track else None,
                largest_skew_s=int(max(skews).total_seconds()) if skews else None,
            )
        )
    return found


def stretch_of(record: Record, clock: ClockRow | None) -> tuple[datetime, datetime]:
    """Return the stretch of time looked at: the clock's, or the hour before what happened."""
    if clock is None:
        return record.happened_at - BEFORE_WHAT_HAPPENED, record.happened_at
    return clock.started_at, clock.due_at


def warnings_reaching(session: Session, court_id: str, clock: ClockRow) -> dict[datetime, frozenset[str]]:
    """Return whom each warning given reached, by its instant: those who were told, and those on duty at that instant."""
    told = told_of_warnings(session, clock.id, clock.due_at)
    return {
        one.at: told.get(one.at, frozenset())
        | {holder.user_id for holder in on_duty(session, court_id, one.at)}
        for one in clock.warnings
        if one.given
    }


def moved(track: Sequence[Any]) -> float:
    """Return how far from the first position of a track the farthest one lies, in metres."""
    if not track:
        return 0.0
    first, *others = [Position(fix.longitude, fix.latitude) for fix in track]
    return max((distance_m(first, other) for other in others), default=0.0)


def describe_stretch(one: Stretch, person: dict[str, str]) -> dict[str, Any]:
    """Return a stretch in the shape `StretchShape`."""

    def wire(instant: datetime | None) -> str | None:
        return to_wire(instant) if instant is not None else None

    return {
        "user": person,
        "silences": [(wire(begin), wire(end)) for begin, end in one.facts.silences],
        "fixes": one.facts.fixes,
        "first_fix_at": wire(one.first_fix_at),
        "last_fix_at": wire(one.last_fix_at),
        "moved_m": int(one.facts.moved_m),
        "largest_skew_s": one.largest_skew_s,
        "viewed_at": wire(one.facts.viewed_at),
    }
