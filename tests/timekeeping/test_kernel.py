"""This machine's own word on its clock: read without setting anything, and no answer breaks nothing."""

import subprocess

import pytest

from backend.timekeeping import kernel


def test_the_kernel_says_how_its_clock_is_kept():
    found = kernel.kernel_clock()
    assert found is not None
    assert isinstance(found.synchronised, bool)
    assert 0 <= found.estimated_error_s <= 3600
    assert 0 <= found.max_error_s <= 3600


def test_a_system_that_cannot_be_asked_says_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kernel.sys, "platform", "darwin")
    assert kernel.kernel_clock() is None


@pytest.mark.parametrize(
    ("answers", "keeper"),
    [
        ({}, None),
        ({"chronyc": "203.0.113.1,203.0.113.1,3,1772499570.1,0.0001,0.1,0.2,0.3,Normal"}, "chrony"),
        ({"chronyc": "7F7F0101,,10,0,0.0,0.0,0.0,0.0,Not synchronised", "timedatectl": "yes"}, "timedatectl"),
        ({"timedatectl": "no"}, None),
        ({"timedatectl": ""}, None),
    ],
)
def test_who_keeps_the_clock(monkeypatch: pytest.MonkeyPatch, answers, keeper):
    monkeypatch.setattr(kernel, "_said", lambda *command: answers.get(command[0]))
    assert kernel.kept_by() == keeper


@pytest.mark.parametrize(
    "trouble",
    [OSError("gone"), subprocess.TimeoutExpired("chronyc", 2), subprocess.CalledProcessError(1, "x")],
)
def test_a_program_that_fails_or_hangs_is_no_answer(monkeypatch: pytest.MonkeyPatch, trouble):
    def fail(*_arguments, **_options):
        raise trouble

    monkeypatch.setattr(kernel.shutil, "which", lambda _name: "/usr/bin/chronyc")
    monkeypatch.setattr(kernel.subprocess, "run", fail)
    assert kernel.kept_by() is None


def test_elapsed_time_only_goes_forward_and_the_machine_has_a_name():
    assert kernel.elapsed() <= kernel.elapsed()
    assert kernel.boot_id() and len(kernel.boot_id()) <= 36
    assert kernel.reading().wall.tzinfo is not None
