"""Registration (BSS-4(6), BSS-5(2)): in writing, from the time of the call, surviving an outage, with the reporter kept apart."""

from datetime import timedelta

from sqlalchemy import select

from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from backend.core.tables import AuditEntry, OutboxEvent
from tests.support.rows import every_row
from tests.support.world import LEAD, Client, World, team_clocks


def desk_command(world: World, kind: str, body: dict, sequence: int = 1) -> tuple[dict, str]:
    import json

    lead_id = new_identifier()
    payload = {
        "schema": 1,
        "command_id": new_identifier(),
        "device_id": "desk-0b8f",
        "sequence": sequence,
        "type": kind,
        "subject_id": lead_id,
        "body": body,
        "made_at": to_wire(world.clock.now()),
    }
    return {"payload": json.dumps(payload, ensure_ascii=False), "signature": None}, lead_id


def send(desk: Client, *commands: dict) -> list[dict]:
    return desk.post("/api/commands", {"commands": list(commands)}).get_json()["results"]


def test_a_lead_is_numbered_and_its_case_number_normalised(world: World) -> None:
    lead = world.register_lead(world.sign_in("binchuan.duty"))
    assert lead["number"] == "（2026）云2924线索1号"
    assert (lead["case_number"], lead["legacy_case_number"]) == ("（2026）云2924执118号", None)
    assert (lead["state"], lead["triage"], lead["has_reporter"]) == ("triaged", "urgent", True)


def test_a_legacy_case_number_is_kept_word_for_word(world: World) -> None:
    lead = world.register_lead(world.sign_in("binchuan.duty"), case_number_text="（2015）白林执字第12号")
    assert (lead["case_number"], lead["legacy_case_number"]) == (None, "（2015）白林执字第12号")


def test_time_runs_from_the_call_and_not_from_the_typing(world: World) -> None:
    call = world.clock.now()
    world.clock.instant += timedelta(minutes=4)
    lead = world.register_lead(world.sign_in("binchuan.duty"), received_at=to_wire(call))
    assert (lead["received_at"], lead["registered_at"]) == (to_wire(call), to_wire(world.clock.now()))
    assert team_clocks(lead)[0]["due_at"] == to_wire(call + timedelta(minutes=30))


def test_a_desk_whose_clock_runs_ahead_registers_as_of_now(world: World) -> None:
    ahead = to_wire(world.clock.now() + timedelta(minutes=3))
    lead = world.register_lead(world.sign_in("binchuan.duty"), received_at=ahead)
    assert lead["received_at"] == to_wire(world.clock.now())


def test_a_call_of_last_month_is_taken_for_a_mistake(world: World) -> None:
    body = {**LEAD, "received_at": to_wire(world.clock.now() - timedelta(days=31))}
    response = world.sign_in("binchuan.duty").post("/api/leads", body)
    assert (response.status_code, list(response.get_json()["fields"])) == (422, ["received_at"])


def test_an_urgent_lead_needs_one_of_the_four_grounds(world: World) -> None:
    body = {**LEAD, "grounds": [], "received_at": to_wire(world.clock.now())}
    response = world.sign_in("binchuan.duty").post("/api/leads", body)
    assert (response.status_code, response.get_json()["code"]) == (422, "422.1")


