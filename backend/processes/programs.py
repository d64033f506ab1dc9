"""One supervised program: how it is started, how its output is shown, how it is ended."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

NAME_WIDTH = 8


@dataclass(frozen=True)
class Program:
    """What to run under which name, with which environment; lines with the `hidden` text are not shown."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    hidden: str | None = None


@dataclass
class Running:
    """A program that was started, and what happened to it."""

    program: Program
    process: subprocess.Popen[str]
    started_at: float = field(default_factory=time.monotonic)

    def end(self, seconds: float) -> None:
        """Ask it to end, and end it by force after `seconds`."""
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(program: Program, say: Callable[[str], None], ended: Callable[[Running, int], None]) -> Running:
    """Start `program`; each of its lines goes to `say`, its exit code to `ended` (on another thread)."""
    process = subprocess.Popen(
        [*_dies_with_parent(), *program.command],
        env=dict(program.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        # Ctrl-C in a terminal reaches the whole group: only the supervisor shall hear it, and stop in order.
        start_new_session=True,
    )
    running = Running(program, process)
    threading.Thread(target=_follow, args=(running, say, ended), name=program.name, daemon=True).start()
    return running


def _follow(running: Running, say: Callable[[str], None], ended: Callable[[Running, int], None]) -> None:
    output = running.process.stdout
    if output is not None:
        hidden = running.program.hidden
        for line in output:
            if hidden and hidden in line:
                continue
            say(f"{running.program.name:<{NAME_WIDTH}}| {line.rstrip()}")
        output.close()
    ended(running, running.process.wait())


def _dies_with_parent() -> list[str]:
    """Return the prefix that lets the kernel end a program whose supervisor was killed: no orphans.

    The kernel tells only of a death after it was asked to: a supervisor killed before that is found out by the program
    having another parent by then, and the program does not begin.
    """
    if not shutil.which("setpriv"):
        return []
    begin_with_parent = 'test "$PPID" = "$0" && exec "$@"'
    return ["setpriv", "--pdeathsig", "TERM", "--", "sh", "-c", begin_with_parent, str(os.getpid())]
