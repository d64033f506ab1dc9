"""Endpoints of deliveries for the desks: what is on its way, sending again, the call list, link tests, phones that stay dark."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.problems import Problem
from backend.core.schemas import Empty
from backend.core.web import actor, requires, services
from backend.delivery import link_tests
from backend.delivery.calls import call_list, log_call
from backend.delivery.describe import describe_deliveries
from backend.delivery.readiness import readiness
from backend.delivery.schemas import (
    CallList,
    CourtQuery,
    DeliveryList,
    DeliveryQuery,
    DeliveryShape,
    LinkTestList,
    LinkTestQuery,
    LinkTestShape,
    NewCall,
    NewLinkTest,
    ReadinessList,
)
from backend.delivery.service import resend
from backend.delivery.views import deliveries_seen
from backend.people.permissions import Permission

blueprint = APIBlueprint("deliveries", __name__, url_prefix="/api", tag="Delivery")


@blueprint.get("/deliveries")
@blueprint.input(DeliveryQuery, location="query")
@blueprint.output(DeliveryList)
@requires(Permission.DIRECTIVE_READ)
def list_deliveries(query_data: DeliveryQuery) -> dict[str, Any]:
    """List what is on its way to people and not yet answered, or everything about one order or link test."""
    about = (query_data.subject_kind, query_data.subject_id)
    if (about[0] is None) != (about[1] is None):
        raise Problem("422.1", "须写明是哪条指令或测试", "Say which order or test")
    subject = (str(about[0]), str(about[1])) if about[0] is not None else None
    with services().database.reading() as work:
        found = deliveries_seen(
            work.session, actor(), subject, limit=query_data.limit + 1, after=query_data.after
        )
        page = found[: query_data.limit]
        return {
            "items": describe_deliveries(work.session, page),
            "next": page[-1].id if len(found) > len(page) else None,
        }


@blueprint.post("/deliveries/<delivery_id>/resend")
@blueprint.input(Empty)
@blueprint.output(DeliveryShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def resend_delivery(delivery_id: str, json_data: Empty) -> dict[str, Any]:
    """Ring the person's phones once more, and push at once."""
    with services().database.writing() as work:
        return describe_deliveries(work.session, [resend(work, actor(), delivery_id)])[0]


@blueprint.get("/deliveries/call-list")
@blueprint.output(CallList)
@requires(Permission.DUTY_KEEP)
def show_call_list() -> dict[str, Any]:
    """Whom to ring by hand, the most pressing first."""
    with services().database.reading() as work:
        return {"items": call_list(work, actor().courts(Permission.DUTY_KEEP))}


@blueprint.post("/deliveries/<delivery_id>/calls")
@blueprint.input(NewCall)
@blueprint.output(DeliveryShape)
@requires(Permission.DUTY_KEEP)
def add_call(delivery_id: str, json_data: NewCall) -> dict[str, Any]:
    """Write down what came of a call."""
    with services().database.writing() as work:
        row = log_call(work, actor(), delivery_id, json_data.outcome, json_data.note)
        return describe_deliveries(work.session, [row])[0]


@blueprint.get("/phones")
@blueprint.input(CourtQuery, location="query")
@blueprint.output(ReadinessList)
@requires(Permission.DUTY_READ)
def list_phones(query_data: CourtQuery) -> dict[str, Any]:
    """List the phones of a court: which can be woken, and what stands in the way of the others."""
    court_id = query_data.court_id or actor().court_id
    actor().demand(Permission.DUTY_READ, court_id)
    with services().database.reading() as work:
        return {"items": readiness(work, [court_id])}


@blueprint.get("/link-tests")
@blueprint.input(LinkTestQuery, location="query")
@blueprint.output(LinkTestList)
@requires(Permission.DUTY_READ)
def list_link_tests(query_data: LinkTestQuery) -> dict[str, Any]:
    """List the link tests of a court with what came of them, the last first."""
    court_id = query_data.court_id or actor().court_id
    actor().demand(Permission.DUTY_READ, court_id)
    limit = query_data.limit
    with services().database.reading() as work:
        tests = link_tests.link_tests(work.session, court_id, limit=limit + 1, after=query_data.after)
        return {
            "items": [link_tests.describe_link_test(work, test) for test in tests[:limit]],
            "next": tests[limit - 1].id if len(tests) > limit else None,
        }


@blueprint.post("/link-tests")
@blueprint.input(NewLinkTest)
@blueprint.output(LinkTestShape, status_code=201)
@requires(Permission.DUTY_KEEP)
def start_link_test(json_data: NewLinkTest) -> dict[str, Any]:
    """Test every phone of a court."""
    with services().database.writing() as work:
        test = link_tests.start_link_test(work, actor(), json_data.court_id)
        work.session.flush()
        return link_tests.describe_link_test(work, test)


@blueprint.get("/link-tests/<test_id>")
@blueprint.output(LinkTestShape)
@requires(Permission.DUTY_READ)
def show_link_test(test_id: str) -> dict[str, Any]:
    """Show one link test as it stands."""
    with services().database.reading() as work:
        return link_tests.describe_link_test(work, link_tests.find_link_test(work.session, actor(), test_id))
