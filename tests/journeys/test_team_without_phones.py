"""A team nobody can reach by phone page: the duty desk tells it by radio and writes its steps down (BSS-5(3), BSS-8)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.desks import Desk, row_of
from tests.support.browsers import DESK, Witness
from tests.support.installation import Installation
from tests.support.world import team_clocks

CHINA = timezone(timedelta(hours=8))


def record(page: Page, act: str, at: datetime) -> None:
    """Write down what the team did at a time, as it told by radio."""
    page.locator(f"[data-act={act}]").click()
    if act == "complete":
        page.get_by_label("结果").select_option("partly")
    page.get_by_label("与谁联系").fill("杨组长")
    page.get_by_label("怎样联系").select_option("radio")
    page.get_by_label("办理时间").fill(at.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M:%S"))
    page.get_by_label("为何由值班台代记").fill("小组进山，手机没有信号")
    page.locator("form button[type=submit]").click()
    expect(page.locator("form button[type=submit]")).to_have_count(0)


def test_the_desk_starts_and_finishes_an_order_that_no_phone_has_received(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    commander = Desk(open_browser(), installation, "binchuan.commander")
    team = next(row for row in commander.get("/api/teams")["items"] if row["name"] == "快反一组")
    lead = commander.post(
        "/api/leads",
        {
            "received_at": datetime.now(UTC).isoformat(),
            "channel": "phone",
            "kind": "property",
            "content": "拉乌乡的木材正在装车",
            "grounds": ["sealed_property_endangered"],
            "triage": "urgent",
        },
    )
    order = commander.post(
        "/api/directives",
        {
            "lead_id": lead["id"],
            "kind": "dispatch",
            "target": {"court_id": "binchuan", "team_id": team["id"]},
            "title": "拉乌乡 木材",
            "facts": "木材正在装车。",
            "required_action": "立即赶赴现场。",
            "legal_basis": "《规则》第七条第（一）项",
        },
    )
    duty = Desk(open_browser(**DESK), installation, "binchuan.duty").open("/duty")
    row_of(duty, "tonight-lead", "拉乌乡").click()
    duty.get_by_test_id("lead-detail").get_by_role("button", name="快反一组").click()
    expect(duty.get_by_test_id("state")).to_have_text("已下达")
    expect(duty.get_by_test_id("basis")).to_have_text(f"线索 {lead['number']}")
    expect(duty.locator("[data-act=depart]")).to_have_count(0)
    served = datetime.fromisoformat(order["served_at"])
    at = served + timedelta(seconds=1)
    for act, state in (
        ("acknowledge_for", "已签收"),
        ("depart", "已派出"),
        ("arrive", "已到场"),
        ("complete", "已完毕"),
    ):
        record(duty, act, at)
        expect(duty.get_by_test_id("state")).to_have_text(state)
    expect(duty.get_by_test_id("step-fact").filter(has_text="值班台代记 · 对讲机 · 杨组长")).to_have_count(4)
    expect(duty.get_by_test_id("step-fact").filter(has_text="部分完成")).to_have_count(1)
    (clock,) = team_clocks(commander.get(f"/api/leads/{lead['id']}"))
    assert (clock["state"], datetime.fromisoformat(clock["stopped_at"])) == ("met", at.replace(microsecond=0))
    steps = commander.get(f"/api/directives/{order['id']}")["steps"]
    assert [(step["act"], step["on_behalf"]) for step in steps] == [
        ("issue", False),
        ("acknowledge_for", True),
        ("depart", True),
        ("arrive", True),
        ("complete", True),
    ]
    witness.testify()
