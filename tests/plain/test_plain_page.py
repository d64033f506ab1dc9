"""The plain page: an officer with an old browser accepts and completes an order without a line of script."""

import re

from tests.conftest import PASSWORD
from tests.support.world import World


def test_an_officer_signs_in_accepts_goes_completes_and_reports(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    browser = world.anonymous()
    assert "登录" in browser.get("/plain").get_data(as_text=True)
    browser.post("/plain/sign-in", data={"account": "binchuan.officer1", "password": PASSWORD})
    shown = browser.get("/plain").get_data(as_text=True)
    assert order["title"] in shown
    token = re.search(r'name="csrf_token" value="(\w+)"', shown)
    assert token is not None
    for act, words in (
        ("accept", {}),
        ("depart", {}),
        ("arrive", {}),
        ("complete", {"result": "completed"}),
        ("feedback", {"text": "核桃两吨已控制。", "result": "completed"}),
    ):
        answer = browser.post(f"/plain/orders/{order['id']}/{act}", data={"csrf_token": token[1], **words})
        assert answer.status_code == 303, (act, answer.get_data(as_text=True))
    assert commander.get(f"/api/directives/{order['id']}").get_json()["state"] == "feedback_submitted"


def test_without_the_pages_token_nothing_happens(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    browser = world.anonymous()
    browser.post("/plain/sign-in", data={"account": "binchuan.officer1", "password": PASSWORD})
    assert browser.post(f"/plain/orders/{order['id']}/accept").status_code == 403
    assert commander.get(f"/api/directives/{order['id']}").get_json()["state"] == "issued"


def test_a_wrong_password_is_said_in_both_languages(world: World) -> None:
    answer = world.anonymous().post(
        "/plain/sign-in", data={"account": "binchuan.officer1", "password": "wrong"}
    )
    assert answer.status_code == 401
    assert "账号或密码不正确" in answer.get_data(as_text=True)
    assert "The account or the password is wrong" in answer.get_data(as_text=True)


def test_a_desk_account_gets_no_session_that_counts(world: World) -> None:
    browser = world.anonymous()
    answer = browser.post("/plain/sign-in", data={"account": "binchuan.commander", "password": PASSWORD})
    assert answer.status_code == 403
    assert browser.get("/api/board").status_code == 401


def test_an_act_the_page_does_not_have_is_not_found(world: World) -> None:
    commander = world.sign_in("binchuan.commander")
    order = world.order_out(commander)
    officer = world.phone("binchuan.officer1")
    assert officer.post(f"/plain/orders/{order['id']}/withdraw").status_code == 404


def test_an_act_the_state_does_not_allow_is_said_on_the_page(world: World) -> None:
    order = world.order_out(world.sign_in("binchuan.commander"))
    officer = world.phone("binchuan.officer1")
    refused = officer.post(f"/plain/orders/{order['id']}/complete")
    assert (refused.status_code, refused.mimetype) == (409, "text/html")
    assert "当前状态不能进行此操作" in refused.get_data(as_text=True)
