"""What became of one message at the door: a verdict to act upon, a short machine word, when to come back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

LONGEST_WAIT = timedelta(hours=1)
"""However long a service asks us to stay away, an alarm comes back after this."""
OWN_WORDS = frozenset({"429", "breaker_open", "queue_full", "waited_too_long", "stopping", "failed"})
"""Codes of LATER that say nothing against the host itself."""
NOT_BEGUN = frozenset({"breaker_open", "queue_full", "waited_too_long", "stopping"})
"""Codes of what was turned away: nothing was sent."""
WORDS_FOR_ANSWERS = frozenset({"redirect", "not_the_success_answer", "answer_too_long"})
"""Codes that are no status, and yet the host answered."""


class Verdict(StrEnum):
    """What whoever sent the message does next."""

    SENT = "sent"
    """The service took it. That says nothing about the phone."""
    GONE = "gone"
    """404 or 410 of a push service: the subscription has ended; never send to it again."""
    FORBIDDEN = "forbidden"
    """401 or 403: our keys, claims or password are wrong; an alarm for whoever runs the installation."""
    TOO_LARGE = "too_large"
    """413, or over the limit before it was sent: send less."""
    LATER = "later"
    """429, 5xx, no answer, connection trouble: again, not before `retry_after`."""
    REFUSED = "refused"
    """A no that will stay one."""
    UNSET = "unset"
    """Nothing is configured to send it with."""


@dataclass(frozen=True)
class Result:
    """The verdict; `code` such as "201", "timeout", "breaker_open"; `reference` is the gateway's own number."""

    verdict: Verdict
    code: str
    retry_after: timedelta | None = None
    reference: str | None = None

    @property
    def tells_against_host(self) -> bool:
        """Tell whether the host itself failed: it did not answer, or answered that it is broken."""
        return self.verdict is Verdict.LATER and self.code not in OWN_WORDS

    @property
    def was_begun(self) -> bool:
        """Tell whether anything was sent, or at least tried."""
        return self.code not in NOT_BEGUN

    @property
    def was_answered(self) -> bool:
        """Tell whether the host answered anything at all."""
        return self.code.isdecimal() or self.code in WORDS_FOR_ANSWERS


def result_of_status(status: int, retry_after: str | None, now: datetime) -> Result:
    """Judge the status of an HTTP answer as RFC 8030 means it; `retry_after` is the header as it came."""
    code = str(status)
    if 200 <= status < 300:
        return Result(Verdict.SENT, code)
    if status in (404, 410):
        return Result(Verdict.GONE, code)
    if status in (401, 403):
        return Result(Verdict.FORBIDDEN, code)
    if status == 413:
        return Result(Verdict.TOO_LARGE, code)
    if status in (408, 425, 429) or status >= 500:
        return Result(Verdict.LATER, code, retry_after=read_retry_after(retry_after, now))
    return Result(Verdict.REFUSED, "redirect" if 300 <= status < 400 else code)


def read_retry_after(header: str | None, now: datetime) -> timedelta | None:
    """Read `Retry-After`, seconds or an HTTP date, as a wait from now; None when there is none that can be read."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        # More digits than a wait can have: Python refuses to read thousands of them.
        wait = timedelta(seconds=int(text)) if len(text) < 9 else LONGEST_WAIT
    else:
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return None
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta()), LONGEST_WAIT)
