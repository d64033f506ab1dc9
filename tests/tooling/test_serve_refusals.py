"""What `lingda serve` cannot do it says in one sentence that names the way out, and starts nothing."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from backend.processes import front
from backend.processes.supervisor import StartError
from tests.support.backend_process import free_port
from tests.support.front import ROOT

SERVE = "from backend.processes.command import serve_command; serve_command(prog_name='lingda serve')"


def serve(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "LINGDA_DATA": str(data),
        "LINGDA_HTTP": f"127.0.0.1:{free_port()}",
        "LINGDA_BACKEND": f"127.0.0.1:{free_port()}",
        **settings,
    }
    command = [sys.executable, "-c", SERVE, *arguments]
    return subprocess.run(
        command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def taken() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("setting", ["LINGDA_HTTP", "LINGDA_BACKEND"])
def test_a_port_in_use_names_who_has_it_and_the_setting(tmp_path, taken, setting):
    refused = serve(tmp_path, **{setting: f"127.0.0.1:{taken}"})
    assert refused.returncode == 1
    (sentence,) = refused.stderr.splitlines()
    assert sentence.startswith(f"Error: 127.0.0.1:{taken} is in use by ")
    assert f"(process {os.getpid()}): stop it, or change {setting}." in sentence


def test_a_port_in_use_on_the_local_network_names_its_option(tmp_path, taken):
    refused = serve(tmp_path, "--lan", "--address", "127.0.0.1", "--tls-port", str(taken))
    assert "stop it, or change --tls-port." in refused.stderr


def test_a_missing_caddy_names_the_command_that_installs_it(tmp_path):
    refused = serve(tmp_path, PATH=str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr == (
        "Error: Caddy is not installed: run `make setup`, or as root `apt-get install caddy`.\n"
    )


def test_a_wrong_setting_is_named_with_what_it_can_be(tmp_path):
    refused = serve(tmp_path, LINGDA_ASYNC_MODE="gevent")
    assert refused.returncode == 1
    assert refused.stderr == "Error: LINGDA_ASYNC_MODE is 'gevent'; it can be eventlet or threading.\n"


def test_an_address_without_a_port_is_named_with_an_example(tmp_path):
    refused = serve(tmp_path, LINGDA_HTTP="localhost")
    (sentence,) = refused.stderr.splitlines()
    assert "LINGDA_HTTP is 'localhost'" in sentence
    assert "127.0.0.1:8000" in sentence


def test_pages_that_were_not_built_name_the_command_that_builds_them(monkeypatch, tmp_path):
    monkeypatch.setattr(front, "PAGES", tmp_path)
    with pytest.raises(StartError, match="run `make setup`"):
        front.check_pages()
