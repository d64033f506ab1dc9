"""What stands on an order slip whoever wrote it down: its words and its number (domain 1.13)."""

from datetime import datetime
from typing import Any

from backend.cases.rules import read as read_case_number
from backend.core.database import UnitOfWork
from backend.core.serials import next_serial
from backend.courts.views import court_tree
from backend.deadlines.work_calendar import court_day
from backend.directives.outside_schemas import OutsideDirective
from backend.directives.rules import directive_number
from backend.directives.schemas import NewDirective


def written_words(slip: NewDirective | OutsideDirective) -> dict[str, Any]:
    """Return the columns of `Directive` that a slip's words fill; a number of the old style is kept as it is written."""
    case = read_case_number(slip.case_number)
    return {
        "kind": slip.kind,
        "urgency": slip.urgency,
        "title": slip.title,
        "facts": slip.facts,
        "required_action": slip.required_action,
        "legal_basis": slip.legal_basis,
        "case_number": case.number.text if case.number else None,
        "legacy_case_number": case.legacy,
        "place": slip.place.model_dump() if slip.place else None,
        "fetches_debtor": slip.fetches_debtor,
    }


def next_number(work: UnitOfWork, court_id: str, at: datetime) -> str:
    """Return the next number in the court's series of the year."""
    year = court_day(at).year
    code = court_tree(work.session, work.now).nodes[court_id].code
    return directive_number(code, year, next_serial(work, court_id, "directive", year))
