"""An order nobody's phone has climbs by itself: push, message, voice and leader, commander; each rung once (1.16)."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.core.outbox import sequence_events
from backend.core.tables import AuditEntry
from backend.delivery.climbing import LadderClimber
from tests.delivery.conftest import Ladder, put, receipts, subscribe
from tests.support.world import World

LEADER, FIRST, SECOND = "binchuan.teamleader1", "binchuan.officer1", "binchuan.officer2"


def kinds(desk, order_id: str) -> list[tuple[str, list[str]]]:
    """Return the notices of a directive: kind, and the names of whom it was given to."""
    found = desk.get("/api/notices", subject_kind="directive", subject_id=order_id).get_json()["items"]
    return [(one["kind"], sorted(who["user"]["name"] for who in one["recipients"])) for one in found]


def test_nobody_has_it_and_each_rung_is_climbed_in_its_second(
    world: World, ladder: Ladder, noise: Callable[[], None]
) -> None:
    noise()
    commander = world.sign_in("binchuan.commander")
    for account in (LEADER, FIRST):
        subscribe(world.phone(account), account)
    order = world.order_out(commander)
    ladder.began = world.clock.now()
    ladder.at(14.9)
    assert ladder.sent(order["id"]) == []
    ladder.at(15)
    assert ladder.sent(order["id"]) == [("push", "push", "teamleader1"), ("push", "push", "officer1")]
    ladder.at(60)
    ladder.at(180)
    one = ladder.of(commander, order["id"], FIRST)
    assert (one["state"], one["rung"], one["next_rung"]) == ("waiting", "leader", "commander")
    ladder.at(600)
    assert ladder.of(commander, order["id"], FIRST)["next_rung"] is None
    told = [kind for kind, _ in kinds(commander, order["id"])]
    assert told == ["order_undelivered", "order_unanswered"]


def test_the_leader_of_the_team_and_the_desk_are_told_then_who_leads_the_duty(
    world: World, ladder: Ladder
) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    ladder.at(180)
    ladder.at(600)
    undelivered, unanswered = kinds(commander, order["id"])
    desk = set(undelivered[1]) - {world.user(LEADER).name}
    assert world.user("binchuan.duty").name in desk
    assert len(desk) == len(undelivered[1]) - 1
    assert unanswered[1] == sorted(world.user(f"binchuan.{name}").name for name in ("leader", "commander"))


def test_gateways_are_used_for_whom_they_know_an_address(world: World) -> None:
    ladder = Ladder(world, ("sms", "voice", "wecom"))
    desk = world.sign_in("binchuan.duty")
    leader = world.user(LEADER).id
    put(desk, f"/api/people/{leader}/addresses", {"mobile": None, "message_account": None})
    officer = world.user(FIRST).id
    put(desk, f"/api/people/{officer}/addresses", {"mobile": "100 0000 0001", "message_account": None})
    other = world.user(SECOND).id
    put(desk, f"/api/people/{other}/addresses", {"mobile": None, "message_account": "zhouxiaoyan"})
    order = world.order_out(world.sign_in("binchuan.commander"))
    ladder.at(60)
    ladder.at(180)
    assert ladder.sent(order["id"]) == [
        ("message", "sms", "officer1"),
        ("message", "wecom", "officer2"),
        ("voice", "voice", "officer1"),
    ]


def test_a_device_that_has_it_stops_the_climb_of_its_person_alone(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    first, second = world.phone(FIRST), world.phone(SECOND)
    subscribe(first, "first")
    subscribe(second, "second")
    order = world.order_out(commander)
    ladder.at(5)
    receipts(first, order["id"], "device_received")
    ladder.at(15)
    assert ladder.sent(order["id"]) == [("push", "push", "officer2")]
    ladder.at(180)
    assert ladder.of(commander, order["id"], FIRST)["rung"] == "socket"
    assert ladder.of(commander, order["id"], SECOND)["rung"] == "leader"


def test_when_everybody_has_it_the_leader_need_not_look_any_more(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    phones = [world.phone(account) for account in (LEADER, FIRST, SECOND)]
    order = world.order_out(commander)
    ladder.at(180)
    leader = phones[0].get("/api/notices").get_json()["items"]
    assert [one["kind"] for one in leader] == ["order_undelivered"]
    for phone in phones:
        receipts(phone, order["id"], "device_received")
    assert phones[0].get("/api/notices").get_json()["items"] == []


def test_whoever_accepts_is_settled_and_no_commander_is_alarmed_for_the_others(
    world: World, ladder: Ladder
) -> None:
    commander = world.sign_in("binchuan.commander")
    first = world.phone(FIRST)
    order = world.order_out(commander)
    ladder.at(20)
    first.do("directive.accept", order["id"])
    mine = ladder.of(commander, order["id"], FIRST)
    assert (mine["state"], mine["settled_by"]) == ("accepted", "accepted")
    ladder.at(700)
    other = ladder.of(commander, order["id"], SECOND)
    assert (other["rung"], other["next_rung"], other["settled_at"]) == ("leader", None, None)
    assert [kind for kind, _ in kinds(commander, order["id"])] == ["order_undelivered"]


def test_declining_is_an_answer_of_one_and_the_others_go_on(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    world.phone(FIRST).do("directive.decline", order["id"], {"reason": "正在押解途中"})
    ladder.at(600)
    assert ladder.of(commander, order["id"], FIRST)["settled_by"] == "declined"
    assert ladder.of(commander, order["id"], SECOND)["rung"] == "commander"


def test_a_team_under_way_is_not_rung_at(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    first = world.phone(FIRST)
    first.do("directive.accept", order["id"])
    first.do("directive.depart", order["id"])
    assert ladder.at(700) == 0
    assert ladder.of(commander, order["id"], SECOND)["settled_by"] == "under_way"


def test_an_order_answered_by_the_desk_for_its_team_climbs_no_more(world: World, ladder: Ladder) -> None:
    duty = world.sign_in("binchuan.duty")
    order = world.order_out(world.sign_in("binchuan.commander"))
    body = {"revision": 1, "reason": "手机没电", "channel": "phone", "told_by": "周晓燕"}
    assert duty.post(f"/api/directives/{order['id']}/acknowledge_for", body).status_code == 200
    assert ladder.at(700) == 0
    assert ladder.of(duty, order["id"], FIRST)["settled_by"] == "on_behalf"


def test_a_withdrawn_order_is_taken_back_from_the_phones_it_was_pushed_to(
    world: World, ladder: Ladder
) -> None:
    commander = world.sign_in("binchuan.commander")
    subscribe(world.phone(FIRST), "first")
    order = world.order_out(commander)
    ladder.at(15)
    pushed(ladder, order["id"])
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    body = {"revision": shown["revision"], "reason": "线索有误"}
    assert commander.post(f"/api/directives/{order['id']}/withdraw", body).status_code == 200
    assert ladder.sent(order["id"])[-1] == ("push", "recall", "officer1")
    assert ladder.at(700) == 0


def pushed(ladder: Ladder, order_id: str) -> None:
    """A push service took what was queued."""
    from backend.delivery.tables import DeliveryDevice

    with ladder.world.database.writing() as work:
        work.authorise_by_rule("the test stands in for the push service")
        for attempt in ladder.attempts(order_id):
            row = work.session.get(DeliveryDevice, (attempt.delivery_id, attempt.device_id))
            assert row is not None
            row.pushed_at = work.now


def test_a_driver_gets_no_ladder_for_a_driver_does_not_tap(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    drivers = {one["user"]["id"] for one in order["members"] if one["duty"] == "driver"}
    found = commander.get("/api/deliveries", subject_kind="directive", subject_id=order["id"]).get_json()
    given = {one["user"]["id"] for one in found["items"]}
    assert given == {one["user"]["id"] for one in order["members"]} - drivers


def test_resending_rings_and_pushes_at_once_and_troubles_nobody_a_second_time(
    world: World, ladder: Ladder
) -> None:
    commander = world.sign_in("binchuan.commander")
    subscribe(world.phone(FIRST), "first")
    order = world.order_out(commander)
    ladder.at(3)
    mine = ladder.of(commander, order["id"], FIRST)
    assert commander.post(f"/api/deliveries/{mine['id']}/resend").status_code == 200
    assert ladder.sent(order["id"]) == [("push", "push", "officer1")]
    ladder.at(15)
    assert ladder.sent(order["id"]) == [("push", "push", "officer1")]
    rings = [one for one in feed(commander, world, FIRST) if one["kind"] == "delivery.ring"]
    assert [one["data"]["again"] for one in rings] == [False, True]


def feed(desk, world: World, account: str) -> list[dict]:
    """Return what a person's own phone is told from the beginning."""
    phone = world.phone(account)
    sequence_events(world.database)
    answer = phone.get("/api/events", since=0)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["events"]


