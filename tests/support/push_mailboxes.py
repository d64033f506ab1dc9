"""What a push service remembers: who subscribed to what, and the messages that wait for a browser; no network, no clock."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.support.push_requests import PushRequest


@dataclass
class Message:
    """An accepted message until the browser's word on it; `until` is in seconds since the epoch."""

    version: str
    request: PushRequest
    until: float


@dataclass
class Subscription:
    """What one page subscribed to; `key` is the only sender allowed (None: anybody may send)."""

    browser: str
    channel: str
    key: bytes | None
    waiting: list[Message] = field(default_factory=list)


class Mailboxes:
    """All subscriptions by the last part of their endpoint."""

    def __init__(self) -> None:
        self.subscriptions: dict[str, Subscription] = {}
        self.browsers: set[str] = set()

    def know(self, browser: str | None) -> str:
        """Return the name a browser goes by: its own if this service gave it, else a new one."""
        if browser not in self.browsers:
            browser = secrets.token_hex(16)
            self.browsers.add(browser)
        return browser

    def subscribe(self, browser: str, channel: str, key: bytes | None) -> str:
        """Open a mailbox and return its name."""
        name = secrets.token_hex(12)
        self.subscriptions[name] = Subscription(browser, channel, key)
        return name

    def unsubscribe(self, browser: str, channel: str) -> None:
        """Close the mailbox of a channel and drop what waited in it."""
        for name, subscription in list(self.subscriptions.items()):
            if (subscription.browser, subscription.channel) == (browser, channel):
                del self.subscriptions[name]

    def forget_browsers(self) -> None:
        """Close every mailbox and know no browser any more."""
        self.subscriptions.clear()
        self.browsers.clear()

    def keep(self, subscription: Subscription, message: Message) -> None:
        """Let a message wait, in the place of a waiting one of the same topic; with TTL 0 nothing ever waits."""
        topic = message.request.topic
        subscription.waiting = [
            other for other in subscription.waiting if topic is None or other.request.topic != topic
        ]
        if message.request.ttl > 0:
            subscription.waiting.append(message)

    def waiting_for(self, browser: str, now: float) -> Iterator[tuple[Subscription, Message]]:
        """Yield what waits for a browser and is not out of date."""
        for subscription in list(self.subscriptions.values()):
            if subscription.browser == browser:
                yield from ((subscription, one) for one in list(subscription.waiting) if now < one.until)

    def acknowledge(self, browser: str, version: str) -> None:
        """Drop a message the browser has had."""
        for subscription in list(self.subscriptions.values()):
            if subscription.browser == browser:
                subscription.waiting = [one for one in subscription.waiting if one.version != version]
