"""Who decides, and when: never on oneself, a commander from above, nobody unheard, no sanction proposed (1.11)."""

from datetime import timedelta
from typing import Any

import pytest

from backend.accountability.evidence import digest_of
from backend.accountability.rules import Decision, Heard, may_decide
from tests.accountability.centre import Centre
from tests.conftest import TUESDAY_NINE
from tests.support.world import World

TOLD = TUESDAY_NINE


@pytest.fixture
def record(centre: Centre) -> dict[str, Any]:
    return centre.open()


@pytest.fixture
def explained(world: World, centre: Centre, record: dict[str, Any]) -> dict[str, Any]:
    world.phone("binchuan.officer5").do("record.explain", record["id"], {"words": "当时没有信号。"})
    return record


@pytest.mark.parametrize(
    ("decision", "people", "after", "allowed"),
    [
        (Decision.NOT_UPHELD, [Heard(TOLD, has_explained=False)], timedelta(0), True),
        (Decision.NOT_UPHELD, [], timedelta(0), True),
        (Decision.REMINDER, [Heard(TOLD, has_explained=False)], timedelta(days=3, microseconds=-1), False),
        (Decision.REMINDER, [Heard(TOLD, has_explained=False)], timedelta(days=3), True),
        (Decision.REFERRED, [Heard(TOLD, has_explained=True)], timedelta(0), True),
        (
            Decision.REFERRED,
            [Heard(TOLD, has_explained=True), Heard(None, has_explained=False)],
            timedelta(days=9),
            False,
        ),
        (Decision.REFERRED, [], timedelta(days=9), False),
    ],
    ids=[
        "not upheld",
        "nobody named",
        "just short of three days",
        "three days",
        "heard",
        "one never told",
        "against nobody",
    ],
)
def test_nobody_is_decided_against_unheard(
    decision: Decision, people: list[Heard], after: timedelta, allowed: bool
) -> None:
    assert may_decide(decision, people, TOLD + after) is allowed


def test_before_an_explanation_only_not_upheld_can_be_decided(centre: Centre, record: dict[str, Any]) -> None:
    early = centre.act(centre.commander, record, "decide", decision="reminder")
    assert (early.status_code, early.get_json()["code"]) == (409, "409.2")
    assert centre.record(record["id"])["acts"] == ["decide", "release", "name"]
    done = centre.act(centre.commander, record, "decide", decision="not_upheld")
    assert (done.get_json()["state"], done.get_json()["decision"]) == ("decided", "not_upheld")


def test_three_full_days_after_being_told_silence_stops_nothing(
    world: World, centre: Centre, record: dict[str, Any]
) -> None:
    world.clock.instant += timedelta(days=3, seconds=-1)
    centre = Centre(world)
    assert centre.act(centre.commander, record, "decide", decision="reminder").status_code == 409
    world.clock.instant += timedelta(seconds=1)
    assert centre.act(centre.commander, record, "decide", decision="reminder").status_code == 200


def test_the_duty_leader_accepts_a_reason_before_anything_is_referred(
    centre: Centre, explained: dict[str, Any]
) -> None:
    done = centre.act(centre.leader, explained, "accept_reason", words="有基站故障记录")
    assert (done.get_json()["state"], done.get_json()["ended_words"]) == ("reason_accepted", "有基站故障记录")
    late = centre.act(centre.commander, explained, "decide", decision="referred", referred_to="机关纪委")
    assert late.get_json()["code"] == "409.2"


def test_there_is_no_reason_to_accept_before_one_was_given(centre: Centre, record: dict[str, Any]) -> None:
    assert centre.act(centre.leader, record, "accept_reason").get_json()["code"] == "409.2"


def test_nobody_accepts_or_decides_their_own(world: World, centre: Centre) -> None:
    record = centre.open(people=[world.user("binchuan.leader").id])
    centre.act(centre.leader, record, "explain", words="我说明如下。")
    assert centre.act(centre.leader, record, "accept_reason").get_json()["code"] == "403.1"
    assert centre.act(centre.commander, record, "accept_reason").status_code == 200


def test_a_commanders_own_record_goes_to_the_superior_court(world: World, centre: Centre) -> None:
    record = centre.open(centre.leader, people=[world.user("binchuan.commander").id])
    centre.act(centre.commander, record, "explain", words="我说明如下。")
    assert centre.record(record["id"])["acts"] == ["explain", "name"]
    assert centre.act(centre.commander, record, "decide", decision="not_upheld").status_code == 403
    assert centre.act(centre.leader, record, "accept_reason").status_code == 403
    above = world.sign_in("dali.commander")
    assert centre.record(record["id"], above)["acts"] == [
        "decide",
        "decide_against",
        "release",
        "name",
    ]
    assert centre.act(above, record, "decide", decision="not_upheld").status_code == 200


def test_a_referral_names_the_body_and_nothing_else_does(centre: Centre, explained: dict[str, Any]) -> None:
    for body in ({"decision": "referred"}, {"decision": "reminder", "referred_to": "机关纪委"}):
        assert centre.act(centre.commander, explained, "decide", **body).status_code == 422
    done = centre.act(
        centre.commander, explained, "decide", decision="referred", referred_to="机关纪委"
    ).get_json()
    assert (done["decision"], done["referred_to"]) == ("referred", "机关纪委")


def test_no_shape_of_a_record_has_a_place_for_a_sanction_or_a_count_of_a_person(
    centre: Centre, record: dict[str, Any]
) -> None:
    words = set(record) | set(record["people"][0])
    assert not words & {"sanction", "penalty", "score", "rank", "count", "times"}


def test_the_evidence_is_frozen_with_its_digest_when_people_end_it(
    world: World, centre: Centre, explained: dict[str, Any]
) -> None:
    before = centre.record(explained["id"])["evidence"]
    assert before["sha256"] is None
    centre.act(centre.commander, explained, "decide", decision="not_upheld")
    frozen = centre.record(explained["id"])["evidence"]
    kept = {name: value for name, value in frozen.items() if name not in ("frozen_at", "sha256")}
    assert digest_of(kept) == frozen["sha256"]
    world.phone("binchuan.officer5").do("record.explain", explained["id"], {"words": "再补充。"})
    assert centre.record(explained["id"])["evidence"] == frozen


def test_a_desk_that_has_not_seen_the_explanation_is_told_so(
    world: World, centre: Centre, record: dict[str, Any]
) -> None:
    world.phone("binchuan.officer5").do("record.explain", record["id"], {"words": "没有信号。"})
    stale = centre.commander.post(
        f"/api/records/{record['id']}/decide",
        {"revision": record["revision"], "decision": "not_upheld", "words": "不成立"},
    )
    assert stale.get_json()["code"] == "409.1"


def test_a_revision_the_record_never_had_is_refused_as_well(centre: Centre, record: dict[str, Any]) -> None:
    body = {"decision": "not_upheld", "words": "不成立"}
    revision = centre.record(record["id"])["revision"]
    refused = centre.commander.post(f"/api/records/{record['id']}/decide", {**body, "revision": revision + 1})
    assert refused.get_json()["code"] == "409.1"
