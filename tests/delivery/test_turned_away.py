"""Sendings that were turned away, since their host is found dead or too many wait, go back to the queue together."""

from datetime import timedelta
from typing import Any

from backend.channels.opening import open_channels
from backend.channels.pool import PoolLimits, SendingPool
from backend.core.clock import to_wire
from backend.delivery.dispatch import Dispatcher
from tests.delivery.conftest import Ladder, subscribe
from tests.support.kept import listening
from tests.support.world import World

TEAM = ("binchuan.officer1", "binchuan.officer2", "binchuan.teamleader1")


def full(world: World) -> Dispatcher:
    """A worker's sender whose pool has no place for anything."""
    channels = open_channels(world.settings, world.clock)
    return Dispatcher(world.database, world.settings, SendingPool(PoolLimits(waiting=0)), channels)


def test_they_wait_again_in_one_commit_and_none_counts_as_a_try(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    for account in TEAM:
        subscribe(world.phone(account), account)
    order = world.order_out(commander)
    ladder.at(15)
    dispatcher = full(world)
    assert dispatcher() == 3
    assert {one.state for one in ladder.attempts(order["id"])} == {"taken"}
    commits: list[Any] = []
    with listening(world.database.engine, "commit", commits.append):
        dispatcher.put_back()
    assert len(commits) == 1
    found = ladder.attempts(order["id"])
    assert [(one.state, one.code, one.tries) for one in found] == [("waiting", "queue_full", 0)] * 3
    assert {one.next_try_at for one in found} == {ladder.began + timedelta(seconds=20)}


def test_a_desk_is_told_why_nothing_went_and_told_once(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    subscribe(world.phone(TEAM[0]), "one")
    order = world.order_out(commander)
    ladder.at(15)
    dispatcher = full(world)
    revisions = []
    for seconds in (15, 20, 25):
        ladder.at(seconds)
        assert dispatcher() == 1
        dispatcher.put_back()
        shown = ladder.of(commander, order["id"], TEAM[0])
        assert shown["attempts"][0]["code"] == "queue_full"
        revisions.append(shown["revision"])
    assert len(set(revisions)) == 1


def test_after_a_quarter_of_an_hour_a_sending_that_never_went_is_given_up(
    world: World, ladder: Ladder
) -> None:
    commander = world.sign_in("binchuan.commander")
    subscribe(world.phone(TEAM[0]), "one")
    order = world.order_out(commander)
    ladder.at(15)
    dispatcher = full(world)
    dispatcher()
    world.clock.instant = ladder.began + timedelta(seconds=15, minutes=15)
    dispatcher.put_back()
    (attempt,) = ladder.of(commander, order["id"], TEAM[0])["attempts"]
    assert (attempt["state"], attempt["finished_at"]) == ("failed", to_wire(world.clock.now()))
    assert dispatcher() == 0
