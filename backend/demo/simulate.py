"""`lingda demo --simulate`: three teams drive, leads come in, orders go out and are carried out, until Ctrl-C."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from backend.core.database import Database
from backend.core.settings import SettingError, Settings
from backend.demo.moving_teams import MovingTeam, ServerMissingError, TrackerServer, moving_teams
from backend.demo.simulated_people import SimulatedCourt
from backend.demo.story import STORY

LEAD_EVERY = timedelta(minutes=2)
STEP_SECONDS = 1.0
DESKS_EVERY = timedelta(seconds=3)
Say = Callable[[str], None]


class Simulation:
    """The demo in motion; `step()` does what is due at the present instant."""

    def __init__(self, settings: Settings, database: Database, say: Say) -> None:
        self.database = database
        self.say = say
        self.server = TrackerServer(settings)
        self.teams = moving_teams(database, settings, database.clock.now())
        self.courts = {team.court_id: SimulatedCourt(database, team, say) for team in self.teams}
        self._next_lead_at = self._next_look_at = database.clock.now()
        self._is_server_there = True

    def step(self) -> None:
        """Move the teams, let a lead come in when it is time, and let everybody do what is due."""
        self.move()
        self.take_calls()
        if self.database.clock.now() >= self._next_look_at:
            self.go_on()
            self._next_look_at = self.database.clock.now() + DESKS_EVERY

    def go_on(self) -> None:
        """Let everybody at the desks and on the phones do what is due."""
        for court in self.courts.values():
            court.go_on()

    def move(self) -> None:
        """Send the fixes measured since the last step; a server that is away gets them when it is back."""
        now = self.database.clock.now()
        try:
            for team in self.teams:
                self._send(team, now)
        except ServerMissingError:
            if self._is_server_there:
                self.say(
                    "服务器没有应答，稍后补发 · the server does not answer; positions are sent when it does"
                )
            self._is_server_there = False
        else:
            self._is_server_there = True

    def _send(self, team: MovingTeam, now: datetime) -> None:
        was_refused = team.refused
        team.send_until(now, self.server)
        if team.refused and not was_refused:
            self.say(f"{team.account} 的定位令牌已停用 · this tracker was revoked, its positions are refused")

    def take_calls(self) -> None:
        """Let the next lead of the story come in every two minutes."""
        now = self.database.clock.now()
        if now < self._next_lead_at:
            return
        story = STORY[int(now.timestamp() // LEAD_EVERY.total_seconds()) % len(STORY)]
        self.courts[story.court_id].take_call(story)
        self._next_lead_at = now + LEAD_EVERY


def simulate_teams(settings: Settings, database: Database, say: Say) -> None:
    """Run the simulation at real pace until Ctrl-C; SettingError when no server runs."""
    simulation = Simulation(settings, database, say)
    try:
        simulation.server.get("/healthz")
    except ServerMissingError as error:
        raise SettingError(
            f"No server answers at LINGDA_BACKEND ({settings.backend}) or LINGDA_HTTP ({settings.http}); "
            "start one first with `lingda serve`, in another window."
        ) from error
    say("演示进行中，按 Ctrl-C 停止 · three teams are moving; Ctrl-C ends it\n")
    try:
        while True:
            simulation.step()
            time.sleep(STEP_SECONDS)
    except KeyboardInterrupt:
        say("\n演示已停止 · stopped")
    finally:
        simulation.server.close()
