"""Shapes of accounts, appointments, delegations and passwords on the wire."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.core.schemas import CourtId, Identifier, PageQuery, Reference, ShortText, Wire, WireInstant
from backend.people.permissions import Role
from backend.people.rules import ACCOUNT_FORM

AccountName = Annotated[str, StringConstraints(pattern=f"^{ACCOUNT_FORM.pattern}$", max_length=60)]
Sex = Literal["man", "woman"]
Secret = Annotated[str, Field(min_length=1, max_length=200)]


class AccountQuery(PageQuery):
    """Which accounts: open ones, closed ones or all, in pages by name."""

    state: Literal["open", "closed", "all"] = "open"


class AppointmentShape(Wire):
    """A role at a court for a time; `delegated`: a commander gave it."""

    id: str
    user_id: str
    role: Role
    court_id: CourtId
    effective_from: WireInstant
    effective_until: WireInstant | None
    delegated: bool


class AccountShape(Wire):
    """An account and all that decides whether it works.

    `locked_until`: the address that guessed last is refused until then. `closed_to_strangers`: so many addresses have
    guessed that only those it signed in from before are taken.
    """

    id: str
    account: str
    name: str
    sex: Sex
    court_id: CourtId
    appointments: list[AppointmentShape]
    second_factors: list[Literal["totp", "passkey"]]
    must_change_password: bool
    locked_until: WireInstant | None
    closed_to_strangers: bool
    created_at: WireInstant
    last_sign_in_at: WireInstant | None
    closed_at: WireInstant | None


class AccountList(Wire):
    """Accounts by name."""

    items: list[AccountShape]
    next: str | None = None


class NewAccount(Wire):
    """A person of a court and the first role, if there is one already."""

    account: AccountName
    name: Annotated[ShortText, Field(max_length=80)]
    sex: Sex
    court_id: CourtId
    role: Role | None = None


class HandedOver(Wire):
    """An account with the initial password, which is shown this once and must be changed at the next sign-in."""

    account: AccountShape
    initial_password: str


class Reason(Wire):
    """Why it is done."""

    reason: ShortText


class NewAppointment(Wire):
    """A role at a court from an instant on (now when left out), for ever or until another."""

    role: Role
    court_id: CourtId
    effective_from: WireInstant | None = None
    effective_until: WireInstant | None = None


class GivenDelegation(Wire):
    """Who commands in whose place, from when until when, and why."""

    id: Identifier
    court_id: CourtId
    to: Reference
    by: Reference
    effective_from: WireInstant
    effective_until: WireInstant
    reason: str


class DelegationList(Wire):
    """Delegations in the order they were given."""

    items: list[GivenDelegation]
    next: str | None = None


class OwnPassword(Wire):
    """The password I have and the one I want."""

    current_password: Secret
    new_password: Secret


class FirstPassword(Wire):
    """The password I choose in place of the initial one."""

    new_password: Secret
