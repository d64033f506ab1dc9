"""Endpoints of notices: mine, those about a subject, and taking note of one."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.problems import Problem
from backend.core.viewings import note_titles
from backend.core.web import actor, services, signed_in
from backend.notify.schemas import AcknowledgeNotice, NoticeList, NoticeQuery, NoticeShape
from backend.notify.service import acknowledge
from backend.notify.views import describe_notices, notices_about, open_notices

blueprint = APIBlueprint("notices", __name__, url_prefix="/api", tag="Notices")


@blueprint.get("/notices")
@blueprint.input(NoticeQuery, location="query")
@blueprint.output(NoticeList)
@signed_in
def list_notices(query_data: NoticeQuery) -> dict[str, Any]:
    """List what I was told and have not taken note of, or every notice about one lead or directive."""
    about = (query_data.subject_kind, query_data.subject_id)
    limit, after = query_data.limit + 1, query_data.after
    with services().database.reading() as work:
        if about == (None, None):
            found = open_notices(work.session, actor().user_id, work.now, limit=limit, after=after)
        elif about[0] is None or about[1] is None:
            raise Problem("422.1", "须写明是哪条线索或指令", "Say which lead or directive")
        else:
            found = notices_about(work.session, actor(), about[0], about[1], limit=limit, after=after)
        page = found[: query_data.limit]
        items = describe_notices(work.session, page)
        note_titles((one["subject_kind"], one["subject_id"], one["title"]) for one in items)
        return {
            "items": items,
            "next": page[-1].id if len(found) > len(page) else None,
        }


@blueprint.post("/notices/<notice_id>/acknowledge")
@blueprint.input(AcknowledgeNotice)
@blueprint.output(NoticeShape)
@signed_in
def acknowledge_notice(notice_id: str, json_data: AcknowledgeNotice) -> dict[str, Any]:
    """Take note of a notice, or write down how the desk told a person who could not."""
    with services().database.writing() as work:
        row = acknowledge(work, actor(), notice_id, work.now, json_data.user_id, json_data.how)
        return describe_notices(work.session, [row])[0]
