"""The worker's sender: takes what is queued, hands it to the pool, writes what came of it (research on web push 2.2, 2.3).

A sending is taken for a while only: when its worker dies it is taken again, with the same idempotency key. Nothing here
waits for a channel, so a dead one delays no other and no clock.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from backend.channels.gateway import GatewayMessage
from backend.channels.message import Result, Verdict
from backend.channels.opening import Channels
from backend.channels.pool import SendingPool
from backend.channels.subscription import Subscription
from backend.channels.web_push import Push, topic_for
from backend.core.database import Database, UnitOfWork
from backend.core.permissions import SYSTEM
from backend.core.settings import Settings
from backend.delivery.messages import Alarm, message_text, push_payload, seconds_to_live
from backend.delivery.receipts import receipt_token
from backend.delivery.rules import next_try
from backend.delivery.sending import PUSH, RECALL
from backend.delivery.subscriptions import mark
from backend.delivery.tables import Delivery, DeliveryAttempt, DeliveryDevice, PushSubscription
from backend.delivery.telling import publish_delivery
from backend.people.views import addresses_of

log = logging.getLogger(__name__)
AT_ONCE = 50
TAKEN_FOR = timedelta(seconds=30)
"""Longer than any sending may last; after it whoever took the sending is dead."""


@dataclass(frozen=True)
class Sending:
    """One try: to which host, and how."""

    attempt_id: str
    host: str
    send: Callable[[], Result]
    endpoint_sha256: str | None = None


class Dispatcher:
    """One a worker: claims what is due and gives it to the pool."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        pool: SendingPool,
        channels: Channels,
    ) -> None:
        self.database = database
        self.settings = settings
        self.pool = pool
        self.web_push = channels.push
        self.gateways = channels.gateways

    def __call__(self) -> int:
        """Take what is due, at most some dozens, and return how many were handed on."""
        with self.database.reading() as work:
            due = select(DeliveryAttempt.id).where(DeliveryAttempt.next_try_at <= work.now).limit(1)
            if work.session.execute(due).first() is None:
                return 0
        with self.database.writing() as work:
            work.authorise_by_rule("what a ladder queued is sent")
            sendings = [one for row in self._due(work) if (one := self._take(work, row)) is not None]
        for sending in sendings:
            self.pool.submit(sending.host, sending.send, partial(self._done, sending))
        return len(sendings)

    def _due(self, work: UnitOfWork) -> list[DeliveryAttempt]:
        query = (
            select(DeliveryAttempt)
            .where(DeliveryAttempt.next_try_at <= work.now)
            .order_by(DeliveryAttempt.next_try_at, DeliveryAttempt.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        return list(work.session.execute(query).scalars())

    def _take(self, work: UnitOfWork, attempt: DeliveryAttempt) -> Sending | None:
        """Take one in hand; None when it has become moot or nothing to send it by is left."""
        row = work.session.get_one(Delivery, attempt.delivery_id)
        if is_moot(attempt, row):
            close(work, attempt, "moot", None)
            return None
        sending = self._push(work, attempt, row) if attempt.device_id else self._gateway(work, attempt, row)
        if sending is None:
            close(work, attempt, "failed", "nowhere_to_send")
            return None
        attempt.state, attempt.tries = "taken", attempt.tries + 1
        attempt.next_try_at = work.now + TAKEN_FOR
        return sending

    def _push(self, work: UnitOfWork, attempt: DeliveryAttempt, row: Delivery) -> Sending | None:
        subscription = work.session.get(PushSubscription, attempt.device_id)
        if subscription is None or subscription.state != "active":
            return None
        alarm = alarm_of(row)
        token = receipt_token(self.settings.secret_key, attempt.id)
        push = Push(
            Subscription(subscription.endpoint, subscription.p256dh, subscription.auth),
            push_payload(alarm, token, self.settings.public_url, recall=attempt.channel == RECALL),
            seconds_to_live(alarm, work.now),
            "high" if alarm.urgency == "urgent" else "normal",
            topic_for(f"{row.subject_kind}-{row.subject_id}"),
        )
        return Sending(
            attempt.id,
            self.web_push.host(push),
            lambda: self.web_push.send(push),
            subscription.endpoint_sha256,
        )

    def _gateway(self, work: UnitOfWork, attempt: DeliveryAttempt, row: Delivery) -> Sending | None:
        gateway = self.gateways.get(attempt.channel)
        if gateway is None:
            return None
        addresses = addresses_of(work.session, row.user_id)
        message = GatewayMessage(
            key=attempt.id,
            mobile=addresses["mobile"],
            account=addresses["message_account"],
            text=message_text(alarm_of(row), self.settings.public_url),
        )
        return Sending(attempt.id, gateway.host, lambda: gateway.send(message))

    def _done(self, sending: Sending, result: Result) -> None:
        """Write what came of a sending; a database that is away leaves it taken, and it is sent again later."""
        try:
            with self.database.writing() as work:
                work.authorise_by_rule("what came of a sending is written down")
                settle_attempt(work, sending, result)
        except Exception:
            log.exception("what came of the sending %s could not be written", sending.attempt_id)


def is_moot(attempt: DeliveryAttempt, row: Delivery) -> bool:
    """Tell whether a sending has become needless: the person answered, or a device has it meanwhile."""
    if attempt.channel == RECALL:
        return False
    if row.settled_at is not None:
        return True
    return row.ladder != "test" and row.received_at is not None and row.received_at > attempt.created_at


def alarm_of(row: Delivery) -> Alarm:
    """Return what may leave the house of a delivery."""
    return Alarm(
        row.subject_kind,
        row.subject_id,
        row.id,
        "urgent" if row.ladder == "urgent" else "normal",
        row.covert,
        row.deadline_at,
        row.reference,
    )


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
        code=result.code,
        state=attempt.state,
    )
    publish_delivery(work, row)


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
