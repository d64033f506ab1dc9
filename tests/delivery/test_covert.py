"""An alarm can betray a stake-out: a covert order keeps phones dark, by the slip or by the team's leader (domain 1.16)."""

from tests.delivery.conftest import Ladder
from tests.support.world import World

LEADER, FIRST = "binchuan.teamleader1", "binchuan.officer1"


def test_a_slip_can_be_covert_and_every_screen_is_told(world: World, ladder: Ladder) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander, covert=True)
    assert order["covert"] is True
    assert ladder.of(commander, order["id"], FIRST)["covert"] is True
    phone = world.phone(FIRST).get("/api/phone").get_json()
    assert [one["covert"] for one in phone["directives"] if one["id"] == order["id"]] == [True]


def test_the_leader_of_the_team_makes_it_covert_on_the_spot_and_ends_it(world: World, ladder: Ladder) -> None:
    commander, leader = world.sign_in("binchuan.commander"), world.phone(LEADER)
    order = world.order_out(commander)
    assert leader.do("directive.set_covert", order["id"], {"covert": True})["result"] == "applied"
    ladder.at(200)
    assert "voice" not in ladder.of(commander, order["id"], FIRST)["rung"]
    leader.do("directive.set_covert", order["id"], {"covert": False})
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert shown["covert"] is False
    assert [step["act"] for step in shown["steps"]][-2:] == ["set_covert", "end_covert"]


def test_an_officer_who_does_not_lead_cannot(world: World) -> None:
    order = world.order_out(world.sign_in("binchuan.commander"))
    for account in (FIRST, "binchuan.officer5"):
        answer = world.phone(account).do("directive.set_covert", order["id"], {"covert": True})
        assert (answer["result"], answer["problem"]["code"]) == ("rejected", "403.1")


def test_on_an_order_that_ended_it_changes_nothing(world: World) -> None:
    commander, leader = world.sign_in("binchuan.commander"), world.phone(LEADER)
    order = world.order_out(commander)
    commander.post(f"/api/directives/{order['id']}/withdraw", {"revision": 1, "reason": "线索有误"})
    assert leader.do("directive.set_covert", order["id"], {"covert": True})["result"] == "superseded"
