"""The table of courts, each with the time it stands."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import Base
from backend.core.types import IDENTIFIER, Instant


class Court(Base):
    """A court: slug, national court code (法院代字), name, level and superior, with the time it stands."""

    __tablename__ = "court"
    __table_args__ = (
        CheckConstraint("level IN ('supreme', 'high', 'intermediate', 'basic')", name="ck_court_level"),
        CheckConstraint("(level = 'supreme') = (parent_id IS NULL)", name="ck_court_parent"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    code_verified: Mapped[bool] = mapped_column(default=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(12))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("court.id"))
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    effective_from: Mapped[datetime] = mapped_column(Instant)
    effective_until: Mapped[datetime | None] = mapped_column(Instant)
