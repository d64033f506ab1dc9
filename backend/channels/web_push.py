"""Web push (RFC 8030, 8188, 8291, 8292): one encrypted message to one browser, through the service it subscribed at."""

import logging
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from py_vapid import VapidException
from pywebpush import WebPushException, webpush
from requests import Response

from backend.channels.call_error import CallError
from backend.channels.endpoints import check_endpoint, host_of, shown
from backend.channels.guard import Guard
from backend.channels.message import Result, Verdict, result_of_status
from backend.channels.subscription import Subscription, check_keys
from backend.channels.vapid import VapidKeys
from backend.core.clock import Clock
from backend.core.problems import Problem

log = logging.getLogger(__name__)
SHORTEST_TTL, LONGEST_TTL = 60, 86_400
"""Seconds a push service keeps a message: with none it drops what the phone does not take at once."""
LARGEST_PAYLOAD = 4096 - 86 - 17
"""Bytes before encryption: services take 4096, of which the head takes 86 and padding and tag 17 (RFC 8291)."""
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
Urgency = Literal["very-low", "low", "normal", "high"]


@dataclass(frozen=True)
class Push:
    """One message: `payload` in plain bytes, `ttl` in seconds, `topic` so that a later one replaces it while it waits."""

    subscription: Subscription
    payload: bytes = field(repr=False)
    ttl: int
    urgency: Urgency = "normal"
    topic: str | None = None

    def __post_init__(self) -> None:
        if not self.payload:
            raise ValueError("an empty push tells nobody anything")
        if self.topic is not None and not TOPIC.fullmatch(self.topic):
            raise ValueError("a topic is at most 32 characters of base64url; see topic_for")


def topic_for(name: str) -> str:
    """Return the topic of anything that has a name of its own, such as "directive-<id>"; it tells nothing about it."""
    return urlsafe_b64encode(sha256(name.encode()).digest()[:24]).decode()


class WebPushChannel:
    """Sends pushes, each in one guarded call of its own; may be used by several threads."""

    def __init__(self, keys: VapidKeys, guard: Guard, clock: Clock) -> None:
        self.keys = keys
        self._guard = guard
        self._clock = clock

    @property
    def is_set(self) -> bool:
        """Tell whether pushes can be sent: they must be signed for somebody a push service can write to."""
        return self.keys.subject is not None

    @staticmethod
    def host(push: Push) -> str:
        """Return the host a push goes to: what the pool's caps and breakers are kept for."""
        return host_of(push.subscription.endpoint)

    def send(self, push: Push) -> Result:
        """Encrypt, sign and send; return what became of it. Never raises for what a phone or a service did."""
        if not self.is_set:
            return Result(Verdict.UNSET, "no_subject")
        if len(push.payload) > LARGEST_PAYLOAD:
            return Result(Verdict.TOO_LARGE, "payload_too_large")
        subscription = push.subscription
        try:
            check_endpoint(subscription.endpoint, self._guard.allowed)
        except Problem:
            return Result(Verdict.REFUSED, "bad_endpoint")
        try:
            check_keys(subscription.p256dh, subscription.auth)
        except Problem:
            return Result(Verdict.REFUSED, "bad_keys")
        try:
            result = self._call(push)
        except VapidException:
            # It signs for no origin that is an IPv6 address.
            return Result(Verdict.REFUSED, "bad_endpoint")
        if result.verdict is Verdict.FORBIDDEN:
            log.error(
                "push service %s answered %s: look at LINGDA_VAPID_SUBJECT and the VAPID key",
                shown(subscription.endpoint),
                result.code,
            )
        elif result.verdict is not Verdict.SENT:
            log.warning("push to %s: %s, %s", shown(subscription.endpoint), result.verdict, result.code)
        return result

    def _call(self, push: Push) -> Result:
        now = self._clock.now()
        try:
            response = self._post(push)
        except CallError as error:
            # The head of the answer is the whole of a push service's word.
            if error.response is None:
                verdict = (
                    Verdict.REFUSED if error.code in ("blocked_address", "bad_address") else Verdict.LATER
                )
                return Result(verdict, error.code)
            response = error.response
        return result_of_status(response.status_code, response.headers.get("Retry-After"), now)

    def _post(self, push: Push) -> Response:
        subscription = push.subscription
        headers: dict[str, str | int | float] = {"Urgency": push.urgency}
        if push.topic:
            headers["Topic"] = push.topic
        with self._guard.session() as session:
            try:
                answer = webpush(
                    {
                        "endpoint": subscription.endpoint,
                        "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
                    },
                    data=push.payload,
                    vapid_private_key=self.keys.signer(),
                    # Fresh for each push: pywebpush writes into them, and the next service would get this one's.
                    vapid_claims=self.keys.claims(subscription.endpoint),
                    content_encoding="aes128gcm",
                    timeout=self._guard.waits,
                    ttl=min(max(push.ttl, SHORTEST_TTL), LONGEST_TTL),
                    headers=headers,
                    requests_session=session,
                )
            except WebPushException as error:
                answer = error.response
        assert isinstance(answer, Response)
        return answer
