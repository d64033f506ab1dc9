"""A decision that turns out wrong is looked at again: flagged, told, decided once more, and the former one stays (A8, 1.11)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.accountability.centre import Centre, facts, matters
from tests.support.world import Phone, World


@pytest.fixture
def officer(world: World) -> Phone:
    return world.phone("binchuan.officer1")


@pytest.fixture
def order(world: World, centre: Centre, officer: Phone) -> dict[str, Any]:
    """The first team is ordered out, its officer accepts, and the limit passes."""
    centre.roster()
    lead = world.register_lead(centre.desk)
    found = world.order_out(centre.desk, lead_id=lead["id"])
    officer.do("directive.accept", found["id"])
    centre.pass_time(minutes=31)
    centre.contact(officer, found["id"])
    return found


@pytest.fixture
def referred(centre: Centre, officer: Phone, order: dict[str, Any]) -> dict[str, Any]:
    """The commander has referred the record of the late departure."""
    record = centre.only_record()
    officer.do("record.explain", record["id"], {"words": "已出发。"})
    centre.act(centre.leader, record, "explain", words="已派出。")
    done = centre.act(
        centre.commander, record, "decide", decision="referred", referred_to="机关纪委", words="无故迟延"
    )
    assert done.status_code == 200, done.get_data(as_text=True)
    return centre.record(record["id"])


@pytest.fixture
def contradicted(
    world: World, centre: Centre, officer: Phone, order: dict[str, Any], referred: dict[str, Any]
) -> dict[str, Any]:
    """The departure in time has arrived since; another record of the court stays as it was decided."""
    other = centre.open(title="另一人的记录")
    assert centre.act(centre.commander, other, "decide", decision="not_upheld").status_code == 200
    officer.do("directive.depart", order["id"], made_at=world.clock.now() - timedelta(minutes=15))
    return centre.record(referred["id"])


def test_it_is_flagged_and_not_changed_and_shows_what_is_known_now(
    referred: dict[str, Any], contradicted: dict[str, Any]
) -> None:
    kept = ("state", "decision", "ended_words", "ended_at")
    assert [contradicted[one] for one in kept] == [referred[one] for one in kept]
    assert contradicted["contradicted_at"] is not None
    assert "kept_after_all" in facts(contradicted, "for")
    assert contradicted["evidence"]["sha256"] is None


def test_it_stands_in_the_open_list_until_it_was_decided_again(
    centre: Centre, referred: dict[str, Any], contradicted: dict[str, Any]
) -> None:
    assert [one["id"] for one in centre.records(state="open")] == [referred["id"]]
    centre.act(centre.commander, contradicted, "decide", decision="not_upheld", words="按时出发")
    assert centre.records(state="open") == []


def test_whoever_decided_is_told_and_nobody_concerned_is_asked_to_judge(
    world: World, centre: Centre, officer: Phone, contradicted: dict[str, Any]
) -> None:
    assert matters(centre.commander, contradicted) == ["look_again"]
    assert matters(officer, contradicted) == ["explain"]
    assert matters(world.sign_in("dali.commander"), contradicted) == []


def test_who_accepted_the_reason_is_told_as_well(
    world: World, centre: Centre, officer: Phone, order: dict[str, Any]
) -> None:
    record = centre.only_record()
    officer.do("record.explain", record["id"], {"words": "已出发。"})
    above = world.sign_in("dali.commander")
    assert centre.act(centre.commander, record, "accept_reason").status_code == 200
    officer.do("directive.depart", order["id"], made_at=world.clock.now() - timedelta(minutes=15))
    assert matters(centre.commander, record) == ["look_again"]
    again = centre.act(above, record, "decide", decision="not_upheld", words="按时出发").get_json()
    assert [one["state"] for one in again["former"]] == ["reason_accepted"]


def test_a_judge_decides_once_more_and_the_former_decision_stays(
    world: World, centre: Centre, officer: Phone, referred: dict[str, Any], contradicted: dict[str, Any]
) -> None:
    assert contradicted["acts"] == ["decide", "decide_against"]
    done = centre.act(centre.commander, contradicted, "decide", decision="not_upheld", words="按时出发")
    assert done.status_code == 200, done.get_data(as_text=True)
    shown = done.get_json()
    assert (shown["decision"], shown["ended_words"], shown["referred_to"]) == ("not_upheld", "按时出发", None)
    assert (shown["contradicted_at"], shown["acts"]) == (None, [])
    (former,) = shown["former"]
    assert (former["decision"], former["referred_to"], former["words"]) == (
        "referred",
        "机关纪委",
        "无故迟延",
    )
    assert (former["by"]["id"], former["at"]) == (centre.commander.user_id, referred["ended_at"])
    assert former["evidence_sha256"] == referred["evidence"]["sha256"]
    assert "kept_after_all" in facts(shown, "for"), "frozen anew, with what had arrived"
    assert shown["evidence"]["sha256"] not in (None, former["evidence_sha256"])
    assert matters(officer, shown)[0] == "decided_again"
    mine = officer.get(f"/api/records/{shown['id']}").get_json()
    assert [one["words"] for one in mine["former"]] == ["无故迟延"]
    lines = world.sign_in("binchuan.auditor").get("/api/audit", action="record.decide").get_json()["items"]
    (line,) = [one for one in lines if one["detail"].get("former")]
    assert (line["detail"]["decision"], line["detail"]["former"]) == ("not_upheld", "referred")


def test_once_decided_again_it_is_closed(centre: Centre, contradicted: dict[str, Any]) -> None:
    for status in (200, 409):
        again = centre.act(centre.commander, contradicted, "decide", decision="not_upheld")
        assert again.status_code == status


def test_it_is_no_reason_to_accept_and_nobody_concerned_decides_it(
    centre: Centre, contradicted: dict[str, Any]
) -> None:
    assert centre.act(centre.leader, contradicted, "decide", decision="not_upheld").status_code == 403
    assert centre.act(centre.commander, contradicted, "accept_reason").get_json()["code"] == "409.2"
