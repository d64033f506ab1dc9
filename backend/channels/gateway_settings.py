"""The court's gateways (SMS, voice, WeCom) as a TOML file says them; whatever is wrong is one sentence at the start.

Nothing that this file could get wrong is left for the moment of an alarm: templates are filled once with difficult
values, and what comes out must be what its content type says.
"""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message as Headers
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from backend.channels.endpoints import host_of
from backend.channels.section import Section, SectionError
from backend.channels.templates import (
    FIELDS,
    Escape,
    Secrets,
    Template,
    TemplateError,
    as_it_is,
    in_address,
    in_form,
    in_header,
    in_json,
    in_xml,
    read_template,
)
from backend.core.settings import SettingError

METHODS = ("POST", "PUT", "GET")
NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
OWN_HEADERS = frozenset(
    {"content-type", "content-length", "host", "idempotency-key", "transfer-encoding", "connection"}
)
NEEDED = {"sms": ("mobile", "text"), "voice": ("mobile", "text")}
"""Fields without which a gateway of this kind would reach nobody or say nothing; of other kinds, the text."""
DIFFICULT = {name: '"引号" \\ & <b> \' %0d%0a\r\n{{text}} ${env:HOME}' for name in FIELDS}
LONGEST_SECONDS = 10.0
WITHOUT_BODY = frozenset({201, 202, 204})


@dataclass(frozen=True)
class Success:
    """How an answer says yes: its status, and a value at a path of its JSON, or a text that it contains."""

    statuses: frozenset[int]
    json_path: str | None = None
    json_value: str | int | bool | None = None
    contains: str | None = None


@dataclass(frozen=True)
class GatewaySettings:
    """One gateway, ready to be used. Its address and its templates are not shown: secrets stand in them."""

    kind: str
    host: str
    host_name: str
    method: str
    url: Template = field(repr=False)
    headers: Mapping[str, Template] = field(repr=False)
    content_type: str
    charset: str
    body: Template | None = field(repr=False)
    success: Success
    reference_path: str | None
    time_limit_seconds: float
    max_per_host: int

    @property
    def fields(self) -> frozenset[str]:
        """Return the names of all fields it fills in."""
        parts = [self.url, *self.headers.values(), *([self.body] if self.body else [])]
        return frozenset().union(*(part.fields for part in parts))


