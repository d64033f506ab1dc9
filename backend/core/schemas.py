"""Shapes of the wire that every room shares: instants, references to people and courts, places, pages."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

from backend.core.clock import to_wire
from backend.core.identifiers import is_identifier

FIRST_YEAR, END_YEAR = 1970, 2200
"""Years a field can mean; at the ends of the calendar a change of zone overflows."""


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs its offset from UTC, for example 2026-03-03T01:00:00Z")
    if not FIRST_YEAR <= value.year < END_YEAR:
        raise ValueError(f"the year is between {FIRST_YEAR} and {END_YEAR}")
    return value.astimezone(UTC)


def _identifier(value: str) -> str:
    if not is_identifier(value):
        raise ValueError("not a UUID")
    return value


def _no_control_characters(value: str) -> str:
    if any(
        (ord(character) < 32 and character not in "\n\t") or 0xD800 <= ord(character) < 0xE000
        for character in value
    ):
        raise ValueError("control characters are not allowed")
    return value


WireInstant = Annotated[
    datetime,
    AfterValidator(_aware),
    PlainSerializer(to_wire, return_type=str),
]
Identifier = Annotated[str, AfterValidator(_identifier)]
CourtId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,35}$")]
ShortText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_no_control_characters),
]
LongText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000),
    AfterValidator(_no_control_characters),
]


class Wire(BaseModel):
    """A shape that accepts no unknown fields and no coerced types."""

    model_config = ConfigDict(extra="forbid", from_attributes=True, ser_json_inf_nan="null")


class Reference(Wire):
    """A person, court or team by id and name."""

    id: str
    name: str


class Place(Wire):
    """A place: what people call it, and its point in WGS-84 degrees when it is known."""

    text: ShortText
    longitude: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    latitude: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    accuracy_m: float | None = Field(None, ge=0, le=100_000, allow_inf_nan=False)


class ProblemShape(BaseModel):
    """RFC 9457 with a stable code and both languages; some problems carry more members."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    zh: str
    en: str
    request_id: str | None = None


class PageQuery(Wire):
    """How much of a list, and from where."""

    limit: int = Field(50, ge=1, le=200)
    after: str | None = Field(None, max_length=200)


class LongPageQuery(PageQuery):
    """How much of a list that is usually short enough for one page, and from where."""

    limit: int = Field(200, ge=1, le=200)


class Empty(Wire):
    """A body with nothing in it."""


def wire(model: type[BaseModel], value: Any) -> dict[str, Any]:
    """Write a row or dict in the shape `model`, as JSON-ready values."""
    return model.model_validate(value).model_dump(mode="json")
