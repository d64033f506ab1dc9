"""Notes of the duty log: written once, put right by a further note that names the old one (BSS-5(4), BSS-6)."""

from datetime import datetime, timedelta

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.identifiers import is_identifier, new_identifier
from backend.core.permissions import Actor
from backend.core.problems import Problem
from backend.duty.log_schemas import NoteForm
from backend.duty.tables import DutyNote
from backend.duty.telling import tell_note
from backend.people.permissions import Permission

OLDEST = timedelta(days=7)


def write_note(work: UnitOfWork, actor: Actor, note_id: str | None, form: NoteForm) -> DutyNote:
    """Write a note at the actor's court; the words stay out of the audit log.

    Raises 409.3 when another note has this id, 422.1 for a correction of a note that is none of this court or was
    corrected already, or for a time more than seven days ago; a desk's clock ahead of ours counts as now.
    """
    work.authorise(actor, Permission.DUTY_KEEP, actor.court_id)
    if note_id is not None and not is_identifier(note_id):
        raise Problem("422.1", "记事编号须为 UUID", "The id of a note is a UUID", fields={"id": []})
    if note_id is not None and work.session.get(DutyNote, note_id) is not None:
        raise Problem("409.3", "该记事已登记", "This note is written already")
    if form.corrects_id is not None:
        old = work.session.get(DutyNote, form.corrects_id)
        if old is None or old.court_id != actor.court_id or form.corrects_id == note_id:
            raise Problem(
                "422.1", "没有要更正的记事", "There is no such note to correct", fields={"corrects_id": []}
            )
        if work.session.execute(select(DutyNote.id).where(DutyNote.corrects_id == old.id)).first():
            raise Problem(
                "422.1",
                "该记事已更正过，请更正最新的一条",
                "It was corrected already; correct the newest",
                fields={"corrects_id": []},
            )
    row = DutyNote(
        id=note_id or new_identifier(),
        court_id=actor.court_id,
        category=form.category,
        text=form.text,
        writer_id=actor.user_id,
        written_at=_written_at(form.written_at, work.now),
        received_at=work.now,
        corrects_id=form.corrects_id,
    )
    work.session.add(row)
    work.audit(
        actor,
        "duty_note.write",
        "duty_note",
        row.id,
        row.court_id,
        row.written_at,
        category=row.category,
        corrects_id=row.corrects_id,
    )
    tell_note(work, row)
    return row


def _written_at(claimed: datetime | None, now: datetime) -> datetime:
    if claimed is None:
        return now
    if now - claimed > OLDEST:
        raise Problem(
            "422.1", "时间早于七天前", "This was more than seven days ago", fields={"written_at": []}
        )
    return min(claimed, now)
