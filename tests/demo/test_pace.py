"""How fast the simulated people work: what is due on a lead and on an order, and when not yet."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.demo.pace import Due, lead_due, order_due

NINE = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


def written(seconds: float | None) -> str | None:
    return None if seconds is None else (NINE + timedelta(seconds=seconds)).isoformat()


def lead(**changes: Any) -> dict[str, Any]:
    return {
        "registered_at": written(0),
        "triage": "urgent",
        "reported_at": None,
        "directive_ids": [],
        **changes,
    }


def lead_after(seconds: float, *, free: bool = True, order_open: bool = False, **changes: Any) -> str | None:
    due = lead_due(
        lead(**changes), NINE + timedelta(seconds=seconds), is_team_free=free, is_order_open=order_open
    )
    return due.act if due else None


def test_a_lead_is_triaged_reported_and_ordered_one_after_another() -> None:
    assert lead_after(24, triage=None) is None
    assert lead_after(25, triage=None) == "triage"
    assert lead_after(39) is None
    assert lead_after(40) == "report"
    assert lead_after(59, reported_at=written(40)) is None
    assert lead_after(60, reported_at=written(40)) == "issue"


def test_a_lead_waits_for_the_team_and_is_closed_when_its_order_is_done() -> None:
    assert lead_after(4000, reported_at=written(40), free=False) is None
    ordered = {"reported_at": written(40), "directive_ids": ["order"]}
    assert lead_after(4000, order_open=True, **ordered) is None
    assert lead_after(1200, order_open=False, **ordered) == "close"


@pytest.mark.parametrize("triage", ["non_urgent", "not_ours"])
def test_what_is_not_urgent_is_closed_after_a_while(triage: str) -> None:
    assert lead_after(1199, triage=triage) is None
    assert lead_after(1200, triage=triage) == "close"


def member(name: str, *, received: bool = True, answer: str = "accepted") -> dict[str, Any]:
    return {"user": {"id": name}, "device_received_at": written(2) if received else None, "answer": answer}


def order(*members: dict[str, Any], **changes: Any) -> dict[str, Any]:
    times = ("acknowledged_at", "departed_at", "arrived_at", "completed_at", "feedback_at", "accepted_at")
    return {
        "issued_at": written(0),
        **dict.fromkeys(times),
        "responsible": None,
        "members": list(members),
        **changes,
    }


def order_after(seconds: float, shown: dict[str, Any], *, there: bool = False) -> Due | None:
    return order_due(shown, NINE + timedelta(seconds=seconds), is_there=there)


def test_members_receive_and_accept_one_after_another() -> None:
    new = order(
        member("李", received=False, answer="pending"), member("王", received=False, answer="pending")
    )
    assert order_after(1, new) is None
    assert order_after(2, new) == Due("receive", "李")
    half = order(member("李", answer="pending"), member("王", received=False, answer="pending"))
    assert order_after(3, half) is None
    assert order_after(4, half) == Due("receive", "王")
    received = order(member("李", answer="pending"), member("王", answer="pending"))
    assert order_after(12, received) == Due("accept", "李")


def test_the_team_leaves_when_everybody_answered_and_somebody_comes() -> None:
    waiting = order(member("李"), member("王", answer="pending"), acknowledged_at=written(12))
    assert order_after(20, waiting) is None
    ready = order(member("李", answer="declined"), member("王"), acknowledged_at=written(24))
    assert order_after(24 + 44, ready) is None
    assert order_after(24 + 45, ready) == Due("depart", "王")
    assert order_after(9999, order(member("李", answer="declined"))) is None


def test_a_team_arrives_when_it_is_at_the_place_or_after_a_long_drive() -> None:
    driving = order(
        member("李"), acknowledged_at=written(12), departed_at=written(60), responsible={"id": "李"}
    )
    assert order_after(60 + 59, driving, there=True) is None
    assert order_after(60 + 60, driving, there=False) is None
    assert order_after(60 + 60, driving, there=True) == Due("arrive", "李")
    assert order_after(60 + 480, driving, there=False) == Due("arrive", "李")


def test_the_work_is_reported_and_the_report_accepted_by_the_desk() -> None:
    done = {"acknowledged_at": written(0), "departed_at": written(0), "arrived_at": written(0)}
    at_work = order(member("李"), **done)
    assert order_after(179, at_work) is None
    assert order_after(180, at_work) == Due("complete", "李")
    completed = {**done, "completed_at": written(180)}
    assert order_after(300, order(member("李"), **completed)) == Due("feedback", "李")
    reported = {**completed, "feedback_at": written(300)}
    assert order_after(389, order(member("李"), **reported)) is None
    assert order_after(390, order(member("李"), **reported)) == Due("accept_feedback")
    assert order_after(9999, order(member("李"), **reported, accepted_at=written(390))) is None
