"""Issuing (BSS-5(3), DL-8, DL-10): within the court, down the tree, never up or sideways; numbered and served at once."""

import pytest

from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM
from backend.people.administration import close_account
from backend.people.views import find_user_by_account
from tests.support.world import ORDER, Client, World


def issue(desk: Client, **changes: object) -> tuple[int, dict]:
    response = desk.post("/api/directives", {**ORDER, **changes})
    return response.status_code, response.get_json()


def test_a_team_is_ordered_out_and_the_order_is_served_at_that_moment(world: World, noise) -> None:
    noise()
    order = world.order_out(world.sign_in("binchuan.duty"))
    assert order["number"] == "（2026）云2924执指1号"
    assert order["served_at"] == order["issued_at"] == to_wire(world.clock.now())
    assert [(one["duty"], one["answer"]) for one in order["members"]] == [
        ("leader", "pending"),
        ("officer", "pending"),
        ("officer", "pending"),
    ]


def test_who_has_left_the_court_is_no_longer_ordered_out_with_the_team(world: World) -> None:
    with world.database.writing() as work:
        left = find_user_by_account(work.session, "binchuan.officer2")
        work.authorise_by_rule("the test stands in for the security administrator")
        close_account(work, SYSTEM, left, "调离")
    order = world.order_out(world.sign_in("binchuan.duty"))
    assert left.id not in [one["user"]["id"] for one in order["members"]]
    assert len(order["members"]) == 2


def test_numbers_run_without_gaps_within_a_court_and_year(world: World) -> None:
    desk = world.sign_in("binchuan.commander")
    issue(desk, kind="dispatch", target={"court_id": "binchuan"})
    numbers = [world.order_out(desk)["number"] for _ in range(3)]
    assert numbers == [f"（2026）云2924执指{serial}号" for serial in (1, 2, 3)]


def test_the_superior_orders_a_team_of_a_county_court_directly(world: World) -> None:
    target = {"court_id": "binchuan", "team_id": world.team("binchuan")}
    status, directive = issue(world.sign_in("dali.commander"), kind="superior", target=target)
    assert status == 201
    assert directive["target_team"]["name"] == "快反一组"
    assert [clock["clock"] for clock in directive["clocks"]] == ["C6"]


def test_the_high_court_may_skip_a_level_and_the_court_between_sees_a_copy(world: World) -> None:
    status, directive = issue(
        world.sign_in("yunnan.commander"), kind="superior", target={"court_id": "binchuan"}
    )
    assert status == 201
    seen = world.sign_in("dali.commander").get(f"/api/directives/{directive['id']}")
    assert seen.status_code == 200


@pytest.mark.parametrize(
    ("account", "court_id"),
    [("binchuan.commander", "dali"), ("binchuan.commander", "xiangyun"), ("dali.commander", "baishishan")],
)
def test_a_directive_never_goes_up_or_sideways(world: World, account: str, court_id: str) -> None:
    status, problem = issue(world.sign_in(account), kind="superior", target={"court_id": court_id})
    assert (status, problem["code"]) == (403, "403.1")


def test_a_kind_that_does_not_fit_its_target_is_refused(world: World) -> None:
    within = {"court_id": "binchuan", "team_id": world.team("binchuan")}
    assert issue(world.sign_in("binchuan.commander"), kind="superior", target=within)[0] == 422
    assert issue(world.sign_in("dali.commander"), kind="dispatch", target={"court_id": "binchuan"})[0] == 422
    assert (
        issue(world.sign_in("binchuan.commander"), kind="dispatch", target={"court_id": "binchuan"})[0] == 422
    )


def test_a_team_of_another_court_is_not_found_at_this_one(world: World) -> None:
    target = {"court_id": "binchuan", "team_id": world.team("xiangyun")}
    status, problem = issue(world.sign_in("binchuan.commander"), kind="dispatch", target=target)
    assert (status, problem["code"]) == (404, "404.1")


def test_a_duty_officer_orders_within_the_court_only(world: World) -> None:
    status, _ = issue(world.sign_in("dali.duty"), kind="superior", target={"court_id": "binchuan"})
    assert status == 403


def test_only_a_directive_given_to_my_court_can_be_carried_out_by_a_child(world: World) -> None:
    above = world.directive_from_above(world.sign_in("dali.commander"))
    target = {"court_id": "xiangyun", "team_id": world.team("xiangyun")}
    desk = world.sign_in("xiangyun.commander")
    status, problem = issue(desk, kind="dispatch", target=target, parent_id=above["id"])
    assert status in (403, 404), problem


def test_a_legacy_case_number_is_kept_as_written(world: World) -> None:
    order = world.order_out(world.sign_in("binchuan.duty"), case_number="（2015）白林执字第12号")
    assert order["case_number"] == "（2015）白林执字第12号"


def test_a_typed_case_number_is_normalised(world: World) -> None:
    order = world.order_out(world.sign_in("binchuan.duty"), case_number=" (2026) 云2924执 118号")
    assert order["case_number"] == "（2026）云2924执118号"


def test_a_slip_sent_again_after_a_cut_connection_is_issued_once(world: World) -> None:
    desk, slip = world.sign_in("binchuan.commander"), new_identifier()
    first, second = world.order_out(desk, id=slip), world.order_out(desk, id=slip)
    assert (first["id"], second["number"]) == (slip, first["number"])
    assert len(desk.get("/api/directives").get_json()["items"]) == 1


def test_another_slip_under_the_same_id_is_refused(world: World) -> None:
    desk, slip = world.sign_in("binchuan.commander"), new_identifier()
    world.order_out(desk, id=slip)
    target = {"court_id": "binchuan", "team_id": world.team("binchuan", "快反二组")}
    status, problem = issue(desk, kind="dispatch", target=target, id=slip)
    assert (status, problem["code"]) == (409, "409.3")
