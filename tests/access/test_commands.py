"""Every kind of command: its own people's is applied; wrong role, wrong court and wrong key are rejected with 403.x.

The endpoint takes the batch of whoever is signed in, so the refusal stands in the result; the receipt is kept, and
nothing else changes.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from backend.core.clock import to_wire
from backend.core.commands import COMMANDS
from backend.core.identifiers import new_identifier
from tests.access import duty_cases as duty
from tests.access.emergency_cases import pressed, timed
from tests.access.record_cases import complaint_form
from tests.access.stage import ACT_BODIES, Stage
from tests.people.visitor import problem
from tests.support.rows import digest_of_state
from tests.support.world import LEAD, Client, Phone


@dataclass(frozen=True)
class Row:
    """One kind of command: how to make its subject, its body, who makes it, and who must not."""

    kind: str
    subject: Callable[[Stage], str]
    body: Callable[[Stage], dict[str, Any]]
    by: str
    wrong_roles: tuple[str, ...]
    wrong_courts: tuple[str, ...]


def by_phone(act: str, *before: str) -> Row:
    """Return the row of a member's act after others."""
    return Row(
        f"directive.{act}",
        lambda stage: stage.order(*before),
        lambda _stage: ACT_BODIES.get(act, {}),
        "phone binchuan.officer1",
        ("phone binchuan.officer6", "phone binchuan.commander"),
        ("phone xiangyun.officer1", "phone baishishan.officer1"),
    )


def lead_form(stage: Stage) -> dict[str, Any]:
    """Return a registration received now."""
    return {**LEAD, "received_at": to_wire(stage.world.clock.now())}


def inquiry_form(stage: Stage) -> dict[str, Any]:
    """Return an inquiry call received now."""
    return {"received_at": to_wire(stage.world.clock.now()), "summary": "问案件进度"}


NOT_THE_DESK = (
    "binchuan.clerk",
    "binchuan.liaison",
    "binchuan.sysadmin",
    "binchuan.auditor",
    "binchuan.officer1",
)
OTHER_PHONES = ("phone xiangyun.officer1", "phone baishishan.officer1")
ROWS = (
    by_phone("receive"),
    by_phone("accept"),
    by_phone("decline"),
    by_phone("take_over"),
    by_phone("depart", "accept"),
    by_phone("arrive", "accept", "depart"),
    by_phone("note"),
    by_phone("complete", "accept", "depart"),
    by_phone("feedback", "accept", "depart", "complete"),
    Row(
        "directive.set_covert",
        lambda stage: stage.order(),
        lambda _stage: {"covert": True},
        "phone binchuan.teamleader1",
        ("phone binchuan.officer1", "phone binchuan.officer6", "phone binchuan.commander"),
        ("phone xiangyun.officer1", "phone baishishan.officer1"),
    ),
    Row(
        "notice.acknowledge",
        lambda stage: stage.notice("binchuan.officer1"),
        lambda _: {},
        "phone binchuan.officer1",
        ("phone binchuan.officer6", "phone binchuan.commander"),
        ("phone xiangyun.officer1", "phone baishishan.officer1"),
    ),
    Row("lead.register", lambda _: new_identifier(), lead_form, "binchuan.duty", NOT_THE_DESK, ()),
    Row(
        "directive.receive_outside",
        lambda _: new_identifier(),
        lambda stage: stage.call(),
        "binchuan.duty",
        ("binchuan.clerk", "binchuan.sysadmin", "binchuan.auditor", "binchuan.officer1"),
        (),
    ),
    Row(
        "record.explain",
        lambda stage: str(stage.record()["id"]),
        lambda _: {"words": "当时在另一现场。"},
        "phone binchuan.officer4",
        ("phone binchuan.officer6", "phone binchuan.commander"),
        ("phone xiangyun.officer1", "phone baishishan.officer1"),
    ),
    Row("complaint.register", lambda _: new_identifier(), complaint_form, "binchuan.duty", NOT_THE_DESK, ()),
    Row("inquiry.register", lambda _: new_identifier(), inquiry_form, "binchuan.duty", NOT_THE_DESK, ()),
    Row(
        "duty_note.write",
        lambda _: new_identifier(),
        lambda _: {"category": "weather", "text": "大雾"},
        "binchuan.duty",
        NOT_THE_DESK,
        (),
    ),
    Row(
        "shift.take_over",
        lambda stage: duty.planned(stage)["id"],
        lambda _: {},
        "phone binchuan.duty",
        ("phone binchuan.officer1", "phone binchuan.leader"),
        OTHER_PHONES,
    ),
    Row(
        "shift.ask_swap",
        lambda stage: duty.planned(stage, 48)["id"],
        lambda stage: {"substitute_id": stage.user_id("binchuan.officer2"), "reason": "有事"},
        "phone binchuan.officer1",
        ("phone binchuan.officer6", "phone binchuan.commander"),
        OTHER_PHONES,
    ),
    Row(
        "shift.answer_swap",
        lambda stage: duty.asked(stage)["id"],
        lambda _: {"agree": True},
        "phone binchuan.officer2",
        ("phone binchuan.officer1", "phone binchuan.commander"),
        OTHER_PHONES,
    ),
    Row(
        "shift.withdraw_swap",
        lambda stage: duty.asked(stage)["id"],
        lambda _: {},
        "phone binchuan.officer1",
        ("phone binchuan.officer2", "phone binchuan.commander"),
        OTHER_PHONES,
    ),
    Row(
        "handover.sign",
        lambda stage: duty.signed_once(stage)["id"],
        lambda _: {"revision": 2},
        "phone binchuan.leader",
        ("phone binchuan.officer1", "phone binchuan.commander"),
        OTHER_PHONES,
    ),
    Row(
        "roll_call.answer",
        lambda stage: duty.called(stage)["id"],
        lambda _: {},
        "phone binchuan.officer1",
        ("phone binchuan.officer6", "phone binchuan.liaison"),
        OTHER_PHONES,
    ),
    Row(
        "sos.raise",
        # Everybody with a phone may call for help; what nobody may is press in another's call.
        pressed,
        lambda _: {"drill": False},
        "phone binchuan.officer1",
        ("phone binchuan.officer6", "phone binchuan.commander"),
        OTHER_PHONES,
    ),
    Row(
        "check_in.confirm",
        timed,
        lambda _: {},
        "phone binchuan.officer1",
        ("phone binchuan.officer6", "phone binchuan.commander"),
        OTHER_PHONES,
    ),
    Row(
        "check_in.set",
        lambda stage: stage.order(),
        lambda _: {"minutes": 15},
        "phone binchuan.teamleader1",
        ("phone binchuan.officer1", "phone binchuan.commander"),
        OTHER_PHONES,
    ),
    Row(
        "sos.safe",
        pressed,
        lambda _: {},
        "phone binchuan.officer1",
        ("phone binchuan.officer6", "phone binchuan.commander"),
        OTHER_PHONES,
    ),
)


