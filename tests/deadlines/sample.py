"""A rulebook of one clause, to be given the limit under test."""

ONE_CLAUSE = """
id = "sample"
title = {{ zh = "样例", en = "Sample" }}
interpreter = "样例"
effective_from = 2026-01-01
[[clause]]
id = "S-1"
text = {{ zh = "三十分钟", en = "thirty minutes" }}
[[clause.limit]]
clock = "C6"
kind = "{kind}"
start = "directive.served_at"
stop = "directive.departed_at"
{limit}
"""


def one_clause(limit: str, kind: str = "rule") -> str:
    """The TOML of the rulebook, with these lines in its only limit."""
    return ONE_CLAUSE.format(kind=kind, limit=limit)
