"""A real backend process on a free port, for what only a real server shows: its async mode, its sockets, its speed."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

READY_SECONDS = 30.0


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class BackendProcess:
    """`python -m backend.server` on one database; use it as a context manager or call `stop()`."""

    def __init__(self, database_url: str, data: Path, mode: str = "eventlet", **environment: str) -> None:
        self.address = f"127.0.0.1:{free_port()}"
        self.url = f"http://{self.address}"
        self.log = data / f"server-{self.address.rpartition(':')[2]}.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LINGDA_")},
            "LINGDA_DATA": str(data),
            "LINGDA_DATABASE_URL": database_url,
            "LINGDA_BACKEND": self.address,
            "LINGDA_HTTP": self.address,
            "LINGDA_ASYNC_MODE": mode,
            "LINGDA_TRUSTED_PROXIES": "0",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "BackendProcess":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        assert self.process is not None
        return self.process.pid

    def start(self) -> None:
        """Start the process and return once it answers; raise with its log when it ends instead."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "backend.server"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=Path(__file__).parents[2],
            )
        give_up = time.monotonic() + READY_SECONDS
        while self.process.poll() is None and time.monotonic() < give_up:
            try:
                if requests.get(f"{self.url}/readyz", timeout=2).ok:
                    return
            except requests.RequestException:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the backend did not start:\n{self.log.read_text(encoding='utf-8')}")

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """Ask the process to end and wait until it has; a second call does nothing."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
