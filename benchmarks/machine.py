"""What a measurement stands on: the machine by name, and CPU time and memory of processes as the kernel counts them."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
MEBIBYTE = 1024 * 1024


def describe() -> str:
    """Return one line: processor, cores, memory, system, versions of what was measured."""
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    packages = ", ".join(f"{name} {version(name)}" for name in ("flask", "eventlet", "sqlalchemy", "psycopg"))
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB; Linux {platform.release()}, "
        f"Python {platform.python_version()}, {packages}"
    )


def load_average() -> float:
    """Return how many processes wanted to run in the last minute: above 0.3 before a run, others were at work."""
    return os.getloadavg()[0]


@dataclass(frozen=True)
class Usage:
    """CPU seconds used so far, and memory in MiB, now and at most."""

    cpu_seconds: float
    resident_mib: float
    peak_mib: float


def usage_of(pid: int) -> Usage:
    """Return what one process has used, all its threads together."""
    status = dict(
        line.split(":", 1)
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        if ":" in line
    )
    resident, peak = (int(status[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return Usage(_cpu_seconds(pid), resident, peak)


def cpu_seconds_of_children(pid: int) -> float:
    """Return the CPU seconds of a process and its children, ended ones too: a database server's processes."""
    ended = sum(int(value) for value in _stat(pid)[15:17]) / TICKS_A_SECOND
    return _cpu_seconds(pid) + ended + sum(_cpu_seconds(child) for child in _children(pid))


def _children(pid: int) -> list[int]:
    return [
        int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    ]


def _cpu_seconds(pid: int) -> float:
    return sum(int(value) for value in _stat(pid)[13:15]) / TICKS_A_SECOND


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat, numbered from 0; the name in parentheses may hold spaces."""
    name_ended = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")
    return ["", "", *name_ended[2].split()]
