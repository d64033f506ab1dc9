"""The plain page: sign in, read the orders given to me, accept, depart, arrive, complete and report, by forms alone.

An old browser has no key to sign with and no store to keep an act in, so an act here counts when it arrives and only
while there is a network; the page says so (ADR 0009).
"""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, redirect, render_template, request
from pydantic import ValidationError

from backend.authentication import Authenticator
from backend.core.commands import Occurrence
from backend.core.problems import Problem
from backend.core.viewings import Way, viewing_book
from backend.core.web import SESSION_COOKIE, actor, csrf_token, public, requires, services, session_begun
from backend.directives.describe import describe_many, leads_shown
from backend.directives.schemas import FeedbackBody
from backend.directives.service import act_as_member
from backend.directives.views import directives_on_phone
from backend.people.http import address_of_visitor, set_session_cookie
from backend.people.http_passwords import choose_password
from backend.people.password_sign_in import open_by_password
from backend.people.permissions import Permission
from backend.slip_words import WORDS, court_time

blueprint = APIBlueprint("plain", __name__, tag="Plain page", template_folder="templates")
PAGE: dict[int | str, Any] = {200: {"description": "A page without scripts", "content": {"text/html": {}}}}
BACK: dict[int | str, Any] = {303: {"description": "Back to the page"}}
SIMPLE_ACTS = ("accept", "depart", "arrive")
CHANGE_PASSWORD = "password_change_required"


def page(**values: Any) -> Response:
    """Render the page; its style is a file of ours."""
    text = render_template("plain.html", words=WORDS, court_time=court_time, **values)
    response = Response(text, mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return response


def refused(problem: Problem) -> Response:
    """Show the page again with what was wrong, under the problem's own status."""
    response = page(problem=problem, directives=[], me=None)
    response.status_code = problem.status
    return response


@blueprint.get("/plain")
@blueprint.doc(responses=PAGE)
@public("shows the form to sign in to whoever has not")
def show_orders() -> Response:
    """Show my orders, or the form to sign in."""
    authenticate: Authenticator = services().authenticate  # type: ignore[assignment]
    asking = authenticate(request.cookies.get(SESSION_COOKIE, ""))
    if asking is None or not asking.may(Permission.PHONE_USE):
        return page(directives=[], me=None, problem=None)
    with services().database.reading() as work:
        mine = directives_on_phone(work.session, asking.user_id, work.now)
        shown = describe_many(work.session, mine)
        viewing_book().note(asking, Way.ORDER_LISTED, "lead", leads_shown(shown))
        now = work.now
    token = csrf_token(services().settings, asking.session_id or "")
    return page(directives=shown, me=asking, problem=None, csrf_token=token, now=now)


@blueprint.post("/plain/sign-in")
@blueprint.doc(responses=BACK)
@public("signing in is how one stops being anonymous")
def sign_in() -> Any:
    """Sign in with account and password; desk roles are refused here."""
    try:
        opened = open_by_password(
            services(),
            request.form.get("account", "")[:60].strip(),
            request.form.get("password", "")[:200],
            address_of_visitor(),
        )
        if opened.state not in ("signed_in", CHANGE_PASSWORD):
            raise Problem("403.4", "指挥与值班账号请使用新版浏览器", "Desk accounts need a newer browser")
    except Problem as problem:
        return refused(problem)
    if opened.state == CHANGE_PASSWORD:
        form = ask_for_password(csrf_token(services().settings, opened.id))
        return set_session_cookie(form, opened.token, opened.lasts)
    return set_session_cookie(redirect("/plain", 303), opened.token, opened.lasts)  # type: ignore[arg-type]


def ask_for_password(token: str, problem: Problem | None = None) -> Response:
    """Show the form for a password of one's own, again with what was wrong with the last."""
    form = page(problem=problem, directives=[], me=None, csrf_token=token, choose_password=True)
    form.status_code = problem.status if problem else 200
    return form


@blueprint.post("/plain/password")
@blueprint.doc(responses=BACK)
@session_begun
def choose_first_password() -> Any:
    """Choose a password of one's own in place of the initial one, typed twice."""
    chosen = request.form.get("password", "")[:200]
    try:
        if chosen != request.form.get("again", "")[:200]:
            raise Problem("422.1", "两次输入的密码不同", "The two passwords differ")
        _, state, token, lasts = choose_password(chosen)
    except Problem as problem:
        if problem.status == 422:
            return ask_for_password(request.form.get("csrf_token", ""), problem)
        return refused(problem)
    if state != "signed_in":
        return refused(Problem("403.4"))
    return set_session_cookie(redirect("/plain", 303), token, lasts)  # type: ignore[arg-type]


@blueprint.post("/plain/orders/<directive_id>/<act>")
@blueprint.doc(responses=BACK)
@requires(Permission.PHONE_USE)
def do_act(directive_id: str, act: str) -> Any:
    """Do one act on an order given to me; it counts from its arrival."""
    try:
        words = words_of(act)
        with services().database.writing() as work:
            act_as_member(work, actor(), directive_id, act, Occurrence(at=work.now), **words)
    except Problem as problem:
        return refused(problem)
    return redirect("/plain", 303)


def words_of(act: str) -> dict[str, Any]:
    """Return what the form said for this act; 404.1 for an act the page does not have, 422.1 for missing words."""
    if act in SIMPLE_ACTS:
        return {}
    text, result = request.form.get("text", "").strip(), request.form.get("result", "completed")
    if act == "complete":
        if result not in ("completed", "partly", "not_possible"):
            raise Problem("422.1", fields={"result": []})
        return {"text": text[:4000] or None, "finished_as": result}
    if act in ("decline", "feedback") and not text:
        raise Problem("422.1", "请填写内容", "Write what there is to say", fields={"text": []})
    if act == "decline":
        return {"text": text[:4000]}
    if act == "feedback":
        try:
            report = FeedbackBody.model_validate({"text": text, "result": result})
        except ValidationError as error:
            raise Problem("422.1", fields={"text": []}) from error
        return {"text": report.text, "report": report}
    raise Problem("404.1")


@blueprint.get("/plain/style.css")
@blueprint.doc(responses={200: {"description": "The style", "content": {"text/css": {}}}})  # type: ignore[arg-type]
@public("the style of the page")
def style() -> Response:
    """Give the style of the page."""
    return Response(render_template("plain.css"), mimetype="text/css")
