"""docs/operations.md lists every setting there is, so nobody has to read the code to run Lingda."""

import re
from pathlib import Path

import pytest

from tests.support.front import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text()


def settings_in(path: Path) -> set[str]:
    return set(re.findall(r"\bLINGDA_[A-Z][A-Z_]*[A-Z]\b", path.read_text()))


def used_by_the_code() -> set[str]:
    files = [path for path in (ROOT / "backend").rglob("*.py") if "demo" not in path.parts]
    found = set().union(*(settings_in(path) for path in files))
    return {name for name in found if not name.startswith(("LINGDA_FRONT_", "LINGDA_LAN_PAGES", "LINGDA_X"))}


def test_every_setting_the_code_reads_is_listed():
    assert used_by_the_code() - settings_in(ROOT / "docs" / "operations.md") == set()


def test_every_setting_of_the_front_stands_at_the_head_of_its_file():
    text = (ROOT / "Caddyfile").read_text()
    head, _, body = text.partition("\n{\n")
    used = set(re.findall(r"\{\$(LINGDA_[A-Z_]+)", body))
    assert used
    assert {name for name in used if name not in head} == set()


@pytest.mark.parametrize("command", ["make run", "make run LAN=1", "make test", "make check"])
def test_each_command_of_the_page_exists(command):
    assert command in PAGE
    target = command.split()[1]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
