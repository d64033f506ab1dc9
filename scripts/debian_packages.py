"""What Lingda needs from Debian: how each thing is recognised, and one way to install what is missing."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

INSTALLER = "scripts/install_debian_packages.sh"


@dataclass(frozen=True)
class Need:
    """One Debian package, what it is for, and whether what it brings is already here."""

    package: str
    purpose: str
    present: Callable[[], bool]


def _command(*names: str) -> Callable[[], bool]:
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
    return lambda: any(shutil.which(name, path=path) for name in names)


def _file(*patterns: str) -> Callable[[], bool]:
    return lambda: any(next(Path("/").glob(pattern.lstrip("/")), None) for pattern in patterns)


def _modules(*names: str) -> Callable[[], bool]:
    return lambda: all(importlib.util.find_spec(name) for name in names)


TO_RUN = (
    Need("python3-venv", "a Python environment of Lingda's own", _modules("venv", "ensurepip")),
    Need(
        "libsqlite3-mod-spatialite",
        "geography in the embedded database",
        _file("/usr/lib/mod_spatialite.so*", "/usr/lib/*/mod_spatialite.so*"),
    ),
    Need("caddy", "the front: TLS, pages, one origin", _command("caddy")),
    Need("libpangoft2-1.0-0", "printing to PDF", _file("/usr/lib/*/libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", "fonts inside a PDF", _file("/usr/lib/*/libharfbuzz-subset.so.0")),
    Need("fonts-noto-cjk", "Chinese text in a PDF", _file("/usr/share/fonts/**/NotoSansCJK*")),
)
TO_TEST = (
    Need("chromium", "the browser journeys", _command("chromium")),
    Need("firefox-esr", "real web push to a real browser", _command("firefox-esr")),
    Need("postgresql", "the tests on PostGIS", _file("/usr/lib/postgresql/*/bin/initdb")),
    Need(
        "postgresql-postgis",
        "the tests on PostGIS",
        _file("/usr/share/postgresql/*/extension/postgis.control"),
    ),
    Need("redis-server", "the tests of several backends", _command("redis-server")),
    Need("docker-compose", "reading docker-compose.yml; no engine", _command("docker-compose")),
)


def missing(needs: Iterable[Need]) -> list[Need]:
    """Return the needs that are not met on this machine, in the order given."""
    return [need for need in needs if not need.present()]


def install_command(packages: list[str]) -> list[str] | None:
    """Return the command that installs `packages`, or None where there is neither root nor sudo."""
    command = ["sh", INSTALLER, *packages]
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo") and (sys.stdin.isatty() or os.environ.get("SUDO_ASKPASS")):
        return ["sudo", *command]
    # Without a terminal nobody can type a password: use sudo only where it asks for none.
    return ["sudo", "-n", *command] if shutil.which("sudo") else None
