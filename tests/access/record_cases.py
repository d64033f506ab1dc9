"""The rows of records, complaints and viewings in the access tests."""

from collections.abc import Callable

from backend.core.clock import to_wire
from tests.access.case import (
    AUDITOR,
    CLERK,
    COMMANDER,
    COMMANDER_ELSEWHERE,
    DUTY,
    DUTY_ELSEWHERE,
    LEADER,
    MINE,
    NOT_DESK,
    SYSTEM_ADMINISTRATOR,
    Case,
    at,
)
from tests.access.stage import Ask, Stage

LIAISON = "binchuan.liaison"
NOT_OVER_RECORDS = (*NOT_DESK, CLERK, LIAISON, DUTY)
CONCERNED = "phone binchuan.officer4"


def about_record(tail: str = "") -> Callable[[Stage], Ask]:
    """Return the request of a page about a fresh record."""
    return lambda stage: Ask(f"/api/records/{stage.record()['id']}{tail}")


def new_record(stage: Stage) -> Ask:
    """Open a record at Binchuan."""
    return Ask("/api/records", stage.record_form())


def explain(stage: Stage) -> Ask:
    """Explain a fresh record."""
    return Ask(f"/api/records/{stage.record()['id']}/explain", {"words": "当时在另一现场。"})


def accept(stage: Stage) -> Ask:
    """Accept the reason of a record that was explained."""
    record = stage.record()
    told = stage.phone("binchuan.officer4").post(
        f"/api/records/{record['id']}/explain", {"words": "没有信号。"}
    )
    body = {"revision": told.get_json()["revision"], "words": "理由成立"}
    return Ask(f"/api/records/{record['id']}/accept_reason", body)


def decide(stage: Stage) -> Ask:
    """Decide a fresh record."""
    record = stage.record()
    body = {"revision": record["revision"], "decision": "not_upheld", "words": "不成立"}
    return Ask(f"/api/records/{record['id']}/decide", body)


def name(stage: Stage) -> Ask:
    """Name a further person."""
    return Ask(f"/api/records/{stage.record()['id']}/name", {"user_id": stage.user_id("binchuan.officer6")})


def release(stage: Stage) -> Ask:
    """Release the person of a fresh record."""
    record = stage.record()
    person = record["people"][0]["user"]["id"]
    body = {"revision": record["revision"], "user_id": person, "words": "指错了人"}
    return Ask(f"/api/records/{record['id']}/release", body)


def complaint_form(stage: Stage) -> dict[str, object]:
    """Return a complaint taken now."""
    now = to_wire(stage.world.clock.now())
    return {
        "received_at": now,
        "happened_at": now,
        "channel": "phone",
        "content": "值班人员挂断电话。",
        "complainant": {"name": "张三", "phone": "0872-7140000"},
    }


def complainant(stage: Stage) -> Ask:
    """Ask who made a fresh complaint."""
    made = stage.client(DUTY).post("/api/complaints", complaint_form(stage)).get_json()
    return Ask(f"/api/complaints/{made['id']}/complainant")


def complained(stage: Stage) -> None:
    """Take a complaint at Binchuan."""
    assert stage.client(DUTY).post("/api/complaints", complaint_form(stage)).status_code == 201


RECORD_CASES = (
    Case(
        "GET",
        "/api/records",
        COMMANDER,
        at("/api/records?state=all", after=Stage.record),
        NOT_OVER_RECORDS,
        elsewhere="xiangyun.commander",
    ),
    Case(
        "GET",
        "/api/records/mine",
        CONCERNED,
        at("/api/records/mine", after=Stage.record),
        elsewhere="phone xiangyun.officer1",
        everybody_because=MINE,
    ),
    Case(
        "GET",
        "/api/records/<record_id>",
        COMMANDER,
        about_record(),
        NOT_OVER_RECORDS,
        COMMANDER_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/records",
        COMMANDER,
        new_record,
        NOT_OVER_RECORDS,
        COMMANDER_ELSEWHERE,
        status=201,
    ),
    Case(
        "POST",
        "/api/records/<record_id>/name",
        COMMANDER,
        name,
        NOT_OVER_RECORDS,
        COMMANDER_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/records/<record_id>/release",
        COMMANDER,
        release,
        (*NOT_OVER_RECORDS, LEADER),
        COMMANDER_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/records/<record_id>/explain",
        CONCERNED,
        explain,
        (*NOT_OVER_RECORDS, LEADER, COMMANDER),
        ("phone xiangyun.officer1", *COMMANDER_ELSEWHERE),
    ),
    Case(
        "POST",
        "/api/records/<record_id>/accept_reason",
        LEADER,
        accept,
        NOT_OVER_RECORDS,
        ("xiangyun.leader", "dali.leader", "dali.commander"),
    ),
    Case(
        "POST",
        "/api/records/<record_id>/decide",
        COMMANDER,
        decide,
        (*NOT_OVER_RECORDS, LEADER),
        COMMANDER_ELSEWHERE,
    ),
    Case(
        "GET",
        "/api/complaints",
        COMMANDER,
        at("/api/complaints", after=complained),
        NOT_OVER_RECORDS,
        elsewhere="xiangyun.commander",
    ),
    Case(
        "POST",
        "/api/complaints",
        DUTY,
        lambda stage: Ask("/api/complaints", complaint_form(stage)),
        (*NOT_DESK, CLERK, LIAISON),
        elsewhere="xiangyun.duty",
        status=201,
    ),
    Case(
        "GET",
        "/api/complaints/on-duty",
        DUTY,
        at("/api/complaints/on-duty?at=2026-03-03T01:00:00Z"),
        (*NOT_DESK, CLERK, LIAISON),
        elsewhere="xiangyun.duty",
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/complaints/script",
        DUTY,
        at("/api/complaints/script"),
        (*NOT_DESK, CLERK, LIAISON),
        elsewhere="xiangyun.duty",
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/complaints/<complaint_id>/complainant",
        DUTY,
        complainant,
        (*NOT_DESK, CLERK, LIAISON),
        DUTY_ELSEWHERE,
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/leads/<lead_id>/viewings",
        AUDITOR,
        lambda stage: Ask(f"/api/leads/{stage.lead()['id']}/viewings"),
        (NOT_DESK[0], SYSTEM_ADMINISTRATOR, CLERK, LIAISON, DUTY, LEADER),
        ("xiangyun.commander", "dali.commander", "baishishan.auditor"),
    ),
)
