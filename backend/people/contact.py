"""When phones were last heard from: only a phone in contact can be late, a silent one may still hold the proof (A8)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from backend.core.database import UnitOfWork
from backend.core.types import Instant
from backend.people.tables import Device, DeviceContact

KEPT_TO = timedelta(seconds=30)
HANDS_OVER_WITHIN = timedelta(seconds=60)
"""A phone that has the network again sends what it holds within this time; silence counts until then."""
IN_USE_WITHIN = timedelta(hours=12)


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
    insert = (sqlite_insert if work.dialect == "sqlite" else postgresql_insert)(DeviceContact)
    work.session.execute(
        insert.on_conflict_do_update(index_elements=["device_id"], set_={"at": insert.excluded.at}),
        [{"device_id": device_id, "at": work.now} for device_id in device_ids],
    )


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
