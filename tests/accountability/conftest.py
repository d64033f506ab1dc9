"""Fixtures of accountability."""

import pytest

from tests.accountability.centre import Centre
from tests.support.world import World


@pytest.fixture
def centre(world: World) -> Centre:
    """Binchuan's desks at the instant of the test, with nobody on duty so far."""
    found = Centre(world)
    found.forget_roster()
    return found
