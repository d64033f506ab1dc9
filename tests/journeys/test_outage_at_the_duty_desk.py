"""The network of the duty desk goes while a caller is speaking: nothing typed is lost, and one lead comes of it.

Serves BSS-5(2) and principles 1 and 5 of the design. A desk that is reloaded meanwhile starts from what its PC keeps.
"""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.desks import Desk, row_of
from tests.support.browsers import DESK, Witness, until
from tests.support.chaos_proxy import ChaosProxy, Fault
from tests.support.installation import Installation


def test_a_lead_typed_through_an_outage_and_a_reload_arrives_whole_and_once(
    installation: Installation,
    proxy: ChaosProxy,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    other = Desk(open_browser(), installation, "xiangyun.duty")
    other.post(
        "/api/leads",
        {
            "received_at": "2026-11-20T01:00:00Z",
            "channel": "visit",
            "kind": "whereabouts",
            "content": "祥云的线索",
        },
    )
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty", at=proxy.url)
    duty = desk.open("/duty")
    duty.keyboard.press("F2")
    duty.keyboard.type("被执行人李某在平川镇卖牛，")
    expect(duty.get_by_test_id("call")).to_contain_text("草稿已存本机")
    duty.reload()
    expect(duty.get_by_label("内容")).to_have_value("被执行人李某在平川镇卖牛，")

    witness.network_will_be_cut()
    proxy.down()
    expect(duty.get_by_test_id("contact")).to_contain_text("连不上服务器")
    duty.get_by_label("内容").press_sequentially("已谈好三头的价钱，买家十分钟后来拉。")
    duty.get_by_label("地点").fill("平川镇牲畜市场")
    duty.get_by_label("被执行人").fill("李某")
    duty.get_by_label("姓名").fill("邻居何某")
    duty.get_by_label("电话", exact=True).fill("139 0000 0000")
    duty.get_by_role("checkbox", name="被执行人随身有可供执行的贵重动产").click()
    duty.keyboard.press("Control+Enter")
    expect(duty.get_by_test_id("outbox-state")).to_have_text("1 条已存本机，待送达")
    expect(duty.get_by_test_id("pending")).to_contain_text("李某在平川镇卖牛")

    lost = proxy.strike("/api/commands", Fault.LOSE_ANSWER, times=1)
    proxy.up()
    expect(duty.get_by_test_id("outbox-state")).to_have_text("最近一条已送达")
    assert lost.done == 1
    expect(row_of(duty, "tonight-lead", "李某在平川镇卖牛")).to_have_count(1)
    expect(duty.get_by_test_id("pending")).to_have_count(0)

    (lead,) = desk.get("/api/leads?state=all")["items"]
    assert lead["content"] == "被执行人李某在平川镇卖牛，已谈好三头的价钱，买家十分钟后来拉。"
    assert (lead["debtor_name"], lead["place"]["text"]) == ("李某", "平川镇牲畜市场")
    assert (lead["triage"], lead["grounds"]) == ("urgent", ["valuable_movables_at_hand"])
    assert lead["received_at"] < lead["registered_at"]
    duty.get_by_role("button", name="查看举报人身份").click()
    expect(duty.get_by_test_id("reporter-shown")).to_contain_text("邻居何某")
    expect(duty.get_by_test_id("reporter-shown")).to_contain_text("139 0000 0000")
    witness.testify()


EVERYTHING_KEPT = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => done(opening.result);
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise((done) => {
        const asking = database.transaction(store).objectStore(store).getAll();
        asking.onsuccess = () => done(asking.result);
      });
      found.push(JSON.stringify(rows));
    }
    database.close();
  }
  return found.join();
}"""


def wait_until_kept(page: Page, path: str, text: str) -> None:
    """Wait until this PC has the desk's page and a picture that says `text`."""
    until(
        page,
        lambda: (
            bool(page.evaluate("async path => (await caches.match(path)) !== undefined", path))
            and text in page.evaluate(EVERYTHING_KEPT)
        ),
        f"{path} and a picture that says {text} are kept",
    )


