"""Rows of the access tests about duty: Binchuan's week post, which the demo leaves free, is planned anew for each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from backend.core.clock import to_wire
from backend.core.permissions import SYSTEM
from backend.duty.tables import Shift
from tests.access.case import (
    AUDITOR,
    BESIDE_DUTY,
    CLERK,
    COMMANDER,
    COMMANDER_ELSEWHERE,
    DUTY,
    DUTY_ELSEWHERE,
    LEADER,
    MINE,
    NOT_DESK,
    OFFICER,
    SYSTEM_ADMINISTRATOR,
    Case,
    at,
)
from tests.access.stage import COURT, Ask, Stage

NO_DUTY = (CLERK, AUDITOR, SYSTEM_ADMINISTRATOR, "binchuan.secadmin", "binchuan.audadmin")
LIAISON, OFFICER_DESK = "binchuan.liaison", "binchuan.officer1"
NOT_ROSTER = (*NOT_DESK, CLERK, DUTY)
ROSTER_ELSEWHERE = (*COMMANDER_ELSEWHERE, "dali.commander")
OUTSIDERS = (*NO_DUTY, LIAISON, COMMANDER, OFFICER)


def crew(stage: Stage, *people: str) -> list[dict[str, str]]:
    """Return people of Binchuan as the wire names them."""
    return [
        {"user_id": stage.user_id(f"binchuan.{post}"), "function": function}
        for post, function in (person.split() for person in people)
    ]


def clear(stage: Stage) -> None:
    """Empty the week post of Binchuan: whatever was there counts as absent."""
    with stage.world.database.writing() as work:
        work.authorise_by_rule("the test clears the post for the next case")
        work.session.execute(
            update(Shift)
            .where(Shift.court_id == COURT, Shift.post == "week")
            .values(state="absent", absent_reason="test", on_post_at=None, off_post_at=None)
        )
        work.audit(SYSTEM, "shift.absent", "court", COURT, COURT)


def done(answer: Any) -> dict[str, Any]:
    """Return the answer to something that must succeed."""
    assert answer.status_code in (200, 201), answer.get_data(as_text=True)
    body: dict[str, Any] = answer.get_json()
    return body


def form(stage: Stage, hours: float = 0, *people: str) -> dict[str, Any]:
    """Return the form of a shift of the week post that begins so many hours from now."""
    begin = stage.world.clock.now() + timedelta(hours=hours)
    return {
        "post": "week",
        "planned_start": to_wire(begin),
        "planned_end": to_wire(begin + timedelta(hours=1)),
        "people": crew(stage, *(people or ("duty officer", "officer1 standby"))),
    }


def planned(stage: Stage, hours: float = 0, *people: str) -> dict[str, Any]:
    """Plan a shift of Binchuan's duty officer and officer1 on an empty post."""
    clear(stage)
    return plan(stage, hours, *people)


def plan(stage: Stage, hours: float, *people: str) -> dict[str, Any]:
    """Plan a shift beside what is there."""
    body = {"court_id": COURT, **form(stage, hours, *people)}
    return done(stage.client(LEADER).post("/api/duty/shifts", body))


def on_post(stage: Stage) -> dict[str, Any]:
    """Return a shift that has taken over, with the leader's planned after it."""
    shift = planned(stage)
    plan(stage, 1, "leader leader", "officer2 standby")
    return done(stage.client(DUTY).post(f"/api/duty/shifts/{shift['id']}/take_over"))


def draft(stage: Stage) -> dict[str, Any]:
    """Return a handover that nobody has signed."""
    return done(stage.client(DUTY).post("/api/duty/handovers", {"shift_id": on_post(stage)["id"]}))


def overdue(stage: Stage) -> dict[str, Any]:
    """Return a handover that nobody has signed, of a shift that should be over."""
    handover = draft(stage)
    now = stage.world.clock.now()
    with stage.world.database.writing() as work:
        work.authorise_by_rule("the test lets the shift have begun an hour earlier")
        shift = work.session.get_one(Shift, handover["outgoing"]["id"])
        shift.planned_start, shift.planned_end = now - timedelta(hours=1), now
        work.audit(SYSTEM, "shift.change", "shift", shift.id, COURT)
    return handover


def signed_once(stage: Stage) -> dict[str, Any]:
    """Return a handover that the outgoing side has signed."""
    handover = draft(stage)
    path = f"/api/duty/handovers/{handover['id']}/sign"
    return done(stage.client(DUTY).post(path, {"revision": handover["revision"]}))


