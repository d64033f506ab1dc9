"""How this machine's clock is kept: the kernel's own word, and the service that keeps it, where one can be asked."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from backend.timekeeping.rules import LONGEST_READING_SECONDS, KernelClock, Reading

STA_UNSYNC = 0x0040
MICROSECONDS = 1_000_000
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
LONGEST_ANSWER_SECONDS = 2.0
MOST_READINGS = 5


class _Instant(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("microseconds", ctypes.c_long))


class _Timex(ctypes.Structure):
    """`struct timex` of Linux."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        *((name, ctypes.c_long) for name in ("offset", "freq", "maxerror", "esterror")),
        ("status", ctypes.c_int),
        *((name, ctypes.c_long) for name in ("constant", "precision", "tolerance")),
        ("time", _Instant),
        *((name, ctypes.c_long) for name in ("tick", "ppsfreq", "jitter")),
        ("shift", ctypes.c_int),
        *((name, ctypes.c_long) for name in ("stabil", "jitcnt", "calcnt", "errcnt", "stbcnt")),
        ("tai", ctypes.c_int),
        ("reserved", ctypes.c_int * 11),
    )


def kernel_clock() -> KernelClock | None:
    """What the kernel says of its clock, only read and never set; None where it cannot be asked."""
    if not sys.platform.startswith("linux"):
        return None
    answer = _Timex(modes=0)
    try:
        if ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(answer)) < 0:
            return None
    except (OSError, AttributeError):
        return None
    return KernelClock(
        synchronised=not answer.status & STA_UNSYNC,
        max_error_s=answer.maxerror / MICROSECONDS,
        estimated_error_s=answer.esterror / MICROSECONDS,
    )


def kept_by() -> str | None:
    """The service that keeps the clock (`chrony`, `timedatectl`), or None where none says so; never waits long."""
    tracking = _said("chronyc", "-n", "-c", "tracking")
    if tracking and not tracking.rsplit(",", 1)[-1].startswith("Not synchronised"):
        return "chrony"
    if _said("timedatectl", "show", "-p", "NTPSynchronized", "--value") == "yes":
        return "timedatectl"
    return None


def _said(*command: str) -> str | None:
    if shutil.which(command[0]) is None:
        return None
    try:
        answer = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=LONGEST_ANSWER_SECONDS,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (subprocess.SubprocessError, OSError, UnicodeDecodeError):
        return None
    return answer.stdout.strip()


def boot_id() -> str:
    """What names this start of this machine: containers on one machine share its clock and this; else the host's name."""
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()[:36]
    except (OSError, UnicodeDecodeError):
        return host()[:36]


def host() -> str:
    """The name of this machine or container."""
    return os.uname().nodename[:80]


def elapsed() -> float:
    """Seconds since the machine started, its sleep included; nobody sets them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def reading() -> Reading:
    """Both clocks at one moment, read again where the machine was busy between the one and the other."""
    for _ in range(MOST_READINGS):
        began = elapsed()
        wall = datetime.now(UTC)
        if elapsed() - began <= LONGEST_READING_SECONDS:
            break
    return Reading(wall, began)
