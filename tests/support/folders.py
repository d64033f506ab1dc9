"""Where tests keep their databases: in memory where there is room, for copying one there takes a ninth of the time."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
DISK = Path("/tmp")
"""Never TMPDIR, which may be closed to PostgreSQL's user or too long for the path of a socket (107 bytes)."""
ROOM = 2 * 1024**3
"""Bytes that must be free: a container's own /dev/shm often has 64 MB, and those would be full at once."""


def quick_folder() -> Path:
    """Return the folder for databases that need not outlive the machine's power."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return DISK


def keep_test_folders_quick() -> None:
    """Let pytest make its folders there too, unless whoever runs it has named another place."""
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))
