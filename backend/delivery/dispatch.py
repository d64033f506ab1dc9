"""The worker's sender: takes what is queued, hands it to the pool, writes what came of it (research on web push 2.2, 2.3).

A sending is taken for a while only: when its worker dies it is taken again, with the same idempotency key. Nothing here
waits for a channel, so a dead one delays no other and no clock.
"""

import logging
from collections import deque
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from backend.channels.gateway import GatewayMessage
from backend.channels.message import Result
from backend.channels.opening import Channels
from backend.channels.pool import SendingPool
from backend.channels.subscription import Subscription
from backend.channels.web_push import Push, topic_for
from backend.core.database import Database, UnitOfWork
from backend.core.settings import Settings
from backend.delivery.messages import Alarm, message_text, push_payload, seconds_to_live
from backend.delivery.outcomes import Sending, close, settle_attempt, wait_again
from backend.delivery.receipts import receipt_token
from backend.delivery.sending import RECALL
from backend.delivery.tables import Delivery, DeliveryAttempt, PushSubscription
from backend.people.views import addresses_of

log = logging.getLogger(__name__)
AT_ONCE = 50
TAKEN_FOR = timedelta(seconds=30)
"""Longer than any sending may last; after it whoever took the sending is dead."""


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
        self._turned_away: deque[tuple[Sending, Result]] = deque()

    def __call__(self) -> int:
        """Take what is due, at most some dozens, and return how many were handed on."""
        self.put_back()
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

    def put_back(self) -> None:
        """Put what was turned away in the queue again, all in one transaction.

        When a host is found dead hundreds of sendings are turned away in one moment: each of them in a commit of its
        own, from sixteen threads, would keep whoever issues an order waiting for the database.
        """
        turned_away = {}
        while self._turned_away:
            sending, result = self._turned_away.popleft()
            turned_away[sending.attempt_id] = result
        if not turned_away:
            return
        with self.database.writing() as work:
            work.authorise_by_rule("what was not sent waits again")
            wait_again(work, turned_away)

    def _done(self, sending: Sending, result: Result) -> None:
        """Write what came of a sending; a database that is away leaves it taken, and it is sent again later."""
        if not result.was_begun:
            self._turned_away.append((sending, result))
            return
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
