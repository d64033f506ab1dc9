"""Shapes of the duty log on the wire: notes, and entries as a template with its values (值班日志; BSS-6, domain 1.13)."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from backend.core.schemas import (
    CourtId,
    Identifier,
    LongText,
    PageQuery,
    Reference,
    Wire,
    WireInstant,
)
from backend.duty.rules import MOST_DAYS_PLANNED, NoteCategory

NoteText = Annotated[LongText, StringConstraints(max_length=2000)]
Cursor = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]


class NoteForm(Wire):
    """A note as it is written; `corrects_id` names the note it puts right. `written_at`: when, if not now."""

    category: NoteCategory
    text: NoteText
    corrects_id: Identifier | None = None
    written_at: WireInstant | None = None


class NewNote(NoteForm):
    """A note with the id the desk made for it, so that sending it twice writes it once."""

    id: Identifier | None = None


class NoteShape(Wire):
    """A note; `text` is empty for readers who may not read leads, except of weather and kit."""

    id: str
    category: NoteCategory
    text: str | None
    writer: Reference
    written_at: WireInstant
    received_at: WireInstant
    corrects_id: str | None
    corrected_by: str | None


class LogEntry(Wire):
    """One line of the duty log: the page has a sentence for `template`, in each language, and puts `values` in.

    `actor` is empty when a clock and no person caused it. `number` and `title` are those of the subject. `people` are
    further ones of the sentence: asker, substitute, user (who did not answer), outgoing, incoming.
    """

    id: str
    template: str
    values: dict[str, Any]
    subject_kind: str
    subject_id: str
    number: str | None
    title: str | None
    actor: Reference | None
    people: dict[str, Reference]
    from_phone: bool
    at: WireInstant
    recorded_at: WireInstant
    note: NoteShape | None


class DutyLog(Wire):
    """The duty log of a court in a stretch of time, newest first."""

    court_id: str
    begin: WireInstant
    end: WireInstant
    items: list[LogEntry]
    next: str | None


class LogQuery(PageQuery):
    """Of which court (default: mine), of which shift or stretch of time (default: the last 24 hours), of which kind."""

    after: Cursor | None = None
    limit: int = Field(100, ge=1, le=200)
    court_id: CourtId | None = None
    shift_id: Identifier | None = None
    begin: WireInstant | None = None
    end: WireInstant | None = None
    kind: Literal["note", "lead", "directive", "clock", "duty", "emergency"] | None = None

    @model_validator(mode="after")
    def _one_stretch(self) -> "LogQuery":
        if self.shift_id is not None and (self.begin is not None or self.end is not None):
            raise ValueError("name a shift or a stretch of time")
        if (self.begin is None) != (self.end is None):
            raise ValueError("a stretch has a begin and an end")
        if (
            self.begin is not None
            and self.end is not None
            and not 0 < (self.end - self.begin).total_seconds() <= MOST_DAYS_PLANNED * 86_400
        ):
            raise ValueError(f"end comes after begin, by {MOST_DAYS_PLANNED} days at most")
        return self
