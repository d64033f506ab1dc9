"""Words that come with the program: the clauses people rely on, and the courtesy script of BSS-11."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from backend.accountability.complaint_schemas import CourtesyLine, CourtesyScript
from backend.deadlines.schemas import ClauseText


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("backend.accountability") / "data" / name).read_text(encoding="utf-8"))


@cache
def clause_texts() -> Mapping[str, ClauseText]:
    """Return the words of each clause a record can rest on, by its id."""
    return {clause: ClauseText(**words) for clause, words in _read("clauses.toml")["clause"].items()}


@cache
def courtesy_script() -> CourtesyScript:
    """Return what the duty officer says to whoever calls or comes, with the clause it comes from."""
    script = _read("courtesy.toml")
    return CourtesyScript(
        clause=script["clause"],
        clause_text=clause_texts()[script["clause"]],
        lines=[
            CourtesyLine(when=ClauseText(**line["when"]), say=ClauseText(**line["say"]))
            for line in script["line"]
        ],
        never=[ClauseText(**words) for words in script["never"]],
    )
