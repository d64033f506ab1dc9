"""Endpoints of the security administrator: the accounts of the own court and the appointments they hold (BSS-3)."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.database import UnitOfWork
from backend.core.offload import OFFLOAD
from backend.core.schemas import Empty
from backend.core.web import actor, requires, services
from backend.people import accounts, administration, lockout, passwords
from backend.people.account_schemas import (
    AccountList,
    AccountQuery,
    AccountShape,
    AppointmentShape,
    HandedOver,
    NewAccount,
    NewAppointment,
    Reason,
)
from backend.people.account_views import accounts_of_courts, describe_accounts, describe_appointment
from backend.people.permissions import Permission
from backend.people.rules import new_initial_password
from backend.people.sessions import end_sessions
from backend.people.tables import User

blueprint = APIBlueprint("accounts", __name__, url_prefix="/api", tag="Accounts")
STATES = {"open": False, "closed": True, "all": None}


def _described(work: UnitOfWork, user: User) -> dict[str, Any]:
    work.session.flush()
    return describe_accounts(work.session, [user], work.now)[0]


def _initial_password() -> tuple[str, str]:
    """Return a new initial password and its hash, made before a transaction is open."""
    password = new_initial_password()
    return password, OFFLOAD.run(accounts.hash_password, password)


@blueprint.get("/accounts")
@blueprint.input(AccountQuery, location="query")
@blueprint.output(AccountList)
@requires(Permission.ACCOUNT_MANAGE)
def list_accounts(query_data: AccountQuery) -> dict[str, Any]:
    """List the accounts of my court."""
    limit = query_data.limit
    with services().database.reading() as work:
        users = accounts_of_courts(
            work.session,
            actor().courts(Permission.ACCOUNT_MANAGE),
            closed=STATES[query_data.state],
            limit=limit + 1,
            after=query_data.after,
        )
        return {
            "items": describe_accounts(work.session, users[:limit], work.now),
            "next": users[limit - 1].account if len(users) > limit else None,
        }


@blueprint.post("/accounts")
@blueprint.input(NewAccount)
@blueprint.output(HandedOver, status_code=201)
@requires(Permission.ACCOUNT_MANAGE)
def create_account(json_data: NewAccount) -> dict[str, Any]:
    """Create an account of my court; its initial password is shown this once."""
    actor().demand(Permission.ACCOUNT_MANAGE, json_data.court_id)
    password, kept = _initial_password()
    with services().database.writing() as work:
        work.authorise(actor(), Permission.ACCOUNT_MANAGE, json_data.court_id)
        user = accounts.create_user(
            work, actor(), json_data.account, json_data.name, json_data.sex, json_data.court_id, kept
        )
        user.initial_password_at = work.now
        if json_data.role is not None:
            accounts.appoint(work, actor(), user, json_data.court_id, json_data.role, work.now)
        return {"account": _described(work, user), "initial_password": password}


@blueprint.post("/accounts/<user_id>/close")
@blueprint.input(Reason)
@blueprint.output(AccountShape)
@requires(Permission.ACCOUNT_MANAGE)
def close_account(user_id: str, json_data: Reason) -> dict[str, Any]:
    """Close an account; its sessions end and its phones are revoked at once."""
    with services().database.writing() as work:
        user = administration.managed(work, actor(), user_id)
        administration.close_account(work, actor(), user, json_data.reason)
        return _described(work, user)


@blueprint.post("/accounts/<user_id>/reopen")
@blueprint.input(Empty)
@blueprint.output(HandedOver)
@requires(Permission.ACCOUNT_MANAGE)
def reopen_account(user_id: str, json_data: Empty) -> dict[str, Any]:
    """Open a closed account again, with a new initial password that is shown this once."""
    password, kept = _initial_password()
    with services().database.writing() as work:
        user = administration.managed(work, actor(), user_id)
        administration.reopen_account(work, actor(), user, kept)
        return {"account": _described(work, user), "initial_password": password}


@blueprint.post("/accounts/<user_id>/initial-password")
@blueprint.input(Empty)
@blueprint.output(HandedOver)
@requires(Permission.ACCOUNT_MANAGE)
def give_initial_password(user_id: str, json_data: Empty) -> dict[str, Any]:
    """Give somebody who forgot the password an initial one that is shown this once; every session ends."""
    password, kept = _initial_password()
    with services().database.writing() as work:
        user = administration.managed(work, actor(), user_id)
        administration.demand_open(user)
        passwords.set_password(work, actor(), user, kept, initial=True)
        return {"account": _described(work, user), "initial_password": password}


@blueprint.post("/accounts/<user_id>/reset-second-factor")
@blueprint.input(Empty)
@blueprint.output(AccountShape)
@requires(Permission.ACCOUNT_MANAGE)
def reset_second_factor(user_id: str, json_data: Empty) -> dict[str, Any]:
    """Forget somebody's authenticator and passkeys; every session ends, the next sign-in sets up a new one."""
    with services().database.writing() as work:
        user = administration.managed(work, actor(), user_id)
        administration.reset_second_factor(work, actor(), user)
        return _described(work, user)


@blueprint.post("/accounts/<user_id>/unlock")
@blueprint.input(Empty)
@blueprint.output(AccountShape)
@requires(Permission.ACCOUNT_MANAGE)
def unlock_account(user_id: str, json_data: Empty) -> dict[str, Any]:
    """Forget the wrong answers that lock an account."""
    with services().database.writing() as work:
        user = administration.managed(work, actor(), user_id)
        lockout.unlock(work, actor(), user)
        return _described(work, user)


@blueprint.post("/accounts/<user_id>/end-sessions")
@blueprint.input(Empty)
@blueprint.output(AccountShape)
@requires(Permission.ACCOUNT_MANAGE)
def end_sessions_of(user_id: str, json_data: Empty) -> dict[str, Any]:
    """End every session of somebody, on every desk and phone."""
    with services().database.writing() as work:
        user = administration.managed(work, actor(), user_id)
        end_sessions(work, actor(), user)
        return _described(work, user)


@blueprint.post("/accounts/<user_id>/appointments")
@blueprint.input(NewAppointment)
@blueprint.output(AppointmentShape, status_code=201)
@requires(Permission.ACCOUNT_MANAGE)
def appoint(user_id: str, json_data: NewAppointment) -> dict[str, Any]:
    """Appoint somebody of my court to a role, from now at the earliest."""
    with services().database.writing() as work:
        user = administration.managed(work, actor(), user_id)
        work.authorise(actor(), Permission.ACCOUNT_MANAGE, json_data.court_id)
        administration.demand_open(user)
        row = accounts.appoint(
            work,
            actor(),
            user,
            json_data.court_id,
            json_data.role,
            max(json_data.effective_from or work.now, work.now),
            json_data.effective_until,
        )
        return describe_appointment(row)


@blueprint.post("/appointments/<appointment_id>/end")
@blueprint.input(Reason)
@blueprint.output(AppointmentShape)
@requires(Permission.ACCOUNT_MANAGE)
def end_appointment(appointment_id: str, json_data: Reason) -> dict[str, Any]:
    """End an appointment now; one that has not begun never begins."""
    with services().database.writing() as work:
        row = administration.managed_appointment(work, actor(), appointment_id)
        administration.end_appointment(work, actor(), row, work.now, json_data.reason)
        return describe_appointment(row)
