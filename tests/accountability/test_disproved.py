"""A8: an act on time that arrives late closes its record by itself, and the same acts leave the same in any order."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from backend.accountability.rules import Answer, carrier
from backend.accountability.tables import Record
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM
from backend.deadlines import service as deadlines
from backend.deadlines.ports import silent_phones
from backend.deadlines.watcher import ClockWatcher
from tests.accountability.centre import Centre, reasons
from tests.conftest import TUESDAY_NINE
from tests.support.world import Phone, World


@pytest.fixture
def lead(world: World, centre: Centre) -> dict[str, Any]:
    centre.roster()
    return world.register_lead(centre.desk)


def broken(world: World, centre: Centre, lead: dict[str, Any]) -> tuple[Phone, dict[str, Any]]:
    """Let the first team be ordered out at once and the limit pass, with its phone heard from again."""
    officer = world.phone("binchuan.officer1")
    order = world.order_out(centre.desk, lead_id=lead["id"])
    officer.do("directive.accept", order["id"])
    centre.pass_time(minutes=31)
    centre.contact(officer, order["id"])
    return officer, order


def test_while_a_phone_could_still_disprove_it_nothing_is_put_down(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    officer = world.phone("binchuan.officer1")
    order = world.order_out(centre.desk, lead_id=lead["id"])
    officer.do("directive.accept", order["id"])
    centre.pass_time(minutes=31)
    assert centre.records() == []
    centre.contact(officer, order["id"])
    assert [row["ground"] for row in centre.records()] == ["late_dispatch"]


@pytest.mark.parametrize("has_explained", [False, True])
def test_an_on_time_act_closes_the_record_and_both_lines_stay(
    world: World, centre: Centre, lead: dict[str, Any], has_explained: bool
) -> None:
    officer, order = broken(world, centre, lead)
    record = centre.only_record()
    if has_explained:
        officer.do("record.explain", record["id"], {"words": "已按时出发，手机无信号。"})
    left_at = world.clock.now() - timedelta(minutes=15)
    officer.do("directive.depart", order["id"], made_at=left_at)
    shown = centre.record(record["id"])
    assert (shown["state"], shown["decision"]) == ("disproved", None)
    actions = [line["action"] for line in shown["evidence"]["lines"]]
    assert [one for one in actions if one in ("record.open", "record.disprove")] == [
        "record.open",
        "record.disprove",
    ]
    assert {"clock.breach", "clock.disproved"} <= set(actions)
    assert shown["acts"] == []


MADE = (("accept", 1, 5), ("take_over", 2, 10), ("note", 1, 12), ("depart", 2, 40))
"""What two officers did: the act, the officer, and how many minutes after the lead came; the departure is too late.

