"""Endpoints of sign-in: password, second factor, sign-out, and who I am."""

from datetime import timedelta
from typing import Any

import segno
from apiflask import APIBlueprint
from flask import Response, jsonify, request

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.offload import OFFLOAD
from backend.core.outbox import server_state
from backend.core.problems import Problem
from backend.core.schemas import Empty
from backend.core.web import SESSION_COOKIE, actor, csrf_token, public, services, signed_in
from backend.courts.views import find_court
from backend.people import second_factors, sessions
from backend.people.accounts import hash_password, password_is_right
from backend.people.schemas import (
    Me,
    PasskeyAnswer,
    PasskeyOptions,
    PasskeyRegistration,
    SignIn,
    SignInAnswer,
    TotpCode,
    TotpSetup,
)
from backend.people.tables import SignInSession, User
from backend.people.views import build_actor, find_device, find_user_by_account

blueprint = APIBlueprint("sign_in", __name__, url_prefix="/api", tag="Sign-in")
NOBODY = "a password nobody has"
_nobody_hash: list[str] = []


def set_session_cookie(response: Response, token: str, lasts: timedelta) -> Response:
    """Put the session into the one cookie this product has."""
    settings = services().settings
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=lasts,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="Strict",
        path="/",
    )
    return response


def answer_opened(opened: sessions.OpenedSession, **more: Any) -> Response:
    """Answer a session just opened, with its cookie."""
    token = csrf_token(services().settings, opened.id)
    shape = {"state": opened.state, "methods": opened.methods, "csrf_token": token, **more}
    return set_session_cookie(jsonify(shape), opened.token, opened.lasts)


def current_session(work: UnitOfWork) -> tuple[SignInSession, User]:
    """Return the session of the cookie, complete or not; 401.1 when there is none."""
    found = sessions.find_session(work.session, request.cookies.get(SESSION_COOKIE, ""), work.now)
    if found is None:
        raise Problem("401.1")
    expected = csrf_token(services().settings, found[0].id)
    if request.headers.get("X-CSRF-Token") != expected:
        raise Problem("403.2")
    return found


def limit_attempts(account: str) -> None:
    """Refuse floods of sign-ins from one address or at one account."""
    limits = services().extras["rate_limits"]
    limits.hit("60/minute", "sign-in-address", request.remote_addr or "")
    limits.hit("20/minute", "sign-in-account", account)


@blueprint.post("/sign-in")
@blueprint.input(SignIn)
@blueprint.output(SignInAnswer)
@public("signing in is how one stops being anonymous")
def sign_in(json_data: SignIn) -> Response:
    """Sign in with account and password; a desk role must show a second factor next."""
    limit_attempts(json_data.account)
    database = services().database
    with database.reading() as work:
        sessions.refuse_locked(work.session, json_data.account, work.now)
        user = find_user_by_account(work.session, json_data.account)
    if not _nobody_hash:
        _nobody_hash.append(OFFLOAD.run(hash_password, NOBODY))
    # An unknown account costs the same time as a wrong password, so that nobody can list the accounts.
    kept = user.password_hash if user and user.password_hash else _nobody_hash[0]
    right = OFFLOAD.run(password_is_right, kept, json_data.password)
    with database.writing() as work:
        sessions.refuse_locked(work.session, json_data.account, work.now)
        if user is None or user.password_hash is None or not right:
            if user is not None:
                sessions.record_failure(work, json_data.account)
            opened = None
        else:
            sessions.forget_failures(work, json_data.account)
            opened = sessions.open_session(work, user)
    if opened is None:
        raise Problem("401.2")
    return answer_opened(opened)


def complete(work: UnitOfWork, row: SignInSession, user: User, kind: str) -> timedelta:
    """Mark the second factor as shown and write its audit line."""
    lasts = sessions.complete_session(work, row)
    work.authorise_by_rule("the second factor was right")
    who = build_actor(work.session, user, work.now, session_id=row.id)
    work.audit(who, "session.second_factor", "person", user.id, user.court_id, kind=kind)
    return lasts


def answer_complete(session_id: str, lasts: timedelta) -> Response:
    """Answer a session that is complete now."""
    response = jsonify(
        {"state": "signed_in", "methods": [], "csrf_token": csrf_token(services().settings, session_id)}
    )
    return set_session_cookie(response, request.cookies[SESSION_COOKIE], lasts)


def guard_second_factor(user_id: str) -> None:
    """Refuse guessing of codes: five tries a minute for a person."""
    services().extras["rate_limits"].hit("5/minute", "second-factor", user_id)


@blueprint.post("/sign-in/totp")
@blueprint.input(TotpCode)
@blueprint.output(SignInAnswer)
@public("the session is not complete before this; it checks the cookie itself")
def sign_in_totp(json_data: TotpCode) -> Response:
    """Show the authenticator's code as second factor."""
    with services().database.writing() as work:
        row, user = current_session(work)
        guard_second_factor(user.id)
        second_factors.use_totp(work, user, services().settings, json_data.code)
        lasts = complete(work, row, user, "totp")
    return answer_complete(row.id, lasts)


@blueprint.post("/sign-in/passkey/options")
@blueprint.input(Empty)
@blueprint.output(PasskeyOptions)
@public("the session is not complete before this; it checks the cookie itself")
def sign_in_passkey_options(json_data: Empty) -> dict[str, Any]:
    """Ask for a passkey challenge."""
    with services().database.writing() as work:
        row, _ = current_session(work)
        return {"options": second_factors.passkey_options(work, row, services().settings)}


