"""What came of sendings, written down: sent, tried again later, given up, or turned away before anything was sent."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from backend.channels.message import Result, Verdict
from backend.core.database import UnitOfWork
from backend.core.permissions import SYSTEM
from backend.delivery.rules import next_try
from backend.delivery.sending import PUSH
from backend.delivery.subscriptions import mark
from backend.delivery.tables import Delivery, DeliveryAttempt, DeliveryDevice
from backend.delivery.telling import publish_deliveries

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sending:
    """One try: to which host, and how."""

    attempt_id: str
    host: str
    send: Callable[[], Result]
    endpoint_sha256: str | None = None


def wait_again(work: UnitOfWork, turned_away: Mapping[str, Result]) -> None:
    """Let sendings that were not begun wait again, or give them up in the end; a desk is told the reason once.

    Nothing was sent, so none counts as a try.
    """
    rows = work.session.execute(
        select(DeliveryAttempt, Delivery)
        .join(Delivery, Delivery.id == DeliveryAttempt.delivery_id)
        .where(DeliveryAttempt.id.in_(turned_away), DeliveryAttempt.state == "taken")
        .order_by(Delivery.id, DeliveryAttempt.id)
        .with_for_update()
    ).all()
    news: dict[str, Delivery] = {}
    for attempt, row in rows:
        result, known = turned_away[attempt.id], attempt.code
        attempt.tries -= 1
        again = next_try(attempt.created_at, attempt.tries, result.retry_after, work.now)
        if again is not None:
            attempt.state, attempt.next_try_at, attempt.code = "waiting", again, result.code
        else:
            close(work, attempt, "failed", result.code)
        if again is None or known != result.code:
            row.revision += row.id not in news
            news[row.id] = row
            audit_sending(work, row, attempt)
    publish_deliveries(work, list(news.values()))


def settle_attempt(work: UnitOfWork, sending: Sending, result: Result) -> None:
    """Write what came of one try: sent, tried again later, or failed for good with what the channel said."""
    attempt = work.session.get(DeliveryAttempt, sending.attempt_id, with_for_update=True)
    if attempt is None or attempt.state != "taken":
        return
    attempt.code = result.code
    again = None
    if result.verdict is Verdict.LATER:
        again = next_try(attempt.created_at, attempt.tries, result.retry_after, work.now)
    if again is not None:
        attempt.state, attempt.next_try_at = "waiting", again
    else:
        close(work, attempt, "sent" if result.verdict is Verdict.SENT else "failed", result.code)
    row = work.session.get_one(Delivery, attempt.delivery_id, with_for_update=True)
    if attempt.device_id is not None:
        note_push(work, attempt, sending, result)
    row.revision += 1
    audit_sending(work, row, attempt)
    publish_deliveries(work, [row])


def audit_sending(work: UnitOfWork, row: Delivery, attempt: DeliveryAttempt) -> None:
    """Write how a sending stands in the log."""
    work.audit(
        SYSTEM,
        "delivery.send",
        row.subject_kind,
        row.subject_id,
        row.court_id,
        delivery=row.id,
        rung=attempt.rung,
        channel=attempt.channel,
        attempt=attempt.id,
        tries=attempt.tries,
        code=attempt.code,
        state=attempt.state,
    )


def close(work: UnitOfWork, attempt: DeliveryAttempt, state: str, code: str | None) -> None:
    """Write that no more tries follow."""
    attempt.state, attempt.next_try_at, attempt.finished_at = state, None, work.now
    attempt.code = code or attempt.code


def note_push(work: UnitOfWork, attempt: DeliveryAttempt, sending: Sending, result: Result) -> None:
    """Write on the phone's line what its push service said; a subscription that is gone is not pushed to again."""
    device = work.session.get(DeliveryDevice, (attempt.delivery_id, attempt.device_id))
    assert attempt.device_id is not None
    if device is not None and attempt.channel == PUSH:
        device.trouble = None if result.verdict is Verdict.SENT else f"push_{result.verdict}".lower()
        if result.verdict is Verdict.SENT:
            device.pushed_at = device.pushed_at or work.now
    if result.verdict is Verdict.GONE:
        mark(work, attempt.device_id, sending.endpoint_sha256 or "", "gone", "gone")
    elif result.verdict is Verdict.FORBIDDEN:
        # Our key or our claims are wrong: nobody's fault on the phone, and every phone is concerned.
        log.error(
            "the push service %s refuses our key (%s): see docs/operations.md", sending.host, result.code
        )
        mark(work, attempt.device_id, sending.endpoint_sha256 or "", "active", "forbidden")
    elif result.verdict is Verdict.SENT:
        mark(work, attempt.device_id, sending.endpoint_sha256 or "", "active", None)
