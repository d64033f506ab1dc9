"""An officer works through a network that is gone: from before the acceptance until after the completion.

Done-when 2 of the spine; principles 1 and 5 of the design, and A8: what was done counts at the time it was done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from tests.journeys import phones
from tests.journeys.conftest import BOTH
from tests.journeys.desks import Desk, row_of
from tests.support.browsers import PHONE, WALL, Witness, kill_chromium, open_persistent, until
from tests.support.chaos_proxy import ChaosProxy
from tests.support.installation import Installation
from tests.support.recorded_way import recorded_way
from tests.support.world import team_clocks

WAY = recorded_way((100.575, 25.830), 20)
ACTS = ["accept", "depart", "arrive", "complete"]
HAND_OVER = timedelta(seconds=25)
"""From the registration of the lead to the end of its time limit: long enough to order a team out and see it leave."""
UNCERTAINTY = timedelta(seconds=1)
"""Of the phone's estimate of the server's clock."""


class Taps:
    """When each act was tapped, as a person with a watch beside the phone would write down."""

    def __init__(self) -> None:
        self.between: dict[str, tuple[datetime, datetime]] = {}

    @contextmanager
    def of(self, act: str) -> Iterator[None]:
        """Note the time before and after."""
        before = datetime.now(UTC)
        yield
        self.between[act] = (before, datetime.now(UTC))


@BOTH
def test_what_an_officer_does_without_network_is_applied_once_in_order_at_its_own_time(
    installation: Installation,
    proxy: ChaosProxy,
    chromium: BrowserType,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
    tmp_path: Path,
) -> None:
    desk = Desk(open_browser(**WALL), installation, "binchuan.commander")
    profile = tmp_path / "phone"
    options = {**PHONE, "geolocation": WAY[0].geolocation}
    context, phone = open_persistent(chromium, profile, witness, **options)
    phones.enrol(phone, desk.enrolment_link("binchuan", "binchuan.officer1"))
    until(
        phone, lambda: bool(phone.evaluate("navigator.serviceWorker.controller !== null")), "the page is kept"
    )
    commander = desk.open("/command")
    lead = register_a_lead_that_is_almost_late(desk)
    order_out(commander)
    expect(phone.get_by_role("alertdialog")).to_contain_text("彩凤村")
    expect(commander.get_by_test_id("directive-detail")).to_contain_text("手机已收")

    taps = Taps()
    witness.network_will_be_cut()
    proxy.down()
    with taps.of("accept"):
        phones.accept_alarm(phone)
        phones.tick(phone, "接令", "已存手机")
    with taps.of("depart"):
        phones.tap(phone, "出发")
        phones.tick(phone, "出发", "已存手机")
    phone.get_by_role("button", name="返回").tap()
    phones.drive(phone, WAY[1:10])

    phone.reload()
    phones.tick(phone, "出发", "已存手机")
    with taps.of("arrive"):
        phones.tap(phone, "到场")
        phones.tick(phone, "到场", "已存手机")
    phones.drive(phone, WAY[10:15])

    kill_chromium(profile)
    options["geolocation"] = WAY[15].geolocation
    context, phone = open_persistent(chromium, profile, witness, **options)
    phone.goto(proxy.url)
    phones.tick(phone, "到场", "已存手机")
    expect(phone.get_by_role("banner")).to_contain_text("未连接")
    phones.drive(phone, WAY[15:])
    with taps.of("complete"):
        phones.complete(phone)
        phones.tick(phone, "完毕", "已存手机")

    detail = commander.get_by_test_id("directive-detail")
    expect(detail.get_by_test_id("state")).to_have_text("已送达")
    expect(row_of(commander, "clock", "彩凤村")).to_contain_text("待证实")
    expect(row_of(commander, "clock", "彩凤村")).to_contain_text("手机失联")
    back = datetime.now(UTC)
    proxy.up()
    phones.tick(phone, "完毕", "已送达")

    expect(detail.get_by_test_id("state")).to_have_text("已完毕")
    phone.get_by_role("link", name="彩凤村").tap()
    for act in ("到场", "出发", "完毕"):
        phones.tick(phone, act, "已送达")
    expect(phone.get_by_text("已存手机")).to_have_count(0)
    assert_kept_by_the_server(phone, desk, lead, taps, back)
    assert_receipted(phone)
    context.close()
    witness.testify()


def register_a_lead_that_is_almost_late(desk: Desk) -> dict[str, Any]:
    """Register an urgent lead that was phoned in so long ago that its time to depart ends in a moment."""
    now = datetime.now(UTC)
    probe = desk.post("/api/leads", lead_received(now, "古底乡旧案的车辆", "other"))
    (clock,) = team_clocks(probe)
    allowed = datetime.fromisoformat(clock["due_at"]) - datetime.fromisoformat(clock["started_at"])
    desk.post(f"/api/leads/{probe['id']}/close", {"revision": probe["revision"], "result": "重复"})
    return desk.post(
        "/api/leads", lead_received(now - allowed + HAND_OVER, "彩凤村的核桃", "sealed_property_endangered")
    )


def lead_received(at: datetime, content: str, ground: str) -> dict[str, Any]:
    """The form of an urgent lead."""
    return {
        "received_at": at.isoformat(),
        "channel": "phone",
        "kind": "property",
        "content": content,
        "debtor_name": content,
        "place": {
            "text": content,
            "longitude": WAY[14].longitude,
            "latitude": WAY[14].latitude,
            "accuracy_m": None,
        },
        "grounds": [ground],
        "risks": [],
        "triage": "urgent",
    }


def order_out(commander: Page) -> None:
    """Send the first team to the lead."""
    row_of(commander, "lead", "彩凤村").click()
    row_of(commander, "candidate", "快反一组").click()
    commander.get_by_test_id("issue").click()


def assert_kept_by_the_server(
    phone: Page, desk: Desk, lead: dict[str, Any], taps: Taps, back: datetime
) -> None:
    """Each act once, in order, at the time it was tapped though it came later; clock met; every position there."""
    (order,) = [row for row in desk.get("/api/directives?state=all")["items"] if row["lead_id"] == lead["id"]]
    steps = desk.get(f"/api/directives/{order['id']}")["steps"]
    assert [step["act"] for step in steps] == ["issue", "receive", *ACTS]
    at = {step["act"]: datetime.fromisoformat(step["occurred_at"]) for step in steps}
    for act, (before, after) in taps.between.items():
        assert before - UNCERTAINTY <= at[act] <= after + UNCERTAINTY, act
    late = [step for step in steps if step["act"] in ACTS]
    assert all(datetime.fromisoformat(step["received_at"]) >= back for step in late)
    (clock,) = team_clocks(desk.get(f"/api/leads/{lead['id']}"))
    assert (clock["state"], datetime.fromisoformat(clock["stopped_at"])) == ("met", at["depart"])
    person = desk.person("binchuan", "binchuan.officer1")["id"]
    way = [(reading.longitude, reading.latitude) for reading in WAY]
    track: list[dict[str, Any]] = []

    def whole_way() -> bool:
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        track[:] = desk.get(f"/api/tracks?user_id={person}&begin={lead['received_at']}&end={now}")["items"]
        seen = [(point["longitude"], point["latitude"]) for point in track]
        return list(dict.fromkeys(point for point in seen if point in way)) == way

    until(phone, whole_way, "every position of the drive is stored, in order")
    measured_late = [point for point in track if datetime.fromisoformat(point["fixed_at"]) >= back]
    assert {(point["longitude"], point["latitude"]) for point in measured_late} <= {way[-1]}


def assert_receipted(phone: Page) -> None:
    """Look into the phone's own store: each act is still there, with the server's receipt beside it."""
    kept = phone.evaluate(
        """async () => {
          const names = (await indexedDB.databases()).map((database) => database.name);
          const found = [];
          for (const name of names) {
            const database = await new Promise((resolve) => {
              const opening = indexedDB.open(name);
              opening.onsuccess = () => resolve(opening.result);
            });
            if (database.objectStoreNames.contains("commands")) {
              found.push(...await new Promise((resolve) => {
                const asking = database.transaction("commands").objectStore("commands").getAll();
                asking.onsuccess = () => resolve(asking.result);
              }));
            }
            database.close();
          }
          return found.map(({ type, state, sequence, result }) => [sequence, type, state, result?.result]).sort();
        }"""
    )
    types = ["receive", *ACTS]
    assert kept == [
        [index + 1, f"directive.{act}", "receipted", "applied"] for index, act in enumerate(types)
    ]
