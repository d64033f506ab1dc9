"""DL-16: 对上级指令、同级协助请求、下级报请事项敷衍塞责、消极拖延的，追究责任. It reaches superiors and peers as well."""

import pytest

from tests.accountability.centre import Centre
from tests.support.world import World


@pytest.mark.parametrize(
    "ground", ["passive_on_superior_directive", "passive_on_peer_request", "passive_on_report_from_below"]
)
def test_each_of_the_three_can_be_put_down_in_words(centre: Centre, ground: str) -> None:
    record = centre.open(ground=ground, people=[])
    assert (record["ground"], record["clause"]) == (ground, "DL-16")


def test_a_superior_opens_it_over_a_court_below_on_the_directive_it_gave(
    world: World, centre: Centre
) -> None:
    above = world.sign_in("dali.commander")
    order = world.directive_from_above(above)
    record = centre.open(
        above, ground="passive_on_superior_directive", subject_kind="directive", subject_id=order["id"]
    )
    assert record["subject_number"] == order["number"]
    assert centre.record(record["id"], centre.leader)["number"] == record["number"]


def test_a_superior_of_another_line_opens_nothing_here(world: World, centre: Centre) -> None:
    form = {
        "court_id": "binchuan",
        "ground": "passive_on_peer_request",
        "happened_at": "2026-03-03T00:30:00Z",
        "title": "协助请求",
        "words": "未答复。",
    }
    for account in ("changchun_forest.commander", "xiangyun.commander"):
        assert world.sign_in(account).post("/api/records", form).status_code == 403


def test_a_court_below_cannot_open_one_over_its_superior_but_the_superiors_own_desk_can(
    world: World, centre: Centre
) -> None:
    form = {
        "court_id": "dali",
        "ground": "passive_on_report_from_below",
        "happened_at": "2026-03-03T00:30:00Z",
        "title": "下级报请事项",
        "words": "三日未答复。",
        "people": [world.user("dali.duty").id],
    }
    assert centre.commander.post("/api/records", form).status_code == 403
    assert world.sign_in("dali.leader").post("/api/records", form).status_code == 201


def test_a_directive_of_other_courts_is_no_subject_of_a_record_here(world: World, centre: Centre) -> None:
    above = world.sign_in("dali.commander")
    order = world.directive_from_above(above, "xiangyun")
    form = {
        "court_id": "binchuan",
        "ground": "passive_on_superior_directive",
        "happened_at": "2026-03-03T00:30:00Z",
        "title": "指令",
        "words": "未办理。",
        "subject_kind": "directive",
        "subject_id": order["id"],
    }
    assert above.post("/api/records", form).status_code == 422
    assert centre.commander.post("/api/records", form).status_code == 403
