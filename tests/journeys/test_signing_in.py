"""Signing in and out at a desk: wrong answers, the first second factor, a passkey, and nothing left behind."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.request import urlopen

import pyotp
from playwright.sync_api import BrowserContext, Page, expect

from backend.people.http import qr_svg
from backend.people.second_factors import ISSUER
from tests.journeys.desks import code_of, give_password
from tests.support.browsers import DESK, Witness
from tests.support.installation import Installation

FRESH = (
    "binchuan.night",
    "--name",
    "段晓梅",
    "--court",
    "binchuan",
    "--role",
    "duty_officer",
    "--sex",
    "woman",
)
OWN_PASSWORD = "苍山的雪 洱海的月 三塔"
HALF_A_MINUTE = timedelta(seconds=30)


def sign_out(page: Page) -> None:
    """Sign out at the menu and see the form again."""
    page.get_by_test_id("menu").click()
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_label("密码")).to_be_visible()


def test_a_wrong_password_or_code_is_said_and_the_right_ones_open_the_desk_until_signing_out(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    page = open_browser(**DESK).new_page()
    page.goto(f"{installation.url}/duty")
    give_password(page, "binchuan.duty", "a password of somebody else")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不正确")
    give_password(page, "binchuan.duty")
    right = code_of(installation, "binchuan.duty")
    page.get_by_label("动态验证码").fill("000000" if right != "000000" else "000001")
    expect(page.get_by_role("alert")).to_have_text("验证码不正确或已过期")
    page.get_by_label("动态验证码").fill(code_of(installation, "binchuan.duty"))
    expect(page.get_by_test_id("contact")).to_have_text("在线")

    sign_out(page)
    assert page.context.request.get(f"{installation.url}/api/board").status == 401
    page.reload()
    expect(page.get_by_label("密码")).to_be_visible()
    give_password(page, "binchuan.duty")
    # A code is good once: the next sign-in needs the next one.
    page.get_by_label("动态验证码").fill(code_of(installation, "binchuan.duty", HALF_A_MINUTE))
    expect(page.get_by_test_id("contact")).to_have_text("在线")
    witness.testify("POST /api/sign-in 401", "POST /api/sign-in/totp 401")


def test_a_new_account_ties_an_authenticator_by_its_picture_at_the_first_sign_in(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    installation.lingda("create-user", *FRESH, "--password", "-", given=f"{OWN_PASSWORD}\n")
    page = open_browser(**DESK).new_page()
    page.goto(f"{installation.url}/duty")
    give_password(page, "binchuan.night", OWN_PASSWORD)
    expect(page.get_by_text("第一次登录请选一种")).to_be_visible()
    page.get_by_role("button", name="用验证器应用（动态码）").click()
    secret = page.get_by_role("code").inner_text().replace(" ", "")
    picture = page.get_by_role("img", name="验证器二维码").get_attribute("src") or ""
    drawn = urlopen(picture).read().decode().replace(' xmlns="http://www.w3.org/2000/svg"', "")
    assert drawn == qr_svg(pyotp.TOTP(secret).provisioning_uri(name="binchuan.night", issuer_name=ISSUER))
    page.get_by_label("动态验证码").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_test_id("menu")).to_contain_text("段晓梅")
    expect(page.get_by_test_id("contact")).to_have_text("在线")
    witness.testify()


def test_an_initial_password_is_changed_before_the_desk_opens(
    installation: Installation, open_browser: Callable[..., BrowserContext], witness: Witness
) -> None:
    installation.lingda("create-user", *FRESH, "--initial", "--password", "-", given="read out by phone\n")
    page = open_browser(**DESK).new_page()
    page.goto(f"{installation.url}/duty")
    give_password(page, "binchuan.night", "read out by phone")
    page.get_by_role("button", name="用验证器应用（动态码）").click()
    secret = page.get_by_role("code").inner_text().replace(" ", "")
    page.get_by_label("动态验证码").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="确定").click()
    for chosen, repeated, said in (
        (OWN_PASSWORD, "read out by phone", "两次输入的密码不同。"),
        ("read out by phone", "read out by phone", "新密码不得与原密码相同"),
    ):
        choose_password(page, chosen, repeated)
        expect(page.get_by_role("alert")).to_have_text(said)
    choose_password(page, OWN_PASSWORD, OWN_PASSWORD)
    expect(page.get_by_test_id("contact")).to_have_text("在线")
    sign_out(page)
    give_password(page, "binchuan.night", "read out by phone")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不正确")
    witness.testify("POST /api/sign-in/password 422", "POST /api/sign-in 401")


def choose_password(page: Page, chosen: str, repeated: str) -> None:
    """Type the password of one's own twice, and send it."""
    page.get_by_label("新密码").fill(chosen)
    page.get_by_label("再输一次").fill(repeated)
    page.get_by_role("button", name="保存并登录").click()


def test_a_passkey_made_at_the_first_sign_in_opens_the_desk_at_the_second(
    reached_by_name: None,
    installation: Installation,
    open_browser: Callable[..., BrowserContext],
    witness: Witness,
) -> None:
    installation.lingda("create-user", *FRESH, "--password", "-", given=f"{OWN_PASSWORD}\n")
    page = open_browser(**DESK).new_page()
    plug_in_a_key(page)
    page.goto(f"{installation.url}/duty")
    give_password(page, "binchuan.night", OWN_PASSWORD)
    page.get_by_role("button", name="用通行密钥（本机或钥匙）").click()
    expect(page.get_by_test_id("menu")).to_contain_text("段晓梅")

    sign_out(page)
    give_password(page, "binchuan.night", OWN_PASSWORD)
    expect(page.get_by_label("动态验证码")).to_have_count(0)
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_test_id("contact")).to_have_text("在线")
    expect(page).to_have_title(re.compile("值班台"))
    witness.testify()


def plug_in_a_key(page: Page) -> None:
    """Give the browser Chromium's own virtual authenticator, whose owner always agrees."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
