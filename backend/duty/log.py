"""The duty log (值班日志): the audit log of a court in a stretch of time, as sentences, with the notes (BSS-6, BSS-5(4))."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.audit import lines_during
from backend.core.permissions import SYSTEM, Actor
from backend.core.schemas import Reference
from backend.core.tables import AuditEntry
from backend.duty.describe import reference
from backend.duty.log_schemas import LogEntry, LogQuery, NoteShape
from backend.duty.log_templates import LOGGED, PEOPLE, actions_of
from backend.duty.ports import Subject, subjects_of, title_permission
from backend.duty.rules import SAFE_NOTES, NoteCategory
from backend.duty.tables import DutyNote
from backend.duty.views import court_asked, find_shift
from backend.people.permissions import Permission
from backend.people.views import user_names

DEFAULT_STRETCH = timedelta(days=1)


def stretch_asked(
    session: Session, reader: Actor, query: LogQuery, now: datetime
) -> tuple[str, datetime, datetime]:
    """Return court, begin and end of the log asked for; a shift's is its time on post, planned where it was none."""
    if query.shift_id is not None:
        shift = find_shift(session, query.shift_id)
        court_id = court_asked(reader, shift.court_id)
        begin = shift.on_post_at or shift.planned_start
        end = shift.off_post_at or (now + timedelta(seconds=1) if shift.on_post_at else shift.planned_end)
        return court_id, begin, end
    court_id = court_asked(reader, query.court_id)
    end = query.end or now + timedelta(seconds=1)
    return court_id, query.begin or end - DEFAULT_STRETCH, end


def read_log(
    session: Session,
    reader: Actor,
    court_id: str,
    begin: datetime,
    end: datetime,
    *,
    limit: int,
    before: int | None = None,
    kind: str | None = None,
) -> tuple[list[LogEntry], int | None]:
    """Return entries recorded in the stretch, newest first, and from where the list goes on."""
    lines = lines_during(session, court_id, actions_of(kind), begin, end, limit=limit + 1, before=before)
    page = lines[:limit]
    return describe_lines(session, reader, court_id, page), page[-1].id if len(lines) > limit else None


def describe_lines(
    session: Session, reader: Actor, court_id: str, lines: Sequence[AuditEntry]
) -> list[LogEntry]:
    """Return lines of the audit log as entries of the duty log, as the reader may see them."""
    subjects = subjects_of(session, {(line.subject_kind, line.subject_id) for line in lines})
    notes = {
        note.id: note
        for note in describe_notes(
            session, reader, court_id, {line.subject_id for line in lines if line.subject_kind == "duty_note"}
        )
    }
    people = [
        {place: str(line.detail[key]) for key, place in PEOPLE.items() if line.detail.get(key)}
        for line in lines
    ]
    names = user_names(session, {user_id for named in people for user_id in named.values()})
    unnamed = Subject("", "")
    entries = []
    for line, others in zip(lines, people, strict=True):
        named = subjects.get((line.subject_kind, line.subject_id), unnamed)
        permission = title_permission(line.subject_kind)
        sees_title = permission is not None and reader.may(permission, court_id)
        entries.append(
            LogEntry(
                id=str(line.id),
                template=line.action,
                values={name: line.detail[name] for name in LOGGED[line.action] if name in line.detail},
                subject_kind=line.subject_kind,
                subject_id=line.subject_id,
                number=named.number or None,
                title=(named.title or None) if sees_title else None,
                actor=None
                if line.actor_id == SYSTEM.user_id
                else Reference(id=line.actor_id, name=line.actor_name),
                people={
                    place: Reference(id=user_id, name=names.get(user_id, ""))
                    for place, user_id in others.items()
                },
                from_phone=line.device_id is not None,
                at=line.occurred_at,
                recorded_at=line.recorded_at,
                note=notes.get(line.subject_id) if line.subject_kind == "duty_note" else None,
            )
        )
    return entries


def describe_notes(
    session: Session, reader: Actor, court_id: str, note_ids: Collection[str]
) -> list[NoteShape]:
    """Return notes of a court as the reader may see them; words beside weather and kit are for readers of leads."""
    rows = list(
        session.execute(
            select(DutyNote).where(DutyNote.id.in_(note_ids), DutyNote.court_id == court_id)
        ).scalars()
    )
    corrected = {
        row.corrects_id: row.id
        for row in session.execute(
            select(DutyNote.corrects_id, DutyNote.id)
            .where(DutyNote.corrects_id.in_(note_ids))
            .order_by(DutyNote.id)
        )
    }
    names = user_names(session, {row.writer_id for row in rows})
    reads_all = reader.may(Permission.LEAD_READ, court_id)
    return [
        NoteShape(
            id=row.id,
            category=NoteCategory(row.category),
            text=row.text if reads_all or row.category in SAFE_NOTES else None,
            writer=reference(names, row.writer_id) or Reference(id=row.writer_id, name=""),
            written_at=row.written_at,
            received_at=row.received_at,
            corrects_id=row.corrects_id,
            corrected_by=corrected.get(row.id),
        )
        for row in rows
    ]
