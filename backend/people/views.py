"""Named selects of people: appointments at an instant, the Actor they make, people of a court, phones."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.courts.views import court_tree
from backend.people.permissions import PHONE_ROLES, reach_of
from backend.people.tables import Appointment, Device, User


def holds_at(at: datetime) -> ColumnElement[bool]:
    """Return the condition of appointments in force at the instant: from their first moment, not at their last."""
    return and_(
        Appointment.effective_from <= at,
        or_(Appointment.effective_until.is_(None), Appointment.effective_until > at),
    )


def appointments_at(session: Session, user_id: str, at: datetime) -> list[Appointment]:
    """Return the roles a person holds at the instant, delegations included."""
    rows = session.execute(select(Appointment).where(Appointment.user_id == user_id, holds_at(at)))
    return list(rows.scalars())


def appointments_during(
    session: Session, user_id: str, begin: datetime, end: datetime | None
) -> list[Appointment]:
    """Return the roles a person holds at any time between the instants; `end` None: from then on."""
    query = select(Appointment).where(
        Appointment.user_id == user_id,
        or_(Appointment.effective_until.is_(None), Appointment.effective_until > begin),
    )
    if end is not None:
        query = query.where(Appointment.effective_from < end)
    return list(session.execute(query).scalars())


def next_change_of_authority(session: Session, user_id: str, at: datetime) -> datetime | None:
    """Return the next instant at which an appointment of the person begins or ends, or None."""
    rows = session.execute(
        select(Appointment.effective_from, Appointment.effective_until).where(Appointment.user_id == user_id)
    )
    return min(
        (instant for row in rows for instant in row if instant is not None and instant > at), default=None
    )


def build_actor(
    session: Session,
    user: User,
    at: datetime,
    team_ids: Iterable[str] = (),
    session_id: str | None = None,
    device_id: str | None = None,
) -> Actor:
    """Return who this person is at the instant; a phone's session carries the phone roles only."""
    held = [(row.role, row.court_id) for row in appointments_at(session, user.id, at)]
    if device_id is not None:
        held = [(role, court_id) for role, court_id in held if role in PHONE_ROLES]
    return Actor(
        user_id=user.id,
        account=user.account,
        name=user.name,
        court_id=user.court_id,
        roles=frozenset(role for role, _ in held),
        reach=reach_of(held, court_tree(session, at)),
        team_ids=frozenset(team_ids),
        session_id=session_id,
        device_id=device_id,
    )


def find_user(session: Session, user_id: str, *, lock: bool = False) -> User | None:
    """Return the person, locked for this transaction when asked to, or None."""
    return session.get(User, user_id, with_for_update=lock or None)


def find_account(session: Session, account: str) -> User | None:
    """Return the person of an account, open or closed, or None."""
    return session.execute(select(User).where(User.account == account)).scalar_one_or_none()


def find_appointment(session: Session, appointment_id: str) -> Appointment | None:
    """Return the appointment or delegation, locked for this transaction, or None."""
    return session.get(Appointment, appointment_id, with_for_update=True)


def find_user_by_account(session: Session, account: str) -> User | None:
    """Return the person whose account is open under this name, or None."""
    return session.execute(
        select(User).where(User.account == account, User.closed_at.is_(None))
    ).scalar_one_or_none()


def user_names(session: Session, user_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the people, by id."""
    wanted = set(user_ids)
    if not wanted:
        return {}
    return {
        user_id: name
        for user_id, name in session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    }


def closed_among(session: Session, user_ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of the people whose accounts were closed."""
    found = session.execute(select(User.id).where(User.id.in_(set(user_ids)), User.closed_at.is_not(None)))
    return frozenset(found.scalars())


def women_among(session: Session, user_ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of the women among the people (a search of a woman needs one: domain 1.16)."""
    found = session.execute(select(User.id).where(User.id.in_(set(user_ids)), User.sex == "woman"))
    return frozenset(found.scalars())


def people_of_court(
    session: Session, court_id: str, at: datetime, *, limit: int = 200, after: str | None = None
) -> list[tuple[User, list[str]]]:
    """Return the people of a court with the roles they hold at the instant, by account, from after an account."""
    query = select(User).where(User.court_id == court_id, User.closed_at.is_(None))
    if after is not None:
        query = query.where(User.account > after)
    users = list(session.execute(query.order_by(User.account).limit(limit)).scalars())
    roles: dict[str, set[str]] = {user.id: set() for user in users}
    held = session.execute(
        select(Appointment.user_id, Appointment.role).where(Appointment.user_id.in_(roles), holds_at(at))
    )
    for user_id, role in held:
        roles[user_id].add(role)
    return [(user, sorted(roles[user.id])) for user in users]


def people_holding(
    session: Session, court_id: str, roles: Iterable[str], at: datetime
) -> dict[str, list[str]]:
    """Return who holds each of the roles at a court at the instant, delegations included, whose account is open."""
    rows = session.execute(
        select(Appointment.role, User.id)
        .join(User, User.id == Appointment.user_id)
        .where(
            Appointment.court_id == court_id,
            Appointment.role.in_(list(roles)),
            User.closed_at.is_(None),
            holds_at(at),
        )
        .order_by(User.account)
    )
    found: dict[str, list[str]] = {}
    for role, user_id in rows:
        held = found.setdefault(role, [])
        if user_id not in held:
            held.append(user_id)
    return found


def find_device(session: Session, device_id: str) -> Device | None:
    """Return the phone, or None."""
    return session.get(Device, device_id)


def devices_of_people(session: Session, user_ids: Iterable[str]) -> dict[str, list[Device]]:
    """Return the phones bound to each of the people that were not revoked, the first bound first."""
    query = select(Device).where(Device.user_id.in_(set(user_ids)), Device.revoked_at.is_(None))
    found: dict[str, list[Device]] = {}
    for device in session.execute(query.order_by(Device.id)).scalars():
        found.setdefault(device.user_id, []).append(device)
    return found


def device_labels(session: Session, device_ids: Iterable[str]) -> dict[str, str]:
    """Return what the phones are called, by id."""
    rows = session.execute(select(Device.id, Device.label).where(Device.id.in_(set(device_ids))))
    return {device_id: label for device_id, label in rows}


def addresses_of(session: Session, user_id: str) -> dict[str, str | None]:
    """Return where a person is reached when no phone of theirs is: `mobile`, `message_account`."""
    row = session.execute(select(User.mobile, User.message_account).where(User.id == user_id)).one()
    return {"mobile": row.mobile, "message_account": row.message_account}


def devices_of_courts(
    session: Session, court_ids: Iterable[str], *, limit: int | None = None, after: str | None = None
) -> list[tuple[Device, User]]:
    """Return the phones of the courts with whom they are bound to, newest first, older than the id `after`."""
    query = (
        select(Device, User)
        .join(User, User.id == Device.user_id)
        .where(Device.court_id.in_(set(court_ids)))
        .order_by(Device.id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(Device.id < after)
    return [(device, user) for device, user in session.execute(query)]
