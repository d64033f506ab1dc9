"""One's own password: changed at will by whoever knows it, and in place of an initial one before anything else."""

from collections.abc import Callable

import pytest

from backend.people import accounts
from tests.conftest import PASSWORD
from tests.people.visitor import Visitor, problem
from tests.support.rows import digest_of_state
from tests.support.world import World

People = Callable[[str], Visitor]
OWN = "苍山的雪 洱海的月 三塔"


def change(person: Visitor, new: str = OWN, current: str = PASSWORD) -> object:
    """Ask to change the password."""
    return person.post("/api/password", {"current_password": current, "new_password": new})


@pytest.fixture
def newcomer(world: World) -> tuple[Visitor, str]:
    """An officer whose account the security administrator just made, and the initial password."""
    security = world.sign_in("binchuan.secadmin")
    body = {"account": "binchuan.newcomer", "name": "马志远", "sex": "man", "court_id": "binchuan"}
    made = security.post("/api/accounts", {**body, "role": "officer"}).get_json()
    return Visitor(world, "binchuan.newcomer"), made["initial_password"]


def test_a_changed_password_ends_every_other_session_and_not_this_one(world: World, visitor: People) -> None:
    here, there = visitor("binchuan.officer1"), visitor("binchuan.officer1")
    here.give_password(), there.give_password()
    phone, colleague = world.phone("binchuan.officer1"), world.phone("binchuan.officer2")
    answer = change(here)
    assert answer.get_json()["state"] == "signed_in"  # type: ignore[attr-defined]
    assert [here.is_signed_in, there.is_signed_in] == [True, False]
    assert problem(phone.get("/api/me")) == (401, "401.1")
    assert colleague.get("/api/me").status_code == 200
    assert problem(visitor("binchuan.officer1").give_password()) == (401, "401.2")
    assert visitor("binchuan.officer1").give_password(OWN).status_code == 200


def test_a_phone_changes_its_officers_password_too_and_stays_signed_in(world: World, visitor: People) -> None:
    phone = world.phone("binchuan.officer1")
    body = {"current_password": PASSWORD, "new_password": OWN}
    assert phone.post("/api/password", body).status_code == 200
    assert phone.get("/api/phone").status_code == 200
    assert visitor("binchuan.officer1").give_password(OWN).status_code == 200


def test_a_wrong_current_password_a_short_new_one_and_the_same_one_change_nothing(
    world: World, visitor: People
) -> None:
    officer = visitor("binchuan.officer1")
    officer.give_password()
    before = digest_of_state(world.database)
    wrong = change(officer, current="not the password")
    assert problem(wrong) == (422, "422.1"), "no 401: the session is as good as before"
    assert "current_password" in wrong.get_json()["fields"]  # type: ignore[attr-defined]
    assert problem(change(officer, new="too short")) == (422, "422.1")
    assert problem(change(officer, new=PASSWORD)) == (422, "422.1")
    assert digest_of_state(world.database) == before
    assert officer.is_signed_in


def test_a_thief_at_an_open_desk_does_not_guess_the_password_for_long(world: World, visitor: People) -> None:
    desk = visitor("binchuan.officer1")
    desk.give_password()
    for number in range(5):
        assert problem(change(desk, current=f"guess {number}")) == (422, "422.1")
    assert problem(change(desk)) == (429, "429.1")
    assert desk.is_signed_in


def test_wrong_current_passwords_count_towards_the_lock_of_the_address(visitor: People) -> None:
    desk, guesser = visitor("binchuan.officer1"), visitor("binchuan.officer1")
    desk.give_password()
    for _ in range(5):
        guesser.give_password("not the password")
    for number in range(3):
        change(desk, current=f"guess {number}")
    assert problem(change(desk)) == (423, "423.1")
    assert problem(guesser.give_password()) == (423, "423.1")
    assert desk.is_signed_in


def test_an_initial_password_leads_to_its_own_change_and_nowhere_else(
    newcomer: tuple[Visitor, str], visitor: People
) -> None:
    person, initial = newcomer
    given = person.give_password(initial).get_json()
    assert (given["state"], given["methods"]) == ("password_change_required", [])
    for path in ("me", "phone", "events?since=0", "directives"):
        assert problem(person.get(f"/api/{path}")) == (401, "401.1"), path
    assert problem(change(person, current=initial)) == (401, "401.1"), "the session does not count yet"
    for refused in (initial, "too short"):
        answer = person.post("/api/sign-in/password", {"new_password": refused})
        assert problem(answer) == (422, "422.1"), refused
    cookie = person.http.get_cookie("lingda_session").value  # type: ignore[union-attr]
    chosen = person.post("/api/sign-in/password", {"new_password": OWN})
    assert chosen.get_json()["state"] == "signed_in" and person.is_signed_in
    assert person.http.get_cookie("lingda_session").value != cookie, "one seen before is worth nothing"  # type: ignore[union-attr]
    assert problem(visitor("binchuan.newcomer").give_password(initial)) == (401, "401.2")
    later = visitor("binchuan.newcomer")
    assert later.give_password(OWN).get_json()["state"] == "signed_in"
    assert problem(later.post("/api/sign-in/password", {"new_password": PASSWORD})) == (403, "403.4")


def test_a_phone_bound_by_a_code_works_before_the_first_sign_in(
    world: World, newcomer: tuple[Visitor, str]
) -> None:
    phone = world.phone("binchuan.newcomer")
    assert phone.get("/api/phone").status_code == 200


def test_the_plain_page_asks_for_a_password_of_ones_own(newcomer: tuple[Visitor, str]) -> None:
    person, initial = newcomer
    form = person.http.post("/plain/sign-in", data={"account": person.account, "password": initial})
    page = form.get_data(as_text=True)
    assert form.status_code == 200 and 'action="/plain/password"' in page and "初始密码" in page
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]

    def choose(password: str, again: str) -> object:
        data = {"password": password, "again": again, "csrf_token": token}
        return person.http.post("/plain/password", data=data)

    for password, again in ((OWN, "something else"), ("short", "short"), (initial, initial)):
        refused = choose(password, again)
        assert refused.status_code == 422, password  # type: ignore[attr-defined]
        assert 'action="/plain/password"' in refused.get_data(as_text=True)  # type: ignore[attr-defined]
    done = choose(OWN, OWN)
    assert (done.status_code, done.headers["Location"]) == (303, "/plain")  # type: ignore[attr-defined]
    assert "马志远" in person.http.get("/plain").get_data(as_text=True)


def test_the_new_password_is_hashed_and_kept_nowhere(world: World, visitor: People) -> None:
    from tests.support.rows import every_row

    officer = visitor("binchuan.officer1")
    officer.give_password()
    change(officer)
    assert OWN not in repr(every_row(world.database))
    kept = world.user("binchuan.officer1").password_hash
    assert kept is not None and accounts.password_is_right(kept, OWN)
