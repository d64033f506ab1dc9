"""Who may call what: one row an endpoint, with a request about a thing of Binchuan, who succeeds and who must not.

`wrong_roles` are people of Binchuan, `wrong_courts` hold the right role elsewhere; each is refused with 403. Where a
request names no thing (a list, one's own affairs), `elsewhere` asks the same and is shown nothing of Binchuan.
"""

from collections.abc import Callable
from datetime import timedelta

from backend.core.clock import to_wire
from tests.access.account_cases import ACCOUNT_CASES
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
from tests.access.delivery_cases import DELIVERY_CASES
from tests.access.duty_cases import DUTY_CASES
from tests.access.emergency_cases import EMERGENCY_CASES
from tests.access.record_cases import RECORD_CASES
from tests.access.stage import COURT, Ask, Stage
from tests.support.world import LEAD, ORDER


def desk_act(act: str, made: Callable[[Stage], str]) -> Callable[[Stage], Ask]:
    """Return the request for a desk's act on a directive made for it."""
    return lambda stage: stage.act(made(stage), act)


def lead_act(act: str, **body: object) -> Callable[[Stage], Ask]:
    """Return the request for an act on a fresh lead."""
    return lambda stage: Ask(f"/api/leads/{stage.lead()['id']}/{act}", {"revision": 1, **body})


def about_lead(tail: str = "") -> Callable[[Stage], Ask]:
    """Return the request of a page about a fresh lead."""
    return lambda stage: Ask(f"/api/leads/{stage.lead()['id']}{tail}")


def about_order(tail: str = "") -> Callable[[Stage], Ask]:
    """Return the request of a page about a fresh order."""
    return lambda stage: Ask(f"/api/directives/{stage.order()}{tail}")


def new_order(stage: Stage) -> Ask:
    """Order Binchuan's team out."""
    target = {"court_id": COURT, "team_id": stage.world.team(COURT)}
    return Ask("/api/directives", {**ORDER, "title": stage.name(), "kind": "dispatch", "target": target})


def delegation(stage: Stage) -> Ask:
    """Make Binchuan's liaison acting commander on a day nobody asked for yet."""
    stage.serial += 1
    day = stage.world.clock.now() + timedelta(days=stage.serial)
    times = {"effective_from": to_wire(day), "effective_until": to_wire(day + timedelta(hours=8))}
    return Ask("/api/delegations", {"user_id": stage.user_id("binchuan.liaison"), "reason": "会议", **times})


def track(stage: Stage) -> Ask:
    """Ask for the track of an officer of Binchuan."""
    stage.sent_fix()
    now = stage.world.clock.now()
    span = (("begin", to_wire(now - timedelta(hours=1))), ("end", to_wire(now + timedelta(hours=1))))
    return Ask("/api/tracks", None, (("user_id", stage.user_id("binchuan.officer1")), *span))


def ON_SCENE(stage: Stage) -> str:  # noqa: N802 - stands for a state in the table below
    """Return an order whose officer has arrived."""
    return stage.order("accept", "depart", "arrive")


def REPORTED(stage: Stage) -> str:  # noqa: N802
    """Return an order whose officer has reported."""
    return stage.order("accept", "depart", "complete", "feedback")


