"""A court with a thousand phones, each bound and signed in: rows straight in the tables, for it is made in seconds.

What is measured on it is what happens afterwards; how a phone is bound has its own tests.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.core.outbox import authority_changed
from backend.core.settings import Settings
from backend.core.web import csrf_token
from backend.demo.load import FIRST_DAY, load_demo
from backend.migrations.run import migrate
from backend.people.permissions import Role
from backend.people.rules import new_token, sha256_of
from backend.people.tables import Appointment, Device, SignInSession, User
from backend.people.views import find_user_by_account
from backend.teams.tables import Team, TeamMember
from benchmarks.centre import COURT, BenchPhone, Caller, Centre, sign_in
from tests.support.world import DeviceKey

SIGNED_IN_FOR = timedelta(days=1)
Rows = dict[Any, list[dict[str, Any]]]


def fill_crowd(database: Database, settings: Settings, phones: int, team: int) -> Centre:
    """Migrate an empty database, load the demo, add so many officers with phones, the first `team` of them in one team."""
    migrate(database)
    load_demo(database, settings)
    rows: Rows = {User: [], Appointment: [], Device: [], SignInSession: [], Team: [], TeamMember: []}
    with database.writing() as work:
        work.authorise_by_rule("an installation made to be measured and deleted")
        commander = find_user_by_account(work.session, f"{COURT}.commander")
        assert commander is not None
        caller, now = sign_in(work, settings, commander), work.now
        authority_changed(work)
    made = [officer(rows, settings, number, now) for number in range(phones)]
    team_id = new_identifier()
    rows[Team].append(
        {
            "id": team_id,
            "revision": 1,
            "court_id": COURT,
            "name": "测速大组",
            "standby": False,
            "created_at": now,
        }
    )
    for number, person in enumerate(rows[User][:team]):
        rows[TeamMember].append(
            {
                "id": new_identifier(),
                "team_id": team_id,
                "user_id": person["id"],
                "duty": "officer" if number else "leader",
                "joined_at": now,
            }
        )
    keep(database, rows)
    return Centre(caller, made, team_id)


def officer(rows: Rows, settings: Settings, number: int, now: Any) -> BenchPhone:
    """Add the rows of one officer: person, appointment, phone, open session."""
    user_id, device_id, session_id, token = new_identifier(), new_identifier(), new_identifier(), new_token()
    rows[User].append(
        {
            "id": user_id,
            "account": f"{COURT}.crowd{number}",
            "name": f"测速{number}",
            "sex": "woman" if number % 5 == 0 else "man",
            "court_id": COURT,
            "created_at": now,
            "mobile": f"1000000{number:04}",
        }
    )
    rows[Appointment].append(
        {
            "id": new_identifier(),
            "user_id": user_id,
            "court_id": COURT,
            "role": Role.OFFICER,
            "effective_from": FIRST_DAY,
        }
    )
    rows[Device].append(
        {
            "id": device_id,
            "user_id": user_id,
            "court_id": COURT,
            "label": "测速手机",
            "public_key": DeviceKey().public_key,
            "enrolled_at": now,
        }
    )
    rows[SignInSession].append(
        {
            "id": session_id,
            "token_sha256": sha256_of(token),
            "user_id": user_id,
            "device_id": device_id,
            "started_at": now,
            "expires_at": now + SIGNED_IN_FOR,
        }
    )
    return BenchPhone(device_id, Caller(token, csrf_token(settings, session_id)), "", "")


def keep(database: Database, rows: Rows) -> None:
    """Keep rows straight in their tables, in one transaction."""
    with database.engine.execution_options(lingda_writing=True).begin() as connection:
        for table, found in rows.items():
            if found:
                connection.execute(insert(table), found)
