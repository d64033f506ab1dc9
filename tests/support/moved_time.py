"""The time of real processes in a test's hands: they read it from a file, through `set_time/sitecustomize.py`."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.front import ROOT


class MovedTime:
    """An instant that stands still until it is moved; `environment` goes to the processes that live in it."""

    def __init__(self, folder: Path, instant: datetime) -> None:
        self.file = folder / "time"
        self.set(instant)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to take its time from here."""
        path = os.pathsep.join([str(ROOT / "tests/support/set_time"), str(ROOT)])
        return {"PYTHONPATH": path, "TIME_OF_THE_JOURNEY": str(self.file)}

    @property
    def now(self) -> datetime:
        """What time it is there."""
        return datetime.fromisoformat(self.file.read_text(encoding="ascii"))

    @property
    def ahead(self) -> timedelta:
        """How far it is ahead of this machine (behind, when negative)."""
        return self.now - datetime.now(UTC)

    def set(self, instant: datetime) -> None:
        """It is this instant; whoever reads meanwhile reads the one or the other."""
        written = self.file.with_suffix(".new")
        written.write_text(instant.isoformat(), encoding="ascii")
        written.replace(self.file)

    def pass_by(self, seconds: float) -> None:
        """So many seconds later."""
        self.set(self.now + timedelta(seconds=seconds))


class MakeUpSaturday(MovedTime):
    """Saturday 10 October 2026, a make-up workday, in Beijing."""

    def __init__(self, folder: Path, text: str) -> None:
        super().__init__(folder, self._instant(text))

    def at(self, text: str) -> None:
        """It is this time of that day."""
        self.set(self._instant(text))

    @staticmethod
    def _instant(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-10-10T{text}+08:00")