def asked(stage: Stage) -> dict[str, Any]:
    """Return a swap that officer1 asks of officer2."""
    body = {
        "shift_id": planned(stage, 48)["id"],
        "substitute_id": stage.user_id("binchuan.officer2"),
        "reason": "有事",
    }
    return done(stage.client(OFFICER_DESK).post("/api/duty/swaps", body))


def agreed(stage: Stage) -> dict[str, Any]:
    """Return a swap that officer2 has agreed to."""
    path = f"/api/duty/swaps/{asked(stage)['id']}/answer"
    return done(stage.client("binchuan.officer2").post(path, {"agree": True}))


def called(stage: Stage) -> dict[str, Any]:
    """Return a roll call of the duty officer and officer1."""
    on_post(stage)
    return done(stage.client(COMMANDER).post("/api/duty/roll-calls", {"court_id": COURT}))


def stretch(stage: Stage) -> Ask:
    """Plan two days far from now on an empty post."""
    clear(stage)
    day = stage.world.clock.now() + timedelta(days=60)
    days = {"first_day": f"{day:%Y-%m-%d}", "last_day": f"{day + timedelta(days=1):%Y-%m-%d}"}
    body = {"court_id": COURT, "post": "week", "crews": [crew(stage, "duty officer")], **days}
    return Ask("/api/duty/stretches", body)


def new_shift(stage: Stage) -> Ask:
    """Plan a shift on an empty post."""
    clear(stage)
    return Ask("/api/duty/shifts", {"court_id": COURT, **form(stage, 72)})


def change(stage: Stage) -> Ask:
    """Change a planned shift."""
    shift = planned(stage, 48)
    body = {**form(stage, 50), "revision": shift["revision"]}
    return Ask(f"/api/duty/shifts/{shift['id']}/change", body)


def with_revision(
    made: Callable[[Stage], dict[str, Any]], path: str, act: str, **body: Any
) -> Callable[[Stage], Ask]:
    """Return the request of an act on something made for it, at its revision."""

    def ask(stage: Stage) -> Ask:
        row = made(stage)
        return Ask(f"/api/duty/{path}/{row['id']}/{act}", {"revision": row["revision"], **body})

    return ask


def about(
    made: Callable[[Stage], dict[str, Any]], path: str, tail: str = "", **body: Any
) -> Callable[[Stage], Ask]:
    """Return the request about something made for it."""
    return lambda stage: Ask(f"/api/duty/{path}/{made(stage)['id']}{tail}", body or None)


