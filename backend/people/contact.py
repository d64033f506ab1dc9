"""When phones were last heard from: only a phone in contact can be late, a silent one may still hold the proof (A8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from backend.core.database import UnitOfWork
from backend.core.types import Instant
from backend.people.tables import ContactGap, Device, DeviceContact

KEPT_TO = timedelta(seconds=30)
HANDS_OVER_WITHIN = timedelta(seconds=60)
"""A phone that has the network again sends what it holds within this time; silence counts until then."""
IN_USE_WITHIN = timedelta(hours=12)
SHORTEST_GAP = timedelta(minutes=2)
"""Silence shorter than this is the pace of the contacts themselves: none is written twice in half a minute."""


def record_contact(work: UnitOfWork, device_id: str) -> None:
    """Write that the phone was heard from now; at most one write in half a minute."""
    known = work.session.get(DeviceContact, device_id)
    if known is not None and work.now - known.at < KEPT_TO:
        return
    record_contacts(work, [device_id])


def record_contacts(work: UnitOfWork, device_ids: Sequence[str]) -> None:
    """Write that these phones were heard from now; the caller sees to it that this is not too often."""
    if not device_ids:
        return
    write = sqlite_insert if work.dialect == "sqlite" else postgresql_insert
    # The last contact is about to be written over; who must explain a silence later needs its beginning.
    silent = select(DeviceContact.device_id, DeviceContact.at, literal(work.now, Instant)).where(
        DeviceContact.device_id.in_(device_ids), DeviceContact.at < work.now - SHORTEST_GAP
    )
    gaps = write(ContactGap).from_select(["device_id", "began_at", "ended_at"], silent)
    work.session.execute(gaps.on_conflict_do_nothing())
    insert = write(DeviceContact)
    work.session.execute(
        insert.on_conflict_do_update(index_elements=["device_id"], set_={"at": insert.excluded.at}),
        [{"device_id": device_id, "at": work.now} for device_id in device_ids],
    )


def last_contacts(session: Session, device_ids: Iterable[str]) -> dict[str, datetime]:
    """Return when each of these phones was last heard from; those never heard from are left out."""
    query = select(DeviceContact.device_id, DeviceContact.at).where(
        DeviceContact.device_id.in_(set(device_ids))
    )
    return {device_id: at for device_id, at in session.execute(query)}


def is_any_phone_silent(work: UnitOfWork, user_ids: Iterable[str], since: datetime) -> bool:
    """Tell whether a phone these people use has not been heard from (and given time to hand over) since the instant.

    A phone counts as in use when it was heard from, or bound, within twelve hours before: one that lies in a drawer
    holds no proof.
    """
    last_sign = func.coalesce(DeviceContact.at, Device.enrolled_at)
    silent = (
        select(func.count())
        .select_from(Device)
        .outerjoin(DeviceContact, DeviceContact.device_id == Device.id)
        .where(
            Device.user_id.in_(set(user_ids)),
            Device.revoked_at.is_(None),
            last_sign > literal(since - IN_USE_WITHIN, Instant),
            or_(DeviceContact.at.is_(None), DeviceContact.at <= since + HANDS_OVER_WITHIN),
        )
    )
    return bool(work.session.execute(silent).scalar_one())


@dataclass(frozen=True)
class Silence:
    """A stretch in which a person's phone was not heard from; `ended_at` None: it has not been heard from since."""

    user_id: str
    device_id: str
    began_at: datetime
    ended_at: datetime | None


def silences_of(session: Session, user_ids: Iterable[str], begin: datetime, end: datetime) -> list[Silence]:
    """Return when phones of these people were out of contact in the stretch, in the order of time.

    A phone not in use then (bound later, revoked before, silent for twelve hours already) says nothing. One not heard
    from since counts as silent from its last contact.
    """
    in_use = (
        Device.user_id.in_(set(user_ids)),
        Device.enrolled_at < end,
        or_(Device.revoked_at.is_(None), Device.revoked_at > begin),
    )
    past = session.execute(
        select(Device.user_id, ContactGap.device_id, ContactGap.began_at, ContactGap.ended_at)
        .join(Device, Device.id == ContactGap.device_id)
        .where(
            *in_use,
            ContactGap.began_at < end,
            ContactGap.began_at > begin - IN_USE_WITHIN,
            ContactGap.ended_at > begin,
        )
    )
    lasting = session.execute(
        select(Device.user_id, DeviceContact.device_id, DeviceContact.at)
        .join(Device, Device.id == DeviceContact.device_id)
        .where(*in_use, DeviceContact.at < end - SHORTEST_GAP, DeviceContact.at > begin - IN_USE_WITHIN)
    )
    found = [Silence(*row) for row in past] + [Silence(*row, None) for row in lasting]
    return sorted(found, key=lambda one: (one.began_at, one.device_id))


def in_contact_throughout(
    session: Session, user_ids: Iterable[str], begin: datetime, end: datetime
) -> frozenset[str]:
    """Return which of these people had a phone that was bound to them, and heard from, for the whole stretch."""
    silent = select(ContactGap.device_id).where(ContactGap.began_at < end, ContactGap.ended_at > begin)
    rows = session.execute(
        select(Device.user_id)
        .join(DeviceContact, DeviceContact.device_id == Device.id)
        .where(
            Device.user_id.in_(set(user_ids)),
            Device.enrolled_at <= begin,
            or_(Device.revoked_at.is_(None), Device.revoked_at >= end),
            DeviceContact.at >= end - SHORTEST_GAP,
            Device.id.not_in(silent),
        )
    )
    return frozenset(rows.scalars())