CASES = (
    # People
    Case("GET", "/api/me", DUTY, at("/api/me"), elsewhere="xiangyun.duty", everybody_because=MINE),
    Case(
        "POST",
        "/api/sign-out",
        "fresh binchuan.duty",
        at("/api/sign-out"),
        elsewhere="fresh xiangyun.duty",
        everybody_because=MINE,
        shows_court=False,
    ),
    Case(
        "POST",
        "/api/sign-out-everywhere",
        "fresh binchuan.teamleader2",
        at("/api/sign-out-everywhere"),
        elsewhere="fresh xiangyun.officer3",
        everybody_because=MINE,
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/courts",
        DUTY,
        at("/api/courts"),
        elsewhere="xiangyun.duty",
        everybody_because="the names of one's own line of courts are no secret to its people",
    ),
    Case(
        "GET",
        "/api/courts/<court_id>/people",
        DUTY,
        at("/api/courts/binchuan/people"),
        (OFFICER, CLERK, AUDITOR, SYSTEM_ADMINISTRATOR),
        BESIDE_DUTY,
    ),
    Case(
        "POST",
        "/api/delegations",
        COMMANDER,
        delegation,
        (LEADER, DUTY, *NOT_DESK),
        (*COMMANDER_ELSEWHERE, "dali.commander"),
        status=201,
    ),
    Case(
        "POST",
        "/api/devices/enrolments",
        DUTY,
        lambda stage: Ask("/api/devices/enrolments", {"user_id": stage.user_id("binchuan.officer2")}),
        (*NOT_DESK, CLERK, "binchuan.liaison"),
        DUTY_ELSEWHERE,
        status=201,
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/devices",
        DUTY,
        at("/api/devices", after=lambda stage: stage.phone("binchuan.officer1")),
        (OFFICER, CLERK, AUDITOR, SYSTEM_ADMINISTRATOR),
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/devices/<device_id>/revoke",
        DUTY,
        lambda stage: Ask(
            f"/api/devices/{stage.world.phone('binchuan.officer6').device_id}/revoke", {"reason": "丢失"}
        ),
        (OFFICER, CLERK, AUDITOR, SYSTEM_ADMINISTRATOR),
        DUTY_ELSEWHERE,
    ),
    # Teams
    Case("GET", "/api/teams", DUTY, at("/api/teams"), (*NOT_DESK, CLERK), elsewhere="xiangyun.duty"),
    Case(
        "POST",
        "/api/teams",
        COMMANDER,
        lambda stage: Ask("/api/teams", {"court_id": COURT, "name": stage.name(), "members": []}),
        (*NOT_DESK, CLERK, DUTY),
        (*COMMANDER_ELSEWHERE, "dali.commander"),
        status=201,
    ),
    Case(
        "POST",
        "/api/teams/<team_id>/members",
        COMMANDER,
        lambda stage: Ask(
            f"/api/teams/{stage.team()}/members",
            {"user_id": stage.user_id("binchuan.officer1"), "duty": "driver"},
        ),
        (*NOT_DESK, CLERK, DUTY),
        (*COMMANDER_ELSEWHERE, "dali.commander"),
    ),
    Case(
        "DELETE",
        "/api/teams/<team_id>/members/<user_id>",
        COMMANDER,
        lambda stage: Ask(
            f"/api/teams/{stage.team_with('binchuan.officer1')}/members/{stage.user_id('binchuan.officer1')}"
        ),
        (*NOT_DESK, CLERK, DUTY),
        (*COMMANDER_ELSEWHERE, "dali.commander"),
    ),
    # Deadlines
    Case(
        "GET",
        "/api/clocks",
        DUTY,
        at("/api/clocks?state=all", after=Stage.lead),
        (*NOT_DESK, CLERK),
        elsewhere="xiangyun.duty",
    ),
    # Notices
    Case(
        "GET",
        "/api/notices",
        DUTY,
        at("/api/notices", after=lambda stage: stage.notice(DUTY)),
        elsewhere="xiangyun.duty",
        everybody_because="each is shown what was told to it",
    ),
    Case(
        "POST",
        "/api/notices/<notice_id>/acknowledge",
        DUTY,
        lambda stage: Ask(f"/api/notices/{stage.notice(DUTY)}/acknowledge", {"user_id": None, "how": None}),
        (CLERK, COMMANDER, OFFICER),
        DUTY_ELSEWHERE,
    ),
    Case(
        "GET",
        "/api/clocks/what-if",
        DUTY,
        at(f"/api/clocks/what-if?court_id={COURT}&clock=C4&at=2026-10-10T09:29:50Z"),
        (*NOT_DESK, CLERK),
        BESIDE_DUTY,
    ),
    Case(
        "GET",
        "/api/clocks/subjects",
        DUTY,
        at("/api/clocks/subjects?search=binchuan", after=Stage.order),
        (*NOT_DESK, CLERK),
        elsewhere="xiangyun.duty",
    ),
    Case(
        "GET",
        "/api/server-clock",
        DUTY,
        at("/api/server-clock"),
        (*NOT_DESK, CLERK),
        elsewhere="xiangyun.duty",
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/statistics/clocks",
        COMMANDER,
        at("/api/statistics/clocks?from=2026-03-01&to=2026-03-31", after=Stage.lead),
        (OFFICER, DUTY, CLERK, SYSTEM_ADMINISTRATOR),
        elsewhere="xiangyun.commander",
    ),
    Case(
        "GET",
        "/api/statistics/clocks.csv",
        COMMANDER,
        at("/api/statistics/clocks.csv?from=2026-03-01&to=2026-03-31&court_id=binchuan", after=Stage.lead),
        (OFFICER, DUTY, CLERK, SYSTEM_ADMINISTRATOR),
        COMMANDER_ELSEWHERE,
        shows_court=False,
    ),
    # Leads
    Case(
        "GET",
        "/api/leads",
        DUTY,
        at("/api/leads?state=all", after=Stage.lead),
        NOT_DESK,
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/leads",
        DUTY,
        lambda stage: Ask("/api/leads", {**LEAD, "received_at": to_wire(stage.world.clock.now())}),
        (*NOT_DESK, CLERK, "binchuan.liaison"),
        elsewhere="xiangyun.duty",
        status=201,
    ),
    Case("GET", "/api/leads/<lead_id>", DUTY, about_lead(), NOT_DESK, BESIDE_DUTY),
    Case("GET", "/api/leads/<lead_id>/slip", DUTY, about_lead("/slip"), NOT_DESK, BESIDE_DUTY),
    Case("GET", "/api/leads/<lead_id>/clocks", DUTY, about_lead("/clocks"), NOT_DESK, BESIDE_DUTY),
    Case(
        "GET",
        "/api/leads/<lead_id>/clocks.pdf",
        DUTY,
        about_lead("/clocks.pdf"),
        NOT_DESK,
        BESIDE_DUTY,
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/leads/<lead_id>/reporter",
        DUTY,
        about_lead("/reporter"),
        (*NOT_DESK, CLERK, "binchuan.liaison"),
        DUTY_ELSEWHERE,
        shows_court=False,
    ),
    Case(
        "POST",
        "/api/leads/<lead_id>/triage",
        DUTY,
        lead_act("triage", triage="non_urgent", reason="已核实"),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/leads/<lead_id>/report",
        DUTY,
        lead_act("report", reported_to="李局长", channel="phone", instruction="立即出动"),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/leads/<lead_id>/merge",
        DUTY,
        lambda stage: Ask(
            f"/api/leads/{stage.lead()['id']}/merge", {"revision": 1, "other_id": stage.lead()["id"]}
        ),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/leads/<lead_id>/close",
        DUTY,
        lead_act("close", result="线索不实"),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    # Directives
    Case(
        "GET",
        "/api/directives",
        DUTY,
        at("/api/directives?state=all", after=Stage.order),
        elsewhere="xiangyun.duty",
        everybody_because="each is shown what was given to it or to its courts",
    ),
    Case(
        "POST",
        "/api/directives",
        COMMANDER,
        new_order,
        (*NOT_DESK, CLERK, "binchuan.liaison"),
        COMMANDER_ELSEWHERE,
        status=201,
    ),
    Case(
        "GET",
        "/api/directives/<directive_id>",
        OFFICER,
        about_order(),
        ("phone binchuan.officer6", *NOT_DESK[1:]),
        (*BESIDE_DUTY, "phone xiangyun.officer1"),
    ),
    Case(
        "GET",
        "/api/directives/<directive_id>/slip",
        DUTY,
        about_order("/slip"),
        ("phone binchuan.officer6", *NOT_DESK[1:]),
        (*BESIDE_DUTY, "phone xiangyun.officer1"),
    ),
    Case(
        "GET",
        "/api/directives/<directive_id>/clocks",
        DUTY,
        about_order("/clocks"),
        ("phone binchuan.officer6", *NOT_DESK[1:]),
        (*BESIDE_DUTY, "phone xiangyun.officer1"),
    ),
    Case(
        "GET",
        "/api/directives/<directive_id>/clocks.pdf",
        DUTY,
        about_order("/clocks.pdf"),
        ("phone binchuan.officer6", *NOT_DESK[1:]),
        (*BESIDE_DUTY, "phone xiangyun.officer1"),
        shows_court=False,
    ),
    Case(
        "POST",
        "/api/outside-directives",
        DUTY,
        lambda stage: Ask("/api/outside-directives", stage.call()),
        (*NOT_DESK, CLERK),
        elsewhere="xiangyun.duty",
        status=201,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/merge_copy",
        DUTY,
        Stage.copy_of_call,
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/acknowledge",
        DUTY,
        desk_act("acknowledge", Stage.from_above),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/acknowledge_for",
        DUTY,
        desk_act("acknowledge_for", Stage.order),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/report",
        DUTY,
        desk_act("report", lambda stage: stage.from_above("acknowledge")),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/object",
        DUTY,
        desk_act("object", Stage.from_above),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/confirm",
        "dali.commander",
        desk_act("confirm", lambda stage: stage.from_above("object")),
        ("dali.clerk", "dali.liaison", "dali.auditor"),
        ("binchuan.commander", "xiangyun.commander", "yunnan.commander"),
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/withdraw",
        COMMANDER,
        desk_act("withdraw", Stage.order),
        (*NOT_DESK, CLERK, "binchuan.liaison"),
        (*COMMANDER_ELSEWHERE, "dali.commander"),
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/cancel",
        COMMANDER,
        desk_act("cancel", ON_SCENE),
        (*NOT_DESK, CLERK, "binchuan.liaison"),
        (*COMMANDER_ELSEWHERE, "dali.commander"),
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/accept_feedback",
        COMMANDER,
        desk_act("accept_feedback", REPORTED),
        (*NOT_DESK, CLERK, "binchuan.liaison"),
        (*COMMANDER_ELSEWHERE, "dali.commander"),
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/return_feedback",
        COMMANDER,
        desk_act("return_feedback", REPORTED),
        (*NOT_DESK, CLERK, "binchuan.liaison"),
        (*COMMANDER_ELSEWHERE, "dali.commander"),
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/note",
        DUTY,
        desk_act("note", Stage.order),
        (*NOT_DESK, CLERK),
        BESIDE_DUTY,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/depart",
        DUTY,
        desk_act("depart", lambda stage: stage.order("accept")),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/arrive",
        DUTY,
        desk_act("arrive", lambda stage: stage.order("accept", "depart")),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/complete",
        DUTY,
        desk_act("complete", ON_SCENE),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    Case(
        "POST",
        "/api/directives/<directive_id>/feedback",
        DUTY,
        desk_act("feedback", lambda stage: stage.from_above("acknowledge", "depart", "complete")),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    # Positions
    Case(
        "POST",
        "/api/fixes",
        OFFICER,
        lambda stage: Ask(
            "/api/fixes", {"device_id": stage.phone("binchuan.officer1").device_id, "fixes": [stage.fix()]}
        ),
        (DUTY, "phone binchuan.officer2", "binchuan.officer1", AUDITOR),
        ("phone xiangyun.officer1", "phone baishishan.officer1"),
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/last-known",
        DUTY,
        at("/api/last-known", after=Stage.sent_fix),
        (*NOT_DESK, CLERK),
        elsewhere="xiangyun.duty",
    ),
    Case("GET", "/api/tracks", DUTY, track, (*NOT_DESK, CLERK), BESIDE_DUTY, shows_court=False),
    Case(
        "GET",
        "/api/trackers",
        DUTY,
        at("/api/trackers", after=Stage.tracker),
        (*NOT_DESK, CLERK),
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/trackers",
        DUTY,
        lambda stage: Ask("/api/trackers", {"user_id": stage.user_id("binchuan.officer2"), "label": "手机"}),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
        status=201,
    ),
    Case(
        "POST",
        "/api/trackers/<tracker_id>/revoke",
        DUTY,
        lambda stage: Ask(f"/api/trackers/{stage.tracker()}/revoke"),
        (*NOT_DESK, CLERK),
        DUTY_ELSEWHERE,
    ),
    # Snapshots and events
    Case("GET", "/api/board", DUTY, at("/api/board", after=Stage.lead), NOT_DESK, elsewhere="xiangyun.duty"),
    Case(
        "GET",
        "/api/phone",
        OFFICER,
        at("/api/phone", after=Stage.order),
        elsewhere="phone xiangyun.officer1",
        everybody_because=MINE,
    ),
    Case(
        "GET",
        "/api/events",
        DUTY,
        at("/api/events?since=0", after=Stage.announced),
        elsewhere="xiangyun.duty",
        everybody_because="each is shown the events of its own rooms",
    ),
    Case(
        "GET",
        "/api/slip.css",
        DUTY,
        at("/api/slip.css"),
        elsewhere="xiangyun.duty",
        everybody_because="a style",
        shows_court=False,
    ),
    # The plain page
    Case(
        "POST",
        "/plain/orders/<directive_id>/<act>",
        "binchuan.officer1",
        lambda stage: Ask(f"/plain/orders/{stage.order()}/accept"),
        (DUTY, "binchuan.officer6", AUDITOR),
        ("xiangyun.officer1", "xiangyun.duty"),
        status=303,
        form=True,
        shows_court=False,
    ),
    *ACCOUNT_CASES,
    *RECORD_CASES,
    *DELIVERY_CASES,
    *DUTY_CASES,
    *EMERGENCY_CASES,
)
COVERED_ELSEWHERE = {
    ("POST", "/api/commands"): "every kind of command has its own row (test_commands.py)",
    (
        "POST",
        "/api/sign-in/password",
    ): "a step of sign-in for initial passwords alone (test_first_password.py)",
    ("POST", "/plain/password"): "the same by a form (test_first_password.py)",
}
