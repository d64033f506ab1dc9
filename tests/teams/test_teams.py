"""Quick-response teams: formed by the court's own desk, joined and left by its own people (BSS-5(3), DL-4(3))."""

from typing import Any

from sqlalchemy import select

from backend.core.tables import OutboxEvent
from tests.people.test_lists import pages
from tests.people.visitor import problem
from tests.support.rows import digest_of_state
from tests.support.world import Client, World


def form(desk: Client, name: str, *members: tuple[str, str], court_id: str = "binchuan") -> Any:
    """Form a team of pairs of person id and duty, and return the response."""
    chosen = [{"user_id": user_id, "duty": duty} for user_id, duty in members]
    return desk.post("/api/teams", {"court_id": court_id, "name": name, "members": chosen})


def test_a_commander_forms_a_team_and_everybody_concerned_is_told(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    leader, officer = world.user("binchuan.teamleader1"), world.user("binchuan.officer1")
    formed = form(commander, "夜间小组", (officer.id, "officer"), (leader.id, "leader"))
    assert formed.status_code == 201
    team = formed.get_json()
    assert [(one["user"]["name"], one["duty"]) for one in team["members"]] == [
        (leader.name, "leader"),
        (officer.name, "officer"),
    ]
    with world.database.reading() as work:
        told = work.session.execute(
            select(OutboxEvent).where(OutboxEvent.subject_id == team["id"])
        ).scalar_one()
    assert {f"user:{leader.id}", f"user:{officer.id}", "team.read@binchuan"} <= set(told.rooms)


def test_a_name_is_given_once_a_court(world: World) -> None:
    commander, xiangyun = world.sign_in("binchuan.commander"), world.sign_in("xiangyun.commander")
    assert form(commander, "夜间小组").status_code == 201
    assert problem(form(commander, " 夜间小组 ")) == (409, "409.3")
    assert form(xiangyun, "夜间小组", court_id="xiangyun").status_code == 201
    assert problem(form(commander, "长" * 81)) == (422, "422.1")


def test_a_team_that_cannot_be_formed_whole_is_not_formed_at_all(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    own, other = world.user("binchuan.officer1"), world.user("xiangyun.officer1")
    before = digest_of_state(world.database)
    assert problem(form(commander, "甲", (own.id, "officer"), (other.id, "officer"))) == (403, "403.1")
    assert problem(form(commander, "甲", (own.id, "leader"), (own.id, "driver"))) == (409, "409.3")
    nobody = "01890000-0000-7000-8000-000000000000"
    assert problem(form(commander, "甲", (own.id, "leader"), (nobody, "officer"))) == (404, "404.1")
    assert digest_of_state(world.database) == before


def test_somebody_joins_and_leaves_and_is_told_of_both(world: World) -> None:
    commander, phone = world.sign_in("binchuan.commander"), world.phone("binchuan.officer6")
    path = f"/api/teams/{world.team('binchuan')}/members"
    joined = commander.post(path, {"user_id": phone.user_id, "duty": "driver"}).get_json()
    assert [one["duty"] for one in joined["members"]] == ["leader", "officer", "officer", "driver"]
    assert problem(commander.post(path, {"user_id": phone.user_id, "duty": "driver"})) == (409, "409.3")
    left = commander.delete(f"{path}/{phone.user_id}").get_json()
    assert (len(left["members"]), left["revision"]) == (3, joined["revision"] + 1)
    assert problem(commander.delete(f"{path}/{phone.user_id}")) == (404, "404.1")
    with world.database.reading() as work:
        events = work.session.execute(select(OutboxEvent).order_by(OutboxEvent.id)).scalars().all()
    assert [f"user:{phone.user_id}" in event.rooms for event in events if event.kind == "team.changed"][
        -2:
    ] == [
        True,
        True,
    ]
    assert commander.post(path, {"user_id": phone.user_id, "duty": "driver"}).status_code == 200, (
        "may come back"
    )


def test_another_courts_desk_changes_nothing_even_the_superiors(world: World) -> None:
    team, officer = world.team("binchuan"), world.user("binchuan.officer6")
    for account in ("xiangyun.commander", "dali.commander", "baishishan.commander"):
        stranger = world.sign_in(account)
        before = digest_of_state(world.database)
        body = {"user_id": officer.id, "duty": "officer"}
        assert problem(stranger.post(f"/api/teams/{team}/members", body)) == (403, "403.1")
        member = world.user("binchuan.officer1").id
        assert problem(stranger.delete(f"/api/teams/{team}/members/{member}")) == (403, "403.1")
        assert problem(form(stranger, "外来小组")) == (403, "403.1")
        assert digest_of_state(world.database) == before
    unknown = "/api/teams/01890000-0000-7000-8000-000000000000/members"
    assert problem(
        world.sign_in("binchuan.commander").post(unknown, {"user_id": officer.id, "duty": "officer"})
    ) == (
        404,
        "404.1",
    )


def test_teams_are_shown_to_the_court_and_its_superior_in_pages(world: World) -> None:
    own = world.sign_in("binchuan.duty").get("/api/teams").get_json()["items"]
    assert [team["name"] for team in own] == ["快反一组", "快反三组", "快反二组"]
    assert {team["court_id"] for team in own} == {"binchuan"}
    dali = world.sign_in("dali.duty")
    whole = dali.get("/api/teams").get_json()["items"]
    assert {team["court_id"] for team in whole} == {"binchuan", "dalishi", "xiangyun"}
    assert [team for page in pages(dali, "/api/teams", 2) for team in page] == whole
