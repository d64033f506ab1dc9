"""Who is told: roles of a rule turned into the people who hold the post at that moment, pure (BSS-6, BSS-7, BSS-8; DL-14)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.deadlines.rulebooks import Audience


class NoticeKind(StrEnum):
    """What a notice is about; what is no clock comes from the rooms above."""

    CLOCK_WARNING = "clock_warning"
    CLOCK_BREACH = "clock_breach"
    CLOCK_UNCONFIRMED = "clock_unconfirmed"
    CLOCK_DISPROVED = "clock_disproved"
    RECORD = "record"
    ROLL_CALL = "roll_call"
    ORDER_UNDELIVERED = "order_undelivered"
    ORDER_UNANSWERED = "order_unanswered"
    EMERGENCY = "emergency"
    REFUSED_CALL = "refused_call"


class RecordMatter(StrEnum):
    """What a notice about a record asks of whom it is given to, or tells them."""

    EXPLAIN = "explain"
    NAME = "name"
    LOOK_AGAIN = "look_again"
    DECIDED_AGAIN = "decided_again"
    RELEASED = "released"


PRIVATE = frozenset({NoticeKind.RECORD})
"""What concerns one person's record: shown to whom it was given and to nobody else, whatever clocks they may see."""


@dataclass(frozen=True)
class Holders:
    """Who holds which post of one court at an instant, by user id, and whom the subject itself names.

    `rostered` are those the roster puts on duty, by function (leader, officer, technician, standby); `appointed` those
    who hold a role of the centre, by role. `issuing` are the same two of the court that issued the order, where it is
    another one.
    """

    rostered: Mapping[str, Sequence[str]]
    appointed: Mapping[str, Sequence[str]]
    responsible: Sequence[str] = ()
    issuing: Sequence[str] = ()


def people_of(audience: Audience, holders: Holders) -> Sequence[str]:
    """The people one audience is at that moment.

    A court that keeps no roster has its appointed duty officers and duty leaders told instead.
    """
    rostered, appointed = holders.rostered, holders.appointed
    on_post = [*rostered.get("officer", ()), *rostered.get("technician", ())]
    found: Mapping[Audience, Sequence[str]] = {
        Audience.DUTY_OFFICER: on_post or appointed.get("duty_officer", ()),
        Audience.STANDBY: rostered.get("standby", ()),
        Audience.DUTY_LEADER: rostered.get("leader") or appointed.get("duty_leader", ()),
        Audience.COMMANDER: appointed.get("commander", ()),
        Audience.LIAISON: appointed.get("liaison", ()),
        Audience.RESPONSIBLE: holders.responsible,
        Audience.ISSUER: holders.issuing,
    }
    return found[audience]


def told_people(audiences: Collection[Audience], holders: Holders) -> dict[str, list[Audience]]:
    """Whom the audiences are, by user id, each with the posts they are told as, in the order of the rule.

    Where nobody holds any of the posts the commanders are told: a warning never goes to nobody while there is one.
    """
    told: dict[str, list[Audience]] = {}
    for audience in audiences:
        for user_id in people_of(audience, holders):
            told.setdefault(user_id, []).append(audience)
    if not told:
        told = {user_id: [Audience.COMMANDER] for user_id in people_of(Audience.COMMANDER, holders)}
    return told
