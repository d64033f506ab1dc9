"""JSON as RFC 8259 has it: no NaN, no number beyond a float, no endless nesting, no text a database cannot keep."""

import math
from typing import Any

from flask.json.provider import DefaultJSONProvider

SURROGATES = range(0xD800, 0xE000)


def can_be_kept(text: str) -> bool:
    """Tell whether both databases can keep the text: PostgreSQL takes no NUL, UTF-8 no half of a character."""
    return not any(character == "\0" or ord(character) in SURROGATES for character in text)


def finite(text: str) -> float:
    """Read a number; raise ValueError for one that no float can hold, such as 1e999."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def refuse_constant(name: str) -> float:
    """Raise ValueError for NaN and Infinity, which are not JSON."""
    raise ValueError(f"{name} is not JSON")


def refuse_lost_text(value: Any) -> None:
    """Raise ValueError when any text or name in the value cannot be kept."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, str) and not can_be_kept(item):
            raise ValueError("a text holds NUL or half of a character")


class StrictJson(DefaultJSONProvider):
    """What the application reads and writes; whatever cannot be read is a ValueError, answered with 400.1."""

    ensure_ascii = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read a JSON document."""
        try:
            value = super().loads(s, parse_float=finite, parse_constant=refuse_constant, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        refuse_lost_text(value)
        return value
