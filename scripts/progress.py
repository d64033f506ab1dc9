"""Steps a person can watch: a sign of life while they work, and one sentence when they fail."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

SIGN_OF_LIFE_SECONDS = 15
LAST_LINES = 25


class StepError(Exception):
    """A step that failed; the message is one sentence that says what to do."""


def say(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


def digest(paths: Iterable[Path], *words: str) -> str:
    """Return one hash over `words` and the names and contents of `paths` (relative to the work tree)."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        total.update(f"\0{path}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Stamps:
    """Remembers from which inputs each step was last done, so that an unchanged step is skipped."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def fresh(self, step: str, inputs: str, outputs: Sequence[Path]) -> bool:
        """Tell whether `step` was done from these very inputs and its outputs are still there."""
        stamp = self.directory / step
        return stamp.is_file() and stamp.read_text() == inputs and all(path.exists() for path in outputs)

    def done(self, step: str, inputs: str) -> None:
        """Note that `step` was done from `inputs`."""
        self.directory.mkdir(exist_ok=True)
        (self.directory / step).write_text(inputs)

    def log(self, step: str) -> Path:
        """Return where the output of `step` is kept."""
        self.directory.mkdir(exist_ok=True)
        return self.directory / f"{step}.log"


def run(command: Sequence[str], log: Path, advice: str, folder: Path | None = None) -> None:
    """Run `command` with its output in `log`; raise StepError with `advice` when it fails."""
    started = time.monotonic()
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
        )
        while True:
            try:
                code = process.wait(SIGN_OF_LIFE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                say(f"      … {time.monotonic() - started:.0f} s")
    if code:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        sys.stderr.write("\n".join(f"      | {line}" for line in lines) + "\n")
        raise StepError(f"{advice} (its whole output: {os.path.relpath(log)})")
