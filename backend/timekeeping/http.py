"""How the server's own clock is kept, for every desk that reads deadlines by it (legal time)."""

from apiflask import APIBlueprint

from backend.core.web import requires, services
from backend.people.permissions import Permission
from backend.timekeeping.schemas import ServerClockShape
from backend.timekeeping.views import server_clock

blueprint = APIBlueprint("timekeeping", __name__, url_prefix="/api", tag="Deadlines")


@blueprint.get("/server-clock")
@blueprint.output(ServerClockShape)
@requires(Permission.CLOCK_READ)
def show_server_clock() -> ServerClockShape:
    """Show how far the server's time can be relied on, and when it jumped."""
    with services().database.reading() as work:
        return server_clock(work.session, work.now)
