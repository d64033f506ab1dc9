"""Whether this process lives and can serve; and its numbers for a monitor on the same machine."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from backend.core.problems import Problem
from backend.core.schemas import Wire
from backend.core.web import public, services

NUMBERS: dict[int | str, Any] = {
    200: {"content": {"text/plain": {}}, "description": "Prometheus text format"}
}
blueprint = APIBlueprint("health", __name__, tag="Health")


class Health(Wire):
    """That all is well."""

    status: str


@blueprint.get("/healthz")
@blueprint.output(Health)
@public("a supervisor asks whether the process lives; it says nothing else")
def healthz() -> dict[str, str]:
    """Say that the process lives."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@blueprint.output(Health)
@public("a supervisor asks whether the database answers; it says nothing else")
def readyz() -> dict[str, str]:
    """Say that the database answers."""
    try:
        with services().database.reading() as work:
            work.session.execute(text("SELECT epoch FROM server_state")).scalar_one()
    except SQLAlchemyError as error:
        raise Problem("503.1") from error
    return {"status": "ok"}


@blueprint.get("/metrics")
@blueprint.doc(responses=NUMBERS)
@public("the front passes it on from the machine itself only; it holds numbers and no names")
def metrics() -> Response:
    """Give this process's numbers in Prometheus text format."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
