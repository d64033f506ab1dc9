"""Commands from phones and desks on both databases: applied once, answered with the same bytes, refused with a reason."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from backend.core.commands import COMMANDS, CommandKind, Occurrence, Outcome
from backend.core.identifiers import new_identifier
from backend.core.problems import Problem
from backend.core.schemas import Wire
from backend.core.tables import AuditEntry, CommandReceipt
from backend.directives.tables import DirectiveStep
from backend.people.devices import revoke_device
from tests.support.world import LEAD, Client, Phone, World, to_wire


@pytest.fixture
def order(world: World) -> dict[str, Any]:
    return world.order_out(world.sign_in("binchuan.commander"))


@pytest.fixture
def zhao(world: World) -> Phone:
    """赵's phone: officer1 of the first team."""
    return world.phone("binchuan.officer1")


def steps(world: World, directive_id: str) -> list[str]:
    with world.database.reading() as work:
        found = select(DirectiveStep.act).where(DirectiveStep.directive_id == directive_id)
        return list(work.session.scalars(found.order_by(DirectiveStep.revision)))


def receipts(world: World) -> int:
    with world.database.reading() as work:
        return work.session.execute(select(func.count()).select_from(CommandReceipt)).scalar_one()


def security_lines(world: World) -> list[str]:
    with world.database.reading() as work:
        found = select(AuditEntry).where(AuditEntry.action == "security.refused_command")
        return [row.detail["reason"] for row in work.session.scalars(found.order_by(AuditEntry.id))]


def raw(phone: Client, *commands: dict[str, Any]) -> list[str]:
    """Send a batch and return the exact text of each answer."""
    text = phone.post("/api/commands", {"commands": list(commands)}).get_data(as_text=True)
    body = text[text.index('"results":[') + len('"results":[') : -len("]}")]
    decoder, answers = json.JSONDecoder(), []
    while body:
        _, end = decoder.raw_decode(body)
        answers.append(body[:end])
        body = body[end + 1 :]
    return answers


