"""Where a shift, a swap, a handover and a roll call stand, and what a shift must be like (DL-14, BSS-6; A1, 1.16)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Post(StrEnum):
    """What a shift keeps: one of the two posts of the desk (A/B 岗), or the lead of the week (带班领导周)."""

    A = "A"
    B = "B"
    WEEK = "week"


class DutyFunction(StrEnum):
    """What a person does in a shift."""

    LEADER = "leader"
    OFFICER = "officer"
    TECHNICIAN = "technician"
    STANDBY = "standby"


class ShiftState(StrEnum):
    """Where a shift stands; people are swapped (`Standing`), shifts are not."""

    PLANNED = "planned"
    ON_POST = "on_post"
    HANDED_OVER = "handed_over"
    ABSENT = "absent"


class Standing(StrEnum):
    """Whether a person named in a shift is still in it, or gave the place to another (换班)."""

    NAMED = "named"
    SWAPPED = "swapped"


class SwapState(StrEnum):
    """Where a swap stands: the other agrees first, then the duty leader approves; only that changes the roster."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class HandoverState(StrEnum):
    """Where a handover stands: draft, frozen by the first signature, done by the second; void when it came to nothing."""

    DRAFT = "draft"
    SIGNED_ONCE = "signed_once"
    DONE = "done"
    VOID = "void"


class Side(StrEnum):
    """The two signatures of a handover."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class NoteCategory(StrEnum):
    """What a note of the duty log is about."""

    WEATHER = "weather"
    KIT = "kit"
    VISITOR = "visitor"
    PHONE = "phone"
    OTHER = "other"


class Kit(StrEnum):
    """What is looked over at a handover (domain 1.13)."""

    NETWORK = "network"
    PHONE = "phone"
    VIDEO = "video"
    RECORDER = "recorder"
    VEHICLE = "vehicle"


SITS_AT_THE_DESK = frozenset({DutyFunction.LEADER, DutyFunction.OFFICER})
"""Who answers the desk: needs a role that keeps the duty, may sign a handover, and no shift is without one."""
OPEN_SWAPS = frozenset({SwapState.ASKED, SwapState.AGREED})
OPEN_HANDOVERS = frozenset({HandoverState.DRAFT, HandoverState.SIGNED_ONCE})
SAFE_NOTES = frozenset({NoteCategory.WEATHER, NoteCategory.KIT})
"""Notes whose words name no caller and no case; the others are read with the permission to read leads."""
LONGEST_SHIFT = timedelta(days=7)
EARLIEST_BEGIN = timedelta(hours=2)
"""A shift may take over this long before it is planned, for an early relief; not by a slip of the hand a day before."""
ROLL_CALL_LIMIT = timedelta(minutes=15)
"""A1: as long as the number of BSS-6; passing it alerts and accuses nobody."""
MOST_IN_A_SHIFT = 20
MOST_DAYS_PLANNED = 92


@dataclass(frozen=True)
class Refusal:
    """Why a shift cannot be planned so: the field, and the reason in both languages."""

    field: str
    zh: str
    en: str


@dataclass(frozen=True)
class Stretch:
    """A shift as the rules compare it: its id, post, planned times and the people still in it."""

    shift_id: str
    post: Post
    begin: datetime
    end: datetime
    people: frozenset[str] = frozenset()


def times_refused(begin: datetime, end: datetime) -> Refusal | None:
    """Say why a shift cannot last from begin to end, or None."""
    if end <= begin:
        return Refusal("planned_end", "班次的结束须晚于开始", "A shift must end after it begins")
    if end - begin > LONGEST_SHIFT:
        return Refusal("planned_end", "一个班次最长七天", "A shift lasts seven days at most")
    return None


def people_refused(people: Sequence[tuple[str, DutyFunction]]) -> Refusal | None:
    """Say why these people (id, function) make no shift, or None."""
    if len({user_id for user_id, _ in people}) < len(people):
        return Refusal("people", "同一人在一个班次中只能出现一次", "A person stands in a shift once")
    if not any(function in SITS_AT_THE_DESK for _, function in people):
        return Refusal(
            "people",
            "每个班次至少要有一名带班领导或值班干警",
            "A shift needs a duty leader or a duty officer",
        )
    return None


def overlap(one: Stretch, other: Stretch) -> bool:
    """Tell whether two shifts share time; one that begins when the other ends does not."""
    return one.begin < other.end and other.begin < one.end


def clash(planned: Stretch, others: Iterable[Stretch]) -> tuple[Stretch, frozenset[str]] | None:
    """Return the shift that the planned one cannot stand beside, with the people it shares (none: the same post).

    The same post twice at a time is refused, and so is one person on both posts of the desk; who leads the week may
    also sit at the desk.
    """
    for other in others:
        if other.shift_id == planned.shift_id or not overlap(planned, other):
            continue
        if other.post is planned.post:
            return other, frozenset()
        shared = planned.people & other.people
        if shared and Post.WEEK not in (planned.post, other.post):
            return other, shared
    return None


def repeat(
    begin: datetime, length: timedelta, every: timedelta, count: int, crews: int
) -> list[tuple[datetime, datetime, int]]:
    """Return `count` shifts of `length`, one `every` so often, with which of the crews in rotation keeps each."""
    return [(begin + every * turn, begin + every * turn + length, turn % crews) for turn in range(count)]


def days_between(first: date, last: date) -> int:
    """Return how many days a stretch holds, both ends counted."""
    return (last - first).days + 1


def is_overdue(planned_end: datetime, state: ShiftState, now: datetime) -> bool:
    """Tell whether a shift should have been handed over: its planned end has passed and it is still on post."""
    return state is ShiftState.ON_POST and now > planned_end


def may_begin(planned_start: datetime, now: datetime) -> bool:
    """Tell whether a shift may take the duty over already."""
    return now >= planned_start - EARLIEST_BEGIN


def is_unanswered(started_at: datetime, answered_at: datetime | None, now: datetime) -> bool:
    """Tell whether a roll call went unanswered: more than 15:00, strictly (BSS-6 超过15分钟; A1)."""
    return (answered_at or now) - started_at > ROLL_CALL_LIMIT


def what_is_new(frozen: Collection[str], present: Collection[str]) -> tuple[list[str], list[str]]:
    """Return what came since a list was frozen, and what of it is settled since, in their orders."""
    return [key for key in present if key not in frozen], [key for key in frozen if key not in present]
