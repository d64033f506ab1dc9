"""When a program that ended is started again: pure decisions, all times in seconds."""

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
DOUBLINGS = 6
STEADY_AFTER = 60.0


def failures_after(earlier_failures: int, ran_for: float) -> int:
    """Return the failures in a row, counting this one; a program that ran steadily starts from one again."""
    return 1 if ran_for >= STEADY_AFTER else earlier_failures + 1


def restart_delay(failures: int) -> float:
    """Return the wait before the next start after `failures` in a row: doubling, half a minute at most."""
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(failures - 1, DOUBLINGS))
