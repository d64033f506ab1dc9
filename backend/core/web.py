"""The one gate every HTTP request passes: who are you, may you at all, is it really your page; and problem+json."""

import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException

from backend.core.database import Database
from backend.core.identifiers import new_identifier
from backend.core.permissions import Actor
from backend.core.problems import PROBLEMS, Problem
from backend.core.settings import Settings

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
    extras: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Access:
    """Who may call a view: everybody (with the reason reviewed), whoever signed in, or holders of a permission."""

    public_because: str | None = None
    permission: str | None = None


def public(because: str) -> Callable[[View], View]:
    """Open a view to callers who have not signed in; say why."""
    return _mark(Access(public_because=because))


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
    app.before_request(pass_gate)
    app.after_request(complete_headers)
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http_exception)
    app.register_error_handler(Exception, answer_unexpected)
    app.error_processor(answer_invalid_input)


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
    if token := request.cookies.get(SESSION_COOKIE):
        g.actor = services().authenticate(token)
    if access.public_because:
        return
    if g.actor is None:
        raise Problem("401.1")
    if access.permission:
        g.actor.demand(access.permission)
    if request.method not in SAFE_METHODS:
        expected = csrf_token(services().settings, g.actor.session_id)
        if not hmac.compare_digest(expected, request.headers.get("X-CSRF-Token", "")):
            raise Problem("403.2")


def refuse_other_sites() -> None:
    """Refuse an unsafe request that a browser says comes from another site (also guards sign-in itself)."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in (
        "cross-site",
        "same-site",
    ):
        raise Problem("403.5")


def complete_headers(response: Response) -> Response:
    """Add the server's time in epoch milliseconds, the request id, and forbid caching of answers."""
    response.headers["X-Server-Time"] = str(int(time.time() * 1000))
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    return response


def problem_response(problem: Problem) -> Response:
    """Write a problem as application/problem+json."""
    response = jsonify(problem.body(g.get("request_id")))
    response.status_code = problem.status
    response.mimetype = "application/problem+json"
    if problem.status in (429, 503):
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
        fields = {name: text for place in (error.detail or {}).values() for name, text in place.items()}
        return problem_response(Problem("422.1", fields=fields))
    code = f"{error.status_code}.1"
    return problem_response(Problem(code if code in PROBLEMS else "400.1"))


def answer_unexpected(error: Exception) -> Response:
    """Answer a bug of ours with 500.1 and keep its trace in the log, never the request's content."""
    log.exception("unexpected error in %s, request %s", request.endpoint, g.get("request_id"), exc_info=error)
    return problem_response(Problem("500.1"))
