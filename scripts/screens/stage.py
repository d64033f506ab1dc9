"""The stage of the stories: one real installation behind a network that can be cut, with its people, and browsers."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from scripts.screens.looks import Device, Look, browser_options, remembering
from scripts.screens.people import COOKIE, People
from scripts.screens.world import NEW_COURT, Night, make_night
from tests.support.browsers import DEADLINE_MILLISECONDS, LAUNCH, Witness
from tests.support.chaos_proxy import ChaosProxy
from tests.support.installation import Installation

PASSWORD = "correct horse battery"
NEWCOMERS = {"commander": "commander", "duty": "duty_officer", "leader": "duty_leader", "officer": "officer"}
FIRST_TIME = f"{NEW_COURT}.newcomer"
"""An officer who signs in with an initial password."""


class Stage:
    """Where the stories play; `open_browser` gives somebody a browser of their own."""

    def __init__(self, browser: Browser, network: ChaosProxy, people: People, night: Night) -> None:
        self.browser = browser
        self.network = network
        self.people = people
        self.night = night
        self.url = network.url
        self._witnesses: list[Witness] = []
        self._is_cut = False

    @contextlib.contextmanager
    def open_browser(
        self, look: Look, device: Device, account: str | None = None
    ) -> Iterator[BrowserContext]:
        """Open a browser in a look, signed in as somebody where an account is given."""
        context = self.browser.new_context(**browser_options(look, device))
        context.add_init_script(remembering(look))
        context.set_default_timeout(DEADLINE_MILLISECONDS)
        if account:
            context.add_cookies([{"name": COOKIE, "value": self.people.token(account), "url": self.url}])
        self._witnesses.append(Witness({self.url}))
        yield self._witnesses[-1].watch(context)
        context.close()

    @contextlib.contextmanager
    def cut(self) -> Iterator[None]:
        """Cut the network of the browser opened last; `mend` inside it, or it mends at the end."""
        self._witnesses[-1].network_will_be_cut()
        self.network.down()
        self._is_cut = True
        try:
            yield
        finally:
            self.mend()

    def complaints(self) -> list[str]:
        """Return what pages complained about and which other hosts they asked, and forget it."""
        heard = [text for witness in self._witnesses for text in (*witness.complaints, *witness.strangers)]
        self._witnesses.clear()
        return heard

    def mend(self) -> None:
        """Give the network back; a second call does nothing."""
        if self._is_cut:
            self.network.up()
            self._is_cut = False


@contextlib.contextmanager
def open_stage(data: Path, browser: Browser, template: Path | None = None) -> Iterator[Stage]:
    """Run an installation in `data` with the busy night in it; `template` is a database that has the demo already."""
    with ChaosProxy(("127.0.0.1", 1)) as network:
        database = data / "lingda.sqlite"
        one = Installation(
            data,
            f"sqlite:///{database}",
            LINGDA_PUBLIC_URL=network.url,
            LINGDA_DEMO_PASSWORD=PASSWORD,
            LINGDA_SECRET_KEY="a secret of the tests, long enough to be one",
        )
        network.upstream = ("127.0.0.1", one.port)
        if template:
            shutil.copy(template, database)
        one.lingda("migrate")
        one.lingda("demo")
        for post, role in NEWCOMERS.items():
            create(one, f"{NEW_COURT}.{post}", role)
        create(one, FIRST_TIME, "officer", "--initial")
        with one:
            people = People(one.url, one.settings)
            yield Stage(browser, network, people, make_night(people))


def create(one: Installation, account: str, role: str, *options: str) -> None:
    """Create a person of the court without people, by command."""
    person = (account, "--name", "段新", "--court", NEW_COURT, "--role", role, "--sex", "woman")
    one.lingda("create-user", *person, *options, "--password", "-", given=f"{PASSWORD}\n")


@contextlib.contextmanager
def own_browser() -> Iterator[Browser]:
    """Start the Chromium of the machine, outside of the tests."""
    with sync_playwright() as running:
        expect.set_options(timeout=DEADLINE_MILLISECONDS)
        browser = running.chromium.launch(**LAUNCH)
        yield browser
        browser.close()
