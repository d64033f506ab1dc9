"""A push wakes the phone's service worker with no page open: it shows the call and hands in what waited on the phone.

And a phone with neither service worker nor push still rings and accepts, for half of China's phones have neither.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, expect

from tests.journeys import phones
from tests.journeys.desks import Desk
from tests.support.browsers import PHONE, WALL, Witness, open_persistent, until
from tests.support.chaos_proxy import ChaosProxy
from tests.support.chromium_push import deliver_push
from tests.support.installation import Installation
from tests.support.world import ORDER

OFFICER = "binchuan.officer1"


@pytest.fixture
def installed(chromium: BrowserType, witness: Witness, tmp_path: Path) -> Iterator[BrowserContext]:
    """A Chromium of its own, in which the site may show notifications."""
    options = {**PHONE, "permissions": [*PHONE["permissions"], "notifications"]}
    context, _ = open_persistent(chromium, tmp_path / "phone", witness, **options)
    yield context
    context.close()


def order_out(desk: Desk) -> dict[str, Any]:
    """Order the officer's team out."""
    team = next(one for one in desk.get("/api/board")["teams"] if one["name"] == "快反一组")
    target = {"court_id": "binchuan", "team_id": team["id"]}
    order: dict[str, Any] = desk.post("/api/directives", {**ORDER, "kind": "dispatch", "target": target})
    return order


def push_about(order_id: str, url: str) -> str:
    """What the worker would have sent; no service gave this token, so its receipt is refused and must hurt nothing."""
    return json.dumps(
        {
            "web_push": 8030,
            "notification": {
                "title": "令达 · 紧急指令",
                "body": "请打开令达查看并应答",
                "lang": "zh-CN",
                "navigate": f"{url}/#/order/{order_id}",
                "tag": f"directive-{order_id}",
                "requireInteraction": True,
                "silent": False,
            },
            "lingda": {
                "kind": "directive",
                "subject_id": order_id,
                "delivery_id": order_id,
                "urgency": "urgent",
                "covert": False,
                "token": f"{order_id}.{'0' * 32}",
                "deadline": None,
            },
        },
        ensure_ascii=False,
    )


def answer_of(desk: Desk, order_id: str) -> str:
    """Return what the officer's answer to the order is at the server."""
    user_id = desk.person("binchuan", OFFICER)["id"]
    members = desk.get(f"/api/directives/{order_id}")["members"]
    return str(next(one["answer"] for one in members if one["user"]["id"] == user_id))


def test_a_push_hands_in_what_waited_on_a_phone_whose_page_is_closed(
    installation: Installation,
    proxy: ChaosProxy,
    installed: BrowserContext,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    desk = Desk(open_browser(**WALL), installation, "binchuan.commander")
    page = installed.pages[0]
    phones.enrol(page, desk.enrolment_link("binchuan", OFFICER))
    until(
        page, lambda: bool(page.evaluate("navigator.serviceWorker.controller !== null")), "the page is kept"
    )
    order = order_out(desk)
    expect(page.get_by_role("alertdialog")).to_contain_text(ORDER["title"])
    witness.network_will_be_cut()
    proxy.down()
    phones.accept_alarm(page)
    phones.tick(page, "接令", "已存手机")
    page.goto("about:blank")
    proxy.up()
    assert answer_of(desk, order["id"]) == "pending"

    deliver_push(installed, proxy.url, push_about(order["id"], proxy.url))
    until(page, lambda: answer_of(desk, order["id"]) == "accepted", "the service worker handed the act in")
    page.goto(f"{proxy.url}/#/order/{order['id']}")
    phones.tick(page, "接令", "已送达")
    assert [one["act"] for one in desk.get(f"/api/directives/{order['id']}")["steps"]].count("accept") == 1


def test_a_phone_without_service_worker_and_push_still_rings_and_accepts(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    desk = Desk(open_browser(**WALL), installation, "binchuan.commander")
    bare = open_browser(**PHONE, service_workers="block")
    bare.add_init_script(
        "delete Navigator.prototype.serviceWorker; delete window.PushManager; delete window.Notification;"
    )
    page = bare.new_page()
    phones.enrol(page, desk.enrolment_link("binchuan", OFFICER))
    assert page.evaluate("'serviceWorker' in navigator || 'PushManager' in window") is False
    order = order_out(desk)
    expect(page.get_by_role("alertdialog")).to_contain_text(ORDER["title"])
    phones.accept_alarm(page)
    phones.tick(page, "接令", "已送达")
    until(page, lambda: answer_of(desk, order["id"]) == "accepted", "the desk sees the answer")
    witness.testify()
