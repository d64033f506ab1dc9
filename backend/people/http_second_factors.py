"""Endpoints of second factors: showing one to complete a sign-in, and setting one up (every desk role has one)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from backend.core.database import UnitOfWork
from backend.core.problems import Problem
from backend.core.schemas import Empty
from backend.core.web import SESSION_COOKIE, services, session_begun
from backend.people import lockout, second_factors, sessions
from backend.people.http import address_of_visitor, answer_complete, qr_svg
from backend.people.schemas import (
    PasskeyAnswer,
    PasskeyOptions,
    PasskeyRegistration,
    SignInAnswer,
    TotpCode,
    TotpSetup,
)
from backend.people.tables import SignInSession, User
from backend.people.views import build_actor

blueprint = APIBlueprint("second_factors", __name__, url_prefix="/api", tag="Sign-in")
Show = Callable[[UnitOfWork, SignInSession, User], str]


def current_session(work: UnitOfWork) -> tuple[SignInSession, User]:
    """Return the session of the cookie, complete or not; 401.1 when it ended, 403.4 for a phone's session."""
    found = sessions.find_session(work.session, request.cookies.get(SESSION_COOKIE, ""), work.now)
    if found is None:
        raise Problem("401.1")
    if found[0].device_id is not None:
        raise Problem("403.4")
    return found


def session_that_may_set_up(work: UnitOfWork) -> tuple[SignInSession, User]:
    """Return the session; 403.4 when the person has a second factor and has not shown it in this session."""
    row, user = current_session(work)
    state, _ = sessions.state_of_session(work.session, row, work.now)
    if state == "second_factor_required":
        raise Problem("403.4")
    return row, user


def complete_with(find: Callable[[UnitOfWork], tuple[SignInSession, User]], show: Show) -> Response:
    """Complete a session with a second factor; a wrong one counts towards the lock of the account."""
    database, address = services().database, address_of_visitor()
    with database.reading() as work:
        _, user = current_session(work)
    # Redis may be asked here, so never inside a transaction.
    services().extras["rate_limits"].hit("5/minute", "second-factor", user.id)
    try:
        with database.writing() as work:
            row, person = find(work)
            lockout.refuse_locked(work.session, person.account, person.id, address, work.now)
            kind = show(work, row, person)
            state, token, lasts = complete(work, row, person, kind, address)
    except Problem as problem:
        if problem.code == "401.3":
            with database.writing() as work:
                lockout.record_failure(work, user.account, address, user.court_id)
        raise
    return answer_complete(row.id, state, token, lasts)


def complete(
    work: UnitOfWork, row: SignInSession, user: User, kind: str, address: str
) -> tuple[str, str, timedelta]:
    """Mark the second factor as shown; return the session's state, the cookie's new value and how long it lasts."""
    state, lasts = sessions.complete_session(work, row, address)
    token = sessions.renew_token(row)
    lockout.forget_failures(work, user.account, address)
    work.authorise_by_rule("the second factor was right")
    who = build_actor(work.session, user, work.now, session_id=row.id)
    work.audit(who, "session.second_factor", "person", user.id, user.court_id, kind=kind)
    return state, token, lasts


@blueprint.post("/sign-in/totp")
@blueprint.input(TotpCode)
@blueprint.output(SignInAnswer)
@session_begun
def sign_in_totp(json_data: TotpCode) -> Response:
    """Show the authenticator's code as second factor."""

    def show(work: UnitOfWork, _row: SignInSession, user: User) -> str:
        second_factors.use_totp(work, user, services().settings, json_data.code)
        return "totp"

    return complete_with(current_session, show)


@blueprint.post("/sign-in/passkey/options")
@blueprint.input(Empty)
@blueprint.output(PasskeyOptions)
@session_begun
def sign_in_passkey_options(json_data: Empty) -> dict[str, Any]:
    """Ask for a passkey challenge."""
    with services().database.writing() as work:
        row, _ = current_session(work)
        return {"options": second_factors.passkey_options(work, row, services().settings)}


@blueprint.post("/sign-in/passkey")
@blueprint.input(PasskeyAnswer)
@blueprint.output(SignInAnswer)
@session_begun
def sign_in_passkey(json_data: PasskeyAnswer) -> Response:
    """Answer the passkey challenge as second factor."""

    def show(work: UnitOfWork, row: SignInSession, _user: User) -> str:
        second_factors.use_passkey(work, row, services().settings, json_data.credential)
        return "passkey"

    return complete_with(current_session, show)


@blueprint.post("/second-factors/totp")
@blueprint.input(Empty)
@blueprint.output(TotpSetup)
@session_begun
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
@session_begun
def confirm_totp(json_data: TotpCode) -> Response:
    """Finish setting up the authenticator with a code of it; the session is complete then."""

    def show(work: UnitOfWork, row: SignInSession, user: User) -> str:
        who = build_actor(work.session, user, work.now, session_id=row.id)
        second_factors.confirm_totp(work, who, user, services().settings, json_data.code)
        return "totp"

    return complete_with(session_that_may_set_up, show)


@blueprint.post("/second-factors/passkeys/options")
@blueprint.input(Empty)
@blueprint.output(PasskeyOptions)
@session_begun
def passkey_registration_options(json_data: Empty) -> dict[str, Any]:
    """Begin to register a passkey."""
    with services().database.writing() as work:
        row, user = session_that_may_set_up(work)
        return {"options": second_factors.passkey_registration_options(work, row, user, services().settings)}


@blueprint.post("/second-factors/passkeys")
@blueprint.input(PasskeyRegistration)
@blueprint.output(SignInAnswer)
@session_begun
def register_passkey(json_data: PasskeyRegistration) -> Response:
    """Finish registering a passkey; the session is complete then."""

    def show(work: UnitOfWork, row: SignInSession, user: User) -> str:
        who = build_actor(work.session, user, work.now, session_id=row.id)
        settings = services().settings
        second_factors.register_passkey(work, who, row, user, settings, json_data.credential, json_data.label)
        return "passkey"

    return complete_with(session_that_may_set_up, show)
