"""Members answer one by one, any of them can take the order over, and nobody else can touch it (domain 1.16)."""

from datetime import timedelta
from typing import Any

from backend.core.clock import to_wire
from tests.support.kept import listening
from tests.support.world import World


def test_each_member_answers_for_oneself(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    lead, first = world.phone("binchuan.teamleader1"), world.phone("binchuan.officer1")
    first.do("directive.accept", order["id"])
    lead.do("directive.decline", order["id"], {"reason": "正在押解途中"})
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    answers = {one["user"]["id"]: (one["answer"], one["reason"]) for one in shown["members"]}
    assert answers[first.user_id] == ("accepted", None)
    assert answers[lead.user_id] == ("declined", "正在押解途中")
    assert shown["responsible"]["id"] == first.user_id
    assert shown["composition"] == {"complete": False, "gaps": ["officers"], "officers_missing": 1}


def test_declining_needs_a_reason(world: World) -> None:
    order = world.order_out(world.sign_in("binchuan.commander"))
    refused = world.phone("binchuan.officer1").do("directive.decline", order["id"], {})
    assert (refused["result"], refused["problem"]["code"]) == ("rejected", "422.1")


def test_another_members_phone_takes_the_order_over(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    first, second = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    first.do("directive.accept", order["id"])
    second.do("directive.take_over", order["id"])
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert shown["responsible"]["id"] == second.user_id


def test_the_first_departure_counts_even_when_it_arrives_last(world: World) -> None:
    order = world.order_out(world.sign_in("binchuan.commander"))
    first, second = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    first.do("directive.accept", order["id"])
    second.do("directive.accept", order["id"])
    early = world.clock.now() + timedelta(minutes=3)
    late = world.clock.now() + timedelta(minutes=8)
    world.clock.instant += timedelta(minutes=20)
    first.do("directive.depart", order["id"], made_at=late)
    second.do("directive.depart", order["id"], made_at=early)
    shown = first.get(f"/api/directives/{order['id']}").get_json()
    assert shown["departed_at"] == to_wire(early)
    assert [step["late_sync"] for step in shown["steps"] if step["act"] == "depart"] == [True, True]


def test_an_officer_of_another_team_cannot_act_on_the_order(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    refused = world.phone("binchuan.officer5").do("directive.accept", order["id"])
    assert refused["result"] == "rejected"
    assert commander.get(f"/api/directives/{order['id']}").get_json()["state"] == "issued"


def test_what_an_officer_did_after_the_withdrawal_is_kept_as_superseded(world: World) -> None:
    commander, officer = world.sign_in("binchuan.commander"), world.phone("binchuan.officer1")
    order = world.order_out(commander)
    commander.post(f"/api/directives/{order['id']}/withdraw", {"revision": 1, "reason": "被执行人已履行"})
    result = officer.do("directive.accept", order["id"])
    assert result["result"] == "superseded"
    shown = officer.get(f"/api/directives/{order['id']}").get_json()
    assert (shown["state"], shown["reason"]) == ("withdrawn", "被执行人已履行")
    assert [(step["act"], step["result"]) for step in shown["steps"]][-1] == ("accept", "superseded")


def test_a_note_keeps_its_words_and_its_place(world: World) -> None:
    officer = world.phone("binchuan.officer1")
    order = world.order_out(world.sign_in("binchuan.commander"))
    position = {
        "longitude": 100.5,
        "latitude": 25.8,
        "accuracy_m": 12,
        "fixed_at": to_wire(world.clock.now()),
    }
    officer.send(officer.command("directive.note", order["id"], {"text": "大门已锁"}, position=position))
    step = officer.get(f"/api/directives/{order['id']}").get_json()["steps"][-1]
    assert (step["text"], step["position"]["longitude"]) == ("大门已锁", 100.5)


def test_the_phone_shows_my_orders_and_no_others(world: World, noise) -> None:
    noise()
    commander = world.sign_in("binchuan.commander")
    mine, other = world.order_out(commander), world.order_out(commander, team="快反二组")
    shown = world.phone("binchuan.officer1").get("/api/phone").get_json()["directives"]
    assert [directive["id"] for directive in shown] == [mine["id"]]
    assert other["id"] not in str(shown)


def test_an_ended_order_stays_on_the_phone_for_72_hours(world: World) -> None:
    commander, officer = world.sign_in("binchuan.commander"), world.phone("binchuan.officer1")
    order = world.order_out(commander)
    commander.post(f"/api/directives/{order['id']}/withdraw", {"revision": 1, "reason": "误派"})
    world.clock.instant += timedelta(hours=71, minutes=59)
    assert len(officer.get("/api/phone").get_json()["directives"]) == 1
    world.clock.instant += timedelta(minutes=1)
    assert officer.get("/api/phone").get_json()["directives"] == []


def test_an_act_dated_before_the_order_was_served_is_marked_as_not_trusted(world: World) -> None:
    officer = world.phone("binchuan.officer1")
    order = world.order_out(world.sign_in("binchuan.commander"))
    officer.do("directive.accept", order["id"], made_at=world.clock.now() - timedelta(minutes=7))
    step = officer.get(f"/api/directives/{order['id']}").get_json()["steps"][-1]
    assert (step["occurred_at"], step["time_trusted"]) == (order["served_at"], False)


def test_whoever_takes_an_order_over_that_nobody_accepted_can_leave_at_once(world: World) -> None:
    commander, officer = world.sign_in("binchuan.commander"), world.phone("binchuan.officer2")
    order = world.order_out(commander)
    officer.do("directive.take_over", order["id"])
    assert officer.do("directive.depart", order["id"])["result"] == "applied"
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert (shown["state"], shown["responsible"]["id"]) == ("dispatched", officer.user_id)


def test_a_returned_report_stays_returned_when_another_phone_takes_over(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    first, second = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    order = world.order_out(commander)
    for name, body in (("accept", {}), ("depart", {}), ("complete", {"result": "completed"})):
        first.do(f"directive.{name}", order["id"], body)
    first.do("directive.feedback", order["id"], {"text": "办结", "result": "completed"})
    seen = commander.get(f"/api/directives/{order['id']}").get_json()
    commander.post(
        f"/api/directives/{order['id']}/return_feedback", {"revision": seen["revision"], "reason": "请补充"}
    )
    second.do("directive.take_over", order["id"])
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert (shown["state"], shown["responsible"]["id"]) == ("returned", second.user_id)


def test_a_phone_with_many_orders_asks_the_database_no_more_often(world: World) -> None:
    commander, officer = world.sign_in("binchuan.commander"), world.phone("binchuan.officer1")

    def questions() -> int:
        asked: list[str] = []

        def ask(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        with listening(world.database.engine, "before_cursor_execute", ask):
            assert officer.get("/api/phone").status_code == 200
        return len(asked)

    world.order_out(commander)
    officer.get("/api/phone")
    one = questions()
    for _ in range(4):
        world.order_out(commander)
    officer.get("/api/phone")
    assert questions() == one
