"""Tables of people: accounts, dated appointments, sessions, second factors, phones and their enrolment."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.tables import UNAUDITED, Base
from backend.core.types import IDENTIFIER, JSON_DOCUMENT, Instant
from backend.people.permissions import Role

ROLE_LIST = ", ".join(f"'{role}'" for role in Role)


class User(Base):
    """A person with an account; the password is kept as an Argon2id hash only."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("sex IN ('man', 'woman')", name="ck_person_sex"),)

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    account: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    sex: Mapped[str] = mapped_column(String(8))
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    password_hash: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    initial_password_at: Mapped[datetime | None] = mapped_column(Instant)
    """When somebody else made the password; it must be changed at the next sign-in. None: the person's own."""
    last_sign_in_at: Mapped[datetime | None] = mapped_column(Instant)
    mobile: Mapped[str | None] = mapped_column(String(20))
    """The telephone a message or a call reaches the person by when no phone page does."""
    message_account: Mapped[str | None] = mapped_column(String(64))
    """The person's account at the court's messenger (WeCom, government WeChat)."""


class Appointment(Base):
    """A role at a court for a time; a delegation is an appointment that another person gave for a shorter one."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint(f"role IN ({ROLE_LIST})", name="ck_appointment_role"),
        CheckConstraint(
            "(delegated_by IS NULL) OR (effective_until IS NOT NULL)", name="ck_appointment_delegation"
        ),
        Index("ix_appointment_person", "user_id"),
    )

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    role: Mapped[str] = mapped_column(String(30))
    effective_from: Mapped[datetime] = mapped_column(Instant)
    effective_until: Mapped[datetime | None] = mapped_column(Instant)
    delegated_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str | None] = mapped_column(Text)


class SignInSession(Base):
    """A session: the cookie's SHA-256, whether the second factor was shown, and the phone it is bound to."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("ix_sign_in_session_person", "user_id"), {"info": UNAUDITED})

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    device_id: Mapped[str | None] = mapped_column(ForeignKey("device.id"))
    started_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    second_factor_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    challenge: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(45))
    """From where a desk signed in completely; None while it has not, and for phones."""


class SignInFailure(Base):
    """How often sign-in to an account failed in a row from one address, and until when it is locked for it."""

    __tablename__ = "sign_in_failure"
    __table_args__ = ({"info": UNAUDITED},)

    account: Mapped[str] = mapped_column(String(60), primary_key=True)
    address: Mapped[str] = mapped_column(String(45), primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[datetime] = mapped_column(Instant)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)


class TotpFactor(Base):
    """A person's authenticator: the secret is encrypted with the installation's key; a used step is never taken again."""

    __tablename__ = "totp_factor"

    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret_encrypted: Mapped[str] = mapped_column(Text)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class Passkey(Base):
    """A passkey of a person (WebAuthn credential)."""

    __tablename__ = "passkey"

    credential_id: Mapped[str] = mapped_column(String(400), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Instant)


class Device(Base):
    """A phone bound to one person by a key that never leaves it."""

    __tablename__ = "device"
    __table_args__ = (Index("ix_device_person", "user_id"),)

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    court_id: Mapped[str] = mapped_column(ForeignKey("court.id"))
    label: Mapped[str] = mapped_column(String(80))
    public_key: Mapped[dict[str, Any]] = mapped_column(JSON_DOCUMENT)
    enrolled_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_reason: Mapped[str | None] = mapped_column(Text)


class DeviceChallenge(Base):
    """The one open sign-in challenge of a phone; answered once, within a minute."""

    __tablename__ = "device_challenge"
    __table_args__ = ({"info": UNAUDITED},)

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    challenge: Mapped[str] = mapped_column(String(80))
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Enrolment(Base):
    """A one-time code that binds a phone to a person, valid for minutes."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("code_sha256", name="uq_enrolment_code"),)

    id: Mapped[str] = mapped_column(IDENTIFIER, primary_key=True)
    code_sha256: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    created_by: Mapped[str] = mapped_column(IDENTIFIER)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class DeviceContact(Base):
    """When a phone was last heard from, kept to half a minute; a silent phone is not accused (design.md 1, principle 5)."""

    __tablename__ = "device_contact"
    __table_args__ = ({"info": UNAUDITED},)

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)


class ContactGap(Base):
    """A stretch in which a phone was not heard from, written when it was heard from again; a proof that clears (A8)."""

    __tablename__ = "contact_gap"
    __table_args__ = (
        CheckConstraint("ended_at > began_at", name="ck_contact_gap_end"),
        {"info": UNAUDITED},
    )

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(Instant)
