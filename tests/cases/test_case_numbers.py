"""Case numbers as people type them (法〔2015〕137号 with the 2018 amendment; domain 1.13; DL-18(5)): nothing is refused."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.cases.rules import PROVINCES, CaseNumber, normalise, parse, read


@pytest.mark.parametrize(
    ("typed", "text", "year", "court", "kind", "serial"),
    [
        ("（2017）吉7505执123号", "（2017）吉7505执123号", 2017, "吉7505", "执", 123),
        ("(2017)吉7505执123号", "（2017）吉7505执123号", 2017, "吉7505", "执", 123),
        ("（2026）云29执恢7号", "（2026）云29执恢7号", 2026, "云29", "执恢", 7),
        ("（2026）最高法执监1号", "（2026）最高法执监1号", 2026, "最高法", "执监", 1),
        ("（2026）京73知民终12号", "（2026）京73知民终12号", 2026, "京73", "民终", 12),
        ("（2026）云2924执异00045号", "（2026）云2924执异45号", 2026, "云2924", "执异", 45),
        ("（2026）云执复3号", "（2026）云执复3号", 2026, "云", "执复", 3),
        ("（2026）吉75执协9号", "（2026）吉75执协9号", 2026, "吉75", "执协", 9),
        ("（2026）内0102执保8号", "（2026）内0102执保8号", 2026, "内0102", "执保", 8),
        ("（2026）军0101执他2号", "（2026）军0101执他2号", 2026, "军0101", "执他", 2),
        ("（2016）新4001执1号", "（2016）新4001执1号", 2016, "新4001", "执", 1),
        (" ( 2026 ) 云 2924 执 118 号 ", "（2026）云2924执118号", 2026, "云2924", "执", 118),
        ("〔2026〕云2924执118号", "（2026）云2924执118号", 2026, "云2924", "执", 118),
        ("【２０２６】云２９２４执１１８号", "（2026）云2924执118号", 2026, "云2924", "执", 118),
    ],
)
def test_a_number_of_todays_grammar_is_read(
    typed: str, text: str, year: int, court: str, kind: str, serial: int
) -> None:
    number = read(typed).number
    assert number == CaseNumber(text, year, court, kind, serial)
    assert read(typed).legacy is None


@pytest.mark.parametrize(
    "typed",
    [
        "（2015）白林执字第12号",
        "（2015）云2924执12号",
        "(2009)宾执字第301号",
        "云2924执118号",
        "（2026）云29244执118号",
        "（2026）云292执118号",
        "（2026）某2924执118号",
        "（2026）云2924执号",
        "（2026）云2924118号",
        "（2026）云2924执123456789号",
        "（2026）云2924执行实施1号",
        "（2126）云2924执1号",
        "执118",
    ],
)
def test_whatever_else_is_typed_is_kept_word_for_word(typed: str) -> None:
    kept = read(f"  {typed} ")
    assert (kept.number, kept.legacy) == (None, typed)


@pytest.mark.parametrize("typed", [None, "", "   ", "\u3000"])
def test_nothing_typed_is_nothing(typed: str | None) -> None:
    assert (read(typed).number, read(typed).legacy) == (None, None)


def test_a_court_code_nobody_knows_does_not_block() -> None:
    number = read("（2026）云2999执1号").number
    assert number is not None and number.court_code == "云2999"


@given(st.text())
@example("（2026）云2924执²号")
@example("（2026）云2924执١号")
@example("（２０２６）" * 50)
@example("（2026）云2924执1号\n")
def test_reading_never_fails_and_loses_nothing(typed: str) -> None:
    found = read(typed)
    if found.number is None:
        assert (found.legacy or "") == typed.strip()
    else:
        assert parse(found.number.text) == found.number


@given(
    st.integers(2016, 2099),
    st.sampled_from(PROVINCES),
    st.sampled_from(["", "29", "2924"]),
    st.sampled_from(["执", "执恢", "执异", "执复", "执监", "执协", "执保", "执他"]),
    st.integers(1, 99_999_999),
)
def test_every_enforcement_number_is_read_back(
    year: int, province: str, digits: str, kind: str, serial: int
) -> None:
    text = f"（{year}）{province}{digits}{kind}{serial}号"
    assert parse(text) == CaseNumber(text, year, province + digits, kind, serial)
    assert normalise(normalise(text)) == text
