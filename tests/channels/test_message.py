"""What a result says about the host it came from: the breaker and the ladder go by it."""

from datetime import UTC, datetime

import pytest

from backend.channels.message import Result, Verdict, read_retry_after

NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("verdict", "code", "against", "answered"),
    [
        (Verdict.SENT, "201", False, True),
        (Verdict.GONE, "410", False, True),
        (Verdict.LATER, "429", False, True),
        (Verdict.REFUSED, "redirect", False, True),
        (Verdict.REFUSED, "not_the_success_answer", False, True),
        (Verdict.LATER, "503", True, True),
        (Verdict.LATER, "timeout", True, False),
        (Verdict.LATER, "unknown_name", True, False),
        (Verdict.LATER, "breaker_open", False, False),
        (Verdict.LATER, "failed", False, False),
        (Verdict.LATER, "waited_too_long", False, False),
        (Verdict.REFUSED, "blocked_address", False, False),
        (Verdict.REFUSED, "bad_keys", False, False),
        (Verdict.UNSET, "not_configured", False, False),
    ],
)
def test_a_result_tells_against_its_host_for_it_or_nothing(
    verdict: Verdict, code: str, against: bool, answered: bool
) -> None:
    result = Result(verdict, code)
    assert (result.tells_against_host, result.was_answered) == (against, answered)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("0", 0),
        (" 120 ", 120),
        ("3600", 3600),
        ("3601", 3600),
        ("99999999", 3600),
        ("Tue, 03 Mar 2026 04:00:30 GMT", 30),
        ("Tue, 03 Mar 2026 04:00:30 -0000", 30),
        ("Tue, 03 Mar 2026 12:00:30 +0800", 30),
        ("Tue, 03 Mar 2026 03:59:59 GMT", 0),
        ("Tue, 03 Mar 2099 03:59:59 GMT", 3600),
    ],
)
def test_when_to_come_back_is_read_and_bounded(header: str | None, seconds: int | None) -> None:
    wait = read_retry_after(header, NOON)
    assert (None if wait is None else wait.total_seconds()) == seconds