def command_of(stage: Stage, client: Client, row: Row, subject_id: str, **changes: Any) -> dict[str, Any]:
    """Return the command as this client would send it: signed by its phone, or unsigned from its desk."""
    if isinstance(client, Phone):
        return client.command(row.kind, subject_id, row.body(stage), **changes)
    stage.serial += 1
    payload = {
        "schema": 1,
        "command_id": new_identifier(),
        "device_id": f"desk-{client.account}",
        "sequence": stage.serial,
        "type": row.kind,
        "subject_id": subject_id,
        "body": row.body(stage),
        "made_at": to_wire(stage.world.clock.now()),
        **changes,
    }
    return {"payload": json.dumps(payload, ensure_ascii=False), "signature": None}


def result_of(client: Client, *commands: dict[str, Any]) -> dict[str, Any]:
    """Send a batch and return the result of its first command."""
    answer = client.post("/api/commands", {"commands": list(commands)})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: dict[str, Any] = answer.get_json()["results"][0]
    return found


def code_of(result: dict[str, Any]) -> str:
    """Return the code of a rejected command, after holding its problem against both languages."""
    assert result["result"] == "rejected", result
    assert result["problem"]["zh"] and result["problem"]["en"]
    return str(result["problem"]["code"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.kind)
def test_only_the_right_people_command(stage: Stage, row: Row) -> None:
    right = stage.person(row.by)
    wrong = [stage.person(name) for name in (*row.wrong_roles, *row.wrong_courts)]
    subject_id = row.subject(stage)
    anybodys = command_of(stage, right, row, subject_id)
    # Signed in before the digest: the account keeps when that was.
    desk, phone = stage.client("binchuan.duty"), stage.phone("binchuan.officer1")
    before = digest_of_state(stage.world.database)

    anonymous = stage.world.anonymous().post("/api/commands", json={"commands": [anybodys]})
    assert problem(anonymous) == (401, "401.1")
    without_token = right.http.post("/api/commands", json={"commands": [anybodys]})
    assert problem(without_token) == (403, "403.2")
    for client in wrong:
        assert code_of(result_of(client, command_of(stage, client, row, subject_id))) == "403.1", (
            client.account
        )
    if isinstance(right, Phone):
        for client in wrong:
            assert code_of(result_of(client, anybodys)) == "403.1", f"{client.account} sends somebody else's"
        unsigned = {**command_of(stage, right, row, subject_id), "signature": None}
        assert code_of(result_of(right, unsigned)) == "422.2"
        assert code_of(result_of(desk, command_of(stage, desk, row, subject_id))) == "403.1"
    else:
        assert code_of(result_of(phone, command_of(stage, phone, row, subject_id))) == "403.1"
    assert digest_of_state(stage.world.database) == before, "a rejected command changed something"

    applied = result_of(right, command_of(stage, right, row, subject_id))
    assert applied["result"] == "applied", applied
    assert digest_of_state(stage.world.database) != before


def test_a_desk_registers_at_its_own_court_whatever_it_sends(stage: Stage) -> None:
    row = next(row for row in ROWS if row.kind == "lead.register")
    xiangyun = stage.client("xiangyun.duty")
    applied = result_of(xiangyun, command_of(stage, xiangyun, row, new_identifier()))
    shown = xiangyun.get(f"/api/leads/{applied['subject_id']}").get_json()
    assert shown["court_id"] == "xiangyun"
    assert problem(stage.client("binchuan.duty").get(f"/api/leads/{shown['id']}")) == (403, "403.1")


def test_every_kind_of_command_has_its_row() -> None:
    assert sorted(row.kind for row in ROWS) == sorted(COMMANDS)
    for row in ROWS:
        assert row.wrong_roles
        assert row.wrong_courts or not COMMANDS[row.kind].signed


def test_a_command_about_nothing_that_exists_is_no_refusal_of_the_person(stage: Stage) -> None:
    phone = stage.phone("binchuan.officer1")
    row = next(row for row in ROWS if row.kind == "directive.accept")
    assert code_of(result_of(phone, command_of(stage, phone, row, new_identifier()))) == "404.1"
