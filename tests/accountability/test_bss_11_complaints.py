"""BSS-11: 在受理当事人报案时，无论是电话报案还是当面报案，均应做到态度和蔼，语言文明，热情耐心，不得推诿、训斥、刁难。"""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from backend.accountability.tables import Complainant
from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from tests.accountability.centre import Centre, facts
from tests.support.world import Client, World


def form(world: World, **changes: Any) -> dict[str, Any]:
    now = world.clock.now()
    return {
        "received_at": to_wire(now),
        "happened_at": to_wire(now - timedelta(minutes=20)),
        "channel": "phone",
        "content": "说我急什么，就挂了。",
        "recording": "REC-0303-0917",
        "complainant": {"name": "张三", "phone": "0872-7140000", "wants_reply": True},
        **changes,
    }


def register(desk: Client, world: World, **changes: Any) -> dict[str, Any]:
    answer = desk.post("/api/complaints", form(world, **changes))
    assert answer.status_code == 201, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()
    return found


def test_a_complaint_is_registered_with_its_number_time_and_recording(world: World, centre: Centre) -> None:
    made = register(centre.desk, world)
    assert made["number"] == "（2026）云2924投诉1号"
    assert (made["channel"], made["recording"], made["has_complainant"]) == ("phone", "REC-0303-0917", True)
    assert made["happened_at"] == "2026-03-03T00:40:00.000Z"


def test_it_opens_no_record_by_itself(world: World, centre: Centre) -> None:
    register(centre.desk, world)
    centre.pass_time(hours=1)
    assert centre.records() == []


def test_a_person_opens_a_record_on_it_by_a_decision(world: World, centre: Centre) -> None:
    made = register(centre.desk, world, about_user_id=world.user("binchuan.officer5").id)
    record = centre.open(centre.leader, complaint_id=made["id"], ground="bad_attitude")
    assert (record["opened_as"], record["complaint_number"]) == ("complaint", made["number"])
    (listed,) = centre.leader.get("/api/complaints").get_json()["items"]
    assert listed["record_ids"] == [record["id"]]


def test_who_complained_stands_apart_and_looking_is_logged(world: World, centre: Centre) -> None:
    made = register(centre.desk, world)
    assert "张三" not in str(made)
    assert "张三" not in centre.commander.get("/api/complaints").get_data(as_text=True)
    shown = centre.leader.get(f"/api/complaints/{made['id']}/complainant").get_json()
    assert (shown["name"], shown["wants_reply"]) == ("张三", True)
    lines = world.sign_in("binchuan.auditor").get("/api/audit", action="complainant.view").get_json()["items"]
    assert [one["subject_id"] for one in lines] == [made["id"]]


def test_who_is_complained_about_never_reads_who_complained(world: World, centre: Centre) -> None:
    made = register(centre.desk, world, about_user_id=world.user("binchuan.duty").id)
    assert centre.desk.get(f"/api/complaints/{made['id']}/complainant").status_code == 403


def test_an_anonymous_complaint_keeps_nobody(world: World, centre: Centre) -> None:
    made = register(centre.desk, world, complainant=None)
    assert made["has_complainant"] is False
    with world.database.reading() as work:
        assert work.session.execute(select(Complainant)).first() is None


def test_those_on_duty_then_are_offered_and_nobody_else(world: World, centre: Centre) -> None:
    began = world.clock.now() - timedelta(hours=1)
    centre.on_post(("binchuan.officer4", "officer"), since=began - timedelta(hours=9), until=began)
    centre.roster()
    at = to_wire(world.clock.now() - timedelta(minutes=20))
    offered = centre.desk.get("/api/complaints/on-duty", at=at).get_json()["people"]
    assert [one["user"]["name"] for one in offered] == [
        world.user("binchuan.leader").name,
        world.user("binchuan.officer5").name,
    ]


def test_that_somebody_was_not_on_duty_then_speaks_for_them(world: World, centre: Centre) -> None:
    centre.roster()
    record = centre.open(people=[world.user(f"binchuan.officer{number}").id for number in (5, 6)])
    assert facts(record, "for") == ["was_not_on_duty"]
    assert facts(record, "neutral") == ["was_on_duty"]


def test_taken_during_an_outage_it_is_registered_once_under_the_desks_own_id(
    world: World, centre: Centre
) -> None:
    complaint_id = new_identifier()
    for expected in (201, 409):
        assert centre.desk.post("/api/complaints", form(world, id=complaint_id)).status_code == expected


def test_it_cannot_have_happened_after_it_was_complained_of(world: World, centre: Centre) -> None:
    later = to_wire(world.clock.now() + timedelta(minutes=1))
    assert centre.desk.post("/api/complaints", form(world, happened_at=later)).status_code == 422


def test_the_script_is_shown_with_its_clause_in_both_languages(centre: Centre) -> None:
    script = centre.desk.get("/api/complaints/script").get_json()
    assert script["clause"] == "BSS-11"
    assert "不得推诿、训斥、刁难" in script["clause_text"]["zh"]
    assert len(script["lines"]) >= 4
    assert all(
        line[part][language]
        for line in script["lines"]
        for part in ("when", "say")
        for language in ("zh", "en")
    )
    assert len(script["never"]) == 3, "no putting off, no scolding, no obstruction"


def test_whoever_a_complaint_is_about_judges_no_record_on_it(world: World, centre: Centre) -> None:
    register(centre.desk, world, about_user_id=world.user("binchuan.officer5").id)
    made = register(centre.desk, world, about_user_id=world.user("binchuan.leader").id)
    record = centre.open(centre.leader, complaint_id=made["id"], people=[])
    refused = centre.act(centre.leader, record, "accept_reason")
    assert (refused.status_code, refused.get_json()["code"]) == (403, "403.1")
    assert centre.act(centre.commander, record, "decide", decision="not_upheld").status_code == 200


def test_a_complaint_about_the_commander_is_judged_above_though_the_record_names_nobody(
    world: World, centre: Centre
) -> None:
    made = register(centre.desk, world, about_user_id=centre.commander.user_id)
    record = centre.open(centre.commander, complaint_id=made["id"], people=[])
    assert record["acts"] == ["name"]
    refused = centre.act(centre.commander, record, "decide", decision="not_upheld")
    assert (refused.status_code, refused.get_json()["code"]) == (403, "403.1")
    above = world.sign_in("dali.commander")
    assert centre.act(above, record, "decide", decision="not_upheld").status_code == 200


def test_whoever_a_record_on_a_complaint_names_never_reads_who_complained(
    world: World, centre: Centre
) -> None:
    other, made = register(centre.desk, world), register(centre.desk, world)
    record = centre.open(complaint_id=made["id"], people=[])
    path = f"/api/complaints/{made['id']}/complainant"
    assert centre.desk.get(path).status_code == 200
    centre.act(centre.commander, record, "name", user_id=centre.desk.user_id)
    refused = centre.desk.get(path)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "403.1")
    assert centre.desk.get(f"/api/complaints/{other['id']}/complainant").status_code == 200
