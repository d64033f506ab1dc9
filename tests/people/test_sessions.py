"""How long a session lasts and what ends it, on desks and phones."""

from collections.abc import Callable
from datetime import timedelta

from backend.app import create_app
from backend.core.database import Database
from backend.wiring import wire_events
from tests.conftest import make_settings
from tests.people.visitor import Visitor, problem
from tests.support.world import World

People = Callable[[str], Visitor]


def test_sessions_survive_a_restart_of_the_server(world: World, visitor: People, tmp_path) -> None:  # type: ignore[no-untyped-def]
    duty, phone = visitor("binchuan.duty").sign_in(), world.phone("binchuan.officer1")
    world.database.close()
    database = Database(world.database.url, world.clock, wire_events())
    restarted = World(
        create_app(make_settings(tmp_path), database), database, make_settings(tmp_path), world.clock
    )
    for session in (duty, phone):
        client = restarted.anonymous()
        client.set_cookie("lingda_session", session.http.get_cookie("lingda_session").value)  # type: ignore[union-attr]
        assert client.get("/api/me").status_code == 200
        signed_out = client.post("/api/sign-out", json={}, headers={"X-CSRF-Token": session.csrf})
        assert signed_out.status_code == 200, "the token of the page survives too"
    database.close()


def test_a_desk_session_lasts_twelve_hours_from_its_second_factor(world: World, visitor: People) -> None:
    duty = visitor("binchuan.duty").sign_in()
    world.clock.instant += timedelta(hours=12) - timedelta(seconds=1)
    assert duty.is_signed_in
    world.clock.instant += timedelta(seconds=1)
    assert problem(duty.get("/api/me")) == (401, "401.1")


def test_a_phone_session_lasts_seven_days(world: World) -> None:
    phone = world.phone("binchuan.officer1")
    world.clock.instant += timedelta(days=7) - timedelta(seconds=1)
    assert phone.get("/api/phone").status_code == 200
    world.clock.instant += timedelta(seconds=1)
    assert problem(phone.get("/api/phone")) == (401, "401.1")


def test_ten_minutes_are_left_for_the_second_factor(world: World, visitor: People) -> None:
    slow, quick = visitor("binchuan.duty"), visitor("binchuan.leader")
    slow.give_password(), quick.give_password()
    world.clock.instant += timedelta(minutes=10) - timedelta(seconds=1)
    assert quick.give_code().status_code == 200
    world.clock.instant += timedelta(seconds=1)
    assert problem(slow.give_code()) == (401, "401.1")


def test_signing_out_ends_this_session_and_no_other(visitor: People) -> None:
    officer, same_officer = visitor("binchuan.officer1"), visitor("binchuan.officer1")
    officer.give_password(), same_officer.give_password()
    answer = officer.post("/api/sign-out")
    assert answer.status_code == 200
    assert "lingda_session=;" in answer.headers["Set-Cookie"]
    assert problem(officer.get("/api/me")) == (401, "401.1")
    assert same_officer.is_signed_in


def test_signing_out_ends_the_session_even_for_a_thief_who_kept_the_cookie(
    world: World, visitor: People
) -> None:
    officer, thief = visitor("binchuan.officer1"), world.anonymous()
    officer.give_password()
    thief.set_cookie("lingda_session", officer.http.get_cookie("lingda_session").value)  # type: ignore[union-attr]
    assert thief.get("/api/me").status_code == 200
    officer.post("/api/sign-out")
    assert problem(thief.get("/api/me")) == (401, "401.1")


def test_signing_out_everywhere_ends_every_desk_and_phone_of_mine_and_nobody_elses(
    world: World, visitor: People
) -> None:
    officer, colleague = visitor("binchuan.officer1"), visitor("binchuan.officer2")
    officer.give_password(), colleague.give_password()
    phone, other_phone = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    assert officer.post("/api/sign-out-everywhere").status_code == 200
    assert [officer.is_signed_in, colleague.is_signed_in] == [False, True]
    assert problem(phone.get("/api/phone")) == (401, "401.1")
    assert other_phone.get("/api/phone").status_code == 200


def test_the_cookie_is_for_the_server_alone_and_for_its_own_pages(visitor: People) -> None:
    cookie = visitor("binchuan.officer1").give_password().headers["Set-Cookie"]
    flags = {part.strip() for part in cookie.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"} <= flags
    assert "Secure" not in flags, "this installation is reached without TLS, on this machine alone"


def test_the_cookie_is_secure_where_people_come_through_tls(world: World, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings = make_settings(tmp_path, LINGDA_PUBLIC_URL="https://lingda.binchuan.example")
    secure = World(create_app(settings, world.database), world.database, settings, world.clock)
    opened = Visitor(secure, "binchuan.officer1")
    assert "; Secure;" in opened.give_password().headers["Set-Cookie"]
    assert "; Secure;" in opened.post("/api/sign-out").headers["Set-Cookie"]


def test_a_made_up_cookie_is_nobodys(world: World) -> None:
    for value in ("", "x", "0" * 500, "宾川", "\udce4"):
        client = world.anonymous()
        client.set_cookie("lingda_session", value.encode("utf-8", "surrogateescape").decode("latin-1"))
        assert problem(client.get("/api/me")) == (401, "401.1")


def test_the_second_factor_gives_a_new_cookie_so_one_seen_before_is_worth_nothing(
    world: World, visitor: People
) -> None:
    duty, thief = visitor("binchuan.duty"), world.anonymous()
    duty.give_password()
    thief.set_cookie("lingda_session", duty.http.get_cookie("lingda_session").value)  # type: ignore[union-attr]
    assert duty.give_code().status_code == 200
    assert duty.is_signed_in
    assert problem(thief.get("/api/me")) == (401, "401.1")
