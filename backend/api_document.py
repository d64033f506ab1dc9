"""The OpenAPI document: who may call each operation, problem+json for every refusal, and its page from local assets."""

from typing import Any

from apiflask import APIFlask
from flask import Response, current_app

from backend.core.schemas import ProblemShape
from backend.core.web import SAFE_METHODS, Access, public

PROBLEM_SCHEMA = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
REFUSALS = {
    "400": "The request is malformed",
    "401": "Not signed in",
    "403": "Not allowed",
    "404": "Not found, or not for you",
    "409": "Changed meanwhile, or not possible in this state",
    "422": "Some fields are not right",
    "429": "Too many requests",
}
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>令达 Lingda API</title>
<link rel="stylesheet" href="/api/docs.css"></head><body><h1>令达 Lingda API</h1>
<p><a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>{operations}</body></html>"""
STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#0d1b2a}
code{font-size:15px}dt{margin-top:1rem;font-weight:600}dd{margin:0;color:#44546a}h2{margin-top:2rem}"""


def complete_document(app: APIFlask) -> None:
    """Join the document's finishing touches and its page to the application."""
    app.spec_processor(finish)
    app.add_url_rule("/api/docs", "api_page", show_page)
    app.add_url_rule("/api/docs.css", "api_style", show_style)
    app.view_functions["openapi.spec"].access = Access(  # type: ignore[attr-defined]
        public_because="the description of the interface is no secret; outside clients are built from it"
    )


def finish(spec: dict[str, Any]) -> dict[str, Any]:
    """Add security, refusals and the problem shape to every operation of the document."""
    components = spec.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
    for unused in ("HTTPError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "lingda_session"},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
    }
    for path, operations in spec.get("paths", {}).items():
        for method, operation in operations.items():
            access = access_of(path, method)
            operation["security"] = security_of(access, method)
            description = (
                f"{access.permission}" if access.permission else access.public_because or "signed in"
            )
            operation["x-access"] = description
            for status, text in REFUSALS.items():
                operation["responses"][status] = {"description": text, "content": PROBLEM_SCHEMA}
    return spec


def access_of(path: str, method: str) -> Access:
    """Return who may call the operation of the document."""
    flask_path = path.replace("{", "<").replace("}", ">")
    for rule in current_app.url_map.iter_rules():
        if rule.rule == flask_path and method.upper() in (rule.methods or ()):
            found: Access = current_app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
            return found
    raise LookupError(path)


def security_of(access: Access, method: str) -> list[dict[str, list[str]]]:
    """Return the security requirement of an operation."""
    if access.public_because:
        return []
    return [{"session": []}] if method.upper() in SAFE_METHODS else [{"session": [], "csrf": []}]


@public("the description of the interface is no secret; outside clients are built from it")
def show_page() -> Response:
    """Show every operation on one page without scripts."""
    spec: dict[str, Any] = current_app.spec  # type: ignore[attr-defined]
    by_tag: dict[str, list[str]] = {}
    for path, operations in sorted(spec["paths"].items()):
        for method, operation in operations.items():
            line = f"<dt><code>{method.upper()} {path}</code></dt><dd>{operation.get('summary', '')}"
            by_tag.setdefault(operation.get("tags", [""])[0], []).append(
                f"{line} · {operation['x-access']}</dd>"
            )
    sections = "".join(f"<h2>{tag}</h2><dl>{''.join(lines)}</dl>" for tag, lines in sorted(by_tag.items()))
    response = Response(PAGE.format(operations=sections), mimetype="text/html")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'"
    return response


@public("the style of the page above")
def show_style() -> Response:
    """Give the style of the page."""
    return Response(STYLE, mimetype="text/css")
