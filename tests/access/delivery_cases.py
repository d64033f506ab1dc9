"""Rows of the access tests about delivery: orders on their way, the call list, link tests, phones and their subscriptions."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from backend.core.clock import to_wire
from backend.core.permissions import SYSTEM
from backend.delivery.climbing import LadderClimber
from backend.delivery.tables import LinkTest
from tests.access.case import (
    AUDITOR,
    BESIDE_DUTY,
    CLERK,
    COMMANDER,
    COMMANDER_ELSEWHERE,
    DUTY,
    DUTY_ELSEWHERE,
    MINE,
    NOT_DESK,
    OFFICER,
    SYSTEM_ADMINISTRATOR,
    Case,
    at,
)
from tests.access.stage import COURT, Ask, Stage
from tests.delivery.conftest import subscription
from tests.delivery.test_readiness import GOOD

NO_KEEPER = (*NOT_DESK, CLERK, "binchuan.liaison")
PHONE_ELSEWHERE = ("phone xiangyun.officer1",)
DESKS = (DUTY, COMMANDER, CLERK, AUDITOR, SYSTEM_ADMINISTRATOR)


def delivery(stage: Stage) -> str:
    """Return the id of an order's delivery to Binchuan's officer."""
    order_id = stage.order()
    found = stage.client(DUTY).get("/api/deliveries", subject_kind="directive", subject_id=order_id)
    user_id = stage.user_id("binchuan.officer1")
    return str(next(one["id"] for one in found.get_json()["items"] if one["user"]["id"] == user_id))


def act(tail: str, body: dict[str, Any] | None = None) -> Any:
    """Return the request of an act on a fresh delivery."""
    return lambda stage: Ask(f"/api/deliveries/{delivery(stage)}/{tail}", body)


def unreached(stage: Stage) -> None:
    """Order a team out whom no channel reaches."""
    stage.order()
    stage.world.clock.instant += timedelta(seconds=61)
    LadderClimber(stage.world.database)()


def no_test_runs(stage: Stage) -> Ask:
    """Ask for a link test when no other runs: those of the cases before are over."""
    stage.person(OFFICER)
    with stage.world.database.writing() as work:
        work.authorise_by_rule("the test ends the tests before it")
        work.session.execute(update(LinkTest).values(closes_at=work.now))
        work.audit(SYSTEM, "link_test.start", "court", COURT, COURT)
    return Ask("/api/link-tests", {"court_id": COURT})


def link_test(stage: Stage) -> Ask:
    """Ask for a link test that was started."""
    started = stage.client(DUTY).post("/api/link-tests", no_test_runs(stage).body)
    return Ask(f"/api/link-tests/{started.get_json()['id']}")


def receipt(stage: Stage) -> Ask:
    """Say that the officer's phone has an order."""
    item = {
        "subject_kind": "directive",
        "subject_id": stage.order(),
        "stage": "device_received",
        "channel": "socket",
        "at": to_wire(stage.world.clock.now()),
    }
    return Ask("/api/deliveries/receipts", {"items": [item]})


def addresses(stage: Stage) -> Ask:
    """Ask for the addresses of Binchuan's officer."""
    return Ask(f"/api/people/{stage.user_id('binchuan.officer1')}/addresses")


def new_addresses(stage: Stage) -> Ask:
    """Set the addresses of Binchuan's officer."""
    stage.serial += 1
    body = {"mobile": f"100 0000 {stage.serial:04}", "message_account": "binchuan.officer1"}
    return Ask(addresses(stage).path, body)


def new_subscription(stage: Stage) -> Ask:
    """Subscribe with a browser of its own."""
    return Ask("/api/push/subscription", subscription(stage.name().replace(" ", "-")))


DELIVERY_CASES = (
    Case(
        "GET",
        "/api/deliveries",
        DUTY,
        at("/api/deliveries", after=unreached),
        (OFFICER, AUDITOR, SYSTEM_ADMINISTRATOR),
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/deliveries/<delivery_id>/resend",
        DUTY,
        act("resend"),
        (*NOT_DESK, CLERK),
        (*DUTY_ELSEWHERE, *COMMANDER_ELSEWHERE),
    ),
    Case(
        "GET",
        "/api/deliveries/call-list",
        DUTY,
        at("/api/deliveries/call-list", after=unreached),
        NO_KEEPER,
        elsewhere="xiangyun.duty",
    ),
    Case(
        "POST",
        "/api/deliveries/<delivery_id>/calls",
        DUTY,
        act("calls", {"outcome": "no_answer", "note": None}),
        NO_KEEPER,
        DUTY_ELSEWHERE,
    ),
    Case(
        "GET",
        "/api/phones",
        DUTY,
        at(f"/api/phones?court_id={COURT}"),
        (CLERK, AUDITOR),
        BESIDE_DUTY,
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/link-tests",
        DUTY,
        at(f"/api/link-tests?court_id={COURT}"),
        (CLERK, AUDITOR),
        BESIDE_DUTY,
        shows_court=False,
    ),
    Case("POST", "/api/link-tests", DUTY, no_test_runs, NO_KEEPER, DUTY_ELSEWHERE, status=201),
    Case("GET", "/api/link-tests/<test_id>", DUTY, link_test, (CLERK, AUDITOR), BESIDE_DUTY),
    Case(
        "GET",
        "/api/people/<user_id>/addresses",
        DUTY,
        addresses,
        NO_KEEPER,
        DUTY_ELSEWHERE,
        shows_court=False,
    ),
    Case("PUT", "/api/people/<user_id>/addresses", DUTY, new_addresses, NO_KEEPER, DUTY_ELSEWHERE),
    Case(
        "GET",
        "/api/push/key",
        OFFICER,
        at("/api/push/key"),
        elsewhere="phone xiangyun.officer1",
        everybody_because="it is the public half of a key",
        shows_court=False,
    ),
    Case(
        "GET",
        "/api/push/subscription",
        OFFICER,
        at("/api/push/subscription"),
        DESKS,
        elsewhere="phone xiangyun.officer1",
        shows_court=False,
    ),
    Case(
        "PUT",
        "/api/push/subscription",
        OFFICER,
        new_subscription,
        DESKS,
        elsewhere="",
        wrong_courts=DUTY_ELSEWHERE,
        shows_court=False,
    ),
    Case(
        "DELETE",
        "/api/push/subscription",
        OFFICER,
        at("/api/push/subscription"),
        DESKS,
        wrong_courts=DUTY_ELSEWHERE,
        shows_court=False,
    ),
    Case(
        "POST",
        "/api/deliveries/receipts",
        OFFICER,
        receipt,
        DESKS,
        wrong_courts=DUTY_ELSEWHERE,
        shows_court=False,
    ),
    Case(
        "POST",
        "/api/phone/self-check",
        OFFICER,
        lambda _: Ask("/api/phone/self-check", GOOD),
        DESKS,
        elsewhere="phone xiangyun.officer1",
        everybody_because=MINE,
        shows_court=False,
    ),
    Case(
        "POST",
        "/api/phone/test-push",
        OFFICER,
        at("/api/phone/test-push"),
        DESKS,
        elsewhere="phone xiangyun.officer1",
        shows_court=False,
    ),
)
