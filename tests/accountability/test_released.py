"""Whoever is released is out of it: told so and why, judged no more, and shown nothing of the others' case (A8, 1.11)."""

from datetime import timedelta
from typing import Any

import pytest

from backend.core.outbox import sequence_events
from tests.accountability.centre import Centre, matters, reasons
from tests.support.world import Phone, World

WORDS = "无故迟延，移送处理"


@pytest.fixture
def leader(world: World) -> Phone:
    """The leader of the first team."""
    return world.phone("binchuan.teamleader1")


@pytest.fixture
def carrier(world: World) -> Phone:
    """The officer who turns out to have carried the order."""
    return world.phone("binchuan.officer2")


@pytest.fixture
def record(world: World, centre: Centre, leader: Phone, carrier: Phone) -> dict[str, Any]:
    """The team's leader was asked; then the acceptance of another, made in time, arrived and released him."""
    centre.roster()
    lead = world.register_lead(centre.desk)
    order = world.order_out(centre.desk, lead_id=lead["id"])
    taken_at = world.clock.now() + timedelta(minutes=10)
    centre.pass_time(minutes=31)
    for phone in (leader, carrier):
        centre.contact(phone, order["id"])
    found = centre.only_record()
    assert world.user("binchuan.teamleader1").name in reasons(found)
    centre.pass_time(minutes=5)
    carrier.do("directive.accept", order["id"], made_at=taken_at)
    found = centre.only_record()
    assert set(reasons(found)) == {world.user(f"binchuan.{one}").name for one in ("officer2", "leader")}
    return found


@pytest.fixture
def referred(world: World, centre: Centre, carrier: Phone, record: dict[str, Any]) -> dict[str, Any]:
    centre.pass_time(minutes=5)
    carrier.do("record.explain", record["id"], {"words": "堵车。"})
    centre.act(centre.leader, record, "explain", words="已派出。")
    done = centre.act(
        centre.commander, record, "decide", decision="referred", referred_to="机关纪委", words=WORDS
    )
    assert done.status_code == 200, done.get_data(as_text=True)
    found: dict[str, Any] = done.get_json()
    return found


def test_who_is_released_is_told_and_sees_that_and_what_concerned_them(
    leader: Phone, record: dict[str, Any]
) -> None:
    assert matters(leader, record) == ["released", "explain"]
    (mine,) = leader.get("/api/records/mine").get_json()["records"]
    (me,) = mine["people"]
    assert (me["user"]["id"], me["reason"], me["released_by"]) == (leader.user_id, "team_leader", None)
    assert me["released_at"] is not None
    assert {one["user"]["id"] for one in mine["evidence"]["stretches"]} == {leader.user_id}


def test_who_is_released_reads_nothing_of_what_the_others_got(
    world: World, leader: Phone, carrier: Phone, record: dict[str, Any], referred: dict[str, Any]
) -> None:
    answer = leader.get(f"/api/records/{record['id']}")
    mine = answer.get_json()
    nothing = ("decision", "ended_by", "ended_words", "ended_at", "referred_to", "contradicted_at")
    assert [mine[one] for one in nothing] == [None] * len(nothing)
    assert (mine["state"], mine["former"], mine["acts"]) == ("open", [], [])
    assert mine["evidence"]["sha256"] is None
    shown = answer.get_data(as_text=True)
    for secret in (WORDS, "机关纪委", "record.decide", "堵车。"):
        assert secret not in shown, secret
    theirs = carrier.get(f"/api/records/{record['id']}").get_json()
    assert (theirs["decision"], theirs["ended_words"]) == ("referred", WORDS)


def test_no_change_of_the_others_case_is_told_to_who_was_released(
    world: World, leader: Phone, record: dict[str, Any], referred: dict[str, Any]
) -> None:
    sequence_events(world.database)
    events = leader.get("/api/events", since=0).get_json()["events"]
    told = {event["data"]["state"] for event in events if event["kind"] == "record.changed"}
    assert told == {"open"}


def test_words_of_who_was_released_are_kept_and_open_no_reason_to_accept(
    centre: Centre, leader: Phone, record: dict[str, Any]
) -> None:
    sent = leader.do("record.explain", record["id"], {"words": "我没有承办。"})
    assert sent["result"] == "superseded"
    shown = centre.record(record["id"])
    assert (shown["state"], [one["words"] for one in shown["explanations"]]) == ("open", ["我没有承办。"])
    assert "accept_reason" not in shown["acts"]


def test_words_written_before_the_release_open_no_reason_to_accept_either(
    world: World, centre: Centre
) -> None:
    officer = world.phone("binchuan.officer6")
    record = centre.open(people=[world.user(f"binchuan.officer{number}").id for number in (5, 6)])
    officer.do("record.explain", record["id"], {"words": "我当天休假。"})
    assert centre.record(record["id"])["state"] == "explained"
    centre.act(centre.commander, record, "release", user_id=officer.user_id, words="指错了人")
    assert centre.record(record["id"])["state"] == "open"


def test_a_judge_releases_who_was_named_by_mistake_and_says_why(world: World, centre: Centre) -> None:
    officer, other = world.phone("binchuan.officer5"), world.phone("binchuan.officer6")
    record = centre.open(people=[officer.user_id, other.user_id])
    done = centre.act(
        centre.commander, record, "release", user_id=officer.user_id, words="当天休假，指错了人"
    )
    assert done.status_code == 200, done.get_data(as_text=True)
    assert set(reasons(done.get_json())) == {world.user("binchuan.officer6").name}
    (me,) = officer.get(f"/api/records/{record['id']}").get_json()["people"]
    assert (me["released_by"]["id"], me["released_words"]) == (
        centre.commander.user_id,
        "当天休假，指错了人",
    )
    assert matters(officer, record) == ["released", "explain"]
    lines = world.sign_in("binchuan.auditor").get("/api/audit", action="record.release").get_json()["items"]
    assert [line["detail"]["person"] for line in lines] == [officer.user_id]
    again = centre.act(centre.commander, record, "release", user_id=officer.user_id)
    assert again.get_json()["code"] == "404.1"


def test_who_is_named_again_after_a_release_is_told_anew(world: World, centre: Centre) -> None:
    officer = world.phone("binchuan.officer5")
    record = centre.open()
    centre.act(centre.commander, record, "release", user_id=officer.user_id, words="指错了人")
    centre.act(centre.commander, record, "name", user_id=officer.user_id)
    (me,) = centre.record(record["id"])["people"]
    assert (me["released_at"], me["released_by"], me["released_words"]) == (None, None, None)
    assert matters(officer, record) == ["explain", "released", "explain"]


def test_nobody_releases_whom_the_roster_or_an_order_names_nor_themselves(
    world: World, centre: Centre, carrier: Phone, record: dict[str, Any]
) -> None:
    refused = centre.act(centre.commander, record, "release", user_id=carrier.user_id)
    assert refused.get_json()["code"] == "409.2"
    own = centre.open(centre.leader, people=[centre.commander.user_id])
    assert "release" not in centre.record(own["id"])["acts"]
    refused = centre.act(centre.commander, own, "release", user_id=centre.commander.user_id)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "403.1")


def test_nobody_is_released_from_a_record_that_has_ended(world: World, centre: Centre) -> None:
    record = centre.open()
    centre.act(centre.commander, record, "decide", decision="not_upheld")
    person = world.user("binchuan.officer5").id
    assert centre.act(centre.commander, record, "release", user_id=person).get_json()["code"] == "409.2"
