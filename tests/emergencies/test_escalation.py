"""A call nobody answers: the leaders at 30 s, the court above at 60 s, each once, and a drill never upward."""

import threading
from datetime import timedelta

from backend.emergencies.jobs import escalate_emergencies
from tests.emergencies.conftest import Danger


def test_at_thirty_and_sixty_seconds_and_not_before(danger: Danger) -> None:
    emergency = danger.raised()
    name = danger.world.user("binchuan.officer1").name
    assert danger.later(29.999) == 0
    assert danger.told("binchuan.leader") == []
    assert danger.later(0.001) == 1
    assert danger.told("binchuan.leader") == [("emergency", name)]
    assert danger.told("binchuan.commander") == [("emergency", name)]
    assert danger.shown(emergency)["alarmed"] == ["binchuan"]
    assert danger.later(29.999) == 0
    assert danger.later(0.001) == 1
    shown = danger.shown(emergency, to="dali.duty")
    assert shown["alarmed"] == ["binchuan", "dali"]
    assert danger.told("dali.duty") == [("emergency", name)]
    assert danger.told("xiangyun.duty") == []
    assert [line["act"] for line in shown["lines"]] == ["raise", "tell_leaders", "tell_superior"]
    assert shown["lines"][2]["court"]["id"] == "dali"
    assert danger.later(3600) == 0
    assert danger.audited(emergency).count("sos.tell_superior") == 1


def test_an_answer_ends_it_and_what_was_told_is_settled(danger: Danger) -> None:
    emergency = danger.raised()
    danger.later(31)
    danger.act(emergency, "answer")
    assert danger.told("binchuan.leader") == []
    assert danger.later(60) == 0
    assert danger.shown(emergency)["alarmed"] == ["binchuan"]


def test_a_drill_is_marked_and_stays_in_its_court(danger: Danger) -> None:
    emergency = danger.raised(drill=True)
    assert danger.later(31) == 1
    ((kind, title),) = danger.told("binchuan.leader")
    assert (kind, title.startswith("【演练 DRILL】")) == ("emergency", True)
    assert danger.later(600) == 0
    assert danger.told("dali.duty") == []
    assert danger.shown(emergency)["alarmed"] == ["binchuan"]


def test_a_worker_that_comes_late_takes_both_steps_in_their_order(danger: Danger) -> None:
    emergency = danger.raised()
    assert [danger.later(300), danger.later(0), danger.later(0)] == [1, 1, 0]
    lines = danger.shown(emergency)["lines"]
    assert [(line["act"], line["at"]) for line in lines[1:]] == [
        ("tell_leaders", "2026-03-03T01:00:30.000Z"),
        ("tell_superior", "2026-03-03T01:01:00.000Z"),
    ]


def test_four_workers_at_once_take_a_step_once(danger: Danger) -> None:
    emergency = danger.raised()
    together, taken = threading.Barrier(4), []
    danger.world.clock.instant += timedelta(seconds=31)

    def work() -> None:
        together.wait()
        taken.append(escalate_emergencies(danger.world.database))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(taken) == 1
    assert danger.audited(emergency).count("sos.tell_leaders") == 1
