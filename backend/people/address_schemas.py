"""The shape of a person's addresses on the wire."""

from typing import Annotated

from pydantic import StringConstraints

from backend.core.schemas import Wire
from backend.people.rules import MOBILE_PATTERN


class AddressesShape(Wire):
    """A telephone number, digits with an optional + and blanks or dashes; an account at the court's messenger."""

    mobile: Annotated[str, StringConstraints(pattern=MOBILE_PATTERN)] | None
    message_account: Annotated[str, StringConstraints(pattern=r"^[\w.@-]{1,64}$")] | None
