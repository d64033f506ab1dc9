"""Rows of the access tests about calls for help: what a desk sees and does about officer1's press."""

from collections.abc import Callable

from backend.core.identifiers import new_identifier
from tests.access.case import (
    BESIDE_DUTY,
    CLERK,
    COMMANDER_ELSEWHERE,
    DUTY,
    LEADER,
    NOT_DESK,
    Case,
    at,
)
from tests.access.stage import COURT, Ask, Stage

NOT_KEEPERS = (*NOT_DESK, CLERK, "binchuan.liaison")
NOT_ROSTER = (*NOT_DESK, CLERK, DUTY)


def pressed(stage: Stage) -> str:
    """Let officer1 press where no call of theirs is open, and return the emergency's id."""
    duty, phone = stage.client("binchuan.duty"), stage.phone("binchuan.officer1")
    for one in duty.get("/api/emergencies").get_json()["items"]:
        closed = duty.post(f"/api/emergencies/{one['id']}/close", {"result": "safe", "words": "试"})
        assert closed.status_code == 200, closed.get_data(as_text=True)
    answer = phone.do("sos.raise", new_identifier(), {"drill": False})
    assert answer["result"] == "applied", answer
    return str(answer["subject_id"])


def timed(stage: Stage) -> str:
    """Return the id of an order whose team is out and checks in every ten minutes."""
    order = stage.order("accept", "depart")
    path = f"/api/directives/{order}/check-ins"
    answer = stage.client("binchuan.duty").post(path, {"minutes": 10})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return order


def about(tail: str = "", **body: str) -> Callable[[Stage], Ask]:
    """Return the request about a fresh call for help."""
    return lambda stage: Ask(f"/api/emergencies/{pressed(stage)}{tail}", body or None)


EMERGENCY_CASES = (
    Case(
        "GET",
        "/api/emergencies",
        DUTY,
        at("/api/emergencies", after=pressed),
        (*NOT_DESK, CLERK),
        elsewhere="xiangyun.duty",
    ),
    Case("GET", "/api/emergencies/<emergency_id>", DUTY, about(), (*NOT_DESK, CLERK), BESIDE_DUTY),
    Case("POST", "/api/emergencies/<emergency_id>/answer", DUTY, about("/answer"), NOT_KEEPERS, BESIDE_DUTY),
    Case(
        "POST",
        "/api/emergencies/<emergency_id>/notes",
        "dali.duty",
        about("/notes", text="已派人"),
        NOT_KEEPERS,
        BESIDE_DUTY,
    ),
    Case(
        "POST",
        "/api/emergencies/<emergency_id>/close",
        LEADER,
        about("/close", result="helped", words="已带离"),
        NOT_KEEPERS,
        BESIDE_DUTY,
    ),
    Case(
        "POST",
        "/api/duty-phones",
        LEADER,
        lambda stage: Ask(
            "/api/duty-phones",
            {"court_id": COURT, "number": f"0872-00{len(stage.name()):05}"},
        ),
        NOT_ROSTER,
        (*COMMANDER_ELSEWHERE, "dali.commander"),
    ),
    Case(
        "GET",
        "/api/directives/<directive_id>/check-ins",
        DUTY,
        lambda stage: Ask(f"/api/directives/{timed(stage)}/check-ins"),
        (*NOT_DESK, CLERK),
        BESIDE_DUTY,
        shows_court=False,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/check-ins",
        DUTY,
        lambda stage: Ask(f"/api/directives/{stage.order()}/check-ins", {"minutes": 20}),
        NOT_KEEPERS,
        (*BESIDE_DUTY, "dali.duty"),
        shows_court=False,
    ),
)
