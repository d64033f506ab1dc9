"""The grammar of case numbers: （year）court code, speciality, type code, serial, 号; older styles are kept as written.

Serves the registration of leads (BSS-5(2)) and the basis of directives (BSS-4(5), DL-18(5)). An unknown court code warns and
never blocks.
"""

import re
from dataclasses import dataclass

BRACKETS = str.maketrans(
    {"(": "（", ")": "）", "〔": "（", "〕": "）", "[": "（", "]": "）", "【": "（", "】": "）"}
)
PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵军"
NUMBER = re.compile(
    rf"^（(?P<year>(?:19|20)\d{{2}})）(?P<court>最高法|[{PROVINCES}](?:\d{{4}}|\d{{2}})?)"
    r"(?P<speciality>知)?(?P<type>[一-鿿]{1,3}?)(?P<serial>\d{1,8})号$"
)
FIRST_YEAR = 2016
"""Numbers of this grammar begin on 2016-01-01; before that every court wrote its own."""


@dataclass(frozen=True)
class CaseNumber:
    """A case number and its parts, brackets full width."""

    text: str
    year: int
    court_code: str
    type_code: str
    serial: int


@dataclass(frozen=True)
class ReadCaseNumber:
    """What a typed number was read as: a number of today's grammar, or a legacy one kept word for word."""

    number: CaseNumber | None
    legacy: str | None


def normalise(text: str) -> str:
    """Return the text without spaces, with full-width brackets and half-width digits."""
    text = "".join(text.split()).translate(BRACKETS)
    return "".join(
        chr(ord(character) - 0xFEE0) if "０" <= character <= "９" else character for character in text
    )


def parse(text: str) -> CaseNumber | None:
    """Read a number of today's grammar, or return None."""
    normal = normalise(text)
    found = NUMBER.match(normal)
    if found is None or int(found["year"]) < FIRST_YEAR:
        return None
    serial = int(found["serial"])
    return CaseNumber(
        text=f"（{found['year']}）{found['court']}{found['speciality'] or ''}{found['type']}{serial}号",
        year=int(found["year"]),
        court_code=found["court"],
        type_code=found["type"],
        serial=serial,
    )


def read(text: str | None) -> ReadCaseNumber:
    """Read whatever was typed: nothing is refused, what is not understood is kept as legacy."""
    if text is None or not text.strip():
        return ReadCaseNumber(None, None)
    number = parse(text)
    return ReadCaseNumber(number, None if number else text.strip())