@blueprint.post("/sign-in/passkey")
@blueprint.input(PasskeyAnswer)
@blueprint.output(SignInAnswer)
@public("the session is not complete before this; it checks the cookie itself")
def sign_in_passkey(json_data: PasskeyAnswer) -> Response:
    """Answer the passkey challenge as second factor."""
    with services().database.writing() as work:
        row, user = current_session(work)
        guard_second_factor(user.id)
        second_factors.use_passkey(work, row, services().settings, json_data.credential)
        lasts = complete(work, row, user, "passkey")
    return answer_complete(row.id, lasts)


def session_that_may_set_up(work: UnitOfWork) -> tuple[SignInSession, User]:
    """Return the session; 403.4 when the person has a second factor and has not shown it in this session."""
    row, user = current_session(work)
    state, _ = sessions.state_of_session(work.session, row, work.now)
    if state == "second_factor_required" or row.device_id is not None:
        raise Problem("403.4")
    return row, user


@blueprint.post("/second-factors/totp")
@blueprint.input(Empty)
@blueprint.output(TotpSetup)
@public("a desk role sets up its first factor before the session is complete; it checks the cookie itself")
def start_totp(json_data: Empty) -> dict[str, str]:
    """Begin to set up an authenticator."""
    with services().database.writing() as work:
        row, user = session_that_may_set_up(work)
        who = build_actor(work.session, user, work.now, session_id=row.id)
        work.authorise_by_rule("everybody sets up their own second factor")
        secret, uri = second_factors.start_totp(work, who, user, services().settings)
    return {"secret": secret, "uri": uri, "qr_svg": qr_svg(uri)}


@blueprint.post("/second-factors/totp/confirm")
@blueprint.input(TotpCode)
@blueprint.output(SignInAnswer)
@public("a desk role sets up its first factor before the session is complete; it checks the cookie itself")
def confirm_totp(json_data: TotpCode) -> Response:
    """Finish setting up the authenticator with a code of it; the session is complete then."""
    with services().database.writing() as work:
        row, user = session_that_may_set_up(work)
        guard_second_factor(user.id)
        who = build_actor(work.session, user, work.now, session_id=row.id)
        second_factors.confirm_totp(work, who, user, services().settings, json_data.code)
        lasts = complete(work, row, user, "totp")
    return answer_complete(row.id, lasts)


@blueprint.post("/second-factors/passkeys/options")
@blueprint.input(Empty)
@blueprint.output(PasskeyOptions)
@public("a desk role sets up its first factor before the session is complete; it checks the cookie itself")
def passkey_registration_options(json_data: Empty) -> dict[str, Any]:
    """Begin to register a passkey."""
    with services().database.writing() as work:
        row, user = session_that_may_set_up(work)
        return {"options": second_factors.passkey_registration_options(work, row, user, services().settings)}


@blueprint.post("/second-factors/passkeys")
@blueprint.input(PasskeyRegistration)
@blueprint.output(SignInAnswer)
@public("a desk role sets up its first factor before the session is complete; it checks the cookie itself")
def register_passkey(json_data: PasskeyRegistration) -> Response:
    """Finish registering a passkey; the session is complete then."""
    with services().database.writing() as work:
        row, user = session_that_may_set_up(work)
        who = build_actor(work.session, user, work.now, session_id=row.id)
        second_factors.register_passkey(
            work, who, row, user, services().settings, json_data.credential, json_data.label
        )
        lasts = complete(work, row, user, "passkey")
    return answer_complete(row.id, lasts)


@blueprint.post("/sign-out")
@blueprint.input(Empty)
@blueprint.output(Empty)
@signed_in
def sign_out(json_data: Empty) -> Response:
    """End this session."""
    return _sign_out(everywhere=False)


@blueprint.post("/sign-out-everywhere")
@blueprint.input(Empty)
@blueprint.output(Empty)
@signed_in
def sign_out_everywhere(json_data: Empty) -> Response:
    """End every session of mine, on every desk and phone."""
    return _sign_out(everywhere=True)


def _sign_out(*, everywhere: bool) -> Response:
    asking = actor()
    with services().database.writing() as work:
        user = work.session.get_one(User, asking.user_id)
        work.authorise_by_rule("everybody ends their own sessions")
        sessions.end_sessions(work, asking, user, None if everywhere else asking.session_id)
    response = jsonify({})
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


@blueprint.get("/me")
@blueprint.output(Me)
@signed_in
def me() -> dict[str, Any]:
    """Say who I am and what I may do."""
    asking = actor()
    with services().database.reading() as work:
        return describe_me(work, asking)


def describe_me(work: UnitOfWork, asking: Any) -> dict[str, Any]:
    """Return the shape `Me` for an actor."""
    court = find_court(work.session, asking.court_id)
    device = find_device(work.session, asking.device_id) if asking.device_id else None
    team_names: dict[str, str] = services().extras["team_names"](work.session, asking.team_ids)
    return {
        "user": {"id": asking.user_id, "name": asking.name, "account": asking.account},
        "court": {
            "id": asking.court_id,
            "name": court.name if court else "",
            "code": court.code if court else "",
        },
        "roles": sorted(asking.roles),
        "permissions": sorted(asking.reach),
        "teams": [{"id": team_id, "name": name} for team_id, name in sorted(team_names.items())],
        "device": {"id": device.id, "label": device.label} if device else None,
        "csrf_token": csrf_token(services().settings, asking.session_id or ""),
        "server_time": to_wire(work.now),
        "epoch": server_state(work.session).epoch,
    }


def qr_svg(text: str) -> str:
    """Return a QR code of the text as an SVG element without style of its own."""
    return str(segno.make(text, error="m").svg_inline(scale=6, border=2, dark="#000", light="#fff"))
