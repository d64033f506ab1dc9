"""Says at the end of a run how long each folder of tests took, so that the suite stays within its fifteen minutes."""

from collections import defaultdict
from typing import Any

import pytest


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the seconds of each folder with its number of tests, the slowest first."""
    seconds: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                folder = report.nodeid.split("::")[0].rpartition("/")[0]
                seconds[folder] += report.duration
                count[folder] += report.when == "call"
    if sum(count.values()) < 2:
        return
    terminalreporter.section("where the time went")
    for folder in sorted(seconds, key=lambda one: -seconds[one]):
        terminalreporter.line(f"{seconds[folder]:7.1f} s {count[folder]:5} {folder}")
