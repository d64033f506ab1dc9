"""Every room's tables in one metadata, for migrations and for the test that holds them against each other."""

from sqlalchemy import MetaData

import backend.accountability.tables
import backend.core.serials
import backend.courts.tables
import backend.deadlines.tables
import backend.delivery.tables
import backend.directives.tables
import backend.duty.tables
import backend.emergencies.tables
import backend.leads.tables
import backend.notify.tables
import backend.people.tables
import backend.teams.tables
import backend.timekeeping.tables
import backend.tracking.tables  # noqa: F401 - importing joins the tables to the metadata
from backend.core.tables import Base


def every_table() -> MetaData:
    """Return the metadata of the whole schema."""
    return Base.metadata
