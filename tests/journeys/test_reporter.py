"""Who reported a lead: the duty desk of its court looks on request, and nobody of another court ever can (domain 1.16)."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.desks import Desk, row_of
from tests.support.browsers import DESK, WALL, Witness
from tests.support.installation import Installation

LEAD = {
    "received_at": "2026-11-20T01:00:00Z",
    "channel": "phone",
    "kind": "property",
    "content": "宾居镇的两台粉碎机今晚要拉走",
    "reporter": {"name": "邻居何某", "phone": "139 0000 0000", "relation": "邻居", "wants_anonymity": True},
}


def test_the_duty_officer_sees_name_and_telephone_and_another_court_does_not(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty")
    lead = desk.post("/api/leads", LEAD)
    Desk(open_browser(), installation, "xiangyun.duty").post("/api/leads", {**LEAD, "content": "祥云的线索"})
    duty = desk.open("/duty")
    row_of(duty, "tonight-lead", "粉碎机").click()
    expect(duty.get_by_test_id("lead-detail")).to_contain_text("粉碎机")
    expect(duty.get_by_text("邻居何某")).to_have_count(0)
    duty.get_by_test_id("reporter").click()
    expect(duty.get_by_test_id("reporter-shown")).to_contain_text("邻居何某")
    expect(duty.get_by_test_id("reporter-shown")).to_contain_text("139 0000 0000")

    for account, sees_lead in (("xiangyun.commander", False), ("dali.commander", True)):
        other = Desk(open_browser(**WALL), installation, account)
        page = other.open("/command")
        expect(row_of(page, "lead", "粉碎机")).to_have_count(0)
        assert ("粉碎机" in str(other.get("/api/leads?state=all"))) is sees_lead
        for method in ("GET", "POST"):
            answer = other.context.request.fetch(
                f"{installation.url}/api/leads/{lead['id']}/reporter",
                method=method,
                headers={"X-CSRF-Token": other.csrf},
            )
            assert answer.status in (403, 405), (account, method)
            assert "何某" not in answer.text() and "139" not in answer.text()
    witness.testify()