def resigned(phone: Phone, command: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The same command with other content, truly signed."""
    text = json.dumps({**json.loads(command["payload"]), **changes}, ensure_ascii=False)
    return {"payload": text, "signature": phone.key.sign(text.encode())}


def test_a_command_sent_again_gets_the_stored_bytes_and_changes_nothing(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    command = zhao.command("directive.accept", order["id"])
    first = raw(zhao, command)
    before = steps(world, order["id"])
    zhao.do("directive.depart", order["id"])
    world.clock.instant = world.clock.instant.replace(hour=5)
    assert raw(zhao, command) == first
    assert raw(zhao, command, command) == first * 2
    assert steps(world, order["id"]) == [*before, "depart"]
    assert json.loads(first[0])["result"] == "applied"


def test_answers_tell_the_revision_and_the_times(world: World, zhao: Phone, order: dict[str, Any]) -> None:
    result = zhao.do("directive.accept", order["id"])
    assert result == {
        "command_id": result["command_id"],
        "result": "applied",
        "subject_id": order["id"],
        "revision": order["revision"] + 1,
        "received_at": to_wire(world.clock.now()),
        "applied_at": to_wire(world.clock.now()),
        "problem": None,
    }


def test_the_same_id_with_other_content_is_refused_and_leaves_a_security_line(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    command = zhao.command("directive.note", order["id"], {"text": "第一次"})
    other = resigned(zhao, command, body={"text": "第二次"})
    first = raw(zhao, command)
    refused = zhao.send(other)[0]
    assert (refused["result"], refused["problem"]["code"]) == ("rejected", "422.3")
    assert security_lines(world) == ["422.3"]
    assert raw(zhao, command) == first
    assert steps(world, order["id"]).count("note") == 1


def test_somebody_else_with_the_same_bytes_does_not_get_the_answer(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    command = zhao.command("directive.accept", order["id"])
    zhao.send(command)
    stranger = world.phone("binchuan.officer2")
    refused = stranger.send(command)[0]
    assert (refused["result"], refused["problem"]["code"], refused["revision"]) == ("rejected", "422.3", None)
    assert security_lines(world) == ["422.3"]


def test_a_sequence_number_belongs_to_one_command(world: World, zhao: Phone, order: dict[str, Any]) -> None:
    command = zhao.command("directive.accept", order["id"])
    zhao.send(command)
    reused = resigned(zhao, command, command_id=new_identifier(), type="directive.depart")
    refused = zhao.send(reused)[0]
    assert (refused["result"], refused["problem"]["code"]) == ("rejected", "409.3")
    assert "depart" not in steps(world, order["id"])


def test_a_wrong_signature_is_refused_logged_and_not_stored_so_the_right_one_still_counts(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    command = zhao.command("directive.accept", order["id"])
    other_key = world.phone("binchuan.officer2").key
    for signature in (other_key.sign(command["payload"].encode()), "", "x" * 40, "Ω", None):
        refused = zhao.send({**command, "signature": signature})[0]
        assert (refused["result"], refused["problem"]["code"]) == ("rejected", "422.2")
    assert security_lines(world) == ["422.2"] * 5
    assert receipts(world) == 0
    assert zhao.send(command)[0]["result"] == "applied"


def test_one_changed_character_breaks_the_signature(world: World, zhao: Phone, order: dict[str, Any]) -> None:
    command = zhao.command("directive.note", order["id"], {"text": "两吨"})
    forged = {**command, "payload": command["payload"].replace("两吨", "三吨")}
    assert zhao.send(forged)[0]["problem"]["code"] == "422.2"


def test_a_command_signed_by_somebody_elses_phone_is_refused_and_logged(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    command = zhao.command("directive.accept", order["id"])
    qian = world.phone("binchuan.officer2")
    refused = qian.send(command)[0]
    assert (refused["result"], refused["problem"]["code"]) == ("rejected", "403.1")
    assert security_lines(world) == ["403.1"]
    assert "accept" not in steps(world, order["id"])


def test_a_device_nobody_enrolled_is_refused(world: World, zhao: Phone, order: dict[str, Any]) -> None:
    unknown = resigned(zhao, zhao.command("directive.accept", order["id"]), device_id=new_identifier())
    assert zhao.send(unknown)[0]["problem"]["code"] == "403.1"


def test_what_a_revoked_phone_still_held_is_refused_with_the_reason_and_its_old_answers_stay(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    sent, unsent = (
        zhao.command("directive.accept", order["id"]),
        zhao.command("directive.depart", order["id"]),
    )
    first = raw(zhao, sent)
    with world.database.writing() as work:
        revoke_device(work, world.actor("binchuan.duty"), zhao.device_id, "遗失")
    assert zhao.post("/api/commands", {"commands": [unsent]}).status_code == 401
    looking = world.sign_in("binchuan.officer1")
    answers = [json.loads(text) for text in raw(looking, sent, unsent)]
    assert raw(looking, sent) == first
    assert (answers[1]["problem"]["code"], answers[1]["problem"]["reason"]) == ("403.3", "遗失")
    assert "depart" not in steps(world, order["id"])


def test_desk_commands_are_unsigned_and_a_phone_cannot_send_them(world: World, zhao: Phone) -> None:
    duty, lead_id = world.sign_in("binchuan.duty"), new_identifier()
    command = zhao.command(
        "lead.register", lead_id, {**LEAD, "received_at": to_wire(world.clock.now())}, device_id="desk-7f3"
    )
    unsigned = {**command, "signature": None}
    assert zhao.send(unsigned)[0]["problem"]["code"] == "403.1"
    sent = duty.post("/api/commands", {"commands": [unsigned]}).get_json()["results"][0]
    assert (sent["result"], sent["subject_id"]) == ("applied", lead_id)
    as_phone = resigned(zhao, command, command_id=new_identifier(), device_id=zhao.device_id, sequence=99)
    assert (
        duty.post("/api/commands", {"commands": [as_phone]}).get_json()["results"][0]["problem"]["code"]
        == "403.1"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"schema": 2}, "schema"),
        ({"sequence": 0}, "sequence"),
        ({"sequence": "many"}, "sequence"),
        ({"made_at": "yesterday"}, "made_at"),
        ({"made_at": "0001-01-01T00:00:00+14:00"}, "made_at"),
        ({"made_at": "2026-03-03T09:00:00"}, "made_at"),
        ({"uncertainty_ms": -1}, "uncertainty_ms"),
        ({"position": {"longitude": 200, "latitude": 1}}, "position.longitude"),
        ({"device_id": ""}, "device_id"),
    ],
)
def test_a_command_of_the_wrong_shape_is_refused_by_field_with_its_id(
    world: World, zhao: Phone, order: dict[str, Any], changes: dict[str, Any], field: str
) -> None:
    command = zhao.command("directive.accept", order["id"])
    refused = zhao.send(resigned(zhao, command, **changes))[0]
    assert (refused["result"], refused["problem"]["code"]) == ("rejected", "422.1")
    assert list(refused["problem"]["fields"]) == [field]
    assert refused["command_id"] == json.loads(command["payload"])["command_id"]
    assert receipts(world) == 0


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("", "400.1"),
        ("{", "400.1"),
        ("[" * 20_000, "400.1"),
        ('{"a": NaN}', "400.1"),
        ('{"a": "\\ud800"}', "400.1"),
        ('{"a": "\\u0000"}', "400.1"),
        ("null", "422.1"),
        ("[]", "422.1"),
        ('"text"', "422.1"),
        ("{}", "422.1"),
    ],
)
def test_what_is_no_command_at_all_is_refused_and_the_others_of_its_batch_go_on(
    world: World, zhao: Phone, order: dict[str, Any], payload: str, code: str
) -> None:
    results = zhao.send(
        {"payload": payload, "signature": None}, zhao.command("directive.accept", order["id"])
    )
    assert (results[0]["result"], results[0]["problem"]["code"]) == ("rejected", code)
    assert results[1]["result"] == "applied"


def test_text_no_database_can_keep_is_refused_wherever_it_stands(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    command = zhao.command("directive.accept", order["id"])
    for changes in ({"device_id": "a\x00b"}, {"app_version": "\x00"}, {"subject_id": "x\x00"}):
        assert zhao.send(resigned(zhao, command, **changes))[0]["problem"]["code"] == "400.1"


def test_an_unknown_kind_is_refused_with_its_id(world: World, zhao: Phone, order: dict[str, Any]) -> None:
    refused = zhao.send(zhao.command("directive.fly", order["id"]))[0]
    assert (refused["result"], refused["problem"]["code"]) == ("rejected", "422.4")
    assert refused["command_id"] is not None


def test_an_invalid_body_is_refused_for_good_and_the_answer_stays(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    command = zhao.command("directive.decline", order["id"], {"why": "病"})
    first = raw(zhao, command)
    assert json.loads(first[0])["problem"]["fields"].keys() == {"reason", "why"}
    assert raw(zhao, command) == first
    assert receipts(world) == 1


def test_a_refusal_stays_the_same_though_the_reason_is_gone(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    early = zhao.command("directive.feedback", order["id"], {"text": "已办", "result": "completed"})
    first = raw(zhao, early)
    assert json.loads(first[0])["problem"]["code"] == "409.2"
    for act in ("accept", "depart", "arrive"):
        zhao.do(f"directive.{act}", order["id"])
    zhao.do("directive.complete", order["id"], {"result": "completed"})
    assert raw(zhao, early) == first
    assert "feedback" not in steps(world, order["id"])


def test_a_phone_cannot_act_on_an_order_of_another_team(
    world: World, zhao: Phone, noise: Callable[[], None]
) -> None:
    noise()
    other = world.order_out(world.sign_in("binchuan.commander"), team="快反三组")
    refused = [zhao.do("directive.accept", subject) for subject in (other["id"], new_identifier(), "x")]
    assert [one["result"] for one in refused] == ["rejected"] * 3
    assert {one["problem"]["code"] for one in refused} <= {"403.1", "404.1"}
    assert steps(world, other["id"]) == ["issue"]


def test_an_act_after_the_withdrawal_is_kept_as_superseded_with_its_own_time(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    commander = world.sign_in("binchuan.commander")
    zhao.do("directive.accept", order["id"])
    made_at = world.clock.now()
    held = zhao.command("directive.depart", order["id"], made_at=made_at)
    world.clock.instant = world.clock.instant.replace(hour=3)
    now = commander.get(f"/api/directives/{order['id']}").get_json()["revision"]
    withdrawn = commander.post(
        f"/api/directives/{order['id']}/withdraw", {"revision": now, "reason": "线索不实"}
    )
    assert withdrawn.status_code == 200
    assert zhao.send(held)[0]["result"] == "superseded"
    shown = commander.get(f"/api/directives/{order['id']}").get_json()
    assert shown["state"] == "withdrawn"
    [step] = [step for step in shown["steps"] if step["act"] == "depart"]
    assert (step["result"], step["occurred_at"]) == ("superseded", to_wire(made_at))


def test_acts_keep_the_order_in_which_they_were_tapped(
    world: World, zhao: Phone, order: dict[str, Any]
) -> None:
    acts = ["receive", "accept", "depart", "arrive"]
    results = zhao.send(*(zhao.command(f"directive.{act}", order["id"]) for act in acts))
    assert [one["result"] for one in results] == ["applied"] * 4
    assert steps(world, order["id"]) == ["issue", *acts]


class Refusing:
    """A kind of command that meets trouble of the server as often as told, then is applied like a note."""

    def __init__(self) -> None:
        self.troubles: list[Exception] = []
        self.kind = COMMANDS["directive.note"]

    def handle(self, work: Any, actor: Any, subject_id: str, body: Wire, occurrence: Occurrence) -> Outcome:
        if self.troubles:
            outcome = self.kind.handler(work, actor, subject_id, body, occurrence)
            work.session.flush()
            del outcome
            raise self.troubles.pop()
        return self.kind.handler(work, actor, subject_id, body, occurrence)


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Refusing:
    refusing = Refusing()
    note = refusing.kind
    monkeypatch.setitem(
        COMMANDS, note.name, CommandKind(note.name, note.schema, signed=True, handler=refusing.handle)
    )
    return refusing


@pytest.mark.parametrize("failure", [Problem("503.1"), ZeroDivisionError()])
def test_trouble_of_the_server_is_answered_retry_leaves_nothing_and_the_next_try_counts(
    world: World, zhao: Phone, order: dict[str, Any], trouble: Refusing, failure: Exception
) -> None:
    trouble.troubles = [failure]
    command = zhao.command("directive.note", order["id"], {"text": "桥断"})
    first = zhao.send(command)[0]
    assert (first["result"], first["applied_at"]) == ("retry", None)
    assert (receipts(world), steps(world, order["id"])) == (0, ["issue"])
    assert zhao.send(command)[0]["result"] == "applied"
    assert steps(world, order["id"]) == ["issue", "note"]


def test_a_command_that_must_be_sent_again_holds_back_those_behind_it_on_the_same_order_only(
    world: World, zhao: Phone, order: dict[str, Any], trouble: Refusing
) -> None:
    second = world.order_out(world.sign_in("binchuan.commander"))
    batch = [
        zhao.command("directive.note", order["id"], {"text": "桥断"}),
        zhao.command("directive.accept", order["id"]),
        zhao.command("directive.accept", second["id"]),
    ]
    trouble.troubles = [ZeroDivisionError()]
    assert [one["result"] for one in zhao.send(*batch)] == ["retry", "retry", "applied"]
    assert steps(world, order["id"]) == ["issue"]
    assert [one["result"] for one in zhao.send(*batch)] == ["applied"] * 3
    assert steps(world, order["id"]) == ["issue", "note", "accept"]


def test_a_database_out_of_reach_holds_back_the_whole_rest_of_the_batch(
    world: World, zhao: Phone, order: dict[str, Any], trouble: Refusing
) -> None:
    second = world.order_out(world.sign_in("binchuan.commander"))
    batch = [
        zhao.command("directive.note", order["id"], {"text": "桥断"}),
        zhao.command("directive.accept", second["id"]),
    ]
    trouble.troubles = [Problem("503.1")]
    assert [one["result"] for one in zhao.send(*batch)] == ["retry", "retry"]
    assert (receipts(world), steps(world, second["id"])) == (0, ["issue"])


@pytest.mark.parametrize("kind", ["directive.accept", "directive.feedback"])
def test_two_identical_commands_at_one_moment_have_one_effect_and_one_answer(
    world: World, zhao: Phone, order: dict[str, Any], kind: str
) -> None:
    body = {"text": "已办", "result": "completed"} if kind == "directive.feedback" else {}
    if body:
        for act in ("accept", "depart", "arrive"):
            zhao.do(f"directive.{act}", order["id"])
        zhao.do("directive.complete", order["id"], {"result": "completed"})
    command = zhao.command(kind, order["id"], body)
    at_once(6, lambda: raw(zhao, command), expect_one=True)
    assert steps(world, order["id"]).count(kind.removeprefix("directive.")) == 1


def test_two_identical_commands_that_are_refused_at_one_moment_get_one_answer(
    world: World, zhao: Phone
) -> None:
    command = zhao.command("directive.accept", new_identifier())
    at_once(6, lambda: raw(zhao, command), expect_one=True)
    assert receipts(world) == 1


def at_once(count: int, send: Callable[[], list[str]], *, expect_one: bool) -> None:
    """Send from several threads at one moment and demand that all got the same bytes."""
    answers: list[list[str]] = []
    ready = threading.Barrier(count)

    def run() -> None:
        ready.wait()
        answers.append(send())

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == count
    assert (len({tuple(answer) for answer in answers}) == 1) is expect_one, answers


def test_a_batch_has_at_most_fifty_commands(world: World, zhao: Phone, order: dict[str, Any]) -> None:
    commands = [zhao.command("directive.note", order["id"], {"text": "x"}) for _ in range(51)]
    assert zhao.post("/api/commands", {"commands": commands}).status_code == 422
    assert zhao.post("/api/commands", {"commands": []}).status_code == 422
    assert receipts(world) == 0
