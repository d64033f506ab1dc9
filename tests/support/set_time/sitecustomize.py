"""Loaded by Python itself in the processes of a journey: their time stands at what a file says, until the test moves it.

Found through PYTHONPATH by `tests/journeys/test_nobody_answers.py` alone; the product has no such switch.
"""

import os
from datetime import datetime
from pathlib import Path

from backend.core.clock import SystemClock

SAID = Path(os.environ["TIME_OF_THE_JOURNEY"])


def time_said(_clock: SystemClock) -> datetime:
    """Return the instant that stands in the file."""
    return datetime.fromisoformat(SAID.read_text(encoding="ascii"))


SystemClock.now = time_said  # type: ignore[method-assign]
