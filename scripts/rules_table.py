"""Write docs/rules/*.md: every article of the two texts with the code and tests that hold it, found by clause id.

`python -m scripts.rules_table` writes the tables; with `--check` it only says what is not as it should be. Code names an
article in the docstring of its module or as a clause of a rulebook, a test in any of its docstrings or its file's name.
"""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RULES = ROOT / "docs" / "rules"
CODE = ("backend", "geo")
TESTS = ("tests",)
NAMED = re.compile(r"\b(BSS|DL)-(\d+)(?:\((\d+)\))?")
STRETCH = re.compile(r"\b(BSS|DL)-(\d+) to (?:BSS|DL)-(\d+)\b")
IN_FILE_NAME = re.compile(r"test_(bss|dl)_(\d+)(?:_(\d+))?\.py$")
HEAD = """# {title}

Made by `python -m scripts.rules_table`; do not edit. The left column is ours, short; the texts themselves are the
courts'. Code and tests are found by the clause they name (`{prefix}-…`), see [the list of articles](articles.toml).

| 条 | 内容 | code | tests | later |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Article:
    """One article or numbered item of a text, in our words, with what is said where nothing holds it or beside."""

    id: str
    title: str
    later: str = ""
    remains: str = ""

    @property
    def number(self) -> str:
        """`BSS-4` of `BSS-4(5)`."""
        return self.id.partition("(")[0]


@dataclass(frozen=True)
class Text:
    """One court text: where its table is written and how many articles it has."""

    id: str
    prefix: str
    file: str
    articles: int
    title: str


def read_articles(path: Path = RULES / "articles.toml") -> tuple[list[Text], list[Article]]:
    """The texts and their articles."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Text(**one) for one in data["text"]], [Article(**one) for one in data["article"]]


def clauses_in(words: str) -> set[str]:
    """Every clause id that words name; `BSS-6 to BSS-8` names three."""
    found = {f"{text}-{number}{f'({item})' if item else ''}" for text, number, item in NAMED.findall(words)}
    for text, first, last in STRETCH.findall(words):
        found |= {f"{text}-{number}" for number in range(int(first), int(last) + 1)}
    return found


def holders(folders: tuple[str, ...], *, tests: bool) -> Mapping[str, list[str]]:
    """The files that hold each clause, by clause id, as paths from the root."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            words = "\n".join(docstrings(path) if tests else list(docstrings(path))[:1])
            clauses = clauses_in(words) | (clause_of_name(path.name) if tests else set())
            for clause in clauses:
                found[clause].append(str(path.relative_to(ROOT)))
        if not tests:
            for path in sorted((ROOT / folder).rglob("data/rulebooks/*.toml")):
                for clause in tomllib.loads(path.read_text(encoding="utf-8")).get("clause", []):
                    found[clause["id"]].append(str(path.relative_to(ROOT)))
    return found


def docstrings(path: Path) -> Iterator[str]:
    """The docstring of a module, first and perhaps empty, then those of its functions and classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield ast.get_docstring(tree) or ""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield ast.get_docstring(node) or ""


def clause_of_name(name: str) -> set[str]:
    """`test_bss_7_1.py` names BSS-7(1)."""
    match = IN_FILE_NAME.search(name)
    if not match:
        return set()
    text, number, item = match.groups()
    return {f"{text.upper()}-{number}{f'({item})' if item else ''}"}


def table_of(
    text: Text, articles: list[Article], code: Mapping[str, list[str]], tests: Mapping[str, list[str]]
) -> str:
    """The whole page of a text."""
    rows = []
    for article in articles:
        if not article.id.startswith(f"{text.prefix}-"):
            continue
        held = code.get(article.id, [])
        said = article.remains if held else article.later
        cells = (article.id, article.title, links(held), links(tests.get(article.id, [])), said)
        rows.append(f"| {' | '.join(cells)} |\n")
    return HEAD.format(title=text.title, prefix=text.prefix) + "".join(rows)


def links(paths: list[str]) -> str:
    """Files as links from docs/rules, a line for each folder."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folder, _, name = path.rpartition("/")
        folders[folder].append(f"[{name}](../../{path})")
    return "<br>".join(f"{folder}: {', '.join(found)}" for folder, found in folders.items())


def faults(
    texts: list[Text], articles: list[Article], code: Mapping[str, list[str]], tests: Mapping[str, list[str]]
) -> list[str]:
    """What is not as it should be, one sentence each."""
    known = {article.id for article in articles}
    found = [
        f"{clause} is named in {paths[0]} and is no article"
        for clause, paths in sorted({**code, **tests}.items())
        if clause not in known
    ]
    for text in texts:
        missing = [number for number in range(1, text.articles + 1) if f"{text.prefix}-{number}" not in known]
        found += [f"{text.prefix}-{number} is missing in articles.toml" for number in missing]
    parents = {article.number for article in articles if "(" in article.id}
    tested_by_items = {clause.partition("(")[0] for clause in tests if "(" in clause}
    for article in articles:
        if article.id in code and article.id not in tests and article.id not in tested_by_items:
            found.append(f"{article.id} has code ({code[article.id][0]}) and no test names it")
        if article.id not in code and not article.later and article.id not in parents:
            found.append(f"{article.id} has no code, and nothing is said of what will hold it")
    return found


def main() -> int:
    """Write the tables, or with `--check` say what is not as it should be; return the exit code."""
    texts, articles = read_articles()
    code, tests = holders(CODE, tests=False), holders(TESTS, tests=True)
    wrong = faults(texts, articles, code, tests)
    for text in texts:
        page, path = table_of(text, articles, code, tests), RULES / text.file
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != page:
                wrong.append(f"{path.relative_to(ROOT)} is out of date; run: python -m scripts.rules_table")
        else:
            path.write_text(page, encoding="utf-8")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
