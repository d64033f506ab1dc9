"""Acts on notices: give one to people by name, settle those that are moot, take note of one (BSS-6, DL-14).

Each joins the caller's unit of work, which has authorised the act that is told.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backend.core.database import UnitOfWork
from backend.core.identifiers import new_identifier
from backend.core.permissions import SYSTEM, Actor, room_of_court, room_of_user
from backend.core.problems import Problem, not_found
from backend.notify.rules import PRIVATE, NoticeKind
from backend.notify.tables import Notice, NoticeRecipient
from backend.notify.views import describe_notices, recipients_of
from backend.people.permissions import Permission


def give_notice(
    work: UnitOfWork,
    *,
    court_id: str,
    kind: NoticeKind,
    subject_kind: str,
    subject_id: str,
    title: str,
    people: Mapping[str, Sequence[str]],
    at: datetime,
    clock_id: str | None = None,
    detail: Mapping[str, Any] | None = None,
    by: Actor = SYSTEM,
) -> Notice:
    """Tell some people (user id → the posts they are told as) something about a subject; one audit line names them."""
    row = Notice(
        id=new_identifier(),
        court_id=court_id,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        title=title,
        clock_id=clock_id,
        detail=dict(detail or {}),
        at=at,
        given_at=work.now,
        settled_at=None,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        NoticeRecipient(notice_id=row.id, user_id=user_id, told_as=[*told_as])
        for user_id, told_as in people.items()
    )
    told = {user_id: [*told_as] for user_id, told_as in people.items()}
    work.audit(by, "notice.give", subject_kind, subject_id, court_id, at, notice=row.id, kind=kind, told=told)
    publish_notice(work, row)
    return row


def settle(work: UnitOfWork, clock_id: str, kinds: Sequence[NoticeKind]) -> int:
    """Settle the clock's notices of these kinds that still ask for something; returns how many."""
    rows = work.session.execute(
        select(Notice)
        .where(Notice.clock_id == clock_id, Notice.kind.in_(kinds), Notice.settled_at.is_(None))
        .order_by(Notice.id)
    ).scalars()
    settled = rows.all()
    for row in settled:
        row.settled_at = work.now
        row.revision += 1
        publish_notice(work, row)
    return len(settled)


def settle_about(work: UnitOfWork, subject_kind: str, subject_id: str, kinds: Sequence[NoticeKind]) -> int:
    """Settle a subject's notices of these kinds that still ask for something; returns how many."""
    rows = (
        work.session.execute(
            select(Notice)
            .where(
                Notice.subject_kind == subject_kind,
                Notice.subject_id == subject_id,
                Notice.kind.in_(kinds),
                Notice.settled_at.is_(None),
            )
            .order_by(Notice.id)
        )
        .scalars()
        .all()
    )
    for row in rows:
        row.settled_at = work.now
        row.revision += 1
        publish_notice(work, row)
    return len(rows)


def acknowledge(
    work: UnitOfWork,
    actor: Actor,
    notice_id: str,
    at: datetime,
    user_id: str | None = None,
    how: str | None = None,
) -> Notice:
    """Take note of a notice, or write down that the desk told somebody who could not (`user_id`, `how`).

    A second time changes nothing. 404.1 for no such notice or person told; 403.1 for whom it was not given to; 422.1
    where the desk does not say how it told them. A notice of a record is not there but for whom it was given to and
    the court's readers of records.
    """
    whom = user_id or actor.user_id
    row = work.session.get(Notice, notice_id, with_for_update=True)
    if row is None:
        raise not_found("没有此提醒", "No such notice")
    demand_not_hidden(work, actor, row)
    given = work.session.get(NoticeRecipient, (notice_id, whom))
    if whom != actor.user_id:
        work.authorise(actor, Permission.DUTY_KEEP, row.court_id)
        if row.kind in PRIVATE:
            actor.demand(Permission.RECORD_READ, row.court_id)
        if not how:
            raise Problem("422.1", "请写明怎样告知", "Say how they were told", fields={"how": []})
        if given is None:
            raise not_found("此提醒没有发给该人", "The notice was not given to that person")
    if given is None:
        raise Problem("403.1")
    work.authorise_by_rule("a notice is acknowledged by whom it was given to")
    if given.acknowledged_at is not None:
        return row
    given.acknowledged_at = at
    given.acknowledged_by = actor.user_id
    given.told_by_desk = how if whom != actor.user_id else None
    row.revision += 1
    work.audit(
        actor,
        "notice.acknowledge",
        row.subject_kind,
        row.subject_id,
        row.court_id,
        at,
        notice=row.id,
        person=whom,
    )
    publish_notice(work, row)
    return row


def demand_not_hidden(work: UnitOfWork, actor: Actor, row: Notice) -> None:
    """Raise 404.1 for a notice about somebody's record that was not given to the actor, who may not read the record."""
    is_mine = work.session.get(NoticeRecipient, (row.id, actor.user_id)) is not None
    if row.kind in PRIVATE and not is_mine and not actor.may(Permission.RECORD_READ, row.court_id):
        raise not_found("没有此提醒", "No such notice")


def publish_notice(work: UnitOfWork, row: Notice) -> None:
    """Put `notice.changed` in the outbox, for whom it was given to and the desks that see the court's clocks.

    A notice about somebody's record goes to whom it was given to alone.
    """
    work.session.flush()
    rooms = [room_of_user(one.user_id) for one in recipients_of(work.session, [row.id])[row.id]]
    if row.kind not in PRIVATE:
        rooms.append(room_of_court(Permission.CLOCK_READ, row.court_id))
    work.publish(
        "notice.changed",
        row.id,
        row.revision,
        row.court_id,
        rooms,
        describe_notices(work.session, [row])[0],
    )
