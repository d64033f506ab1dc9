"""The one gate every HTTP request passes: who are you, may you at all, is it really your page; and problem+json."""

import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, current_app, g, jsonify, request
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import PROBLEMS, Problem
from backend.core.settings import Settings
from backend.core.strict_json import StrictJson, can_be_kept

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SESSION_COOKIE = "lingda_session"


@dataclass
class Services:
    """What the process wires once and every request uses."""

    settings: Settings
    database: Database
    authenticate: Callable[[str], Actor | None]
    begun_session: Callable[[str], str | None]
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Access:
    """Who may call a view: everybody (with the reason reviewed), whoever signed in, or holders of a permission.

    `begun`: a session is enough whose second factor has not been shown yet.
    """

    public_because: str | None = None
    permission: str | None = None
    begun: bool = False


def public(because: str) -> Callable[[View], View]:
    """Open a view to callers who have not signed in; say why."""
    return _mark(Access(public_because=because))


def session_begun(view: View) -> View:
    """Open a view to whoever gave the right password, before the second factor was shown."""
    return _mark(Access(begun=True))(view)


def signed_in(view: View) -> View:
    """Open a view to everybody who signed in; the act itself checks the rest."""
    return _mark(Access())(view)


def requires(permission: str) -> Callable[[View], View]:
    """Open a view to those who hold the permission at some court; the act itself checks at which."""
    return _mark(Access(permission=permission))


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


def services() -> Services:
    """Return the services of the running application."""
    found: Services = current_app.extensions["lingda"]
    return found


def actor() -> Actor:
    """Return who is asking; only inside a view that is not public."""
    asking: Actor = g.actor
    return asking


def csrf_token(settings: Settings, session_id: str) -> str:
    """Return the token that pages of this session send back with every unsafe request."""
    return hmac.new(settings.secret_key.encode(), b"csrf:" + session_id.encode(), hashlib.sha256).hexdigest()


def install_gate(app: APIFlask) -> None:
    """Join the gate, the response headers and the problem handlers to the application."""
    app.json = StrictJson(app)
    # A doubled slash is an unknown page and no redirect, which would be no problem+json.
    app.url_map.merge_slashes = False
    app.before_request(pass_gate)
    app.after_request(complete_headers)
    # First, because it takes every HTTP error for itself, and a 405 would lose which methods there are.
    app.error_processor(answer_invalid_input)
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http_exception)
    app.register_error_handler(IntegrityError, answer_collision)
    for trouble in (OperationalError, InterfaceError, PoolTimeoutError):
        app.register_error_handler(trouble, answer_database_trouble)
    app.register_error_handler(Exception, answer_unexpected)


def pass_gate() -> None:
    """Refuse whoever is not signed in before anything is validated, then the wrong role, then a forged page."""
    g.request_id = new_identifier()
    g.actor = None
    if request.endpoint is None:
        return
    access: Access | None = getattr(current_app.view_functions[request.endpoint], "access", None)
    if access is None:
        raise RuntimeError(f"the view {request.endpoint} does not say who may call it")
    refuse_other_sites()
    if not access.public_because:
        session_id = demand_session(access)
        if request.method not in SAFE_METHODS:
            demand_own_page(session_id)
    refuse_what_cannot_be_read()


def demand_session(access: Access) -> str:
    """Return the id of the caller's session; 401.1 without one, 403.1 without the permission."""
    token = request.cookies.get(SESSION_COOKIE, "")
    if access.begun:
        if (session_id := services().begun_session(token)) is None:
            raise Problem("401.1")
        return session_id
    g.actor = services().authenticate(token)
    if g.actor is None:
        raise Problem("401.1")
    if access.permission:
        g.actor.demand(access.permission)
    return str(g.actor.session_id)


def demand_own_page(session_id: str) -> None:
    """Refuse an unsafe request whose page does not know the token of its session."""
    expected = csrf_token(services().settings, session_id)
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise Problem("403.2")


def refuse_other_sites() -> None:
    """Refuse an unsafe request that a browser says comes from another site (also guards sign-in itself).

    Browsers of before 2023 say it with Origin alone; what says neither is no page, and still needs the session's token.
    """
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site in ("cross-site", "same-site"):
        raise Problem("403.5")
    if site is None and origin is not None and origin not in own_origins():
        raise Problem("403.5")


def own_origins() -> set[str]:
    """Return the origins of our own pages: the address this request came to, and the one people are told."""
    public = urlsplit(services().settings.public_url)
    return {f"{request.scheme}://{request.host}".lower(), f"{public.scheme}://{public.netloc}".lower()}


def refuse_what_cannot_be_read() -> None:
    """Refuse an address or form no database can keep (NUL), and a body of the API that is not said to be JSON."""
    texts = [*(request.view_args or {}).values()]
    texts += [text for pair in request.args.items(multi=True) for text in pair]
    if request.path.startswith("/api/"):
        has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
        if has_body and not request.is_json:
            raise Problem("415.1")
    elif not request.path.startswith("/track/"):  # whose bodies are read as they came
        texts += [text for pair in request.form.items(multi=True) for text in pair]
    if not all(can_be_kept(text) for text in texts):
        raise Problem("400.1")


def complete_headers(response: Response) -> Response:
    """Add the server's time in epoch milliseconds, the request id, and forbid caching of answers."""
    response.headers["X-Server-Time"] = str(int(services().database.clock.now().timestamp() * 1000))
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


def problem_response(problem: Problem) -> Response:
    """Write a problem as application/problem+json."""
    response = jsonify(problem.body(g.get("request_id")))
    response.status_code = problem.status
    response.mimetype = "application/problem+json"
    if problem.status in (423, 429, 503):
        response.headers["Retry-After"] = str(problem.details.get("retry_after_s", 2))
    return response


def answer_problem(problem: Problem) -> Response:
    """Answer a problem raised by an act."""
    return problem_response(problem)


def answer_http_exception(error: HTTPException) -> Response:
    """Answer what Flask itself refuses (no such page, wrong method, body too large) in our form."""
    code = f"{error.code}.1"
    if code not in PROBLEMS:
        code = "400.1" if (error.code or 500) < 500 else "500.1"
    response = problem_response(Problem(code))
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def answer_invalid_input(error: HTTPError) -> Response:
    """Answer what APIFlask refuses: the fields by name, and the code 422.1 or the status of the error."""
    if error.status_code == 422:
        places = [place for place in (error.detail or {}).values() if isinstance(place, dict)]
        fields = {name: text for place in places for name, text in place.items()}
        return problem_response(Problem("422.1", fields=fields))
    code = f"{error.status_code}.1"
    return problem_response(Problem(code if code in PROBLEMS else "400.1"))


def answer_collision(error: IntegrityError) -> Response:
    """Answer two requests that made the same thing at once: the second one finds it exists already."""
    # The first line names the constraint; PostgreSQL's further ones quote the row, reporters' names included.
    said = str(error.orig).partition("\n")[0]
    log.warning("a constraint held in %s, request %s: %s", request.endpoint, g.get("request_id"), said)
    return problem_response(Problem("409.3"))


def answer_database_trouble(error: Exception) -> Response:
    """Answer that the database does not answer, so that clients keep what they have and come again."""
    log.error("the database failed in %s, request %s", request.endpoint, g.get("request_id"), exc_info=error)
    return problem_response(Problem("503.1"))


def answer_unexpected(error: Exception) -> Response:
    """Answer a bug of ours with 500.1 and keep its trace in the log, never the request's content."""
    log.exception("unexpected error in %s, request %s", request.endpoint, g.get("request_id"), exc_info=error)
    return problem_response(Problem("500.1"))
