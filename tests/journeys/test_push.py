"""An order reaches a phone whose page is closed: encrypted by the worker, carried by a push service, shown by Firefox.

Nothing of it is played: Debian's Firefox ESR, its service worker, a push service that checks every rule a vendor does.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.conftest import PASSWORD
from tests.journeys import phones
from tests.journeys.desks import Desk
from tests.support.browsers import DESK, WALL, Witness, until
from tests.support.firefox import open_firefox
from tests.support.firefox_notifications import Notification, notifications_seen, tap_notification
from tests.support.installation import Installation
from tests.support.moved_time import MovedTime
from tests.support.push_service import PushService
from tests.support.world import ORDER

OFFICER = "binchuan.officer1"
URGENT = Notification("令达 · 紧急指令", "请打开令达查看并应答")
SUBJECT = "mailto:duty@binchuan.example.cn"


@pytest.fixture
def time(tmp_path: Path) -> MovedTime:
    """Today; it stands still until it is moved."""
    return MovedTime(tmp_path, datetime.now(UTC))


@pytest.fixture
def push_service() -> Iterator[PushService]:
    """The push service of the browser's vendor."""
    with PushService() as running:
        yield running


@pytest.fixture
def installation(
    database_url: str, tmp_path: Path, time: MovedTime, pages: None, request: pytest.FixtureRequest
) -> Iterator[Installation]:
    """An installation that may push to this machine, by the name without which there is no service worker."""
    one = Installation(
        tmp_path,
        database_url,
        LINGDA_SECRET_KEY="a secret of the tests, long enough to be one",
        LINGDA_DEMO_PASSWORD=PASSWORD,
        LINGDA_PUSH_ALLOWED_HOSTS="localhost",
        LINGDA_VAPID_SUBJECT=SUBJECT,
        **time.environment,
    )
    one.url = one.url.replace("127.0.0.1", "localhost")
    one.own["LINGDA_PUBLIC_URL"] = one.url
    request.node.installation = one
    with one:
        yield one


@pytest.fixture
def firefox(
    playwright: Playwright, push_service: PushService, tmp_path: Path, witness: Witness
) -> Iterator[BrowserContext]:
    """The officer's browser."""
    context = open_firefox(playwright, tmp_path / "firefox", push_service)
    yield context
    context.close()


@pytest.fixture
def desk(open_browser: Callable[..., BrowserContext], installation: Installation, time: MovedTime) -> Desk:
    """The duty desk."""
    return Desk(open_browser(**DESK), installation, "binchuan.duty", ahead=time.ahead)


@pytest.fixture
def phone(firefox: BrowserContext, desk: Desk) -> Page:
    """The officer's phone, bound and subscribed."""
    page = firefox.new_page()
    phones.enrol(page, desk.enrolment_link("binchuan", OFFICER))
    until(page, lambda: "no_push" not in obstacles(desk), "the phone has subscribed by itself")
    return page


def obstacles(desk: Desk) -> list[str]:
    """Return what stands in the way of waking the officer's phone."""
    (found,) = desk.get("/api/phones")["items"]
    return list(found["obstacles"])


def order_out(desk: Desk) -> str:
    """Order the officer's team out, and return the order's id."""
    team = next(one for one in desk.get("/api/board")["teams"] if one["name"] == "快反一组")
    target = {"court_id": "binchuan", "team_id": team["id"]}
    return str(desk.post("/api/directives", {**ORDER, "kind": "dispatch", "target": target})["id"])


def delivery(desk: Desk, order_id: str) -> dict[str, Any]:
    """Return how far the order came to the officer."""
    found = desk.get(f"/api/deliveries?subject_kind=directive&subject_id={order_id}")["items"]
    user_id = desk.person("binchuan", OFFICER)["id"]
    return next(one for one in found if one["user"]["id"] == user_id)


def test_the_phone_shows_the_order_though_its_page_is_closed_and_the_commander_sees_it(
    phone: Page,
    desk: Desk,
    installation: Installation,
    open_browser: Callable[..., BrowserContext],
    push_service: PushService,
    time: MovedTime,
    tmp_path: Path,
) -> None:
    commander = Desk(open_browser(**WALL), installation, "binchuan.commander", ahead=time.ahead)
    wall = commander.open("/command")
    firefox = phone.context
    phone.goto("about:blank")
    order_id = order_out(desk)
    expect(wall.get_by_test_id("count-undelivered")).to_contain_text("3")

    time.pass_by(16)
    until(phone, lambda: URGENT in notifications_seen(tmp_path / "firefox"), "the notification stands there")
    expect(wall.get_by_test_id("count-undelivered")).to_contain_text("2")
    shown = delivery(desk, order_id)
    assert (shown["state"], shown["devices"][0]["channel"]) == ("displayed", "push")

    (asked,) = push_service.requests
    assert (asked.urgency, asked.status) == ("high", 201)
    assert 60 <= asked.ttl <= 86_400
    assert asked.topic
    assert asked.claims["sub"] == SUBJECT
    assert asked.claims["aud"] == push_service.origin
    assert ORDER["title"].encode() not in asked.body

    with firefox.expect_page() as opened:
        tap_notification(tmp_path / "firefox", URGENT.title)
    page = opened.value
    expect(page.get_by_role("alertdialog").or_(page.get_by_role("main")).first).to_contain_text(
        ORDER["title"]
    )
    until(page, lambda: delivery(desk, order_id)["state"] == "opened", "the order's page says it was opened")


def test_a_subscription_the_service_has_forgotten_is_made_anew_when_the_page_opens(
    phone: Page, desk: Desk, installation: Installation, push_service: PushService, time: MovedTime
) -> None:
    push_service.forget(phone.evaluate(ENDPOINT))
    phone.goto("about:blank")
    order_out(desk)
    time.pass_by(16)
    until(phone, lambda: "push_gone" in obstacles(desk), "the push service said 410")
    (asked,) = push_service.requests
    assert asked.status == 410

    phone.goto(installation.url)
    until(phone, lambda: "push_gone" not in obstacles(desk), "the page has subscribed anew")
    assert push_service.is_subscribed(phone.evaluate(ENDPOINT))


def test_a_new_key_of_the_installation_renews_the_subscription(
    phone: Page,
    desk: Desk,
    installation: Installation,
    push_service: PushService,
    time: MovedTime,
    tmp_path: Path,
) -> None:
    before = phone.evaluate(ENDPOINT)
    phone.goto("about:blank")
    installation.stop()
    (tmp_path / "secrets" / "vapid_private_key").unlink()
    installation.start()
    phone.goto(installation.url)
    until(
        phone,
        lambda: phone.evaluate(ENDPOINT) not in (None, before),
        "the page has subscribed with the new key",
    )
    after = phone.evaluate(ENDPOINT)
    until(phone, lambda: not push_service.is_subscribed(before), "the old one is given up")
    phone.goto("about:blank")
    order_out(desk)
    time.pass_by(16)
    push_service.wait_for(lambda: push_service.requests, "a push by the new key")
    asked = push_service.requests[-1]
    assert (asked.endpoint, asked.status) == (after, 201)


ENDPOINT = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.pushManager.getSubscription())?.endpoint ?? null;
}"""
