"""The demo's password: the one given, or one made for this installation and kept; and who its people are."""

import stat
from collections import Counter
from pathlib import Path

from backend.core.settings import load_settings
from backend.demo.courts import COURTS
from backend.demo.load import demo_password, demo_totp_secret
from backend.demo.people import TEAMS, demo_people


def test_the_password_given_is_the_password(tmp_path: Path) -> None:
    settings = load_settings({"LINGDA_DATA": str(tmp_path), "LINGDA_DEMO_PASSWORD": "given by hand"})
    assert demo_password(settings) == "given by hand"


def test_without_one_a_password_is_made_kept_and_private(tmp_path: Path) -> None:
    settings = load_settings({"LINGDA_DATA": str(tmp_path / "one")})
    other = load_settings({"LINGDA_DATA": str(tmp_path / "other")})
    made = demo_password(settings)
    assert made == demo_password(settings) != demo_password(other)
    assert len(made) >= 20
    kept = tmp_path / "one" / "secrets" / "demo_password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_each_account_has_an_authenticator_of_its_own_in_each_installation(tmp_path: Path) -> None:
    one = load_settings({"LINGDA_DATA": str(tmp_path / "one")})
    other = load_settings({"LINGDA_DATA": str(tmp_path / "other")})
    secrets = {demo_totp_secret(settings, name) for settings in (one, other) for name in ("a.duty", "b.duty")}
    assert len(secrets) == 4


def test_the_demos_people_are_always_the_same_and_have_accounts_of_their_own() -> None:
    people = list(demo_people())
    assert people == list(demo_people())
    assert max(Counter(person.account for person in people).values()) == 1
    wanted = (
        "binchuan.commander binchuan.duty binchuan.officer1 binchuan.clerk dali.commander baishishan.duty"
    )
    assert set(wanted.split()) <= {person.account for person in people}
    assert {"man", "woman"} == {person.sex for person in people}


def test_teams_are_of_people_of_their_own_court() -> None:
    courts = {person.account: person.court_id for person in demo_people()}
    assert all(courts[account] == team.court_id for team in TEAMS for account in team.accounts)


def test_every_court_stands_below_one_of_the_level_above() -> None:
    levels = ["supreme", "high", "intermediate", "basic"]
    by_id = {court.id: court for court in COURTS}
    for court in COURTS:
        above = by_id[court.parent_id].level if court.parent_id else None
        assert above == (levels[levels.index(court.level) - 1] if court.parent_id else None)
        assert 73 < court.point[0] < 136 and 18 < court.point[1] < 54
    assert len({court.code for court in COURTS}) == len(COURTS)
    assert [court.id for court in COURTS if not court.code_verified] == ["baishishan"]
