"""Two people at Binchuan's desk hand the night over: one list, two signatures, and only then the duty moves.

Serves BSS-5(4) and BSS-6 (handover and duty log), DL-14, and the rule that the outgoing shift owns every clock until both
have signed.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import BrowserContext, expect

from backend.core.clock import to_wire
from tests.journeys.desks import Desk
from tests.support.browsers import DESK, Witness
from tests.support.installation import Installation

NOTE = "零点后大雨，去金牛镇的路有落石"
CONTENT = "仓库内已查封核桃正在装车"


def test_the_night_is_handed_over_by_two_signatures_with_its_clocks_and_notes(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    leader = Desk(open_browser(), installation, "binchuan.leader")
    first, second = (
        Desk(open_browser(**DESK), installation, f"binchuan.{post}") for post in ("duty", "duty2")
    )
    now = datetime.now(UTC)
    leader.post(
        "/api/duty/shifts",
        {
            "court_id": "binchuan",
            "post": "A",
            "planned_start": to_wire(now - timedelta(minutes=5)),
            "planned_end": to_wire(now + timedelta(hours=24)),
            "people": [{"user_id": second.get("/api/me")["user"]["id"], "function": "officer"}],
        },
    )
    going, coming = (desk.get("/api/me")["user"]["name"] for desk in (first, second))

    outgoing = first.open("/duty#log")
    expect(outgoing.get_by_test_id("log")).to_be_visible()
    outgoing.keyboard.press("n")
    outgoing.get_by_role("textbox", name="记事").fill(NOTE)
    outgoing.keyboard.press("Control+Enter")
    noted = outgoing.get_by_test_id("log-line").filter(has_text=NOTE)
    expect(noted).to_contain_text(going)

    lead = {
        "received_at": to_wire(now),
        "channel": "phone",
        "kind": "property",
        "content": CONTENT,
        "place": {"text": "金牛镇 仁和村核桃仓库", "longitude": 100.6021, "latitude": 25.8466},
        "triage": "urgent",
        "grounds": ["sealed_property_endangered"],
    }
    first.post("/api/leads", lead)
    outgoing.get_by_test_id("section-handover").click()
    outgoing.get_by_test_id("begin-handover").click()
    pending = outgoing.get_by_test_id("pending-item").filter(has_text="派出 金牛镇 仁和村核桃仓库")
    expect(pending).to_contain_text(re.compile("第[七八]条"))
    outgoing.get_by_test_id("all-fine").click()
    expect(outgoing.get_by_test_id("kit-vehicle-fine")).to_have_attribute("aria-checked", "true")
    outgoing.get_by_test_id("sign-outgoing").click()
    expect(outgoing.get_by_test_id("signature-outgoing")).to_contain_text(going)
    expect(outgoing.get_by_test_id("on-duty-line")).to_contain_text(f"A 岗 {going}")

    incoming = second.open("/duty#handover")
    expect(incoming.get_by_test_id("signature-outgoing")).to_contain_text(f"✓ {going}")
    expect(
        incoming.get_by_test_id("pending-item").filter(has_text="派出 金牛镇 仁和村核桃仓库")
    ).to_be_visible()
    incoming.get_by_test_id("sign-incoming").click()
    for desk in (incoming, outgoing):
        expect(desk.get_by_test_id("on-duty-line")).to_contain_text(f"A 岗 {coming}")
    expect(incoming.get_by_test_id("taken")).to_contain_text(f"{going} 交班，{coming} 接班")
    incoming.get_by_test_id("section-log").click()
    expect(incoming.get_by_test_id("log-line").filter(has_text=NOTE)).to_be_visible()
    witness.testify()
