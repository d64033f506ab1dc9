"""Two desks of one court act on one order from above: the second is shown what changed before it goes on.

Serves DL-10 and the spine's rule that nobody overwrites what he has not seen (409.1).
"""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import BOTH
from tests.journeys.desks import Desk, row_of
from tests.support.browsers import DESK, Witness
from tests.support.chaos_proxy import ChaosProxy, Fault
from tests.support.installation import Installation

ORDER = {
    "kind": "superior",
    "target": {"court_id": "binchuan"},
    "title": "控制州城镇被查封的挖掘机",
    "facts": "申请执行人报称挖掘机今晨被开走。",
    "required_action": "立即派员控制车辆。",
    "legal_basis": "《执行指挥中心运行机制》第十项",
    "urgency": "urgent",
    "requirements": {"officers": 2, "woman": False},
}


@BOTH
def test_the_second_of_two_desks_sees_what_the_first_did_and_may_go_on_knowing_it(
    installation: Installation,
    proxy: ChaosProxy,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    dali = Desk(open_browser(), installation, "dali.commander")
    dali.post("/api/directives", ORDER)
    first = Desk(open_browser(**DESK), installation, "binchuan.duty").open("/duty")
    leader = Desk(open_browser(**DESK), installation, "binchuan.leader", at=proxy.url)
    second = leader.open("/duty")
    for desk in (first, second):
        row_of(desk, "to-acknowledge", "挖掘机").click()
        expect(desk.get_by_test_id("state")).to_have_text("已下达")

    witness.network_will_be_cut()
    for path in ("/socket.io", "/api/events"):
        proxy.strike(path, Fault.LOSE_REQUEST)
    proxy.break_connections()
    expect(second.get_by_test_id("contact")).to_contain_text("连不上服务器")
    first.get_by_role("button", name="签收").click()
    expect(first.get_by_test_id("state")).to_have_text("已签收")

    second.get_by_role("button", name="提出异议").click()
    second.get_by_label("理由").fill("车辆已在祥云县境内")
    second.get_by_role("button", name="提出异议").last.click()
    conflict = second.get_by_test_id("conflict")
    expect(conflict).to_contain_text("您看的时候，别人已经动过这道令")
    signer = dali.person("binchuan", "binchuan.duty")["name"]
    expect(conflict).to_contain_text(f"{signer} 签收")
    expect(conflict).to_contain_text("已下达 → 已签收")
    (before,) = dali.get("/api/directives?state=all")["items"]
    assert before["state"] == "acknowledged"

    conflict.get_by_role("button", name="仍然继续").click()
    expect(second.get_by_test_id("state")).to_have_text("有异议")
    expect(first.get_by_test_id("state")).to_have_text("有异议")
    acts = [step["act"] for step in dali.get(f"/api/directives/{before['id']}")["steps"]]
    assert acts == ["issue", "acknowledge", "object"]
    witness.testify(f"POST /api/directives/{before['id']}/object 409")
