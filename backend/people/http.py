"""Endpoints of sign-in: password, sign-out, and who I am."""

from datetime import timedelta
from typing import Any

import segno
from apiflask import APIBlueprint
from flask import Response, jsonify, request

from backend.core.clock import to_wire
from backend.core.database import UnitOfWork
from backend.core.outbox import server_state
from backend.core.schemas import Empty
from backend.core.web import SESSION_COOKIE, actor, csrf_token, public, services, signed_in
from backend.courts.views import find_court
from backend.people import sessions
from backend.people.password_sign_in import open_by_password
from backend.people.rules import visitor_of
from backend.people.schemas import Me, SignIn, SignInAnswer
from backend.people.tables import User
from backend.people.views import find_device

blueprint = APIBlueprint("sign_in", __name__, url_prefix="/api", tag="Sign-in")


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


def answer_complete(session_id: str, state: str, token: str, lasts: timedelta) -> Response:
    """Answer a session that took a step, with its new cookie."""
    csrf = csrf_token(services().settings, session_id)
    response = jsonify({"state": state, "methods": [], "csrf_token": csrf})
    return set_session_cookie(response, token, lasts)


def address_of_visitor() -> str:
    """Return the address that failed sign-ins of this visitor are counted by."""
    return visitor_of(request.remote_addr or "")


@blueprint.post("/sign-in")
@blueprint.input(SignIn)
@blueprint.output(SignInAnswer)
@public("signing in is how one stops being anonymous")
def sign_in(json_data: SignIn) -> Response:
    """Sign in with account and password; a second factor, or a password of one's own, may be asked for next."""
    opened = open_by_password(services(), json_data.account, json_data.password, address_of_visitor())
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
