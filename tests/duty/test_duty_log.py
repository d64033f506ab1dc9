"""The duty log (值班日志; BSS-6, BSS-5(4)): it writes itself from the acts of the court, and takes notes."""

import json
from typing import Any

from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from tests.duty.conftest import Duty, said
from tests.support.world import Client, World

NOTE = {"category": "phone", "text": "张某来电催问（2026）云2923执7号进度，已告知。"}


def write(desk: Client, **changes: Any) -> Any:
    return desk.post("/api/duty/notes", {**NOTE, **changes})


def templates(log: dict[str, Any]) -> list[str]:
    return [entry["template"] for entry in log["items"]]


def test_the_log_writes_itself_from_the_acts_of_the_court_alone(duty: Duty, world: World, noise) -> None:
    world.register_lead(duty.desk("binchuan.duty"))
    desk = duty.desk("duty")
    lead = world.register_lead(desk)
    world.order_out(duty.desk("commander"), "xiangyun", lead_id=lead["id"])
    log = duty.leader.get("/api/duty/log").get_json()
    assert templates(log)[-1] == "lead.register", "newest first"
    assert {"lead.register", "clock.start", "directive.issue"} <= set(templates(log))
    assert not [one for one in templates(log) if one.startswith(("session.", "device.", "team.", "person."))]
    entry = log["items"][-1]
    assert (entry["values"], entry["number"], entry["title"]) == (
        {"triage": "urgent"},
        lead["number"],
        "金牛镇 菜园",
    )
    assert entry["actor"] == {"id": desk.user_id, "name": world.user("xiangyun.duty").name}
    started = {one["values"]["clock"]: one for one in log["items"] if one["template"] == "clock.start"}
    assert started["C4"]["values"]["due_at"] == "2026-03-03T01:30:00.000Z"
    assert {entry["number"] for entry in log["items"] if entry["subject_kind"] == "lead"} == {lead["number"]}


def test_without_the_permission_to_read_leads_numbers_and_times_are_shown_and_no_titles(
    duty: Duty, world: World
) -> None:
    lead = world.register_lead(duty.desk("duty"))
    write(duty.desk("duty"))
    answer = world.phone("xiangyun.officer1").get("/api/duty/log")
    assert lead["number"] in answer.get_data(as_text=True)
    assert "金牛镇" not in answer.get_data(as_text=True)
    assert "张某" not in answer.get_data(as_text=True)
    assert {entry["title"] for entry in answer.get_json()["items"]} == {None}


def test_a_note_stands_in_the_log_with_its_words_and_not_in_the_audit_log(duty: Duty, world: World) -> None:
    note = write(duty.desk("duty")).get_json()
    assert (note["category"], note["text"], note["corrected_by"]) == ("phone", NOTE["text"], None)
    log = duty.leader.get("/api/duty/log").get_json()
    assert [entry["note"]["text"] for entry in log["items"] if entry["note"]] == [NOTE["text"]]
    auditor = world.sign_in("dali.auditor").get("/api/audit", action="duty_note.").get_data(as_text=True)
    assert note["id"] in auditor
    assert "张某" not in auditor


def test_weather_and_kit_are_read_by_every_phone(duty: Duty, world: World) -> None:
    write(duty.desk("duty"), category="weather", text="大雾")
    write(duty.desk("duty"), category="kit", text="二号记录仪电池鼓包")
    log = world.phone("xiangyun.officer1").get("/api/duty/log").get_json()
    assert [entry["note"]["text"] for entry in log["items"]] == ["二号记录仪电池鼓包", "大雾"]


def test_a_note_is_put_right_by_a_new_one_that_names_it(duty: Duty) -> None:
    wrong = write(duty.desk("duty")).get_json()
    right = write(duty.desk("leader"), text="来电人为李某", corrects_id=wrong["id"]).get_json()
    assert right["corrects_id"] == wrong["id"]
    notes = [entry["note"] for entry in duty.leader.get("/api/duty/log").get_json()["items"]]
    assert [(note["id"], note["text"], note["corrected_by"]) for note in notes] == [
        (right["id"], "来电人为李某", None),
        (wrong["id"], NOTE["text"], right["id"]),
    ]


def test_a_note_of_another_court_or_of_nobody_cannot_be_corrected(duty: Duty) -> None:
    other = write(duty.desk("binchuan.duty")).get_json()
    for corrects in (other["id"], new_identifier()):
        assert said(write(duty.desk("duty"), corrects_id=corrects))[:2] == (422, "422.1")


def test_a_note_is_corrected_once_and_after_that_its_correction(duty: Duty) -> None:
    wrong = write(duty.desk("duty")).get_json()
    right = write(duty.desk("duty"), text="来电人为李某", corrects_id=wrong["id"]).get_json()
    again = said(write(duty.desk("leader"), text="来电人为张某", corrects_id=wrong["id"]))
    assert (again[1], again[2][0]) == ("422.1", "该记事已更正过，请更正最新的一条")
    assert write(duty.desk("leader"), text="来电人为张某", corrects_id=right["id"]).status_code == 201


