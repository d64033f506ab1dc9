"""The web application: wiring and nothing else."""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from apiflask import APIFlask
from werkzeug.middleware.proxy_fix import ProxyFix

import backend.accountability.commands
import backend.directives.commands
import backend.duty.commands
import backend.emergencies.commands
import backend.leads.commands
import backend.notify.commands  # noqa: F401 - registers the commands of the room
from backend.accountability.http import blueprint as accountability
from backend.accountability.http_complaints import blueprint as complaints
from backend.api_document import complete_document
from backend.authentication import Authenticator
from backend.board.http import blueprint as board
from backend.clock_pages import blueprint as clock_pages
from backend.core.database import Database
from backend.core.rate_limits import RateLimits
from backend.core.settings import Settings
from backend.core.viewings import ViewingBook
from backend.core.web import Services, install_gate
from backend.deadlines.http import blueprint as deadlines
from backend.deadlines.http_figures import blueprint as figures
from backend.delivery.http import blueprint as deliveries
from backend.delivery.http_phone import blueprint as delivery_phone
from backend.delivery.receipt_book import ReceiptBook
from backend.directives.http import blueprint as directives
from backend.directives.http_outside import blueprint as directives_outside
from backend.duty.http import blueprint as duty
from backend.duty.http_handovers import blueprint as duty_handovers
from backend.duty.http_log import blueprint as duty_log
from backend.emergencies.http import blueprint as emergencies
from backend.health import blueprint as health
from backend.leads.http import blueprint as leads
from backend.leads.views import lead_court
from backend.notify.http import blueprint as notices
from backend.people.http import blueprint as sign_in
from backend.people.http_accounts import blueprint as accounts
from backend.people.http_addresses import blueprint as addresses
from backend.people.http_audit import blueprint as audit
from backend.people.http_delegations import blueprint as delegations
from backend.people.http_devices import blueprint as people
from backend.people.http_passwords import blueprint as passwords
from backend.people.http_second_factors import blueprint as second_factors
from backend.plain.http import blueprint as plain
from backend.slips import blueprint as slips
from backend.sync.http import blueprint as sync
from backend.teams.http import blueprint as teams
from backend.teams.views import team_names
from backend.timekeeping.http import blueprint as timekeeping
from backend.tracking.http import blueprint as tracking

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BLUEPRINTS = (
    health,
    sign_in,
    second_factors,
    passwords,
    delegations,
    people,
    accounts,
    addresses,
    audit,
    teams,
    deadlines,
    notices,
    duty,
    duty_handovers,
    duty_log,
    figures,
    timekeeping,
    directives,
    directives_outside,
    deliveries,
    delivery_phone,
    leads,
    accountability,
    complaints,
    tracking,
    emergencies,
    sync,
    board,
    slips,
    clock_pages,
    plain,
)
LARGEST_BODY = 1024 * 1024
log = logging.getLogger(__name__)


def create_app(settings: Settings, database: Database) -> APIFlask:
    """Make the application of one installation on an open database."""
    app = APIFlask(
        "lingda",
        title="Lingda 令达",
        version="0.1.0",
        spec_path="/api/openapi.json",
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]  # Flask takes it
    )
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        PROPAGATE_EXCEPTIONS=False,
        AUTO_404_RESPONSE=False,
        SERVERS=[{"url": settings.public_url}],
    )
    install_services(app, settings, database)
    install_gate(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    complete_document(app)
    proxies = settings.trusted_proxies
    app.wsgi_app = end_chunked_bodies(  # type: ignore[method-assign, assignment]
        ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else app.wsgi_app
    )
    return app


def install_services(app: APIFlask, settings: Settings, database: Database) -> None:
    """Give the application what its views work with: the installation's settings, database and sign-in."""
    authenticator = Authenticator(database)
    app.extensions["lingda"] = Services(
        settings=settings,
        database=database,
        authenticate=authenticator,
        begun_session=authenticator.begun_session,
        extras={
            "rate_limits": RateLimits(settings.redis_url),
            "team_names": team_names,
            "lead_court": lead_court,
            "viewings": ViewingBook(database),
            "receipts": ReceiptBook(database),
        },
    )


def end_chunked_bodies(wsgi: "WSGIApplication") -> "WSGIApplication":
    """Tell Werkzeug that a chunked body ends by itself: eventlet does not say so, and the body would be lost."""

    def call(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if str(environ.get("HTTP_TRANSFER_ENCODING", "")).lower() == "chunked":
            environ["wsgi.input_terminated"] = True
        return wsgi(environ, start_response)

    return call
