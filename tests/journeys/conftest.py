"""What every journey needs: built pages, a whole installation on a fresh database, and real browsers before it.

A journey that fails shows what the server's processes wrote.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from backend.core.identifiers import new_identifier
from tests.conftest import PASSWORD
from tests.support.browsers import DEADLINE_MILLISECONDS, Witness
from tests.support.chaos_proxy import ChaosProxy
from tests.support.installation import Installation

EVENTLET_ON_SPATIALITE = ("spatialite", "eventlet")
THREADING_ON_POSTGIS = ("postgis", "threading")
BOTH = pytest.mark.parametrize(
    "kind", [EVENTLET_ON_SPATIALITE, THREADING_ON_POSTGIS], ids="-".join, indirect=True
)
"""Each database and each async mode once; the rooms' own tests cross them further."""


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The database and async mode a journey runs on."""
    return getattr(request, "param", EVENTLET_ON_SPATIALITE)


@pytest.fixture
def database_url(kind: tuple[str, str], request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with the demo in it."""
    if kind[0] == "spatialite":
        shutil.copy(request.getfixturevalue("spatialite_template"), tmp_path / "lingda.sqlite")
        yield f"sqlite:///{tmp_path / 'lingda.sqlite'}"
        return
    cluster = request.getfixturevalue("postgis_cluster")
    name = f"journey_{new_identifier().replace('-', '')}"
    yield cluster.create_database(name, request.getfixturevalue("postgis_template"))
    cluster.drop_database(name)


@pytest.fixture
def installation(
    pages: None, kind: tuple[str, str], database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Installation]:
    """A running installation with the demo; phones are told the address of the proxy where a journey has one.

    A journey with a fixture `time` (a `MovedTime`) has processes that live in it.
    """
    one = Installation(
        tmp_path,
        database_url,
        kind[1],
        LINGDA_SECRET_KEY="a secret of the tests, long enough to be one",
        LINGDA_DEMO_PASSWORD=PASSWORD,
    )
    if "time" in request.fixturenames:
        one.own.update(request.getfixturevalue("time").environment)
    if "proxy" in request.fixturenames:
        bad_network = request.getfixturevalue("proxy")
        bad_network.upstream = ("127.0.0.1", one.port)
        one.own["LINGDA_PUBLIC_URL"] = bad_network.url
    elif "reached_by_name" in request.fixturenames:
        one.url = one.url.replace("127.0.0.1", "localhost")
        one.own["LINGDA_PUBLIC_URL"] = one.url
    request.node.installation = one
    with one:
        yield one


@pytest.fixture
def reached_by_name() -> None:
    """The installation is reached by a host name, without which there are no passkeys."""


@pytest.fixture
def proxy() -> Iterator[ChaosProxy]:
    """The network between some browser and the front, which can be killed."""
    with ChaosProxy(("127.0.0.1", 1)) as running:
        yield running


@pytest.fixture
def witness(installation: Installation, request: pytest.FixtureRequest) -> Witness:
    """Hears what the pages complain about and whom they ask."""
    origins = {installation.url}
    if "proxy" in request.fixturenames:
        origins.add(request.getfixturevalue("proxy").url)
    return Witness(origins)


@pytest.fixture
def open_browser(browser: Browser, witness: Witness) -> Iterator[Callable[..., BrowserContext]]:
    """Give each person a browser of their own: `open_browser(**DESK)`."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        context = witness.watch(browser.new_context(**options))
        context.set_default_timeout(DEADLINE_MILLISECONDS)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Show what the server's processes wrote when a journey failed."""
    report = yield
    one: Installation | None = getattr(item, "installation", None)
    if report.failed and one is not None and one.log.exists():
        report.sections.append(("what the installation wrote last", one.last_lines()))
    return report
