"""Running numbers a court gives: one row a court, kind and year, taken inside the caller's transaction without gaps."""

from sqlalchemy import Integer, String
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.database import UnitOfWork
from backend.core.tables import UNAUDITED, Base
from backend.core.types import IDENTIFIER


class Serial(Base):
    """The last number given in one series."""

    __tablename__ = "serial"
    __table_args__ = ({"info": UNAUDITED},)

    court_id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int]


def next_serial(work: UnitOfWork, court_id: str, kind: str, year: int) -> int:
    """Return the next number of the series; two transactions never get the same one."""
    insert = (sqlite_insert if work.dialect == "sqlite" else postgresql_insert)(Serial)
    counted = insert.values(court_id=court_id, kind=kind, year=year, last=1).on_conflict_do_update(
        index_elements=["court_id", "kind", "year"], set_={"last": Serial.last + 1}
    )
    number: int = work.session.execute(counted.returning(Serial.last)).scalar_one()
    return number
