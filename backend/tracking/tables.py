"""Tables of positions: every fix keyed by device and time (partitioned by month on PostGIS), and the last known one."""

from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import UNAUDITED, Base
from backend.core.types import IDENTIFIER, Instant

SOURCES = "'pwa', 'osmand', 'owntracks'"


class StoredFix(Base):
    """One measured position of one device; WGS-84."""

    __tablename__ = "fix"
    __table_args__ = (
        CheckConstraint(f"source IN ({SOURCES})", name="ck_fix_source"),
        Index("ix_fix_person", "user_id", "fixed_at"),
        {"info": UNAUDITED, "postgresql_partition_by": "RANGE (fixed_at)"},
    )

    device_id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    fixed_at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    received_at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[str] = mapped_column(IDENTIFIER)
    court_id: Mapped[str] = mapped_column(IDENTIFIER)
    position: Mapped[Any] = mapped_column(Geometry("POINT", srid=4326, spatial_index=True))
    accuracy_m: Mapped[float | None]
    altitude_m: Mapped[float | None]
    speed_m_s: Mapped[float | None]
    heading: Mapped[float | None]
    battery_percent: Mapped[float | None]
    mock: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(10))


class LastKnownFix(Base):
    """The last known position of a device: what the map shows at once on load."""

    __tablename__ = "last_known"
    __table_args__ = (
        CheckConstraint(f"source IN ({SOURCES})", name="ck_last_known_source"),
        Index("ix_last_known_court", "court_id"),
        {"info": UNAUDITED},
    )

    device_id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    user_id: Mapped[str] = mapped_column(IDENTIFIER)
    court_id: Mapped[str] = mapped_column(IDENTIFIER)
    longitude: Mapped[float]
    latitude: Mapped[float]
    accuracy_m: Mapped[float | None]
    speed_m_s: Mapped[float | None]
    heading: Mapped[float | None]
    battery_percent: Mapped[float | None]
    fixed_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(String(10))


class Tracker(Base):
    """A native tracker app of an officer (OwnTracks, Traccar Client): its token is its only proof, and revocable."""

    __tablename__ = "tracker"

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    label: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
