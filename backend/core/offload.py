"""CPU-heavy work off the hub: password hashing must not stop every socket of this process for 200 ms.

Under eventlet `backend/server.py` puts its own thread pool here; everywhere else the call runs where it stands.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


class Offload:
    """Where heavy calls run."""

    def __init__(self) -> None:
        self.execute: Callable[..., Any] = lambda function, *arguments: function(*arguments)

    def run(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Run the function off the hub and wait for its result without stopping the other green threads."""
        result: Result = self.execute(function, *arguments)
        return result


OFFLOAD = Offload()
