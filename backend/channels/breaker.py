"""A host that does not answer is left alone for a while: pure, the present is an argument in seconds of any steady clock."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class BreakerRules:
    """After `failures` in a row a host is closed for `first_pause` seconds, twice as long each time, `longest_pause` at most."""

    failures: int = 3
    first_pause: float = 5.0
    longest_pause: float = 300.0


@dataclass(frozen=True)
class Breaker:
    """What is known of one host. Closed: `shut_until` is set; then one message tries it, and its fate decides."""

    failures_in_a_row: int = 0
    times_shut: int = 0
    shut_until: float | None = None
    trying: bool = False

    def pause(self, now: float, rules: BreakerRules) -> float:
        """Return for how many seconds nothing may be sent; 0 when something may."""
        if self.shut_until is None:
            return 0.0
        if self.trying:
            # Somebody is finding out; what is known by then is known in a moment.
            return rules.first_pause
        return max(0.0, self.shut_until - now)

    def started(self) -> "Breaker":
        """Note that a message is on its way: through a shut breaker it is the one that tries."""
        return replace(self, trying=self.shut_until is not None)

    def answered(self) -> "Breaker":
        """Note that the host answered, whatever it said: it is open, and its failures are forgotten."""
        return Breaker()

    def failed(self, now: float, rules: BreakerRules) -> "Breaker":
        """Note that the host failed; the failure that is one too many shuts it."""
        failures = self.failures_in_a_row + 1
        if self.shut_until is not None and not self.trying:
            # It began before the breaker shut; the pause stays as it is.
            return replace(self, failures_in_a_row=failures)
        if not self.trying and failures < rules.failures:
            return replace(self, failures_in_a_row=failures)
        pause = min(rules.first_pause * 2.0 ** min(self.times_shut, 30), rules.longest_pause)
        return Breaker(failures, self.times_shut + 1, shut_until=now + pause)

    def abandoned(self) -> "Breaker":
        """Note that a message ended and told nothing about the host, such as one that was never sent."""
        return replace(self, trying=False)
