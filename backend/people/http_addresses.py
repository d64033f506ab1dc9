"""Endpoints of a person's addresses: the telephone and the messenger account the delivery ladder and the call list use."""

from typing import Any

from apiflask import APIBlueprint

from backend.core.web import actor, requires, services
from backend.people.address_schemas import AddressesShape
from backend.people.addresses import person_to_reach, set_addresses
from backend.people.permissions import Permission

blueprint = APIBlueprint("addresses", __name__, url_prefix="/api", tag="People and phones")


@blueprint.get("/people/<user_id>/addresses")
@blueprint.output(AddressesShape)
@requires(Permission.DEVICE_ENROL)
def show_addresses(user_id: str) -> dict[str, Any]:
    """Show where a person of this court is reached when no phone page of theirs is."""
    with services().database.reading() as work:
        user = person_to_reach(work, actor(), user_id)
        return {"mobile": user.mobile, "message_account": user.message_account}


@blueprint.put("/people/<user_id>/addresses")
@blueprint.input(AddressesShape)
@blueprint.output(AddressesShape)
@requires(Permission.DEVICE_ENROL)
def put_addresses(user_id: str, json_data: AddressesShape) -> dict[str, Any]:
    """Set where a person of this court is reached."""
    with services().database.writing() as work:
        user = set_addresses(work, actor(), user_id, json_data.mobile, json_data.message_account)
        return {"mobile": user.mobile, "message_account": user.message_account}
