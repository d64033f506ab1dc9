"""What speaks for a person and what against: facts sorted by rule, each with the clause it rests on (A6, A7, A8; BSS-6 to 8).

Facts alone: nothing is added up, nobody is ranked, and whoever decides reads them all.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

HELPFUL_MOVE_M = 200.0
"""A7: farther than this from where the order reached him, somebody has left."""


class Side(StrEnum):
    """Which way a fact points; `neutral` says only what is so."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Fact:
    """One fact: a code the pages have words for, the clause or decision it rests on, and its times and amounts."""

    side: Side
    code: str
    clause: str
    person: str | None = None
    at: datetime | None = None
    until: datetime | None = None
    seconds: int | None = None
    metres: int | None = None
    count: int | None = None
    words: str | None = None


@dataclass(frozen=True)
class WarningFact:
    """A planned warning of the clock, and whether it was given."""

    at: datetime
    given: bool


@dataclass(frozen=True)
class ClockFacts:
    """The clock a record is about; `stopped_at` is when the act happened, None while it has not."""

    clause: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    kept: bool
    provisional: bool
    warnings: Sequence[WarningFact] = ()


@dataclass(frozen=True)
class ActFact:
    """One act on an order; `device_at` is what the phone's clock said when the act's own time was not trusted."""

    user_id: str
    act: str
    occurred_at: datetime
    received_at: datetime
    trusted: bool
    device_at: datetime | None = None


@dataclass(frozen=True)
class OrderFacts:
    """One order on the way: when it was given, and when a device of each member said it had it."""

    number: str
    issued_at: datetime
    received: dict[str, datetime | None] = field(default_factory=dict)
    acts: Sequence[ActFact] = ()


@dataclass(frozen=True)
class PersonFacts:
    """One person concerned in the stretch of time: on duty when, silences of the phone, movement, looks at the lead.

    `in_contact`: a phone of theirs was heard from throughout. `warned_at`: the warnings that reached the person.
    """

    user_id: str
    on_duty_at_start: bool | None = None
    on_duty_then: bool | None = None
    silences: Sequence[tuple[datetime, datetime | None]] = ()
    in_contact: bool = False
    warned_at: Collection[datetime] = ()
    fixes: int = 0
    moved_m: float = 0.0
    viewed_at: datetime | None = None


def weigh(
    clock: ClockFacts | None,
    orders: Sequence[OrderFacts],
    people: Sequence[PersonFacts],
    *,
    leak: bool = False,
) -> list[Fact]:
    """Return the facts: what speaks for, then what speaks against, then the rest; each in the order it was found."""
    found: list[Fact] = []
    if clock is not None:
        found += about_clock(clock)
        for person in people:
            found += about_duty(clock, person)
            found += about_silence(clock, person)
            found += about_movement(clock, person)
            for order in orders:
                found += about_order(clock, order, person.user_id)
            found += about_warnings(clock, person)
    else:
        for person in people:
            found += about_presence(person)
    if leak:
        found += [fact for person in people for fact in about_viewing(person)]
    order_of = list(Side)
    return sorted(found, key=lambda fact: order_of.index(fact.side))


def about_clock(clock: ClockFacts) -> Iterator[Fact]:
    """By how much it was late, whether the limit rests on a published calendar, and which warnings nobody gave."""
    if clock.kept:
        yield Fact(Side.FOR, "kept_after_all", clock.clause, at=clock.stopped_at)
    elif clock.stopped_at is not None:
        late = int((clock.stopped_at - clock.due_at).total_seconds())
        yield Fact(Side.AGAINST, "late_by", clock.clause, at=clock.stopped_at, seconds=late)
    else:
        yield Fact(Side.AGAINST, "not_done", clock.clause, at=clock.due_at)
    if clock.provisional:
        yield Fact(Side.FOR, "calendar_not_published", "A5")
    for warning in clock.warnings:
        if not warning.given:
            yield Fact(Side.FOR, "not_warned", clock.clause, at=warning.at)


def about_warnings(clock: ClockFacts, person: PersonFacts) -> Iterator[Fact]:
    """Which of the warnings given reached the person; one that did not accuses nobody."""
    for warning in clock.warnings:
        if warning.given:
            reached = warning.at in person.warned_at
            side, code = (Side.AGAINST, "warned") if reached else (Side.FOR, "warned_others")
            yield Fact(side, code, clock.clause, person.user_id, at=warning.at)