def test_a_registration_from_the_outbox_is_applied_once_however_often_it_is_sent(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    command, lead_id = desk_command(
        world, "lead.register", {**LEAD, "received_at": to_wire(world.clock.now())}
    )
    first, second = send(desk, command), send(desk, command)
    assert first == second
    assert (first[0]["result"], first[0]["subject_id"]) == ("applied", lead_id)
    assert len(desk.get("/api/leads").get_json()["items"]) == 1


def test_the_same_lead_id_registers_one_lead(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    lead_id = new_identifier()
    world.register_lead(desk, id=lead_id)
    again = desk.post("/api/leads", {**LEAD, "id": lead_id, "received_at": to_wire(world.clock.now())})
    assert (again.status_code, again.get_json()["code"]) == (409, "409.3")


def test_an_inquiry_takes_two_fields_starts_no_clock_and_is_closed(world: World) -> None:
    desk = world.sign_in("binchuan.duty")
    body = {"received_at": to_wire(world.clock.now()), "summary": "退款进度", "caller": "李女士"}
    command, lead_id = desk_command(world, "inquiry.register", body)
    send(desk, command)
    lead = desk.get(f"/api/leads/{lead_id}").get_json()
    assert (lead["triage"], lead["state"], lead["clocks"]) == ("inquiry", "closed", [])


def test_the_reporter_is_shown_to_whoever_may_see_it_and_the_view_is_logged(world: World) -> None:
    duty = world.sign_in("binchuan.duty")
    lead = world.register_lead(duty)
    assert duty.get(f"/api/leads/{lead['id']}/reporter").get_json()["name"] == "张三"
    with world.database.reading() as work:
        views = work.session.execute(
            select(AuditEntry).where(
                AuditEntry.action == "reporter.view", AuditEntry.subject_id == lead["id"]
            )
        ).scalars()
        assert [view.actor_id for view in views] == [duty.user_id]


def test_the_clerk_the_superior_and_the_officer_never_see_the_reporter(world: World) -> None:
    lead = world.register_lead(world.sign_in("binchuan.duty"))
    for account in ("binchuan.clerk", "dali.commander", "binchuan.officer1", "binchuan.auditor"):
        assert world.sign_in(account).get(f"/api/leads/{lead['id']}/reporter").status_code == 403, account


def test_the_reporter_is_in_no_event_order_board_slip_or_audit_line(world: World) -> None:
    duty, officer = world.sign_in("binchuan.duty"), world.phone("binchuan.officer1")
    lead = world.register_lead(duty)
    order = world.order_out(duty, lead_id=lead["id"])
    shown = [
        duty.get("/api/board").get_data(as_text=True),
        duty.get(f"/api/leads/{lead['id']}").get_data(as_text=True),
        duty.get(f"/api/leads/{lead['id']}/slip").get_data(as_text=True),
        duty.get(f"/api/directives/{order['id']}/slip").get_data(as_text=True),
        officer.get("/api/phone").get_data(as_text=True),
    ]
    with world.database.reading() as work:
        shown += [str(row.data) for row in work.session.execute(select(OutboxEvent)).scalars()]
        shown += [str(row.detail) for row in work.session.execute(select(AuditEntry)).scalars()]
    assert not [text for text in shown if "张三" in text or "0872-7140000" in text]


def test_a_list_holds_the_courts_own_leads_and_goes_on_page_by_page(world: World, noise) -> None:
    noise()
    desk = world.sign_in("binchuan.duty")
    made = [world.register_lead(desk)["id"] for _ in range(3)]
    first = desk.get("/api/leads", limit=2).get_json()
    second = desk.get("/api/leads", limit=2, after=first["next"]).get_json()
    assert [lead["id"] for lead in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None


def test_the_superior_sees_the_leads_of_its_subtree_only(world: World, noise) -> None:
    noise()
    world.register_lead(world.sign_in("binchuan.duty"))
    courts = {
        lead["court_id"] for lead in world.sign_in("dali.commander").get("/api/leads").get_json()["items"]
    }
    assert courts == {"binchuan", "xiangyun"}


def test_the_reporter_of_a_desks_command_is_kept_in_one_place(world: World) -> None:
    form = {**LEAD, "received_at": to_wire(world.clock.now())}
    sent, _ = desk_command(world, "lead.register", form)
    assert send(world.sign_in("binchuan.duty"), sent)[0]["result"] == "applied"
    rows = every_row(world.database)
    assert [table for table, found in rows.items() if "张三" in str(found)] == ["lead_reporter"]
