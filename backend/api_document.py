"""The OpenAPI document: who may call each operation, problem+json for every refusal, and its page from local assets."""

from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app
from markupsafe import escape
from werkzeug.routing import Rule

from backend.core.schemas import ProblemShape
from backend.core.web import SAFE_METHODS, SESSION_COOKIE, Access, public

blueprint = APIBlueprint("api_document", __name__, url_prefix="/api", tag="This document")
PROBLEM_CONTENT = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
REFUSALS = {
    "400": "The request is malformed",
    "401": "Not signed in, or the proof is wrong",
    "403": "Not allowed: the role, another court's thing, or a page that is out of date",
    "404": "There is no such thing",
    "409": "Changed meanwhile, not possible in this state, or there already",
    "413": "The content is too large",
    "415": "The content is not said to be JSON",
    "422": "Some fields are not right",
    "default": "Any other refusal, as problem+json with its code (410.x, 423.x, 429.x, 500.x, 503.x)",
}
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>令达 Lingda API</title>
<link rel="stylesheet" href="/api/docs.css"></head><body><h1>令达 Lingda API</h1>
<p><a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>{operations}</body></html>"""
STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#0d1b2a}
code{font-size:15px}dt{margin-top:1rem;font-weight:600}dd{margin:0;color:#44546a}h2{margin-top:2rem}"""
WHY_PUBLIC = "the description of the interface is no secret; outside clients are built from it"
HTML: dict[int | str, Any] = {200: {"description": "A page", "content": {"text/html": {}}}}
CSS: dict[int | str, Any] = {200: {"description": "A style", "content": {"text/css": {}}}}


def complete_document(app: APIFlask) -> None:
    """Join the document's finishing touches and its page to the application."""
    app.spec_processor(finish)
    app.register_blueprint(blueprint)
    public(WHY_PUBLIC)(app.view_functions["openapi.spec"])


def finish(spec: Any) -> Any:
    """Add to every operation its name, who may call it, its refusals; to the document the problem's shape."""
    components = spec.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    for unused in ("HTTPError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
    }
    spec["tags"] = [{"name": name} for name in dict.fromkeys(tag["name"] for tag in spec.get("tags", []))]
    for path, operations in spec.get("paths", {}).items():
        for method, operation in operations.items():
            complete_operation(operation, rule_of(path, method), method.upper())
    return spec


def complete_operation(operation: dict[str, Any], rule: Rule, method: str) -> None:
    """Complete one operation of the document."""
    access = access_of(rule)
    several = len((rule.methods or set()) - {"HEAD", "OPTIONS"}) > 1
    name = rule.endpoint.replace(".", "_")
    operation["operationId"] = f"{name}_{method.lower()}" if several else name
    operation["security"] = security_of(access, method)
    operation["x-access"] = words_of(access)
    for answer in operation["responses"].values():
        for kind, media in answer.get("content", {}).items():
            if not media and kind.startswith("text/"):
                media["schema"] = {"type": "string"}
    for status in refusals_of(operation, access, method):
        operation["responses"][status] = {"description": REFUSALS[status], "content": PROBLEM_CONTENT}


def refusals_of(operation: dict[str, Any], access: Access, method: str) -> list[str]:
    """Return how an operation can refuse, as keys of its responses."""
    places = {parameter["in"] for parameter in operation.get("parameters", [])}
    has_body = "requestBody" in operation
    return [
        "400",
        *(["401"] if has_body or not access.public_because else []),
        *(["403"] if method not in SAFE_METHODS or not access.public_because else []),
        *(["404"] if "path" in places or has_body else []),
        *(["409"] if method not in SAFE_METHODS else []),
        *(["413", "415"] if has_body else []),
        *(["422"] if has_body or "query" in places else []),
        "default",
    ]


def rule_of(path: str, method: str) -> Rule:
    """Return the rule behind an operation of the document."""
    flask_path = path.replace("{", "<").replace("}", ">")
    for rule in current_app.url_map.iter_rules():
        if rule.rule == flask_path and method.upper() in (rule.methods or ()):
            return rule
    raise LookupError(f"{method} {path}")


def access_of(rule: Rule) -> Access:
    """Return who may call the view of a rule."""
    access: Access = vars(current_app.view_functions[rule.endpoint])["access"]
    return access


def words_of(access: Access) -> str:
    """Say who may call: the reason why everybody may, the permission, or how far signing in must have got."""
    if access.public_because:
        return f"everybody: {access.public_because}"
    return str(access.permission or ("sign-in begun" if access.begun else "signed in"))


def security_of(access: Access, method: str) -> list[dict[str, list[str]]]:
    """Return the security requirement of an operation."""
    if access.public_because:
        return []
    return [{"session": []}] if method in SAFE_METHODS else [{"session": [], "csrf": []}]


@blueprint.get("/docs")
@blueprint.doc(responses=HTML)
@public(WHY_PUBLIC)
def show_page() -> Response:
    """Show every operation on one page without scripts."""
    app: Any = current_app
    by_tag: dict[str, list[str]] = {}
    for path, operations in sorted(app.spec["paths"].items()):
        for method, operation in operations.items():
            line = f"<dt><code>{method.upper()} {escape(path)}</code></dt><dd>{escape(operation['summary'])}"
            lines = by_tag.setdefault(operation["tags"][0], [])
            lines.append(f"{line} · {escape(operation['x-access'])}</dd>")
    sections = "".join(f"<h2>{tag}</h2><dl>{''.join(lines)}</dl>" for tag, lines in sorted(by_tag.items()))
    response = Response(PAGE.format(operations=sections), mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'"
    return response


@blueprint.get("/docs.css")
@blueprint.doc(responses=CSS)
@public("the style of the page above")
def show_style() -> Response:
    """Give the style of the page."""
    return Response(STYLE, mimetype="text/css")
