"""Whom an order or a lead names: who is responsible now, and the court above that ordered it (BSS-7, BSS-8; DL-10)."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.directives.rules import ENDED
from backend.directives.tables import Directive
from backend.directives.views import members_of
from backend.notify.ports import Concerned


def concerned_by(session: Session, subject_kind: str, subject_id: str) -> Concerned:
    """Answer the port of `notify` for a directive or a lead.

    Responsible is who accepted the order or, before that, the leader of its team; of the order itself, of those that
    carry it out, of those issued from the lead.
    """
    if subject_kind == "lead":
        about = Directive.lead_id == subject_id
    else:
        about = or_(Directive.id == subject_id, Directive.parent_id == subject_id)
    rows = (
        session.execute(select(Directive).where(about, Directive.state.not_in(ENDED)).order_by(Directive.id))
        .scalars()
        .all()
    )
    members = members_of(session, [row.id for row in rows])
    responsible: list[str] = []
    for row in rows:
        leaders = [
            one.user_id for one in members[row.id] if one.duty == "leader" and one.answer != "declined"
        ]
        named = [row.responsible_id] if row.responsible_id else leaders
        responsible += [user_id for user_id in named if user_id not in responsible]
    itself = next((row for row in rows if row.id == subject_id), None)
    if itself is None or itself.issuing_court_id == itself.target_court_id:
        return Concerned(tuple(responsible))
    return Concerned(tuple(responsible), itself.issuing_court_id, itself.issuer_id)
