"""Whoever a record concerns is told, sees what clears them, and explains in their own words, from the phone as well (1.11)."""

from datetime import timedelta
from typing import Any

import pytest

from backend.core.clock import to_wire
from tests.accountability.centre import Centre, facts
from tests.support.world import Phone, World


@pytest.fixture
def officer(world: World) -> Phone:
    return world.phone("binchuan.officer5")


@pytest.fixture
def record(centre: Centre) -> dict[str, Any]:
    return centre.open()


def test_the_person_reads_the_record_on_the_phone_and_explains_it_there(
    world: World, centre: Centre, officer: Phone, record: dict[str, Any]
) -> None:
    centre.open(people=[world.user("binchuan.officer6").id], title="另一人的记录")
    (mine,) = officer.get("/api/records/mine").get_json()["records"]
    assert (mine["number"], mine["acts"]) == (record["number"], ["explain"])
    done = officer.do("record.explain", record["id"], {"words": "当时正在接另一个紧急来电。"})
    assert done["result"] == "applied"
    shown = centre.record(record["id"])
    assert (shown["state"], shown["explanations"][0]["words"]) == (
        "explained",
        "当时正在接另一个紧急来电。",
    )
    assert shown["people"][0]["has_explained"]


def test_words_written_without_a_network_carry_their_own_time(
    world: World, centre: Centre, officer: Phone, record: dict[str, Any]
) -> None:
    written_at = world.clock.now() + timedelta(minutes=5)
    world.clock.instant += timedelta(hours=2)
    officer.do("record.explain", record["id"], {"words": "山里没有信号。"}, made_at=written_at)
    (explanation,) = centre.record(record["id"])["explanations"]
    assert explanation["written_at"] == to_wire(written_at)
    assert explanation["received_at"] == to_wire(world.clock.now())
    assert explanation["time_trusted"]


def test_every_version_of_the_words_stays(centre: Centre, officer: Phone, record: dict[str, Any]) -> None:
    for words in ("第一次说明。", "补充：有录音为证。"):
        officer.do("record.explain", record["id"], {"words": words})
    shown = centre.record(record["id"])
    assert [(one["version"], one["words"]) for one in shown["explanations"]] == [
        (1, "第一次说明。"),
        (2, "补充：有录音为证。"),
    ]


def test_the_same_words_sent_twice_are_kept_once(
    centre: Centre, officer: Phone, record: dict[str, Any]
) -> None:
    command = officer.command("record.explain", record["id"], {"words": "没有信号。"})
    officer.send(command)
    officer.send(command)
    assert len(centre.record(record["id"])["explanations"]) == 1


def test_of_two_people_each_reads_only_their_own_words(world: World, centre: Centre, officer: Phone) -> None:
    both = [world.user(f"binchuan.officer{number}").id for number in (5, 6)]
    record = centre.open(people=both)
    other = world.phone("binchuan.officer6")
    officer.do("record.explain", record["id"], {"words": "五号的话"})
    other.do("record.explain", record["id"], {"words": "六号的话"})
    for phone, words in ((officer, "五号的话"), (other, "六号的话")):
        shown = phone.get(f"/api/records/{record['id']}").get_json()
        assert [one["words"] for one in shown["explanations"]] == [words]
        assert [one["user"]["id"] for one in shown["evidence"]["stretches"]] == [phone.user_id]


def test_a_duty_officer_without_a_phone_explains_at_the_desk(world: World, centre: Centre) -> None:
    record = centre.open(people=[world.user("binchuan.duty").id])
    answer = centre.act(centre.desk, record, "explain", words="已按程序转接。")
    assert (answer.status_code, answer.get_json()["state"]) == (200, "explained")


def test_words_that_arrive_after_the_end_are_kept_and_change_nothing(
    centre: Centre, officer: Phone, record: dict[str, Any]
) -> None:
    late = officer.command("record.explain", record["id"], {"words": "刚有信号。"})
    assert centre.act(centre.commander, record, "decide", decision="not_upheld").status_code == 200
    assert officer.send(late)[0]["result"] == "superseded"
    shown = centre.record(record["id"])
    assert (shown["state"], [one["words"] for one in shown["explanations"]]) == ("decided", ["刚有信号。"])


def test_a_silent_phone_and_an_order_never_received_speak_for_the_officer(
    world: World, centre: Centre
) -> None:
    leader = world.phone("binchuan.teamleader1")
    world.register_lead(centre.desk, content="另一条线索")
    lead = world.register_lead(centre.desk)
    leader.do("directive.note", "x", {"text": "在线"})
    order = world.order_out(centre.desk, lead_id=lead["id"])
    world.clock.instant += timedelta(hours=73)
    centre.watch()
    centre = Centre(world)
    record = next(row for row in centre.records() if row["subject_id"] == lead["id"])
    shown = centre.record(record["id"])
    assert shown["people"][0]["reason"] == "team_leader"
    assert facts(shown, "for")[:2] == ["out_of_contact", "not_received"]
    assert (
        next(fact for fact in shown["evidence"]["facts"] if fact["code"] == "not_received")["words"]
        == order["number"]
    )
    assert "in_contact" not in facts(shown, "against")


def test_an_officer_in_contact_who_had_the_order_in_time_reads_that_too(world: World, centre: Centre) -> None:
    officer = world.phone("binchuan.officer1")
    lead = world.register_lead(centre.desk)
    order = world.order_out(centre.desk, lead_id=lead["id"])
    officer.do("directive.accept", order["id"])
    for _ in range(30):
        centre.pass_time(minutes=1)
        officer.do("directive.note", order["id"], {"text": "装车"})
    centre.pass_time(minutes=1)
    centre.contact(officer, order["id"])
    shown = centre.only_record()
    (person,) = [one for one in shown["people"] if one["released_at"] is None]
    assert (person["user"]["id"], person["reason"]) == (officer.user_id, "responsible")
    against = facts(shown, "against")
    assert {"in_contact", "received", "not_done", "warned"} <= set(against)
    assert shown["late_seconds"] is None
    (line,) = [
        one for one in shown["evidence"]["lines"] if one["action"] == "clock.breach" and one["clock"] == "C4"
    ]
    assert line["at"] == "2026-03-03T01:30:00.000Z"


def test_the_line_of_being_told_stands_after_the_opening(centre: Centre, record: dict[str, Any]) -> None:
    """It happened half an hour ago; nobody was told of the record before there was one."""
    actions = [one["action"] for one in record["evidence"]["lines"]]
    assert actions == ["record.open", "notice.give"]
    assert record["evidence"]["lines"][1]["at"] == record["opened_at"]