DUTY_CASES = (
    Case(
        "GET",
        "/api/duty/shifts",
        DUTY,
        at("/api/duty/shifts?begin=2026-03-02T00:00:00Z&end=2026-03-05T00:00:00Z", after=planned),
        NO_DUTY,
        elsewhere="xiangyun.duty",
    ),
    Case("GET", "/api/duty/shifts/<shift_id>", OFFICER, about(planned, "shifts"), NO_DUTY, BESIDE_DUTY),
    Case(
        "GET", "/api/duty/now", DUTY, at("/api/duty/now", after=on_post), NO_DUTY, elsewhere="xiangyun.duty"
    ),
    Case(
        "GET",
        "/api/duty/mine",
        DUTY,
        at("/api/duty/mine", after=on_post),
        elsewhere="xiangyun.duty",
        everybody_because=MINE,
    ),
    Case("POST", "/api/duty/shifts", LEADER, new_shift, NOT_ROSTER, ROSTER_ELSEWHERE, status=201),
    Case("POST", "/api/duty/stretches", LIAISON, stretch, NOT_ROSTER, ROSTER_ELSEWHERE, status=201),
    Case("POST", "/api/duty/shifts/<shift_id>/change", LEADER, change, NOT_ROSTER, ROSTER_ELSEWHERE),
    Case(
        "DELETE",
        "/api/duty/shifts/<shift_id>",
        LEADER,
        about(lambda stage: planned(stage, 48), "shifts"),
        NOT_ROSTER,
        ROSTER_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/duty/shifts/<shift_id>/absent",
        LEADER,
        with_revision(planned, "shifts", "absent", reason="突发疾病"),
        NOT_ROSTER,
        ROSTER_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/duty/shifts/<shift_id>/take_over",
        DUTY,
        about(planned, "shifts", "/take_over"),
        (*OUTSIDERS, OFFICER_DESK, LEADER),
        DUTY_ELSEWHERE,
    ),
    Case(
        "GET",
        "/api/duty/handovers",
        DUTY,
        at("/api/duty/handovers", after=draft),
        NO_DUTY,
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/duty/handovers",
        DUTY,
        lambda stage: Ask("/api/duty/handovers", {"shift_id": on_post(stage)["id"]}),
        (*OUTSIDERS, OFFICER_DESK, LEADER),
        DUTY_ELSEWHERE,
        status=201,
    ),
    Case(
        "GET", "/api/duty/handovers/<handover_id>", OFFICER, about(draft, "handovers"), NO_DUTY, BESIDE_DUTY
    ),
    Case(
        "GET",
        "/api/duty/handovers/<handover_id>/slip",
        OFFICER,
        about(draft, "handovers", "/slip"),
        NO_DUTY,
        BESIDE_DUTY,
        shows_court=False,
    ),
    Case(
        "POST",
        "/api/duty/handovers/<handover_id>/edit",
        DUTY,
        with_revision(draft, "handovers", "edit", remarks="夜间大雨"),
        (*OUTSIDERS, OFFICER_DESK, LEADER),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/duty/handovers/<handover_id>/sign",
        LEADER,
        with_revision(signed_once, "handovers", "sign"),
        (*OUTSIDERS, OFFICER_DESK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/duty/handovers/<handover_id>/sign_for_outgoing",
        LEADER,
        with_revision(overdue, "handovers", "sign_for_outgoing", reason="突发疾病"),
        (*NO_DUTY, LIAISON, OFFICER, OFFICER_DESK, DUTY),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/duty/handovers/<handover_id>/send_back",
        LEADER,
        with_revision(signed_once, "handovers", "send_back", reason="再核对"),
        (*OUTSIDERS, OFFICER_DESK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "GET",
        "/api/duty/swaps",
        DUTY,
        at("/api/duty/swaps", after=asked),
        NO_DUTY,
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/duty/swaps",
        OFFICER_DESK,
        lambda stage: Ask(
            "/api/duty/swaps",
            {
                "shift_id": planned(stage, 48)["id"],
                "substitute_id": stage.user_id("binchuan.officer2"),
                "reason": "有事",
            },
        ),
        (*OUTSIDERS, LEADER),
        ("xiangyun.officer1", *DUTY_ELSEWHERE),
        status=201,
    ),
    Case(
        "POST",
        "/api/duty/swaps/<swap_id>/answer",
        "binchuan.officer2",
        about(asked, "swaps", "/answer", agree=True),
        (*OUTSIDERS, OFFICER_DESK, LEADER),
        ("xiangyun.officer2", *DUTY_ELSEWHERE),
    ),
    Case(
        "POST",
        "/api/duty/swaps/<swap_id>/withdraw",
        OFFICER_DESK,
        about(asked, "swaps", "/withdraw"),
        (*OUTSIDERS, "binchuan.officer2", LEADER),
        ("xiangyun.officer1", *DUTY_ELSEWHERE),
    ),
    Case(
        "POST",
        "/api/duty/swaps/<swap_id>/decide",
        LEADER,
        with_revision(agreed, "swaps", "decide", approve=True),
        (*NOT_ROSTER, LIAISON, OFFICER_DESK, "binchuan.officer2"),
        ROSTER_ELSEWHERE,
    ),
    Case(
        "GET",
        "/api/duty/log",
        DUTY,
        at("/api/duty/log", after=Stage.lead),
        NO_DUTY,
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/duty/notes",
        DUTY,
        lambda _stage: Ask("/api/duty/notes", {"category": "other", "text": "夜间大雨"}),
        (*NO_DUTY, LIAISON, OFFICER, OFFICER_DESK),
        elsewhere="xiangyun.duty",
        status=201,
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/duty/roll-calls",
        DUTY,
        at("/api/duty/roll-calls", after=called),
        NO_DUTY,
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/duty/roll-calls",
        COMMANDER,
        lambda stage: Ask("/api/duty/roll-calls", {"court_id": str(on_post(stage)["court_id"])}),
        (*NOT_ROSTER, LIAISON),
        ROSTER_ELSEWHERE,
        status=201,
    ),
    Case(
        "GET",
        "/api/duty/roll-calls/<roll_call_id>",
        OFFICER,
        about(called, "roll-calls"),
        NO_DUTY,
        BESIDE_DUTY,
    ),
    Case(
        "POST",
        "/api/duty/roll-calls/<roll_call_id>/answer",
        OFFICER_DESK,
        about(called, "roll-calls", "/answer"),
        (*OUTSIDERS, "binchuan.officer6"),
        DUTY_ELSEWHERE,
    ),
)
