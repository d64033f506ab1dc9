"""JSON that is none, or that no database could keep, is refused before anything looks at it."""

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from backend.core.strict_json import StrictJson, can_be_kept

READER = StrictJson(Flask("test"))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": NaN}',
        "[Infinity]",
        "[-Infinity]",
        "[1e999]",
        "[-1e999]",
        '["\\u0000"]',
        '{"\\u0000": 1}',
        '["\\ud83d"]',
        '["\\ude00\\ud83d"]',
        '[[{"deep": ["\\u0000"]}]]',
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 50_000,
        "",
        "{",
        "'single'",
        "[1,]",
        "1" * 5000,
        '"\t"',
    ],
)
def test_this_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        READER.loads(text)


@pytest.mark.parametrize(
    "text", ['"\\ud83d\\ude00"', '"令达"', "[1.5, -0.0, 1e308]", '{"a": {"b": [null, true]}}']
)
def test_this_is_read(text: str) -> None:
    assert READER.loads(text) == json.loads(text)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_json_can_say_is_read_unless_a_text_holds_nul(value: Any) -> None:
    text = json.dumps(value)
    if "\\u0000" in text.replace("\\\\", ""):
        with pytest.raises(ValueError, match="NUL"):
            READER.loads(text)
    else:
        assert READER.loads(text) == value


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=20))
def test_what_can_be_kept_is_what_utf_8_can_write_without_nul(text: str) -> None:
    try:
        text.encode()
        writable = "\0" not in text
    except UnicodeEncodeError:
        writable = False
    assert can_be_kept(text) is writable
