"""Named selects of courts: the tree at an instant, and the courts an actor belongs to or stands above."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core.permissions import Actor
from backend.courts.rules import CourtNode, CourtTree
from backend.courts.tables import Court


def court_tree(session: Session, at: datetime) -> CourtTree:
    """Return the tree of courts as it stands at the instant."""
    rows = session.execute(select(Court)).scalars()
    return CourtTree(
        (
            CourtNode(
                row.id, row.code, row.name, row.level, row.parent_id, row.effective_from, row.effective_until
            )
            for row in rows
        ),
        at,
    )


def next_change_of_courts(session: Session, at: datetime) -> datetime | None:
    """Return the next instant at which a court begins or ends, or None."""
    rows = session.execute(select(Court.effective_from, Court.effective_until))
    return min(
        (instant for row in rows for instant in row if instant is not None and instant > at), default=None
    )


def find_court(session: Session, court_id: str) -> Court | None:
    """Return the court, or None."""
    return session.get(Court, court_id)


def court_of_code(session: Session, code: str) -> Court | None:
    """Return the court of a national court code (法院代字), or None."""
    return session.execute(select(Court).where(Court.code == code)).scalar_one_or_none()


def court_names(session: Session) -> dict[str, str]:
    """Return the name of every court by id."""
    return {court_id: name for court_id, name in session.execute(select(Court.id, Court.name))}


def visible_courts(
    session: Session, actor: Actor, at: datetime, *, limit: int | None = None, after: str | None = None
) -> list[Court]:
    """Return the actor's own court, those above and those below it, in the order of their codes, from after a code."""
    tree = court_tree(session, at)
    visible = {*tree.subtree(actor.court_id), *tree.ancestors(actor.court_id)}
    query = select(Court).where(Court.id.in_(visible)).order_by(Court.code).limit(limit)
    if after is not None:
        query = query.where(Court.code > after)
    return list(session.execute(query).scalars())
