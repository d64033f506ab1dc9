"""Identifiers: UUID version 7, so that rows made later sort later and phones can make their own."""

from uuid import UUID

import uuid_utils

UUID_VERSION = 7


def new_identifier() -> str:
    """Return a new UUIDv7 in its 36-character form."""
    return str(uuid_utils.uuid7())


def is_identifier(text: str) -> bool:
    """Tell whether the text is a UUID in its canonical lower-case form."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
