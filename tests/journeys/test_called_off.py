"""An order that rings is called off from above: the phone falls silent and says plainly why (DL-10, domain 1.16)."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys import phones
from tests.journeys.desks import Desk
from tests.support.browsers import PHONE, Witness
from tests.support.installation import Installation
from tests.support.world import ORDER


def test_a_withdrawal_above_ends_the_ringing_and_stays_in_sight_until_it_is_read(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    dali = Desk(open_browser(), installation, "dali.commander")
    commander = Desk(open_browser(), installation, "binchuan.commander")
    phone = open_browser(**PHONE).new_page()
    phones.enrol(phone, commander.enrolment_link("binchuan", "binchuan.officer1"))
    above = dali.post("/api/directives", {**ORDER, "kind": "superior", "target": {"court_id": "binchuan"}})
    team = next(one for one in commander.get("/api/teams")["items"] if one["name"] == "快反一组")
    target = {"court_id": "binchuan", "team_id": team["id"]}
    commander.post(
        "/api/directives", {**ORDER, "kind": "dispatch", "target": target, "parent_id": above["id"]}
    )
    expect(phone.get_by_role("alertdialog")).to_be_visible()

    revision = dali.get(f"/api/directives/{above['id']}")["revision"]
    dali.post(
        f"/api/directives/{above['id']}/withdraw", {"revision": revision, "reason": "被执行人已主动履行"}
    )
    expect(phone.get_by_role("alertdialog")).to_have_count(0)
    called_off = phone.get_by_test_id("called-off")
    expect(called_off).to_contain_text("指令已撤回")
    expect(called_off).to_contain_text("上级已撤回：被执行人已主动履行")
    phone.reload()
    called_off.get_by_role("button", name="我知道了").tap()
    expect(called_off).to_have_count(0)
    phone.reload()
    expect(phone.get_by_text("已结束（保留三天）")).to_be_visible()
    expect(called_off).to_have_count(0)
    phone.get_by_text("已结束（保留三天）").tap()
    expect(phone.get_by_text("上级已撤回：被执行人已主动履行")).to_be_visible()
    witness.testify()
