"""One command makes a fresh machine ready, says what it lacks in one sentence, and does nothing twice."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from scripts import debian_packages, prepare
from scripts.debian_packages import Need, install_command, missing
from scripts.progress import Stamps, StepError, digest, run
from tests.support.front import ROOT


@pytest.fixture
def stamps(tmp_path) -> Stamps:
    return Stamps(tmp_path / "stamps")


def test_a_step_is_fresh_only_for_the_inputs_it_was_done_from(stamps, tmp_path):
    lock, made = tmp_path / "base.txt", tmp_path / "made"
    lock.write_text("flask==3.1.3")
    made.touch()
    assert not stamps.fresh("python", digest([lock]), [made])
    stamps.done("python", digest([lock]))
    assert stamps.fresh("python", digest([lock]), [made])
    lock.write_text("flask==3.1.4")
    assert not stamps.fresh("python", digest([lock]), [made])


def test_a_step_whose_result_was_deleted_is_done_again(stamps, tmp_path):
    stamps.done("pwa", "inputs")
    assert not stamps.fresh("pwa", "inputs", [tmp_path / "index.html"])


def test_touching_a_lock_file_without_changing_it_costs_nothing(stamps, tmp_path):
    lock = tmp_path / "base.txt"
    lock.write_text("flask==3.1.3")
    before = digest([lock])
    os.utime(lock, (0, 0))
    assert digest([lock]) == before


def test_a_failed_step_says_what_to_do_and_shows_its_last_lines(tmp_path, capfd):
    log = tmp_path / "step.log"
    with pytest.raises(StepError, match="check that this machine reaches a package index"):
        run(
            ["sh", "-c", "echo no route to host >&2; exit 3"],
            log,
            "check that this machine reaches a package index",
        )
    assert "no route to host" in capfd.readouterr().err


def test_only_what_is_missing_is_asked_of_debian():
    here = Need("caddy", "the front", lambda: True)
    lacking = Need("chromium", "the journeys", lambda: False)
    assert missing([here, lacking]) == [lacking]


def test_root_installs_and_others_use_sudo_or_are_told_the_command(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert install_command(["caddy"]) == ["sh", "scripts/install_debian_packages.sh", "caddy"]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(debian_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert install_command(["caddy"])[0] == "sudo"
    monkeypatch.setattr(debian_packages.shutil, "which", lambda name: None)
    assert install_command(["caddy"]) is None


def test_without_root_and_sudo_one_sentence_names_packages_and_command(monkeypatch):
    lacking = (Need("caddy", "the front", lambda: False),)
    monkeypatch.setattr(prepare, "TO_RUN", lacking)
    monkeypatch.setattr(prepare, "install_command", lambda packages: None)
    with pytest.raises(StepError) as refused:
        prepare.debian("run")
    assert str(refused.value) == (
        "Missing from Debian: caddy. As root, run: sh scripts/install_debian_packages.sh caddy"
    )


def test_the_installer_refuses_politely_without_root():
    command = ["sh", "-s", "caddy"]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=65534", "--clear-groups", "--", *command]
    script = (ROOT / "scripts" / "install_debian_packages.sh").read_text()
    refused = subprocess.run(command, input=script, check=False, capture_output=True, text=True)
    assert refused.returncode == 1
    assert refused.stderr == "This needs root: sudo sh scripts/install_debian_packages.sh caddy\n"


@pytest.mark.parametrize("name", ["base", "build", "dev"])
def test_python_locks_carry_hashes_and_no_address(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pinned = re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE)
    hashed = re.findall(r"^[a-z0-9._-]+==.* \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert pinned
    assert len(hashed) == len(pinned)
    assert "://" not in text
    assert "--index-url" not in text


@pytest.mark.parametrize("name", ["base", "build", "dev"])
def test_every_package_asked_for_is_locked(name):
    asked = re.findall(
        r"^[a-z0-9][a-z0-9-]*", (ROOT / "requirements" / f"{name}.in").read_text(), re.MULTILINE
    )
    locked = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert asked
    for package in asked:
        assert f"\n{package}==" in locked or f"\n{package}[" in locked


def test_the_npm_lock_carries_hashes_and_no_address():
    packages = json.loads((ROOT / "pwa" / "package-lock.json").read_text())["packages"]
    others = [entry for path, entry in packages.items() if path]
    assert others
    assert all("resolved" not in entry for entry in others)
    assert all(entry["integrity"].startswith("sha512-") for entry in others)


def test_help_lists_each_command_of_the_readme():
    shown = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in ("setup", "run", "test", "check", "bench", "soak", "help"):
        assert re.search(rf"^  make {target} +\S", shown, re.MULTILINE)


def test_ci_runs_the_same_tests_as_everybody():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make --no-print-directory test" in Path(script).read_text()
