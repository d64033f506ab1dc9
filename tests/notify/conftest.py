"""A roster of the tests' own: who is on duty at Binchuan, joined where the duty room would answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from backend.deadlines.watcher import ClockWatcher
from backend.notify import ports
from tests.support.world import Client, World


@dataclass(frozen=True)
class Holder:
    user_id: str
    function: str


@dataclass
class Roster:
    """Who is on duty at which court, from which instant on."""

    world: World
    shifts: list[tuple[str, datetime, list[Holder]]] = field(default_factory=list)

    def from_now(self, court_id: str, **people: str) -> None:
        """From now on these accounts hold these functions: `leader="binchuan.leader"`."""
        holders = [Holder(self.world.user(account).id, function) for function, account in people.items()]
        self.shifts.append((court_id, self.world.clock.now(), holders))

    def on_duty(self, session: Session, court_id: str, at: datetime) -> Sequence[Holder]:
        begun = [holders for court, since, holders in self.shifts if court == court_id and since <= at]
        return begun[-1] if begun else []


@pytest.fixture
def roster(world: World) -> Iterator[Roster]:
    """The roster, empty at first."""
    roster = Roster(world)
    former = ports.on_duty.join(roster.on_duty)
    yield roster
    ports.on_duty.join(former)


def minutes_pass(world: World, minutes: float) -> None:
    """Let time pass and the worker look at the clocks."""
    world.clock.instant += timedelta(minutes=minutes)
    ClockWatcher(world.database)()


def told_about(
    desk: Client, subject_id: str, subject_kind: str = "directive"
) -> list[tuple[str, str, list[str]]]:
    """Return each notice about a subject as its kind, its clock, and the names of whom it was given to.

    Without those about registering and reporting it (C2), which have tests of their own.
    """
    found = desk.get("/api/notices", subject_kind=subject_kind, subject_id=subject_id).get_json()["items"]
    return [
        (one["kind"], one["clock"], sorted(person["user"]["name"] for person in one["recipients"]))
        for one in found
        if one["clock"] != "C2"
    ]


def mine(client: Client) -> list[dict]:
    """Return the notices about clocks that a person has not taken note of, without registering and reporting (C2)."""
    return [one for one in client.get("/api/notices").get_json()["items"] if one["clock"] not in (None, "C2")]
