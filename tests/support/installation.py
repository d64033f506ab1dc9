"""A whole installation as people run it: `lingda serve` with front, backend and worker on free ports of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path

from backend.core.settings import Settings, load_settings
from tests.support.backend_process import free_port

ROOT = Path(__file__).parents[2]
LINGDA = Path(sys.executable).with_name("lingda")
START_SECONDS = 60
LAST_LINES = 60


class Installation:
    """The processes of one `lingda serve` on one database; use it as a context manager."""

    def __init__(self, data: Path, database_url: str, mode: str = "eventlet", **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "serve.log"
        self.own = {
            "LINGDA_DATA": str(data),
            "LINGDA_DATABASE_URL": database_url,
            "LINGDA_HTTP": f"127.0.0.1:{self.port}",
            "LINGDA_BACKEND": f"127.0.0.1:{free_port()}",
            "LINGDA_ASYNC_MODE": mode,
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Installation":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def settings(self) -> Settings:
        """The settings its processes read."""
        return load_settings(self.own)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes find in their environment."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LINGDA_")}
        return {**inherited, **self.own}

    def start(self) -> None:
        """Start everything and return once the front says it is ready; raise with the log when it is not."""
        before = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [LINGDA, "serve"],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        give_up = time.monotonic() + START_SECONDS
        while b"Ctrl-C stops everything" not in self.log.read_bytes()[before:]:
            if self._process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                raise RuntimeError(f"the installation did not start:\n{self.last_lines()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Ask everything to end and wait for it; a second call does nothing."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(START_SECONDS)
            self._process = None

    def lingda(self, *arguments: str, given: str = "") -> str:
        """Run one command of `lingda` on this installation, with `given` on its standard input; return what it said."""
        done = subprocess.run(
            [LINGDA, *arguments],
            env=self.environment,
            cwd=ROOT,
            input=given,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def last_lines(self) -> str:
        """Return the end of what its processes wrote."""
        return "\n".join(self.log.read_text(encoding="utf-8").splitlines()[-LAST_LINES:])
