"""Real processes of the product for tests: backends and workers with their environment, started, asked, stopped, killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import requests

from tests.support.front import ROOT, free_port

READY_SECONDS = 60.0
STOP_SECONDS = 20.0
SECRET_KEY = "a secret of the tests, long enough to be one"


class Process:
    """One `python -m …` of the product; `log` holds what it wrote to standard error so far."""

    def __init__(self, module: str, database_url: str, data: Path, **environment: str) -> None:
        self.module = module
        self.environment = {
            **os.environ,
            "LINGDA_DATABASE_URL": database_url,
            "LINGDA_DATA": str(data),
            "LINGDA_SECRET_KEY": SECRET_KEY,
            **environment,
        }
        self._log = data / f"{module}-{id(self)}.log"
        self._launched_at = 0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def log(self) -> str:
        """Return what the process wrote."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def pid(self) -> int:
        """Return the id of the running process."""
        assert self._process is not None, "not started"
        return self._process.pid

    def launch(self) -> None:
        """Start it and return at once."""
        self._launched_at = self._log.stat().st_size if self._log.exists() else 0
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def start(self) -> None:
        """Start it and return when it works."""
        self.launch()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the process says, since this start, that it works."""
        self.wait_for(lambda: b"working" in self._log.read_bytes()[self._launched_at :])

    def wait_for(self, condition: "object", seconds: float = READY_SECONDS) -> None:
        """Wait for something while the process lives."""
        give_up = time.monotonic() + seconds
        while not condition():  # type: ignore[operator]
            assert self._process is not None
            assert self._process.poll() is None, (
                f"{self.module} ended with {self._process.poll()}:\n{self.log}"
            )
            assert time.monotonic() < give_up, f"{self.module} is not ready:\n{self.log}"
            time.sleep(0.03)

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """Wait for its end and return its exit code."""
        assert self._process is not None, "not started"
        return self._process.wait(seconds)

    def terminate(self) -> None:
        """Ask it to stop."""
        assert self._process is not None, "not started"
        self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it with -9; a second call does nothing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
            self._process = None


class Worker(Process):
    """A worker process."""

    def __init__(self, database_url: str, data: Path, **environment: str) -> None:
        super().__init__("backend.worker", database_url, data, **environment)


class Backend(Process):
    """A backend process on a port of its own, which it keeps over restarts; `url` is its address."""

    def __init__(self, database_url: str, data: Path, mode: str = "eventlet", **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        settings = {
            "LINGDA_BACKEND": f"127.0.0.1:{self.port}",
            "LINGDA_PUBLIC_URL": self.url,
            "LINGDA_ASYNC_MODE": mode,
        }
        super().__init__("backend.server", database_url, data, **{**settings, **environment})

    def is_ready(self) -> bool:
        """Tell whether it serves and its database answers."""
        try:
            return requests.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def wait_until_ready(self) -> None:
        """Wait until it serves and its database answers."""
        self.wait_for(self.is_ready)
