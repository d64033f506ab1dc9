"""Named selects of notices: mine, those about a subject, and their shape on the wire."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.core.schemas import wire
from backend.deadlines.rulebooks import rulebooks
from backend.notify.rules import PRIVATE, NoticeKind
from backend.notify.schemas import NoticeShape
from backend.notify.tables import Notice, NoticeRecipient
from backend.people.permissions import Permission
from backend.people.views import user_names

SHOWN_FOR = timedelta(hours=24)
"""A notice nobody took note of stays on the pages of its people so long; the log keeps it for good."""


def open_notices(
    session: Session, user_id: str, at: datetime, *, limit: int = 50, after: str | None = None
) -> list[Notice]:
    """Return the notices given to a person lately that still ask to be taken note of, newest first, older than `after`."""
    query = (
        select(Notice)
        .join(
            NoticeRecipient,
            and_(
                NoticeRecipient.notice_id == Notice.id,
                NoticeRecipient.user_id == user_id,
                NoticeRecipient.acknowledged_at.is_(None),
            ),
        )
        .where(Notice.settled_at.is_(None), Notice.given_at > at - SHOWN_FOR)
    )
    if after is not None:
        query = query.where(Notice.id < after)
    return list(session.execute(query.order_by(Notice.id.desc()).limit(limit)).scalars())


def notices_about(
    session: Session, actor: Actor, subject_kind: str, subject_id: str, *, limit: int, after: str | None
) -> list[Notice]:
    """Return the notices about a subject that the actor may read, in the order they were given, from after an id.

    Those of courts whose clocks the actor sees, and those given to the actor; of a record these alone.
    """
    mine = select(NoticeRecipient.notice_id).where(NoticeRecipient.user_id == actor.user_id)
    query = select(Notice).where(
        Notice.subject_kind == subject_kind,
        Notice.subject_id == subject_id,
        or_(
            and_(
                Notice.court_id.in_(sorted(actor.courts(Permission.CLOCK_READ))),
                Notice.kind.not_in(sorted(PRIVATE)),
            ),
            Notice.id.in_(mine),
        ),
    )
    if after is not None:
        query = query.where(Notice.id > after)
    return list(session.execute(query.order_by(Notice.id).limit(limit)).scalars())


def was_told_since(
    session: Session, subject_kind: str, subject_id: str, kind: NoticeKind, since: datetime
) -> bool:
    """Tell whether a notice of this kind about a subject was given after an instant."""
    query = select(Notice.id).where(
        Notice.subject_kind == subject_kind,
        Notice.subject_id == subject_id,
        Notice.kind == kind,
        Notice.given_at > since,
    )
    return session.execute(query.limit(1)).first() is not None


def told_of_warnings(session: Session, clock_id: str, by: datetime) -> dict[datetime, frozenset[str]]:
    """Return whom each warning of a clock was given to by an instant, by when it was planned."""
    rows = session.execute(
        select(Notice.at, NoticeRecipient.user_id)
        .join(NoticeRecipient, NoticeRecipient.notice_id == Notice.id)
        .where(Notice.clock_id == clock_id, Notice.kind == NoticeKind.CLOCK_WARNING, Notice.given_at <= by)
    )
    found: dict[datetime, frozenset[str]] = {}
    for at, user_id in rows:
        found[at] = found.get(at, frozenset()) | {user_id}
    return found


def is_open_about(session: Session, kind: NoticeKind, subject_kind: str, subject_id: str) -> bool:
    """Tell whether a notice of the kind about the subject was given and is not settled."""
    query = select(Notice.id).where(
        Notice.subject_kind == subject_kind,
        Notice.subject_id == subject_id,
        Notice.kind == kind,
        Notice.settled_at.is_(None),
    )
    return session.execute(query.limit(1)).first() is not None


def recipients_of(session: Session, notice_ids: Collection[str]) -> Mapping[str, list[NoticeRecipient]]:
    """Return to whom each notice was given, by its id."""
    found: dict[str, list[NoticeRecipient]] = defaultdict(list)
    rows = session.execute(
        select(NoticeRecipient)
        .where(NoticeRecipient.notice_id.in_(notice_ids))
        .order_by(NoticeRecipient.notice_id, NoticeRecipient.user_id)
    ).scalars()
    for row in rows:
        found[row.notice_id].append(row)
    return found


def describe_notices(session: Session, notices: Collection[Notice]) -> list[dict[str, Any]]:
    """Return the shape `NoticeShape` of each notice as JSON-ready values."""
    recipients = recipients_of(session, [row.id for row in notices])
    everybody = {one.user_id for rows in recipients.values() for one in rows}
    everybody |= {
        one.acknowledged_by for rows in recipients.values() for one in rows if one.acknowledged_by is not None
    }
    names = user_names(session, everybody)

    def person(user_id: str) -> dict[str, str]:
        return {"id": user_id, "name": names.get(user_id, "")}

    return [
        wire(
            NoticeShape,
            {
                **{name: getattr(row, name) for name in NoticeShape.model_fields if hasattr(row, name)},
                "clause": clause_of(row.detail),
                "recipients": [
                    {
                        "user": person(one.user_id),
                        "told_as": one.told_as,
                        "acknowledged_at": one.acknowledged_at,
                        "acknowledged_by": person(one.acknowledged_by) if one.acknowledged_by else None,
                        "told_by_desk": one.told_by_desk,
                    }
                    for one in recipients[row.id]
                ],
                "clock": row.detail.get("clock"),
                "due_at": row.detail.get("due_at"),
                "step": row.detail.get("step"),
                "passed": row.detail.get("passed"),
                "matter": row.detail.get("matter"),
            },
        )
        for row in notices
    ]


def clause_of(detail: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the clause a notice rests on with its words, or None where it rests on none."""
    book = rulebooks().get(detail.get("rulebook", ""))
    if book is None:
        return None
    words = book.clauses[detail["clause"]]
    return {"id": detail["clause"], "zh": words.zh, "en": words.en}
