"""A court that got a directive sends teams out: their steps move it, and its report waits for the last of them."""

from datetime import timedelta

from tests.support.world import World, clock_states


def test_the_parent_is_complete_when_the_last_team_is(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    first, second = world.phone("binchuan.officer1"), world.phone("binchuan.officer3")
    one = world.order_out(duty, parent_id=above["id"])
    two = world.order_out(duty, team="快反二组", parent_id=above["id"])
    for phone, order in ((first, one), (second, two)):
        phone.do("directive.accept", order["id"])
        phone.do("directive.depart", order["id"])
    first.do("directive.complete", one["id"], {"result": "completed"})
    assert dali.get(f"/api/directives/{above['id']}").get_json()["state"] == "dispatched"
    second.do("directive.complete", two["id"], {"result": "completed"})
    shown = dali.get(f"/api/directives/{above['id']}").get_json()
    assert shown["state"] == "completed"
    assert list(clock_states(shown)) == ["C1", "C6", "C7"]


def test_a_team_called_off_does_not_keep_the_parent_open(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    officer = world.phone("binchuan.officer1")
    one = world.order_out(duty, parent_id=above["id"])
    two = world.order_out(duty, team="快反二组", parent_id=above["id"])
    duty.post(f"/api/directives/{two['id']}/withdraw", {"revision": two["revision"], "reason": "不再需要"})
    officer.do("directive.accept", one["id"])
    officer.do("directive.depart", one["id"])
    officer.do("directive.complete", one["id"], {"result": "completed"})
    assert dali.get(f"/api/directives/{above['id']}").get_json()["state"] == "completed"


def test_calling_off_the_last_open_team_completes_the_parent_when_another_finished(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    officer = world.phone("binchuan.officer1")
    one = world.order_out(duty, parent_id=above["id"])
    two = world.order_out(duty, team="快反二组", parent_id=above["id"])
    officer.do("directive.accept", one["id"])
    officer.do("directive.depart", one["id"])
    officer.do("directive.complete", one["id"], {"result": "completed"})
    finished_at = officer.get(f"/api/directives/{one['id']}").get_json()["completed_at"]
    world.clock.instant += timedelta(minutes=5)
    duty.post(f"/api/directives/{two['id']}/withdraw", {"revision": two["revision"], "reason": "不再需要"})
    shown = dali.get(f"/api/directives/{above['id']}").get_json()
    assert (shown["state"], shown["completed_at"]) == ("completed", finished_at)


def test_when_every_team_is_called_off_the_directive_stays_open(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    one = world.order_out(duty, parent_id=above["id"])
    duty.post(f"/api/directives/{one['id']}/withdraw", {"revision": one["revision"], "reason": "改派他组"})
    assert dali.get(f"/api/directives/{above['id']}").get_json()["state"] == "issued"


def test_the_team_sees_the_deadline_it_can_break_for_the_court(world: World) -> None:
    above = world.directive_from_above(world.sign_in("dali.commander"))
    world.order_out(world.sign_in("binchuan.duty"), parent_id=above["id"])
    order = world.phone("binchuan.officer1").get("/api/phone").get_json()["directives"][0]
    assert [(clock["clock"], clock["clause"]) for clock in order["clocks"]] == [("C6", "BSS-8")]


def test_a_departure_stops_the_clock_of_every_court_above(world: World) -> None:
    yunnan, dali = world.sign_in("yunnan.commander"), world.sign_in("dali.commander")
    duty, officer = world.sign_in("binchuan.duty"), world.phone("binchuan.officer1")
    highest = world.directive_from_above(yunnan, "dali")
    above = world.directive_from_above(dali, parent_id=highest["id"])
    order = world.order_out(duty, parent_id=above["id"])
    officer.do("directive.accept", order["id"])
    officer.do("directive.depart", order["id"])
    shown = yunnan.get(f"/api/directives/{highest['id']}").get_json()
    assert (shown["state"], clock_states(shown)) == ("dispatched", {"C1": "met", "C6": "met"})
    officer.do("directive.complete", order["id"], {"result": "completed"})
    shown = yunnan.get(f"/api/directives/{highest['id']}").get_json()
    assert (shown["state"], list(clock_states(shown))) == ("completed", ["C1", "C6", "C7"])


def test_a_team_that_leaves_while_its_court_objects_stops_the_clock(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    officer = world.phone("binchuan.officer1")
    above = world.directive_from_above(dali)
    order = world.order_out(duty, parent_id=above["id"])
    path = f"/api/directives/{above['id']}"
    duty.post(f"{path}/object", {"revision": above["revision"], "reason": "当事人不在本县"})
    officer.do("directive.accept", order["id"])
    officer.do("directive.depart", order["id"])
    objected = dali.get(path).get_json()
    assert (objected["state"], clock_states(objected)["C6"]) == ("objected", "met")
    confirmed = dali.post(f"{path}/confirm", {"revision": objected["revision"]}).get_json()
    assert confirmed["state"] == "dispatched"


def test_a_departure_that_arrives_after_the_end_still_stops_the_clock_above(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    officer = world.phone("binchuan.officer1")
    above = world.directive_from_above(dali)
    order = world.order_out(duty, parent_id=above["id"])
    officer.do("directive.accept", order["id"])
    left_at = world.clock.now() + timedelta(minutes=20)
    world.clock.instant += timedelta(minutes=40)
    path = f"/api/directives/{above['id']}"
    dali.post(f"{path}/withdraw", {"revision": above["revision"], "reason": "已另行处置"})
    officer.do("directive.depart", order["id"], made_at=left_at)
    shown = dali.get(path).get_json()
    assert (shown["state"], clock_states(shown)["C6"]) == ("withdrawn", "met")


def test_withdrawing_from_above_calls_every_team_back(world: World) -> None:
    yunnan, dali, duty = (
        world.sign_in(f"{who}") for who in ("yunnan.commander", "dali.commander", "binchuan.duty")
    )
    highest = world.directive_from_above(yunnan, "dali")
    above = world.directive_from_above(dali, parent_id=highest["id"])
    one = world.order_out(duty, parent_id=above["id"])
    two = world.order_out(duty, team="快反二组", parent_id=above["id"])
    unrelated = world.order_out(duty, team="快反二组")
    first, second = world.phone("binchuan.officer1"), world.phone("binchuan.officer3")
    for act in ("accept", "depart"):
        first.do(f"directive.{act}", one["id"])
        second.do(f"directive.{act}", two["id"])
    second.do("directive.complete", two["id"], {"result": "completed"})
    seen = yunnan.get(f"/api/directives/{highest['id']}").get_json()
    words = {"revision": seen["revision"], "reason": "被执行人已履行"}
    assert yunnan.post(f"/api/directives/{highest['id']}/withdraw", words).status_code == 200
    states = {
        name: duty.get(f"/api/directives/{order['id']}").get_json()["state"]
        for name, order in (("above", above), ("one", one), ("two", two), ("unrelated", unrelated))
    }
    assert states == {"above": "withdrawn", "one": "withdrawn", "two": "completed", "unrelated": "issued"}
    shown = first.get(f"/api/directives/{one['id']}").get_json()
    assert shown["reason"] == "上级已撤回：被执行人已履行"
    assert [clock["state"] for clock in shown["clocks"]] == ["met"]


def test_a_court_that_withdraws_its_own_order_leaves_the_one_above_open(world: World) -> None:
    dali, duty = world.sign_in("dali.commander"), world.sign_in("binchuan.duty")
    above = world.directive_from_above(dali)
    one = world.order_out(duty, parent_id=above["id"])
    duty.post(f"/api/directives/{one['id']}/withdraw", {"revision": one["revision"], "reason": "改派他组"})
    shown = dali.get(f"/api/directives/{above['id']}").get_json()
    assert (shown["state"], clock_states(shown)["C6"]) == ("issued", "running")
