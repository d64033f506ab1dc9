"""What the tests of people share: browsers that go through sign-in step by step."""

from collections.abc import Callable

import pytest

from tests.people.visitor import Visitor
from tests.support.world import World


@pytest.fixture
def visitor(world: World) -> Callable[[str], Visitor]:
    """`visitor("binchuan.duty")`: a fresh browser before which this person sits."""
    return lambda account: Visitor(world, account)
