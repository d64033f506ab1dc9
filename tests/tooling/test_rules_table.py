"""The tables of the two court texts are found in the tree and up to date: every article, each with code and test or a word."""

import re

import pytest

from backend.deadlines.rulebooks import rulebooks
from scripts import rules_table
from scripts.rules_table import (
    CODE,
    TESTS,
    Article,
    clause_of_name,
    clauses_in,
    faults,
    holders,
    read_articles,
    table_of,
)
from tests.support.front import ROOT


@pytest.fixture(scope="module")
def found():
    return holders(CODE, tests=False), holders(TESTS, tests=True)


def test_nothing_is_missing_or_misnamed(found):
    assert faults(*read_articles(), *found) == []


def test_all_14_articles_and_all_27_items_are_there():
    _, articles = read_articles()
    numbers = {article.number for article in articles}
    assert numbers == {f"BSS-{number}" for number in range(1, 15)} | {
        f"DL-{number}" for number in range(1, 28)
    }
    assert len({article.id for article in articles}) == len(articles)


def test_the_tables_are_those_of_todays_tree(found):
    texts, articles = read_articles()
    for text in texts:
        written = (rules_table.RULES / text.file).read_text(encoding="utf-8")
        assert written == table_of(text, articles, *found), "run: python -m scripts.rules_table"


def test_every_file_named_in_the_pages_of_rules_is_there():
    for page in [*rules_table.RULES.glob("*.md"), ROOT / "docs" / "rules.md"]:
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).resolve().exists(), f"{page.name} names {link}"


def test_every_clause_of_a_rulebook_is_an_article():
    _, articles = read_articles()
    known = {article.id for article in articles}
    for book in rulebooks().values():
        assert known >= book.clauses.keys()


def test_clauses_are_found_in_words_in_stretches_and_in_file_names():
    assert clauses_in("serves BSS-7(1), DL-10 and BSS-6 to BSS-8") == {
        "BSS-7(1)",
        "DL-10",
        "BSS-6",
        "BSS-7",
        "BSS-8",
    }
    assert clause_of_name("test_bss_7_1.py") == {"BSS-7(1)"}
    assert clause_of_name("test_dl_10.py") == {"DL-10"}
    assert clause_of_name("test_watcher.py") == set()


def test_what_is_wrong_is_said():
    texts, _ = read_articles()
    bss = [text for text in texts if text.prefix == "BSS"]
    articles = [Article(f"BSS-{number}", "条", "later") for number in range(1, 14)]
    assert faults(bss, articles, {}, {}) == ["BSS-14 is missing in articles.toml"]
    silent = [*articles, Article("BSS-14", "条")]
    assert faults(bss, silent, {}, {}) == ["BSS-14 has no code, and nothing is said of what will hold it"]
    untested = {"BSS-14": ["backend/a.py"]}
    assert faults(bss, silent, untested, {}) == ["BSS-14 has code (backend/a.py) and no test names it"]
    assert "BSS-15 is named in backend/a.py and is no article" in faults(
        bss, silent, {"BSS-15": ["backend/a.py"]}, {}
    )
