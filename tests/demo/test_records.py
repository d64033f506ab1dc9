"""The demo shows a record in each of three states, as the rules make them; loading it twice changes nothing."""

from backend.demo.records import load_records
from tests.support.world import World


def test_one_is_explained_one_accepted_one_open(world: World) -> None:
    assert load_records(world.database)
    assert not load_records(world.database)
    commander = world.sign_in("binchuan.commander")
    rows = commander.get("/api/records", state="all").get_json()["items"]
    assert sorted((row["clause"], row["state"], row["late_seconds"]) for row in rows) == [
        ("BSS-6", "explained", 360),
        ("BSS-8", "open", 720),
        ("BSS-8", "reason_accepted", 720),
    ]
    assert all(row["people"] for row in rows)
    assert len(commander.get("/api/complaints").get_json()["items"]) == 1
