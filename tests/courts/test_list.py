"""The list of courts an actor sees: its own line, up and down, and nobody beside it."""

from tests.support.world import World


def test_a_county_sees_itself_and_those_above(world: World) -> None:
    shown = world.sign_in("binchuan.duty").get("/api/courts").get_json()["items"]
    assert [court["id"] for court in shown] == ["yunnan", "dali", "binchuan", "spc"]


def test_dali_sees_its_twelve_counties_and_those_above_in_pages_too(world: World) -> None:
    dali = world.sign_in("dali.duty")
    whole = [court["id"] for court in dali.get("/api/courts").get_json()["items"]]
    assert len(whole) == 15
    assert not {"jilin", "changchun_forest", "baishishan"} & set(whole)
    first = dali.get("/api/courts", limit=10).get_json()
    second = dali.get("/api/courts", limit=10, after=first["next"]).get_json()
    assert [court["id"] for court in first["items"] + second["items"]] == whole
    assert second["next"] is None


def test_a_code_that_was_not_verified_says_so(world: World) -> None:
    shown = world.sign_in("baishishan.duty").get("/api/courts").get_json()["items"]
    assert {court["id"]: court["code_verified"] for court in shown}["baishishan"] is False