def test_a_desk_reloaded_during_the_outage_takes_calls_and_delivers_each_once(
    installation: Installation,
    proxy: ChaosProxy,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    desk = Desk(open_browser(**DESK), installation, "binchuan.duty", at=proxy.url)
    earlier = {"received_at": "2026-11-20T01:00:00Z", "channel": "visit", "kind": "whereabouts"}
    desk.post("/api/leads", {**earlier, "content": "下午来访说的三轮车"})
    duty = desk.open("/duty")
    wait_until_kept(duty, "/duty", "下午来访说的三轮车")

    witness.network_will_be_cut()
    proxy.down()
    duty.reload()
    expect(duty.get_by_test_id("offline-notice")).to_contain_text("离线 · 数据截至")
    expect(duty.get_by_test_id("offline-notice")).to_contain_text("只能查看和登记来电")
    row_of(duty, "tonight-lead", "三轮车").click()
    expect(duty.get_by_test_id("lead-detail")).to_contain_text("三轮车")
    expect(duty.get_by_role("button", name="不紧急")).to_have_count(0)

    duty.keyboard.press("F2")
    duty.keyboard.type("邻居看见被执行人把挖掘机装上拖车。")
    expect(duty.get_by_test_id("call")).to_contain_text("草稿已存本机")
    duty.reload()
    duty.get_by_label("姓名").fill("邻居何某")
    duty.get_by_label("电话", exact=True).fill("139 0000 0000")
    duty.keyboard.press("Control+Enter")
    expect(duty.get_by_test_id("outbox-state")).to_have_text("1 条已存本机，待送达")
    duty.reload()
    expect(duty.get_by_test_id("pending")).to_contain_text("挖掘机")

    lost = proxy.strike("/api/commands", Fault.LOSE_ANSWER, times=1)
    proxy.up()
    expect(duty.get_by_test_id("outbox-state")).to_have_text("最近一条已送达")
    assert lost.done == 1
    expect(duty.get_by_test_id("offline-notice")).to_have_count(0)
    expect(row_of(duty, "tonight-lead", "挖掘机")).to_have_count(1)
    row_of(duty, "tonight-lead", "挖掘机").click()
    expect(duty.get_by_role("button", name="不紧急")).to_be_visible()
    (lead,) = [row for row in desk.get("/api/leads?state=all")["items"] if "挖掘机" in row["content"]]
    assert desk.get(f"/api/leads/{lead['id']}/reporter")["name"] == "邻居何某"
    left = duty.evaluate(EVERYTHING_KEPT)
    assert "邻居何某" not in left and "139 0000 0000" not in left
    witness.testify()


def test_the_command_map_starts_in_an_outage_and_shows_nothing_once_somebody_signed_out(
    installation: Installation,
    proxy: ChaosProxy,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    duty = Desk(open_browser(), installation, "binchuan.duty")
    call = {"received_at": "2026-11-20T01:00:00Z", "channel": "phone", "kind": "property"}
    duty.post("/api/leads", {**call, "content": "大营镇的沙石料", "debtor_name": "大营镇 沙石料"})
    desk = Desk(open_browser(**DESK), installation, "binchuan.commander", at=proxy.url)
    commander = desk.open("/command")
    name = desk.get("/api/me")["user"]["name"]
    wait_until_kept(commander, "/command", "大营镇的沙石料")

    witness.network_will_be_cut()
    proxy.down()
    commander.reload()
    expect(commander.get_by_test_id("stale")).to_contain_text("离线 · 数据截至")
    expect(commander.get_by_test_id("stale")).to_contain_text("只能查看")
    row_of(commander, "lead", "大营镇").click()
    expect(commander.get_by_test_id("lead-detail")).to_contain_text("大营镇的沙石料")
    expect(commander.locator(".maplibregl-canvas")).to_be_visible()
    expect(commander.get_by_test_id("candidate")).to_have_count(0)

    commander.get_by_test_id("menu").click()
    commander.get_by_test_id("sign-out").click()
    expect(commander.get_by_role("alert").filter(has_text="连不上服务器")).to_be_visible()
    for words in (name, "大营镇", "宾川县人民法院"):
        assert words not in commander.locator("body").inner_text()
    commander.reload()
    expect(commander.get_by_role("alert")).to_contain_text("连不上服务器")
    assert name not in commander.locator("body").inner_text()

    proxy.up()
    expect(commander.get_by_label("账号")).to_be_visible()
    assert desk.context.request.get(f"{installation.url}/api/me").status == 401
    witness.testify()
