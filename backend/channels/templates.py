"""Texts with `{{field}}` and `${env:NAME}`, `${file:path}`: read and judged at the start, filled at the moment of sending."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

FIELDS = frozenset({"mobile", "account", "text", "key", "language"})
MARK = re.compile(r"\{\{(?P<field>[^{}]*)\}\}|\$\{(?P<secret>[^{}]*)\}")
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
Escape = Callable[[str], str]


class TemplateError(Exception):
    """What is wrong with a template, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


@dataclass(frozen=True)
class Template:
    """A text in pieces: (text, "") is said as it is, ("", name) is a field. Not shown: secrets stand in it."""

    pieces: tuple[tuple[str, str], ...] = field(repr=False)
    escape: Escape = field(repr=False)

    @property
    def fields(self) -> frozenset[str]:
        """Return the names of the fields it asks for."""
        return frozenset(name for _, name in self.pieces if name)

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with each field's value, written so that it stays a value; nothing in a value is read again."""
        return "".join(self.escape(values[name]) if name else text for text, name in self.pieces)


class Secrets:
    """Where `${env:NAME}` and `${file:path}` are read from; a path is seen from the folder of the settings file."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._environment = environment
        self._folder = folder

    def read(self, place: str) -> str:
        """Return the secret of `env:NAME` or `file:path`; raise TemplateError when there is none."""
        kind, _, name = place.partition(":")
        if kind == "env" and name:
            if secret := self._environment.get(name):
                return secret
            raise TemplateError(f"环境变量 {name} 没有设置", f"the environment has no {name}")
        if kind == "file" and name:
            try:
                secret = (self._folder / name).read_text(encoding="utf-8").strip()
            except (OSError, ValueError) as error:
                raise TemplateError(
                    f"密钥文件 {name} 无法读取", f"the secret file {name} cannot be read"
                ) from error
            if secret:
                return secret
            raise TemplateError(f"密钥文件 {name} 是空的", f"the secret file {name} is empty")
        raise TemplateError(
            f"${{{place}}} 应写成 ${{env:名称}} 或 ${{file:路径}}",
            f"write ${{{place}}} as ${{env:NAME}} or ${{file:path}}",
        )


def read_template(
    text: str, escape: Escape, secrets: Secrets, escape_secret: Escape | None = None
) -> Template:
    """Take a text apart; raise TemplateError for a field that is not known or a secret that is not there.

    A secret is written as a field is, unless `escape_secret` says otherwise.
    """
    pieces: list[tuple[str, str]] = []
    end = 0
    for mark in MARK.finditer(text):
        pieces.append((checked(text[end : mark.start()]), ""))
        end = mark.end()
        if mark["secret"] is not None:
            pieces.append(((escape_secret or escape)(secrets.read(mark["secret"].strip())), ""))
            continue
        name = mark["field"].strip()
        if name not in FIELDS:
            known = ", ".join(sorted(FIELDS))
            raise TemplateError(
                f"没有 {{{{{name}}}}} 这个字段，可用：{known}",
                f"there is no field {{{{{name}}}}}; there are {known}",
            )
        pieces.append(("", name))
    pieces.append((checked(text[end:]), ""))
    return Template(tuple(pieces), escape)


def checked(text: str) -> str:
    """Return a piece without marks; raise TemplateError when one began in it and does not end."""
    if "{{" in text or "${" in text:
        raise TemplateError("有 {{ 或 ${ 没有闭合", "a {{ or ${ is never closed")
    return text


def in_json(value: str) -> str:
    """Write a value inside the quotes of a JSON string."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def in_xml(value: str) -> str:
    """Write a value as text or attribute of XML, without the characters XML cannot have."""
    return escape(NO_XML.sub("", value), {'"': "&quot;", "'": "&apos;"})


def in_form(charset: str) -> Escape:
    """Return how a value of a form is written, in the form's charset."""
    return lambda value: quote_plus(value, encoding=charset, errors="replace")


def in_address(value: str) -> str:
    """Write a value as part of a path or a query."""
    return quote(value, safe="", errors="replace")


def in_header(value: str) -> str:
    """Write a value into a header: nothing but visible ASCII, so that it can begin no header of its own."""
    return quote(value, safe="!#$&'()*+,/:;=?@[]^_`{|}~", errors="replace")


def as_it_is(value: str) -> str:
    """Write a value without any change, in plain text."""
    return value
