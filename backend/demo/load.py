"""Loading the demo into a new database: courts, their hours and rulebooks, people with second factors, teams."""

import base64
import hashlib
import hmac
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pyotp

from backend.core.database import Database, UnitOfWork
from backend.core.permissions import SYSTEM
from backend.core.settings import SettingError, Settings, kept_secret
from backend.courts.service import add_court
from backend.courts.views import find_court
from backend.deadlines.court_rules import adopt_rulebook, set_court_hours
from backend.demo.courts import COURTS
from backend.demo.people import TEAMS, DemoPerson, demo_people
from backend.demo.roster import load_roster
from backend.emergencies.duty_phones import set_duty_phone
from backend.people.accounts import appoint, create_user, hash_password
from backend.people.permissions import needs_second_factor
from backend.people.rules import SHORTEST_PASSWORD
from backend.people.second_factors import add_confirmed_totp
from backend.teams.service import form_team

FIRST_DAY = datetime(2014, 6, 1, tzinfo=UTC)
HOURS = "08:30-12:00,13:30-17:30"
DALI_TEXT = ("dali_2014", date(2014, 6, 1), "大中法执指〔2014〕1号（演示）")
DALI_NUMBERS = ("bss_2017", date(2026, 1, 1), "演示：自2026年起采用《规则》的时限")
BAISHISHAN_TEXT = ("bss_2017", date(2017, 10, 1), "《执行指挥中心工作规则（试行）》")


def demo_password(settings: Settings) -> str:
    """Return the password of every demo account: the one given, or one made for this installation and kept."""
    if settings.demo_password:
        if len(settings.demo_password) < SHORTEST_PASSWORD:
            raise SettingError(
                f"LINGDA_DEMO_PASSWORD is too short; give at least {SHORTEST_PASSWORD} characters."
            )
        return settings.demo_password
    path = settings.data / "secrets" / "demo_password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(3) for _ in range(3)), encoding="utf-8")
    return kept_secret(Path(settings.data), "demo_password")


def demo_totp_secret(settings: Settings, account: str) -> str:
    """Return the authenticator secret of a demo account, the same at every start of this installation."""
    digest = hmac.new(settings.secret_key.encode(), f"demo-totp:{account}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode()


def demo_code(settings: Settings, account: str, now: datetime) -> str:
    """Return the code the authenticator of a demo account would show now."""
    return pyotp.TOTP(demo_totp_secret(settings, account)).at(now)


def load_demo(database: Database, settings: Settings, password: str | None = None) -> bool:
    """Load the demo once; return whether anything was loaded. `password` replaces the installation's."""
    with database.reading() as work:
        if find_court(work.session, COURTS[0].id) is not None:
            return False
    people = list(demo_people())
    secret = password or demo_password(settings)
    with ThreadPoolExecutor(max_workers=2) as pool:
        hashes = list(pool.map(lambda _person: hash_password(secret), people))
    with database.writing() as work:
        work.authorise_by_rule("the demo is loaded into an empty database by whoever runs the installation")
        add_courts(work)
        users = {
            person.account: add_person(work, settings, person, kept)
            for person, kept in zip(people, hashes, strict=True)
        }
        for team in TEAMS:
            members = [
                (users[account], "leader" if position == 0 else "officer")
                for position, account in enumerate(team.accounts)
            ]
            form_team(work, SYSTEM, team.court_id, team.name, members, standby=team.standby)
    load_roster(database)
    return True


def add_courts(work: UnitOfWork) -> None:
    """Add the courts with their working hours and the rulebooks they adopted."""
    for court in COURTS:
        add_court(
            work,
            SYSTEM,
            court.id,
            court.code,
            court.name,
            court.name_en,
            level=court.level,
            parent_id=court.parent_id,
            effective_from=FIRST_DAY,
            point=court.point,
            code_verified=court.code_verified,
        )
        work.session.flush()
        set_court_hours(work, SYSTEM, court.id, FIRST_DAY.date(), HOURS)
        if court.duty_phone is not None:
            set_duty_phone(work, SYSTEM, court.id, court.duty_phone)
        if court.id == "baishishan":
            adopt_rulebook(work, SYSTEM, court.id, *BAISHISHAN_TEXT)
        elif court.code.startswith("云29"):
            adopt_rulebook(work, SYSTEM, court.id, *DALI_TEXT)
            adopt_rulebook(work, SYSTEM, court.id, *DALI_NUMBERS)


def add_person(work: UnitOfWork, settings: Settings, person: DemoPerson, password_hash: str) -> str:
    """Add a person with the role and, for a desk role, the authenticator; return the person's id."""
    user = create_user(work, SYSTEM, person.account, person.name, person.sex, person.court_id, password_hash)
    user.mobile = person.mobile
    appoint(work, SYSTEM, user, person.court_id, person.role, FIRST_DAY)
    if needs_second_factor([person.role]):
        add_confirmed_totp(work, SYSTEM, user, settings, demo_totp_secret(settings, person.account))
    return user.id
