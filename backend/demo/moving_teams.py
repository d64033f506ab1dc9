"""The simulated teams on the road: each posts its recorded, noisy fixes to the running server as a real tracker does."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from importlib.resources import files
from urllib.parse import urlencode

from backend.core.database import Database
from backend.core.settings import Settings
from backend.demo.people import TEAMS
from backend.people.rules import sha256_of
from backend.people.views import build_actor, find_user_by_account
from backend.tracking.service import add_tracker
from backend.tracking.views import tracker_exists
from geo.fixes import Fix
from geo.recording import read_recording
from geo.simulation import PLACEMENTS, SimulatedTeam, fixes_between, last_fix, place_team

BEGAN_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""The recordings are taken to run since then: a simulation that is started again goes on where it would have been."""
TEAM_NAME = "快反一组"
TRAIL = timedelta(minutes=3)
KNOTS = 3600 / 1852
SECONDS_TO_ANSWER = 10.0


class ServerMissingError(Exception):
    """No server answers where one should be."""


class TrackerServer:
    """The running server as a tracker app knows it; found at its own address, or behind the front."""

    def __init__(self, settings: Settings) -> None:
        self.addresses = [settings.backend, settings.http]
        self._connection: HTTPConnection | None = None

    def get(self, path: str) -> int:
        """Ask for a path; return the status. Raises ServerMissingError when nobody answers."""
        for _ in range(2):
            # A kept connection may have been closed meanwhile; a new one tells whether the server is gone.
            fresh = self._connection is None
            try:
                connection = self._connection or self._connect()
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
            except (OSError, HTTPException) as error:
                self.close()
                if fresh:
                    raise ServerMissingError(str(error)) from error
            else:
                return answer.status
        raise ServerMissingError("the connection was closed")

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> HTTPConnection:
        trouble: OSError | None = None
        for address in self.addresses:
            connection = HTTPConnection(address, timeout=SECONDS_TO_ANSWER)
            try:
                connection.connect()
            except OSError as error:
                trouble = error
                continue
            self._connection = connection
            return connection
        raise trouble or OSError("no address")


@dataclass
class MovingTeam:
    """One team on its way: whose tracker it is, and up to when its fixes were sent."""

    court_id: str
    account: str
    token: str
    track: SimulatedTeam
    sent_until: datetime
    refused: bool = field(default=False)

    def place_at(self, at: datetime) -> Fix:
        """Return where the team is, or will be, at an instant."""
        fix = last_fix(self.track, BEGAN_AT, at)
        assert fix is not None, "the recordings began long ago"
        return fix

    def send_until(self, now: datetime, server: TrackerServer) -> int:
        """Send what was measured since the last time; return how many fixes. What fails is sent again next time."""
        sent = 0
        for fix in fixes_between(self.track, BEGAN_AT, self.sent_until, now):
            status = server.get(f"/track/osmand/{self.token}?{osmand_query(self.account, fix)}")
            self.refused = status in (401, 403)
            if status >= 500:
                return sent
            self.sent_until = fix.fixed_at
            sent += 1
        return sent


def osmand_query(account: str, fix: Fix) -> str:
    """Write a fix as Traccar Client does: epoch seconds with a fraction as ISO text, knots, percent."""
    values = {
        "id": account,
        "lat": fix.latitude,
        "lon": fix.longitude,
        "timestamp": fix.fixed_at.isoformat(),
        "accuracy": fix.accuracy_m,
        "altitude": fix.altitude_m,
        "speed": None if fix.speed_m_s is None else fix.speed_m_s * KNOTS,
        "bearing": fix.heading,
        "batt": fix.battery_percent,
    }
    return urlencode({name: value for name, value in values.items() if value is not None})


def moving_teams(database: Database, settings: Settings, now: datetime) -> list[MovingTeam]:
    """Return the three teams with their trackers, made when they are missing."""
    leaders = {team.court_id: team.accounts[0] for team in TEAMS if team.name == TEAM_NAME}
    tokens = make_trackers(database, settings, [leaders[placement.court_id] for placement in PLACEMENTS])
    recordings = files("backend.demo") / "tracks"
    teams = []
    for placement in PLACEMENTS:
        recording = read_recording((recordings / f"{placement.recording}.csv").read_text("utf-8"))
        account = leaders[placement.court_id]
        team = MovingTeam(
            placement.court_id, account, tokens[account], place_team(placement, recording), now - TRAIL
        )
        # The last fix before, however old: a recording is silent at times, and the map shows its age.
        team.sent_until = team.place_at(now - TRAIL).fixed_at - timedelta(milliseconds=1)
        teams.append(team)
    return teams


def make_trackers(database: Database, settings: Settings, accounts: Iterable[str]) -> dict[str, str]:
    """Make the trackers that are missing, given out by the duty desk of the court; return the tokens by account.

    A token comes from the installation's key, so that a simulation started again is the same tracker and no second
    marker on the map.
    """
    tokens = {account: tracker_token(settings, account) for account in accounts}
    with database.writing() as work:
        for account, token in tokens.items():
            if tracker_exists(work.session, sha256_of(token)):
                continue
            person = find_user_by_account(work.session, account)
            desk = find_user_by_account(work.session, f"{account.partition('.')[0]}.duty")
            assert person is not None, account
            assert desk is not None, account
            add_tracker(work, build_actor(work.session, desk, work.now), person.id, "演示定位", token)
    return tokens


def tracker_token(settings: Settings, account: str) -> str:
    """Return the token of an account's simulated tracker, the same at every start of this installation."""
    return hmac.new(
        settings.secret_key.encode(), f"demo-tracker:{account}".encode(), hashlib.sha256
    ).hexdigest()
