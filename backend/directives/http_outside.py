"""Endpoints of directives that came by telephone or fax: write one down, and join the system's copy to it (A13)."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.web import actor, requires, services
from backend.directives.describe import describe_one
from backend.directives.outside import merge_copy, receive_outside
from backend.directives.outside_schemas import MergeCopy, OutsideDirective
from backend.directives.schemas import DirectiveShape
from backend.people.permissions import Permission

blueprint = APIBlueprint("directives_outside", __name__, url_prefix="/api", tag="Directives")


@blueprint.post("/outside-directives")
@blueprint.input(OutsideDirective)
@blueprint.output(DirectiveShape, status_code=201)
@requires(Permission.DIRECTIVE_RECEIVE)
def register_outside(json_data: OutsideDirective) -> dict[str, Any]:
    """Write down a directive of a court above that was telephoned or faxed."""
    with services().database.writing() as work:
        return describe_one(work.session, receive_outside(work, actor(), None, json_data))


@blueprint.post("/directives/<directive_id>/merge_copy")
@blueprint.input(MergeCopy)
@blueprint.output(DirectiveShape)
@requires(Permission.DIRECTIVE_RECEIVE)
def merge(directive_id: str, json_data: MergeCopy) -> dict[str, Any]:
    """Say which directive in the system is the copy of one that was telephoned or faxed before."""
    with services().database.writing() as work:
        row = merge_copy(work, actor(), directive_id, json_data.copy_id, json_data.revision)
        return describe_one(work.session, row)
