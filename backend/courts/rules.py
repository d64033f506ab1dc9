"""Who stands above whom: ancestors, subtree and common superior of courts (DL-8, DL-10, DL-11, DL-12; domain 1.6)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LEVELS = ("supreme", "high", "intermediate", "basic")
COURT_ID_FORM = re.compile(r"[a-z][a-z0-9_]{0,35}")


def may_stand_above(upper_level: str, lower_level: str) -> bool:
    """Tell whether a court of the first level can be the superior of one of the second: it is the next level up."""
    return LEVELS.index(upper_level) == LEVELS.index(lower_level) - 1


@dataclass(frozen=True)
class CourtNode:
    """One court during one period: `effective_until` is None while it lasts."""

    id: str
    code: str
    name: str
    level: str
    parent_id: str | None
    effective_from: datetime
    effective_until: datetime | None = None

    def exists_at(self, at: datetime) -> bool:
        """Tell whether the court stands at the instant."""
        return self.effective_from <= at and (self.effective_until is None or at < self.effective_until)


class CourtTree:
    """The courts that stand at one instant."""

    def __init__(self, courts: Iterable[CourtNode], at: datetime) -> None:
        self.nodes = {court.id: court for court in courts if court.exists_at(at)}

    def ancestors(self, court_id: str) -> list[str]:
        """Return the ids of the courts above, the nearest first; none for a court that does not stand."""
        above: list[str] = []
        parent = self.nodes[court_id].parent_id if court_id in self.nodes else None
        while parent is not None and parent in self.nodes:
            above.append(parent)
            parent = self.nodes[parent].parent_id
        return above

    def is_ancestor(self, upper_id: str, lower_id: str) -> bool:
        """Tell whether the first court stands strictly above the second."""
        return lower_id in self.nodes and upper_id in self.ancestors(lower_id)

    def subtree(self, court_id: str) -> frozenset[str]:
        """Return the court and every court below it; nothing for a court that does not stand."""
        return frozenset(
            other for other in self.nodes if other == court_id or court_id in self.ancestors(other)
        )

    def common_superior(self, first_id: str, second_id: str) -> str | None:
        """Return the lowest court above both that is neither of them, or None when this installation has none."""
        above_second = set(self.ancestors(second_id))
        return next((court for court in self.ancestors(first_id) if court in above_second), None)

    def between(self, upper_id: str, lower_id: str) -> list[str]:
        """Return the courts strictly between two courts of one line: those that get a copy (DL-10)."""
        above = self.ancestors(lower_id)
        return above[: above.index(upper_id)] if upper_id in above else []
