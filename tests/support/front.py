"""The real front (Caddy with the project's own Caddyfile) before whatever upstream a test gives."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from tests.support.backend_process import free_port

ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def running_front(backend: tuple[str, int], pages: Path, data: Path, **settings: str) -> Iterator[str]:
    """Run Caddy before `backend` with `pages`; yield its address; `data/front.log` gets the access log."""
    port = free_port()
    environment = {
        **os.environ,
        "LINGDA_FRONT_SITES": f"http://:{port}",
        "LINGDA_FRONT_BIND": "127.0.0.1",
        "LINGDA_FRONT_PAGES": str(pages),
        "LINGDA_FRONT_DATA": str(data),
        "LINGDA_FRONT_LOG": f"file {data / 'front.log'}",
        "LINGDA_BACKEND": f"{backend[0]}:{backend[1]}",
        "XDG_CONFIG_HOME": str(data),
        "XDG_DATA_HOME": str(data),
        **settings,
    }
    caddy = shutil.which("caddy") or "/usr/bin/caddy"
    command = [caddy, "run", "--config", str(ROOT / "Caddyfile"), "--adapter", "caddyfile"]
    with (data / "output.log").open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        _wait_until_it_listens(process, port, data / "output.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    give_up = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < give_up:
        with contextlib.suppress(requests.ConnectionError):
            requests.get(f"http://127.0.0.1:{port}/nothing-here", timeout=5)
            return
        time.sleep(0.02)
    raise RuntimeError(f"Caddy did not start:\n{output.read_text()}")