def load_gateways(
    path: Path | None, environment: Mapping[str, str] | None = None
) -> dict[str, GatewaySettings]:
    """Read the file; raise SettingError with one sentence, Chinese and English, for the first thing that is wrong."""
    if path is None:
        return {}
    try:
        with path.open("rb") as file:
            sections = tomllib.load(file)
    except OSError as error:
        raise SettingError(_sentence(path, "", "无法读取", f"it cannot be read: {error.strerror}")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = str(error).partition("\n")[0]
        raise SettingError(_sentence(path, "", "不是正确的 TOML", f"it is no TOML: {reason}")) from error
    secrets = Secrets(os.environ if environment is None else environment, path.absolute().parent)
    gateways = {}
    for kind, table in sections.items():
        try:
            gateways[kind] = read_gateway(kind, table, secrets)
        except (TemplateError, SectionError) as error:
            raise SettingError(_sentence(path, f"[{kind}] ", error.zh, error.en)) from error
    return gateways


def _sentence(path: Path, section: str, zh: str, en: str) -> str:
    return " ".join(f"LINGDA_GATEWAYS {path} {section}{zh} / {en}.".split())


def read_gateway(kind: str, table: Any, secrets: Secrets) -> GatewaySettings:
    """Read one section; raise SectionError or TemplateError."""
    if not NAME.fullmatch(kind) or not isinstance(table, dict):
        raise SectionError(
            "名称应为小写字母，内容应为一节", "a gateway is a section with a name of small letters"
        )
    section = Section(table)
    method = section.text("method", "POST").upper()
    if method not in METHODS:
        raise SectionError(f"method 应为 {'、'.join(METHODS)}", f"method must be one of {', '.join(METHODS)}")
    url = _read_url(section.text("url"), secrets)
    content_type, charset, escape = _read_content_type(section.text("content_type", "application/json"))
    body_text = section.text("body", "")
    if bool(body_text) == (method == "GET"):
        raise SectionError(
            "GET 不带 body，其他方法必须有 body", "GET has no body, every other method has one"
        )
    gateway = GatewaySettings(
        kind=kind,
        host=host_of(url.fill(DIFFICULT)),
        host_name=urlsplit(url.fill(DIFFICULT)).hostname or "",
        method=method,
        url=url,
        headers=_read_headers(section.table("headers"), secrets),
        content_type=content_type,
        charset=charset,
        body=read_template(body_text, escape, secrets) if body_text else None,
        success=_read_success(Section(section.table("success"), "success.")),
        reference_path=section.text("reference_path", "") or None,
        time_limit_seconds=section.number("time_limit_seconds", 8.0, 0.1, LONGEST_SECONDS),
        max_per_host=int(section.number("max_per_host", 2, 1, 8)),
    )
    section.end()
    _try_out(gateway)
    return gateway


def _read_url(text: str, secrets: Secrets) -> Template:
    url = read_template(text, in_address, secrets)
    head = url.pieces[0][0]
    try:
        parts = urlsplit(url.fill(DIFFICULT))
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
        _ = parts.port
    except ValueError:
        right = False
    # The host must end within what stands before the first mark: no field may choose where an alarm goes.
    if (
        not right
        or not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]_-]+([/?#].*)?", head, re.DOTALL)
        or re.search(r"\s", text)
    ):
        raise SectionError(
            "url 应为 http:// 或 https:// 开头的完整地址，主机名不得是字段或密钥，不得含用户名",
            "url must be a whole http:// or https:// address whose host is no field or secret and that names no user",
        )
    if len(url.pieces) > 1 and not re.match(r"https?://[^/?#]+[/?#]", head):
        raise SectionError("url 的主机名之后须有 /", "url needs a / after its host")
    return url


def _read_content_type(text: str) -> tuple[str, str, Escape]:
    headers = Headers()
    headers["Content-Type"] = text
    kind, charset = headers.get_content_type(), str(headers.get_param("charset", "utf-8"))
    try:
        "".encode(charset)
    except LookupError as error:
        raise SectionError(
            f"content_type 的字符集 {charset} 未知", f"content_type has an unknown charset {charset}"
        ) from error
    known: dict[str, Escape] = {
        "application/json": in_json,
        "application/x-www-form-urlencoded": in_form(charset),
        "application/xml": in_xml,
        "text/xml": in_xml,
        "application/soap+xml": in_xml,
        "text/plain": as_it_is,
    }
    if kind not in known or not text.isascii() or not text.isprintable():
        kinds = ", ".join(known)
        raise SectionError(f"content_type 应为其中之一：{kinds}", f"content_type must be one of {kinds}")
    return (text if "charset" in text.lower() else f"{text}; charset=utf-8"), charset, known[kind]


def _read_headers(table: Mapping[str, Any], secrets: Secrets) -> dict[str, Template]:
    headers = {}
    for name, text in table.items():
        if not HEADER_NAME.fullmatch(name) or name.lower() in OWN_HEADERS or not isinstance(text, str):
            raise SectionError(f"headers 中的 {name} 不可用", f"the header {name} cannot be set here")
        template = read_template(text, in_header, secrets, as_it_is)
        literal = "".join(piece for piece, _ in template.pieces)
        if not literal.isascii() or not literal.isprintable() or literal != literal.strip():
            raise SectionError(
                f"headers 中的 {name} 含有不可用的字符", f"the header {name} has characters no header has"
            )
        headers[name] = template
    return headers


def _read_success(section: Section) -> Success:
    statuses = frozenset(section.numbers("status", [200]))
    success = Success(
        statuses,
        section.text("json_path", "") or None,
        section.scalar("json_value"),
        section.text("contains", "") or None,
    )
    if (success.json_path is None) != (success.json_value is None):
        raise SectionError(
            "success 的 json_path 与 json_value 须同时给出", "success needs json_path and json_value together"
        )
    if not statuses or not all(200 <= status < 300 for status in statuses):
        raise SectionError(
            "success.status 应为 200 至 299 的数", "success.status must hold numbers from 200 to 299"
        )
    if not success.json_path and not success.contains and not statuses <= WITHOUT_BODY:
        raise SectionError(
            "success 须写明 json_path 与 json_value，或 contains：状态 200 的错误页不是成功",
            "success must say json_path and json_value, or contains: an error page with status 200 is no success",
        )
    section.end()
    return success


def _try_out(gateway: GatewaySettings) -> None:
    """Fill every template with difficult values; raise SectionError when what comes out is not what it says it is."""
    for name in NEEDED.get(gateway.kind, ("text",)):
        if name not in gateway.fields:
            raise SectionError(f"缺少字段 {{{{{name}}}}}", f"the field {{{{{name}}}}} is missing")
    if gateway.body is None:
        return
    text = gateway.body.fill(DIFFICULT)
    try:
        if gateway.body.escape is in_json:
            json.loads(text)
        elif gateway.body.escape is in_xml:
            ElementTree.fromstring(text)
    except (ValueError, ElementTree.ParseError) as error:
        raise SectionError(
            f"body 不是正确的 {gateway.content_type}，字段须写在引号或标签之内",
            f"body is no correct {gateway.content_type}; fields must stand inside quotes or tags",
        ) from error
