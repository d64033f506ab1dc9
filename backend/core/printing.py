"""Paper: a page of HTML made into a PDF by a process of its own, limited in time, memory and number (ADR 0035).

Laying out a page is seconds of a processor: in this process it would stop every socket, and a thread cannot be ended.
"""

import logging
import os
import subprocess
import sys
import threading

from backend.core.problems import Problem

log = logging.getLogger(__name__)
LONGEST_SECONDS = 20.0
MOST_AT_ONCE = 2
PROGRAM = (sys.executable, "-m", "backend.core.press")
_presses = threading.BoundedSemaphore(MOST_AT_ONCE)


def printed(html: str, program: tuple[str, ...] = PROGRAM, seconds: float = LONGEST_SECONDS) -> bytes:
    """The page as PDF; 503.3 where too many print at once, it took too long, or the press failed.

    The caller has closed its unit of work: nothing may wait for paper inside a transaction.
    """
    if not _presses.acquire(blocking=False):
        raise Problem("503.3")
    try:
        answer = subprocess.run(
            program,
            input=html.encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env=_plain_environment(),
        )
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", None) or b""
        log.error("a page could not be printed: %s %s", error, said.decode("utf-8", "replace")[-2000:])
        raise Problem("503.3") from error
    finally:
        _presses.release()
    return answer.stdout


def _plain_environment() -> dict[str, str]:
    """The environment without our settings: whoever lays out a page needs no secret."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LINGDA_")}
