"""Tables of timekeeping: how each machine's clock stands now, and every jump and change of trust as evidence."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import UNAUDITED, Base
from backend.core.types import IDENTIFIER, Instant


class ServerClock(Base):
    """How the clock of one machine stands, written over with each check; `boot_id` is one start of a machine."""

    __tablename__ = "server_clock"
    __table_args__ = (
        CheckConstraint("level IN ('kept', 'unverified', 'off', 'wrong')", name="ck_server_clock_level"),
        {"info": UNAUDITED},
    )

    boot_id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    host: Mapped[str] = mapped_column(String(80))
    checked_at: Mapped[datetime] = mapped_column(Instant)
    level: Mapped[str] = mapped_column(String(12))
    synchronised: Mapped[bool | None]
    kept_by: Mapped[str | None] = mapped_column(String(20))
    max_error_ms: Mapped[int | None]
    offset_ms: Mapped[int | None] = mapped_column(BigInteger)
    devices: Mapped[int]


class ServerClockEvent(Base):
    """One jump of a machine's clock, or a change of how far it is relied on; evidence, never changed.

    `before_at` is what the clock should have said, `after_at` what it said. `behind_log`: the server's time was
    earlier than the last line it had written itself.
    """

    __tablename__ = "server_clock_event"
    __table_args__ = (
        CheckConstraint("kind IN ('step', 'behind_log', 'level')", name="ck_server_clock_event_kind"),
        CheckConstraint(
            "level IN ('kept', 'unverified', 'off', 'wrong')", name="ck_server_clock_event_level"
        ),
        CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name="ck_server_clock_event_has_level"),
        Index("ix_server_clock_event_at", "after_at"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    boot_id: Mapped[str] = mapped_column(IDENTIFIER)
    host: Mapped[str] = mapped_column(String(80))
    before_at: Mapped[datetime] = mapped_column(Instant)
    after_at: Mapped[datetime] = mapped_column(Instant)
    offset_ms: Mapped[int | None] = mapped_column(BigInteger)
    level: Mapped[str | None] = mapped_column(String(12))
