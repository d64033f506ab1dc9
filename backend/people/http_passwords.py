"""Endpoints of one's own password: changed at will, and in place of an initial one before a first sign-in counts."""

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from backend.core.offload import OFFLOAD
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.core.web import SESSION_COOKIE, actor, services, session_begun, signed_in
from backend.people import lockout, passwords, sessions
from backend.people.account_schemas import FirstPassword, OwnPassword
from backend.people.accounts import hash_password, password_is_right
from backend.people.http import address_of_visitor, answer_complete
from backend.people.password_sign_in import is_password_of
from backend.people.schemas import SignInAnswer
from backend.people.tables import SignInSession, User
from backend.people.views import build_actor, find_user

blueprint = APIBlueprint("passwords", __name__, url_prefix="/api", tag="Sign-in")
SAME = ("新密码不得与原密码相同", "The new password must be another one")
WRONG = ("当前密码不正确", "The current password is wrong")


def refuse_same(new: str, old: str) -> None:
    """Raise 422.1 when somebody keeps the password they have."""
    if new == old:
        raise Problem("422.1", *SAME, fields={"new_password": [SAME[1]]})


@blueprint.post("/password")
@blueprint.input(OwnPassword)
@blueprint.output(SignInAnswer)
@signed_in
def change_password(json_data: OwnPassword) -> Response:
    """Change my password; my other sessions end. A wrong current password counts as a failed sign-in."""
    asking, address, database = actor(), address_of_visitor(), services().database
    services().extras["rate_limits"].hit("5/minute", "own-password", asking.user_id)
    refuse_same(json_data.new_password, json_data.current_password)
    with database.reading() as work:
        lockout.refuse_locked(work.session, asking.account, asking.user_id, address, work.now)
        user = find_user(work.session, asking.user_id)
    if not is_password_of(user, json_data.current_password):
        with database.writing() as work:
            lockout.record_failure(work, asking.account, address, asking.court_id)
        raise Problem("422.1", *WRONG, fields={"current_password": [WRONG[1]]})
    kept = OFFLOAD.run(hash_password, json_data.new_password)
    with database.writing() as work:
        row = work.session.get_one(SignInSession, str(asking.session_id))
        person = work.session.get_one(User, asking.user_id)
        passwords.change_own_password(work, asking, person, kept, row.id)
        token = sessions.renew_token(row)
        lasts = row.expires_at - work.now
    return answer_complete(row.id, "signed_in", token, lasts)


@blueprint.post("/sign-in/password")
@blueprint.input(FirstPassword)
@blueprint.output(SignInAnswer)
@session_begun
def choose_first_password(json_data: FirstPassword) -> Response:
    """Choose a password of my own in place of the initial one; the session is complete then."""
    return answer_complete(*choose_password(json_data.new_password))


def choose_password(new_password: str) -> tuple[str, str, str, timedelta]:
    """Take the first password of one's own; return session id, state, cookie and how long it lasts.

    403.4 where something else comes first, 422.1 for a password that is too short or the initial one.
    """
    database = services().database
    with database.reading() as work:
        _, user = session_with_initial_password(work)
    if user.password_hash and OFFLOAD.run(password_is_right, user.password_hash, new_password):
        raise Problem("422.1", *SAME, fields={"new_password": [SAME[1]]})
    kept = OFFLOAD.run(hash_password, new_password)
    with database.writing() as work:
        row, person = session_with_initial_password(work)
        who: Actor = build_actor(work.session, person, work.now, session_id=row.id)
        passwords.change_own_password(work, who, person, kept, row.id)
        address = address_of_visitor()
        state, lasts = sessions.finish_step(work, row, address)
        lockout.forget_failures(work, person.account, address)
        token = sessions.renew_token(row)
    return row.id, state, token, lasts


def session_with_initial_password(work: Any) -> tuple[SignInSession, User]:
    """Return the session whose only missing step is a password of one's own; 401.1 when it ended, 403.4 otherwise."""
    found = sessions.find_session(work.session, request.cookies.get(SESSION_COOKIE, ""), work.now)
    if found is None:
        raise Problem("401.1")
    row, user = found
    state, _ = sessions.state_of_session(work.session, row, work.now)
    if state != "password_change_required":
        raise Problem("403.4", "请先完成登录的上一步", "Finish the step of sign-in before this one")
    return row, user
