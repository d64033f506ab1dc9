"""Endpoints of sign-in: password, sign-out, and who I am."""

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
from backend.people import sessions
from backend.people.accounts import hash_password, password_is_right
from backend.people.schemas import Me, SignIn, SignInAnswer
from backend.people.tables import User
from backend.people.views import find_device, find_user_by_account

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


def limit_attempts(account: str) -> None:
    """Refuse floods of sign-ins from one address or at one account."""
    limits = services().extras["rate_limits"]
    limits.hit("60/minute", "sign-in-address", request.remote_addr or "")
    limits.hit("20/minute", "sign-in-account", account)


def open_by_password(account: str, password: str) -> sessions.OpenedSession:
    """Open a session for an account and its password; 401.2 when wrong, 423.1 while locked, 429.1 after too many."""
    limit_attempts(account)
    database = services().database
    with database.reading() as work:
        sessions.refuse_locked(work.session, account, work.now)
        user = find_user_by_account(work.session, account)
    if not _nobody_hash:
        _nobody_hash.append(OFFLOAD.run(hash_password, NOBODY))
    # An unknown account costs the same time as a wrong password, so that nobody can list the accounts.
    kept = user.password_hash if user and user.password_hash else _nobody_hash[0]
    right = OFFLOAD.run(password_is_right, kept, password)
    with database.writing() as work:
        sessions.refuse_locked(work.session, account, work.now)
        if user is None or user.password_hash is None or not right:
            # An unknown account locks as a known one does, or the lock would tell which accounts there are.
            sessions.record_failure(work, account, user.court_id if user else "")
            opened = None
        else:
            opened = sessions.open_session(work, user)
            if opened.state == "signed_in":
                sessions.forget_failures(work, account)
    if opened is None:
        raise Problem("401.2")
    return opened


@blueprint.post("/sign-in")
@blueprint.input(SignIn)
@blueprint.output(SignInAnswer)
@public("signing in is how one stops being anonymous")
def sign_in(json_data: SignIn) -> Response:
    """Sign in with account and password; a desk role must show a second factor next."""
    opened = open_by_password(json_data.account, json_data.password)
    return answer_opened(opened)


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
    return set_session_cookie(response, "", timedelta(0))


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
