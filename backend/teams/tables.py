"""Tables of teams and their dated members."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import Base
from backend.core.types import IDENTIFIER, Instant


class Team(Base):
    """A quick-response team of one court."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("court_id", "name", name="uq_team_name"),)

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    name: Mapped[str] = mapped_column(String(80))
    standby: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class TeamMember(Base):
    """A person's place in a team for a time: leader, officer or driver."""

    __tablename__ = "team_member"
    __table_args__ = (
        CheckConstraint("duty IN ('leader', 'officer', 'driver')", name="ck_team_member_duty"),
        Index("ix_team_member_person", "user_id"),
        Index(
            "uq_team_member_now",
            "team_id",
            "user_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    team_id: Mapped[str] = mapped_column(ForeignKey("team.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    duty: Mapped[str] = mapped_column(String(10))
    joined_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