def test_a_note_that_is_sent_twice_is_written_once(duty: Duty) -> None:
    mine = new_identifier()
    assert write(duty.desk("duty"), id=mine).status_code == 201
    assert said(write(duty.desk("duty"), id=mine))[:2] == (409, "409.3")


def test_a_desk_without_network_queues_its_note_and_sends_it_later(duty: Duty, world: World) -> None:
    written = world.clock.instant
    duty.time("03-03 11:00")
    desk, note_id = duty.desk("duty"), new_identifier()
    payload = {
        "schema": 1,
        "command_id": new_identifier(),
        "device_id": "desk-1",
        "sequence": 1,
        "type": "duty_note.write",
        "subject_id": note_id,
        "body": {**NOTE, "written_at": to_wire(written)},
        "made_at": to_wire(written),
    }
    command = {"payload": json.dumps(payload, ensure_ascii=False), "signature": None}
    for _ in range(2):
        result = desk.post("/api/commands", {"commands": [command]}).get_json()["results"][0]
        assert result["result"] == "applied", result
    entries = duty.leader.get("/api/duty/log").get_json()["items"]
    assert [(one["note"]["id"], one["at"]) for one in entries] == [(note_id, "2026-03-03T01:00:00.000Z")]
    assert entries[0]["recorded_at"] == "2026-03-03T03:00:00.000Z"


def test_two_thousand_characters_fit_and_not_one_more_nor_none(duty: Duty) -> None:
    assert write(duty.desk("duty"), text="雨" * 2000).status_code == 201
    for text in ("雨" * 2001, "", "  ", "a\x00b"):
        assert write(duty.desk("duty"), text=text).status_code in (400, 422)


def test_a_time_to_come_counts_as_now_and_one_of_last_week_is_refused(duty: Duty) -> None:
    ahead = write(duty.desk("duty"), written_at="2026-03-03T02:00:00Z").get_json()
    assert ahead["written_at"] == "2026-03-03T01:00:00.000Z"
    assert write(duty.desk("duty"), written_at="2026-02-24T01:00:00Z").status_code == 201
    assert said(write(duty.desk("duty"), written_at="2026-02-24T00:59:59Z"))[:2] == (422, "422.1")


def test_the_log_of_a_shift_is_what_happened_while_it_carried_the_duty(duty: Duty, world: World) -> None:
    write(duty.desk("duty"), text="班前")
    duty.time("03-03 09:10")
    shift = duty.plan("03-03 08:20", "03-04 08:20", "duty officer")
    duty.plan("03-04 08:20", "03-05 08:20", "leader leader")
    duty.take_over(shift, duty.desk("duty"))
    duty.time("03-03 09:20")
    write(duty.desk("duty"), text="班中")
    duty.time("03-04 08:20")
    done = duty.sign(duty.sign(duty.draft(shift, duty.desk("duty")), duty.desk("duty")), duty.desk("leader"))
    assert done["state"] == "done"
    duty.time("03-04 09:00")
    write(duty.desk("leader"), text="班后")
    log = duty.leader.get("/api/duty/log", shift_id=shift["id"]).get_json()
    assert [entry["note"]["text"] for entry in log["items"] if entry["note"]] == ["班中"]
    assert (log["begin"], log["end"]) == ("2026-03-03T01:10:00.000Z", "2026-03-04T00:20:00.000Z")
    stranger = duty.desk("binchuan.duty").get("/api/duty/log", shift_id=shift["id"])
    assert said(stranger)[:2] == (403, "403.1")


def test_the_log_comes_by_pages_without_a_gap_or_a_repetition(duty: Duty) -> None:
    for number in range(5):
        write(duty.desk("duty"), text=f"第{number}条")
    texts, after = [], None
    while True:
        page = duty.leader.get("/api/duty/log", limit=2, **({"after": after} if after else {})).get_json()
        texts += [entry["note"]["text"] for entry in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert texts == [f"第{number}条" for number in (4, 3, 2, 1, 0)]


def test_a_stretch_without_an_end_or_beside_a_shift_is_refused(duty: Duty) -> None:
    for query in (
        {"begin": "2026-03-03T00:00:00Z"},
        {"begin": "2026-03-03T00:00:00Z", "end": "2026-03-02T00:00:00Z"},
        {"shift_id": new_identifier(), "begin": "2026-03-03T00:00:00Z", "end": "2026-03-04T00:00:00Z"},
        {"after": "x"},
    ):
        assert duty.leader.get("/api/duty/log", **query).status_code == 422, query
    assert duty.leader.get("/api/duty/log", shift_id=new_identifier()).status_code == 404
