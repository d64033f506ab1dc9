"""A notice is taken note of by whom it was given to, or the desk writes down how it told them (DL-14, BSS-6)."""

import pytest

from backend.core.audit import AuditFilter, lines_seen
from tests.notify.conftest import Roster, mine, minutes_pass, told_about
from tests.support.world import Client, Phone, World


@pytest.fixture
def binchuan(roster: Roster) -> Roster:
    """Binchuan's duty officer, its leader, and an officer on standby with a phone."""
    roster.from_now(
        "binchuan", officer="binchuan.duty", leader="binchuan.leader", standby="binchuan.officer5"
    )
    return roster


MYSELF = {"user_id": None, "how": None}


def notice_of(client: Client) -> dict:
    (found,) = mine(client)
    return found


def recipient(desk: Client, notice: dict, account: str, world: World) -> dict:
    about = desk.get("/api/notices", subject_kind=notice["subject_kind"], subject_id=notice["subject_id"])
    (found,) = [one for one in about.get_json()["items"] if one["id"] == notice["id"]]
    (person,) = [one for one in found["recipients"] if one["user"]["id"] == world.user(account).id]
    return person


def test_who_takes_note_sees_it_no_more_and_the_others_still_do(world: World, binchuan: Roster) -> None:
    world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 5)
    duty, standby = world.sign_in("binchuan.duty"), world.phone("binchuan.officer5")
    notice = notice_of(duty)
    assert duty.post(f"/api/notices/{notice['id']}/acknowledge", MYSELF).status_code == 200
    assert mine(duty) == []
    assert notice_of(standby)["id"] == notice["id"]


def test_a_phone_takes_note_by_a_signed_command_and_again_changes_nothing(
    world: World, binchuan: Roster
) -> None:
    world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 5)
    standby: Phone = world.phone("binchuan.officer5")
    notice = notice_of(standby)
    command = standby.command("notice.acknowledge", notice["id"])
    first = standby.send(command)[0]
    again = standby.send(command, standby.command("notice.acknowledge", notice["id"]))
    assert [first["result"], *(one["result"] for one in again)] == ["applied"] * 3
    assert mine(standby) == []
    with world.database.reading() as work:
        wanted = AuditFilter(action="notice.acknowledge")
        assert len(lines_seen(work.session, ["binchuan"], wanted, limit=10, before=None)) == 1


def test_the_desk_rings_the_leader_and_writes_down_how(world: World, binchuan: Roster) -> None:
    world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 10)
    duty, leader = world.sign_in("binchuan.duty"), world.sign_in("binchuan.leader")
    notice = notice_of(leader)
    for_the_leader = {"user_id": leader.user_id, "how": None}
    silent = duty.post(f"/api/notices/{notice['id']}/acknowledge", for_the_leader)
    assert (silent.status_code, silent.get_json()["code"]) == (422, "422.1")
    told = duty.post(f"/api/notices/{notice['id']}/acknowledge", {**for_the_leader, "how": "电话，已知悉"})
    assert told.status_code == 200
    person = recipient(duty, notice, "binchuan.leader", world)
    assert person["acknowledged_by"]["id"] == duty.user_id
    assert person["told_by_desk"] == "电话，已知悉"
    assert mine(leader) == []


@pytest.mark.parametrize(
    ("account", "status"), [("xiangyun.duty", 403), ("dali.duty", 403), ("binchuan.commander", 403)]
)
def test_a_stranger_cannot_take_note(world: World, binchuan: Roster, account: str, status: int) -> None:
    world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 5)
    notice = notice_of(world.sign_in("binchuan.duty"))
    assert (
        world.sign_in(account).post(f"/api/notices/{notice['id']}/acknowledge", MYSELF).status_code == status
    )


def test_nobody_can_be_written_down_who_was_not_told(world: World, binchuan: Roster) -> None:
    world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 5)
    duty = world.sign_in("binchuan.duty")
    words = {"user_id": world.user("binchuan.clerk").id, "how": "电话"}
    assert duty.post(f"/api/notices/{notice_of(duty)['id']}/acknowledge", words).status_code == 404
    nowhere = duty.post("/api/notices/01900000-0000-7000-8000-000000000009/acknowledge", MYSELF)
    assert nowhere.status_code == 404


def test_another_courts_desk_cannot_write_it_down_for_them(world: World, binchuan: Roster) -> None:
    world.directive_from_above(world.sign_in("dali.commander"))
    minutes_pass(world, 5)
    notice = notice_of(world.sign_in("binchuan.duty"))
    words = {"user_id": world.user("binchuan.duty").id, "how": "电话"}
    answer = world.sign_in("xiangyun.duty").post(f"/api/notices/{notice['id']}/acknowledge", words)
    assert answer.status_code == 403


def test_a_team_that_leaves_settles_the_warnings_of_its_clock(world: World, binchuan: Roster) -> None:
    duty = world.sign_in("binchuan.duty")
    lead = world.register_lead(duty)
    world.register_lead(duty)
    order = world.order_out(duty, lead_id=lead["id"])
    phone = world.phone("binchuan.teamleader1")
    minutes_pass(world, 15)
    assert [one["subject_id"] for one in mine(phone)] == [lead["id"]]
    phone.do("directive.accept", order["id"])
    phone.do("directive.depart", order["id"])
    assert mine(phone) == []
    assert len(mine(world.sign_in("binchuan.leader"))) == 1


def test_the_next_step_takes_the_place_of_the_one_before(world: World, binchuan: Roster) -> None:
    duty = world.sign_in("binchuan.duty")
    lead = world.register_lead(duty)
    minutes_pass(world, 15)
    minutes_pass(world, 10)
    leader = world.sign_in("binchuan.leader")
    assert [one["step"] for one in mine(leader)] == [2]
    minutes_pass(world, 6)
    assert mine(leader) == []
    (breach,) = mine(world.sign_in("binchuan.commander"))
    assert (breach["kind"], breach["subject_id"]) == ("clock_breach", lead["id"])


def test_a_breach_that_was_none_is_told_to_those_who_heard_of_it(world: World, binchuan: Roster) -> None:
    """A8: the departure at 09:20 arrives at 09:50; the commander who heard of a breach hears that it was none."""
    duty = world.sign_in("binchuan.duty")
    lead = world.register_lead(duty)
    order = world.order_out(duty, lead_id=lead["id"])
    phone = world.phone("binchuan.teamleader1")
    left_at = world.clock.now().replace(minute=20)
    minutes_pass(world, 50)
    commander = world.sign_in("binchuan.commander")
    assert {one["kind"] for one in mine(commander)} <= {"clock_breach", "clock_unconfirmed"}
    phone.send(
        phone.command("directive.accept", order["id"], made_at=left_at),
        phone.command("directive.depart", order["id"], made_at=left_at),
    )
    kinds = [kind for kind, _, _ in told_about(duty, lead["id"], "lead")]
    assert kinds[-1] == "clock_disproved"
    assert [one["kind"] for one in mine(commander)] == ["clock_disproved"]


def test_half_a_question_about_a_subject_is_refused(world: World, binchuan: Roster) -> None:
    answer = world.sign_in("binchuan.duty").get("/api/notices", subject_kind="lead")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "422.1")
