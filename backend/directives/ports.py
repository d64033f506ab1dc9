"""What directives must show and cannot see: the numbers of the leads they rest on, kept one floor below."""

from collections.abc import Collection
from typing import Protocol

from sqlalchemy.orm import Session


class LeadNumbers(Protocol):
    """Answered by whoever keeps the leads; joined in `wiring.py`."""

    def __call__(self, session: Session, lead_ids: Collection[str]) -> dict[str, str]:
        """Return the numbers of the leads by id."""


def no_leads(session: Session, lead_ids: Collection[str]) -> dict[str, str]:
    """The answer of an installation without leads."""
    return {}


_joined: list[LeadNumbers] = [no_leads]


def join_lead_numbers(port: LeadNumbers) -> LeadNumbers:
    """Join the one implementation in place of the former, which is returned."""
    former = _joined[0]
    _joined[0] = port
    return former


def lead_numbers(session: Session, lead_ids: Collection[str]) -> dict[str, str]:
    """Return the numbers of leads by id, as they stand on a slip; ids of no lead are left out."""
    return _joined[0](session, lead_ids) if lead_ids else {}
