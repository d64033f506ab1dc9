"""A whole team's phones say in one moment that they have an order: one commit, one telling, each learns what became of it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backend.core.tables import OutboxEvent
from backend.delivery.receipt_book import ReceiptBook
from backend.delivery.receipts import Said, receive_on_pages
from backend.delivery.rules import Stage
from tests.delivery.conftest import Ladder, receipts
from tests.support.kept import listening
from tests.support.world import World

TEAM = ["binchuan.officer1", "binchuan.officer2", "binchuan.teamleader1"]


class Line(list[Any]):
    """The requests that stand in line; `complete` is set when so many do."""

    def __init__(self, requests: int) -> None:
        super().__init__()
        self.complete = threading.Event()
        self._requests = requests

    def append(self, request: Any) -> None:
        super().append(request)
        if len(self) == self._requests:
            self.complete.set()


def say_together(world: World, said: list[tuple[str, Said]]) -> list[Any]:
    """Say each of an order (its id, what is said) in a request of its own, all in line before the first is written.

    Returns what each request got: nothing, or the exception it would answer with.
    """
    book = ReceiptBook(world.database)
    line = book._waiting = Line(len(said))

    def say(order_id: str, one: Said) -> Any:
        try:
            return book.take(("directive", order_id), [one])
        except Exception as error:  # noqa: BLE001 - what each request gets is what is looked at
            return error

    with ThreadPoolExecutor(len(said)) as pool:
        with book._turn:
            asked = [pool.submit(say, order_id, one) for order_id, one in said]
            assert line.complete.wait(30)
        return [request.result() for request in asked]


def has_it(world: World, account: str, device_id: str) -> Said:
    """What a phone says that has just been given something."""
    return Said(world.user(account).id, device_id, Stage.DEVICE_RECEIVED, "socket", world.clock.now())


def told(world: World, kind: str, since: int) -> list[OutboxEvent]:
    """Return the events of a kind after a cursor."""
    with world.database.reading() as work:
        query = select(OutboxEvent).where(OutboxEvent.kind == kind, OutboxEvent.id > since)
        return list(work.session.execute(query.order_by(OutboxEvent.id)).scalars())


def newest(world: World) -> int:
    """Return the id of the newest event."""
    with world.database.reading() as work:
        return work.session.execute(
            select(OutboxEvent.id).order_by(OutboxEvent.id.desc()).limit(1)
        ).scalar_one()


def test_phones_of_one_moment_share_a_commit_and_the_order_is_told_once(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    phones = [world.phone(account) for account in TEAM]
    order = world.order_out(commander)
    before, commits = newest(world), []
    said = [(order["id"], has_it(world, phone.account, phone.device_id)) for phone in phones]
    with listening(world.database.engine, "commit", commits.append):
        assert say_together(world, said) == [None, None, None]
    assert len(commits) == 1
    for account in TEAM:
        assert ladder.of(commander, order["id"], account)["state"] == "device_received"
    (event,) = told(world, "directive.changed", before)
    had = {one["user"]["id"] for one in event.data["members"] if one["device_received_at"]}
    assert had == {phone.user_id for phone in phones}
    assert {one.data["user"]["id"] for one in told(world, "delivery.changed", before)} == had
    steps = commander.get(f"/api/directives/{order['id']}").get_json()["steps"]
    assert [step["act"] for step in steps] == ["issue", "receive", "receive", "receive"]


def test_what_is_said_of_two_orders_reaches_each(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    first, second = (world.phone(account) for account in TEAM[:2])
    theirs, others = world.order_out(commander), world.order_out(commander)
    said = [
        (theirs["id"], has_it(world, first.account, first.device_id)),
        (others["id"], has_it(world, second.account, second.device_id)),
    ]
    assert say_together(world, said) == [None, None]
    states = [
        ladder.of(commander, order["id"], phone.account)["state"]
        for order in (theirs, others)
        for phone in (first, second)
    ]
    assert states == ["device_received", "waiting", "waiting", "device_received"]


def test_a_receipt_that_cannot_be_kept_fails_alone(world: World, ladder: Ladder) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone(TEAM[0])
    order = world.order_out(commander)
    said = [
        (order["id"], has_it(world, TEAM[0], phone.device_id)),
        (order["id"], has_it(world, TEAM[1], "a phone that was never bound")),
    ]
    kept, refused = say_together(world, said)
    assert kept is None
    assert isinstance(refused, IntegrityError)
    assert ladder.of(commander, order["id"], TEAM[0])["state"] == "device_received"
    assert ladder.of(commander, order["id"], TEAM[1])["state"] == "waiting"


def test_two_phones_of_one_person_are_one_receipt_of_the_order(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    phones = [world.phone(TEAM[0]) for _ in range(2)]
    order = world.order_out(commander)
    said = [(order["id"], has_it(world, TEAM[0], phone.device_id)) for phone in phones]
    assert say_together(world, said) == [None, None]
    shown = ladder.of(commander, order["id"], TEAM[0])
    assert all(device["device_received_at"] for device in shown["devices"])
    receipts(phones[0], order["id"], "device_received")
    steps = commander.get(f"/api/directives/{order['id']}").get_json()["steps"]
    assert [step["act"] for step in steps] == ["issue", "receive"]


def test_they_are_written_in_one_order_whatever_order_they_came_in(world: World, ladder: Ladder) -> None:
    """The other writer of the same lines (what was sent to sockets) keeps that order too: neither waits for the other."""
    commander = world.sign_in("binchuan.commander")
    phones = {phone.user_id: phone for phone in (world.phone(account) for account in TEAM)}
    order = world.order_out(commander)
    found = commander.get("/api/deliveries", subject_kind="directive", subject_id=order["id"]).get_json()
    in_order = [one["user"]["id"] for one in sorted(found["items"], key=lambda one: one["id"])]
    said = [
        has_it(world, phones[user_id].account, phones[user_id].device_id) for user_id in reversed(in_order)
    ]
    with world.database.writing() as work:
        receive_on_pages(work, ("directive", order["id"]), said)
    steps = commander.get(f"/api/directives/{order['id']}").get_json()["steps"]
    assert [step["by"]["id"] for step in steps if step["act"] == "receive"] == in_order
