"""What a session whose second factor is missing may call: to show the factor, or to set up the first one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyotp

from tests.access.conftest import ORIGIN
from tests.people.soft_authenticator import SoftAuthenticator
from tests.people.visitor import Visitor


@dataclass
class Newcomer:
    """A person before a browser, with the factors prepared for the case."""

    visitor: Visitor
    key: SoftAuthenticator

    def post(self, path: str, body: Any = None) -> Any:
        """POST as this person and return the JSON of the answer."""
        return self.visitor.post(f"/api/{path}", body).get_json()


def _begin_totp(person: Newcomer) -> dict[str, str]:
    secret = person.post("second-factors/totp")["secret"]
    return {"code": pyotp.TOTP(secret).at(person.visitor.world.clock.now())}


def _new_passkey(person: Newcomer) -> dict[str, Any]:
    options = person.post("second-factors/passkeys/options")["options"]
    return {"credential": person.key.create(options), "label": "钥匙"}


def _old_passkey(person: Newcomer) -> dict[str, Any]:
    return {"credential": person.key.get(person.post("sign-in/passkey/options")["options"])}


@dataclass(frozen=True)
class Step:
    """One endpoint: whether the person has a factor before it, how the body is made, whether it proves something."""

    has_factor: bool
    body: Callable[[Newcomer], dict[str, Any]]
    proves: bool
    changes: bool = True


BEGUN = {
    "/api/sign-in/totp": Step(True, lambda person: {"code": person.visitor.code()}, proves=True),
    "/api/sign-in/passkey/options": Step(True, lambda _: {}, proves=False, changes=False),
    "/api/sign-in/passkey": Step(True, _old_passkey, proves=True),
    "/api/second-factors/totp": Step(False, lambda _: {}, proves=False),
    "/api/second-factors/totp/confirm": Step(False, _begin_totp, proves=True),
    "/api/second-factors/passkeys/options": Step(False, lambda _: {}, proves=False, changes=False),
    "/api/second-factors/passkeys": Step(False, _new_passkey, proves=True),
}
__all__ = ["BEGUN", "ORIGIN", "Newcomer", "Step"]
