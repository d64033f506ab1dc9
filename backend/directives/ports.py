"""What directives must show and cannot see: the numbers of the leads they rest on, kept one floor below."""

from collections.abc import Collection
from typing import Protocol

from sqlalchemy.orm import Session

from backend.core.ports import Port


class LeadNumbers(Protocol):
    """Answered by whoever keeps the leads; joined in `wiring.py`."""

    def __call__(self, session: Session, lead_ids: Collection[str]) -> dict[str, str]:
        """Return the numbers of the leads by id."""


def no_leads(session: Session, lead_ids: Collection[str]) -> dict[str, str]:
    """The answer of an installation without leads."""
    return {}


lead_numbers: Port[LeadNumbers] = Port(no_leads)
"""The numbers of leads by id, as they stand on a slip; ids of no lead are left out."""