A phone sends its own acts in their order; how those of two phones mingle is chance.
"""


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (1, 3, 0, 2), (0, 2, 1, 3), (1, 0, 3, 2)])
def test_whatever_order_the_acts_arrive_in_the_same_people_are_asked(
    world: World, centre: Centre, lead: dict[str, Any], order: tuple[int, ...]
) -> None:
    phones = {1: world.phone("binchuan.officer1"), 2: world.phone("binchuan.officer2")}
    begun = world.clock.now()
    directive = world.order_out(centre.desk, lead_id=lead["id"])
    world.clock.instant += timedelta(minutes=45)
    commands = [
        (
            phones[officer],
            phones[officer].command(
                f"directive.{act}",
                directive["id"],
                {"text": "路上"} if act == "note" else None,
                made_at=begun + timedelta(minutes=minute),
            ),
        )
        for act, officer, minute in MADE
    ]
    for number in order:
        phone, command = commands[number]
        phone.send(command)
        centre.pass_time(seconds=65)
    centre.contact(phones[1], directive["id"])
    centre.contact(phones[2], directive["id"])
    record = centre.only_record()
    assert (record["state"], record["late_seconds"]) == ("open", 600)
    assert reasons(record) == {
        world.user("binchuan.officer2").name: "responsible",
        world.user("binchuan.leader").name: "duty_leader",
    }


def test_who_turns_out_not_to_have_carried_the_order_is_released_and_told(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    second = world.phone("binchuan.officer2")
    directive = world.order_out(centre.desk, lead_id=lead["id"])
    taken_at = world.clock.now() + timedelta(minutes=10)
    centre.pass_time(hours=1)
    second.do("directive.note", directive["id"], {"text": "有信号"})
    centre.pass_time(seconds=10)
    leader_of_team = world.user("binchuan.teamleader1").name
    assert reasons(centre.only_record())[leader_of_team] == "team_leader"
    second.do("directive.accept", directive["id"], made_at=taken_at)
    shown = centre.only_record()
    assert leader_of_team not in reasons(shown)
    assert reasons(shown)[second_name(world)] == "responsible"
    assert [one["user"]["name"] for one in shown["people"] if one["released_at"]] == [leader_of_team]


def second_name(world: World) -> str:
    return world.user("binchuan.officer2").name


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙", "丙"]),
        st.sampled_from(["accept", "take_over", "decline"]),
        st.integers(0, 40),
    ),
    max_size=6,
)


@given(ANSWERS, st.randoms(use_true_random=False))
def test_who_carried_an_order_does_not_depend_on_the_order_of_arrival(
    made: list[tuple[str, str, int]], random: Random
) -> None:
    answers = [Answer(who, act, TUESDAY_NINE + timedelta(minutes=minute)) for who, act, minute in made]
    shuffled = random.sample(answers, len(answers))
    limit = TUESDAY_NINE + timedelta(minutes=30)
    found = carrier(answers, limit)
    assert carrier(shuffled, limit) == found
    assert found is None or any(
        one.user_id == found and one.act != "decline" and one.at <= limit for one in answers
    )


HAPPENED = st.lists(
    st.sampled_from(["watch", "contact", "stop on time", "stop late", "cancel late"]), min_size=1, max_size=6
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(happened=HAPPENED, random=st.randoms(use_true_random=False))
def test_breach_stop_and_receipt_in_any_order_give_the_same_record(
    world: World, happened: list[str], random: Random
) -> None:
    """The facts alone count: the same acts leave the same record, whenever the watcher looked in between."""
    assert replay(world, happened) == replay(world, random.sample(happened, len(happened)))


def replay(world: World, happened: list[str]) -> str | None:
    """Let things become known after a limit has passed, in this order; return where the record stands at last."""
    begun = world.clock.instant = TUESDAY_NINE
    subject, due = new_identifier(), begun + timedelta(minutes=30)
    silent = {subject}
    former = silent_phones.join(lambda _work, _kind, subject_id, _since: subject_id in silent)
    try:
        with world.database.writing() as work:
            work.authorise_by_rule("the test's own clock")
            deadlines.start(work, "C4", "lead", subject, "binchuan", None, begun, "金牛镇")
        world.clock.instant = due + timedelta(minutes=1)
        for one in [*happened, "contact", "watch"]:
            world.clock.instant += timedelta(seconds=6)
            if one == "watch":
                ClockWatcher(world.database)()
            elif one == "contact":
                silent.discard(subject)
            else:
                learn(world, subject, one, due)
    finally:
        silent_phones.join(former)
    with world.database.reading() as work:
        found = work.session.execute(select(Record).where(Record.subject_id == subject)).scalar_one_or_none()
        # A record that was closed by itself and one that was never needed accuse equally little.
        return None if found is None or found.state == "disproved" else str(found.state)


def learn(world: World, subject: str, what: str, due: datetime) -> None:
    """Let an act on the lead become known now."""
    late = timedelta(seconds=1)
    with world.database.writing() as work:
        work.authorise_by_rule("the test's own clock")
        if what == "cancel late":
            deadlines.cancel(work, "lead", subject, due + late, SYSTEM, "线索不实")
        else:
            at = due + late if what == "stop late" else due
            deadlines.stop(work, "lead", subject, "C4", at, SYSTEM)


def test_a_record_is_one_a_clock_whatever_the_database_is_asked(
    world: World, centre: Centre, lead: dict[str, Any]
) -> None:
    broken(world, centre, lead)
    with world.database.reading() as work:
        count = work.session.execute(text("SELECT count(*) FROM accountability_record")).scalar_one()
    assert count == 1
