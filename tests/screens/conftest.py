"""What the screens need: one installation with the busy night that all stories share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.screens.stage import Stage, open_stage


@pytest.fixture(scope="session")
def stage(
    pages: None, browser: Browser, spatialite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The installation, its people and their night, behind a network that can be cut."""
    with open_stage(tmp_path_factory.mktemp("screens"), browser, spatialite_template) as one:
        yield one
