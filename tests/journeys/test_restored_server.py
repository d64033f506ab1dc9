"""The server is restored from last night's backup: what a phone had delivered since comes back by itself.

Serves principle 1 of the design. A desk keeps no words of what it delivered (ADR 0005): it names what may be gone.
"""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from backend.core.database import Database
from tests.journeys import phones
from tests.journeys.desks import Desk
from tests.support.backup import back_up
from tests.support.browsers import DESK, PHONE, WALL, Witness, until
from tests.support.installation import Installation
from tests.support.world import ORDER

WORDS = "被执行人李某在平川镇卖牛"


def test_a_phone_delivers_again_what_the_backup_lacks_and_a_desk_names_what_may_be_gone(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness, tmp_path: Path
) -> None:
    commander = Desk(open_browser(**WALL), installation, "binchuan.commander")
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty")
    phone = open_browser(**PHONE).new_page()
    phones.enrol(phone, commander.enrolment_link("binchuan", "binchuan.officer1"))
    team = next(one for one in commander.get("/api/teams")["items"] if one["name"] == "快反一组")
    target = {"court_id": "binchuan", "team_id": team["id"]}
    order = commander.post("/api/directives", {**ORDER, "kind": "dispatch", "target": target})
    duty = desk.open("/duty")
    expect(phone.get_by_role("alertdialog")).to_be_visible()
    database = Database(installation.settings.database_url)
    until(phone, lambda: received(commander, order["id"]), "the phone has the order")
    backup = Path(back_up(database, tmp_path, None).removeprefix("sqlite:///"))
    database.close()

    phones.accept_alarm(phone)
    phones.tick(phone, "接令", "已送达")
    duty.keyboard.press("F2")
    duty.get_by_label("内容").fill(WORDS)
    duty.get_by_label("地点").fill("平川镇牲畜市场")
    duty.keyboard.press("Control+Enter")
    expect(duty.get_by_test_id("outbox-state")).to_have_text("最近一条已送达")

    witness.network_will_be_cut()
    installation.stop()
    for part in tmp_path.glob("lingda.sqlite*"):
        part.unlink()
    backup.rename(tmp_path / "lingda.sqlite")
    assert "new epoch" in installation.lingda("new-epoch", "--yes")
    installation.start()

    until(phone, lambda: accepted(commander, order["id"]), "the acceptance came again")
    expect(duty.get_by_test_id("refused")).to_contain_text("服务器从备份恢复过")
    expect(duty.get_by_test_id("refused")).to_contain_text("登记的一条可能已不在")
    assert leads(desk) == []
    duty.get_by_test_id("refused").get_by_role("button", name="知道了").click()
    expect(duty.get_by_test_id("refused")).to_have_count(0)
    phones.tick(phone, "接令", "已送达")
    assert commander.get(f"/api/directives/{order['id']}")["acknowledged_at"] is not None


def members(desk: Desk, order_id: str) -> list[dict[str, str | None]]:
    found: list[dict[str, str | None]] = desk.get(f"/api/directives/{order_id}")["members"]
    return found


def received(desk: Desk, order_id: str) -> bool:
    return any(one["device_received_at"] for one in members(desk, order_id))


def accepted(desk: Desk, order_id: str) -> bool:
    return [one["answer"] for one in members(desk, order_id)].count("accepted") == 1


def leads(desk: Desk) -> list[str]:
    return [one["content"] for one in desk.get("/api/leads?state=all")["items"]]
