"""The address that `lingda serve` announced: kept while it runs, so that other commands tell phones the same one."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from backend.core.settings import Settings


@contextmanager
def announced(settings: Settings, url: str) -> Iterator[None]:
    """Keep the address people are told, for as long as the block runs; a killed process announces nothing."""
    with _file(settings).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Another `lingda serve` on this data folder announces its own.
            yield
            return
        file.truncate(0)
        file.write(url)
        file.flush()
        yield


def address_for_phones(settings: Settings, environment: Mapping[str, str] = os.environ) -> str:
    """Return the address phones open: LINGDA_PUBLIC_URL, else what a running `lingda serve` announced, else the default."""
    if environment.get("LINGDA_PUBLIC_URL"):
        return settings.public_url
    return _announced_now(settings) or settings.public_url


def _announced_now(settings: Settings) -> str | None:
    try:
        with _file(settings).open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read().strip() or None
    except FileNotFoundError:
        pass
    # The lock is free: whoever wrote the address has ended.
    return None


def _file(settings: Settings) -> Path:
    return settings.data / "announced"
