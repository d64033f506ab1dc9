"""The centre that is measured: the demo, and two hundred more officers with phones, trackers and open sessions."""

from dataclasses import dataclass

from backend.core.database import Database, UnitOfWork
from backend.core.permissions import SYSTEM
from backend.core.settings import Settings
from backend.core.web import csrf_token
from backend.demo.load import FIRST_DAY, load_demo
from backend.migrations.run import migrate
from backend.people.accounts import appoint, create_user
from backend.people.devices import add_enrolment, enrol_device
from backend.people.permissions import Role
from backend.people.sessions import complete_session, open_session
from backend.people.tables import SignInSession, User
from backend.people.views import build_actor, find_user_by_account
from backend.teams.service import form_team
from backend.tracking.service import add_tracker
from tests.support.world import DeviceKey

COURT = "binchuan"
FIRST_NUMBER = 101


@dataclass(frozen=True)
class Caller:
    """Somebody with an open session: the cookie's value and the token of its pages."""

    cookie: str
    csrf: str


@dataclass(frozen=True)
class BenchPhone:
    """An officer's phone and the same officer's tracker."""

    device_id: str
    session: Caller
    tracker_id: str
    tracker_token: str


@dataclass(frozen=True)
class Centre:
    """Everybody who takes part in a measurement, and the one team of all the phones."""

    commander: Caller
    phones: list[BenchPhone]
    team_id: str


def fill(database: Database, settings: Settings, phones: int) -> Centre:
    """Migrate an empty database, load the demo and add so many officers of one court in one team."""
    migrate(database)
    load_demo(database, settings)
    with database.writing() as work:
        work.authorise_by_rule("an installation made to be measured and deleted")
        commander = find_user_by_account(work.session, f"{COURT}.commander")
        assert commander is not None
        officers = [add_officer(work, FIRST_NUMBER + number) for number in range(phones)]
        team = form_team(work, SYSTEM, COURT, "测速组", [(officer.id, "officer") for officer in officers])
        return Centre(
            sign_in(work, settings, commander),
            [add_phone(work, settings, commander, officer) for officer in officers],
            team.id,
        )


def add_officer(work: UnitOfWork, number: int) -> User:
    """Add an officer without a password."""
    user = create_user(work, SYSTEM, f"{COURT}.officer{number}", f"测速{number}", "man", COURT, None)
    appoint(work, SYSTEM, user, COURT, Role.OFFICER, FIRST_DAY)
    return user


def sign_in(work: UnitOfWork, settings: Settings, user: User) -> Caller:
    """Open a complete session of a desk."""
    opened = open_session(work, user)
    complete_session(work, work.session.get_one(SignInSession, opened.id))
    return Caller(opened.token, csrf_token(settings, opened.id))


def add_phone(work: UnitOfWork, settings: Settings, commander: User, officer: User) -> BenchPhone:
    """Bind a phone, sign it in, and make a tracker for the same officer."""
    giver = build_actor(work.session, commander, work.now)
    offer = add_enrolment(work, giver, officer)
    device, _ = enrol_device(work, offer.code, DeviceKey().public_key, "测速手机")
    opened = open_session(work, officer, device)
    tracker, token = add_tracker(work, giver, officer.id, "测速定位")
    return BenchPhone(device.id, Caller(opened.token, csrf_token(settings, opened.id)), tracker.id, token)