def about_duty(clock: ClockFacts, person: PersonFacts) -> Iterator[Fact]:
    """Whether the person had taken the duty over only while the clock ran already."""
    if person.on_duty_then and person.on_duty_at_start is False:
        yield Fact(Side.FOR, "took_over_meanwhile", "BSS-6", person.user_id, at=clock.started_at)


def about_silence(clock: ClockFacts, person: PersonFacts) -> Iterator[Fact]:
    """The stretches of the limit in which the person's phone was out of contact; none of them is a fact too."""
    heard = True
    for began_at, ended_at in person.silences:
        begin = max(began_at, clock.started_at)
        end = min(ended_at or clock.due_at, clock.due_at)
        if end > begin:
            heard = False
            seconds = int((end - begin).total_seconds())
            yield Fact(
                Side.FOR, "out_of_contact", "A8", person.user_id, at=began_at, until=ended_at, seconds=seconds
            )
    if heard and person.in_contact:
        yield Fact(Side.AGAINST, "in_contact", "A8", person.user_id, at=clock.started_at, until=clock.due_at)


def about_movement(clock: ClockFacts, person: PersonFacts) -> Iterator[Fact]:
    """Whether the phone's positions show that the person was on the way before the limit."""
    if not person.fixes:
        return
    moved = int(person.moved_m)
    side, code = (Side.FOR, "was_moving") if moved > HELPFUL_MOVE_M else (Side.NEUTRAL, "stayed")
    yield Fact(
        side,
        code,
        "A7",
        person.user_id,
        at=clock.started_at,
        until=clock.due_at,
        metres=moved,
        count=person.fixes,
    )


def about_order(clock: ClockFacts, order: OrderFacts, user_id: str) -> Iterator[Fact]:
    """How much of the limit was left when the order reached the person, and what the person's own acts say."""
    if user_id not in order.received:
        return
    for act in order.acts:
        if act.user_id == user_id:
            yield from about_act(clock, act)
    if order.issued_at < clock.started_at:
        # A clock that began later (the written report after completion) has nothing to do with when the order came.
        return
    whole = clock.due_at - clock.started_at

    def fact(side: Side, code: str, at: datetime | None, left: timedelta | None = None) -> Fact:
        seconds = None if left is None else int(left.total_seconds())
        return Fact(side, code, "A6", user_id, at=at, seconds=seconds, words=order.number)

    if order.issued_at > clock.due_at:
        yield fact(Side.FOR, "ordered_after_limit", order.issued_at)
    elif (left := clock.due_at - order.issued_at) < whole / 2:
        yield fact(Side.FOR, "ordered_late", order.issued_at, left)
    received_at = order.received[user_id]
    if received_at is None or received_at > clock.due_at:
        yield fact(Side.FOR, "not_received", received_at)
    else:
        left = clock.due_at - received_at
        yield fact(Side.FOR if left < whole / 4 else Side.AGAINST, "received", received_at, left)


def about_act(clock: ClockFacts, act: ActFact) -> Iterator[Fact]:
    """An act whose time the phone was not sure of, or that came long after it was made."""
    if not act.trusted and act.device_at is not None and act.device_at <= clock.due_at < act.occurred_at:
        yield Fact(
            Side.FOR,
            "clock_not_sure",
            "A8",
            act.user_id,
            at=act.device_at,
            until=act.received_at,
            words=act.act,
        )
    elif act.occurred_at <= clock.due_at < act.received_at and act.trusted:
        yield Fact(
            Side.FOR,
            "acted_in_time",
            "A8",
            act.user_id,
            at=act.occurred_at,
            until=act.received_at,
            words=act.act,
        )


def about_presence(person: PersonFacts) -> Iterator[Fact]:
    """Whether the person was on duty when it is said to have happened, where the court keeps a roster."""
    if person.on_duty_then is not None:
        side, code = (Side.NEUTRAL, "was_on_duty") if person.on_duty_then else (Side.FOR, "was_not_on_duty")
        yield Fact(side, code, "BSS-6", person.user_id)


def about_viewing(person: PersonFacts) -> Iterator[Fact]:
    """Whether the person had seen the lead before it is said to have leaked."""
    if person.viewed_at is None:
        yield Fact(Side.FOR, "never_viewed", "BSS-12(6)", person.user_id)
    else:
        yield Fact(Side.AGAINST, "had_viewed", "BSS-12(6)", person.user_id, at=person.viewed_at)
