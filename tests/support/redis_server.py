"""A private Redis server for tests, on a port of its own; it can be killed, started again and made to hang."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.support.backend_process import free_port

START_SECONDS = 20


class RedisServer:
    """One `redis-server` that keeps nothing; use it as a context manager. `url` stays the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start the server and return once it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        # The kernel ends it when the tests die, even by SIGKILL.
        tied = ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []
        with (self.folder / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*tied, *command], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        give_up = time.monotonic() + START_SECONDS
        with self.client() as client:
            while True:
                try:
                    client.ping()
                    return
                except RedisError:
                    assert self._process.poll() is None and time.monotonic() < give_up, "Redis did not start"
                    time.sleep(0.02)

    def client(self) -> Redis:
        """Return a client of the server."""
        return Redis(port=self.port, socket_timeout=5)

    def wait_for_listeners(self, channel: str, count: int) -> None:
        """Wait until so many processes listen to a channel."""
        give_up = time.monotonic() + START_SECONDS
        with self.client() as client:
            while client.pubsub_numsub(channel)[0][1] < count:
                assert time.monotonic() < give_up, f"fewer than {count} listen to {channel}"
                time.sleep(0.02)

    def hang(self) -> None:
        """Let the server stand still with all its connections open, as an overloaded machine does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """End the server at once; a second call does nothing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(START_SECONDS)
            self._process = None