def test_what_is_settled_is_not_sent_again(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    world.phone(FIRST).do("directive.accept", order["id"])
    mine = ladder.of(commander, order["id"], FIRST)
    refused = commander.post(f"/api/deliveries/{mine['id']}/resend")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "409.2")


@pytest.mark.parametrize("workers", [1, 3])
def test_however_many_workers_look_each_rung_is_climbed_once(
    world: World, ladder: Ladder, workers: int
) -> None:
    subscribe(world.phone(FIRST), "first")
    orders = [world.order_out(world.sign_in("binchuan.commander"))["id"] for _ in range(3)]
    world.clock.instant += timedelta(seconds=200)
    start = threading.Barrier(workers)

    def work() -> int:
        start.wait()
        return LadderClimber(world.database)()

    with ThreadPoolExecutor(workers) as pool:
        moved = [running.result() for running in [pool.submit(work) for _ in range(workers)]]
    assert sum(moved) >= len(orders)
    for order_id in orders:
        assert ladder.sent(order_id) == [("push", "push", "officer1")]
        with world.database.reading() as unit:
            lines = unit.session.scalars(
                select(AuditEntry.detail).where(
                    AuditEntry.action == "delivery.climb", AuditEntry.subject_id == order_id
                )
            ).all()
        people = {line["person"] for line in lines}
        assert len(lines) == 4 * len(people)


def test_a_worker_that_was_away_climbs_everything_that_came_due_in_its_order(
    world: World, ladder: Ladder
) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    ladder.at(86_400)
    commander = world.sign_in("binchuan.commander")
    assert [kind for kind, _ in kinds(commander, order["id"])] == ["order_undelivered", "order_unanswered"]
    assert ladder.at(86_401) == 0
