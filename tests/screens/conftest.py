"""What the screens need: built pages, and one installation with the busy night that all stories share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.screens.stage import Stage, open_stage
from tests.journeys.conftest import pages  # noqa: F401 - the fixture that builds the pages


@pytest.fixture(scope="session")
def stage(
    pages: None,  # noqa: F811
    spatialite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """The installation, its people and their night, behind a network that can be cut."""
    with open_stage(tmp_path_factory.mktemp("screens"), spatialite_template) as one:
        yield one
