"""docker-compose.yml is accepted by the compose tool, and no secret in it has a default (design 2)."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
import redis

from tests.support.backend_process import free_port
from tests.support.front import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text()


def compose_tool() -> list[str]:
    plugin = ["docker", "compose"]
    if not shutil.which("docker"):
        return ["docker-compose"]
    asked = subprocess.run([*plugin, "version"], check=False, capture_output=True)
    return plugin if asked.returncode == 0 else ["docker-compose"]


@pytest.fixture
def secrets(tmp_path) -> Path:
    shutil.copy(ROOT / "docker" / "make-secrets.sh", tmp_path)
    make_secrets(tmp_path)
    return tmp_path / "secrets"


def make_secrets(folder: Path) -> None:
    subprocess.run(["sh", str(folder / "make-secrets.sh")], check=True, capture_output=True)


def test_the_compose_file_is_accepted():
    checked = subprocess.run(
        [*compose_tool(), "config", "--quiet"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


def test_every_service_of_the_design_is_there():
    listed = subprocess.run(
        [*compose_tool(), "config", "--services"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"postgis", "redis", "backend", "worker", "front"} <= set(listed.stdout.split())


@pytest.mark.parametrize(("given", "backends"), [({}, 1), ({"LINGDA_BACKENDS": "3"}, 3)])
def test_there_are_as_many_backends_as_asked_for_all_behind_one_name(given, backends):
    shown = subprocess.run(
        [*compose_tool(), "config"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **given},
    )
    assert re.findall(r"replicas: (\d+)", shown.stdout) == [str(backends)]
    assert "LINGDA_BACKEND: backend:8001" in shown.stdout
    assert "container_name" not in shown.stdout, "two of one name cannot be"


def test_every_secret_the_file_names_is_made_by_the_script(secrets):
    named = set(re.findall(r"docker/secrets/(\w+)\}", COMPOSE))
    assert named
    assert named <= {path.name for path in secrets.iterdir()}


def test_secrets_differ_and_are_kept_the_second_time(secrets):
    before = {path.name: path.read_text() for path in secrets.iterdir()}
    make_secrets(secrets.parent)
    assert {path.name: path.read_text() for path in secrets.iterdir()} == before
    own = [before[name] for name in ("database_password", "redis_password", "secret_key")]
    assert len(set(own)) == 3
    assert min(map(len, own)) >= 40


def test_other_users_of_the_host_cannot_reach_the_secrets(secrets):
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700


def test_redis_takes_the_configuration_and_asks_for_its_password(secrets, tmp_path):
    port = free_port()
    server = subprocess.Popen(
        ["redis-server", secrets / "redis_configuration", "--port", str(port), "--bind", "127.0.0.1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in server.stdout:
            if "Ready to accept connections" in line:
                break
        with redis.Redis(port=port) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
        password = (secrets / "redis_password").read_text()
        with redis.Redis(port=port, password=password) as known:
            assert known.ping()
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()
