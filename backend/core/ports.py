"""What a room must know and cannot see: a question it asks of a room above, joined in `backend/wiring.py`."""

from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Port(Generic[Answer]):
    """One question: `ask` is whoever answers it, at first the answer of an installation that has nobody to."""

    def __init__(self, nobody: Answer) -> None:
        self.ask = nobody

    def join(self, answer: Answer) -> Answer:
        """Join the one implementation in place of the former, which is returned."""
        former = self.ask
        self.ask = answer
        return former
