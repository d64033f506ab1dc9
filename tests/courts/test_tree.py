"""The tree of courts at an instant: ancestors, subtree, common superior, courts in between (DL-8, DL-10, DL-11, DL-12)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.courts.rules import CourtNode, CourtTree
from backend.demo.courts import COURTS

BEGIN = datetime(2014, 6, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 3, 1, tzinfo=UTC)
DEMO = CourtTree(
    (CourtNode(one.id, one.code, one.name, one.level, one.parent_id, BEGIN) for one in COURTS), NOW
)


@st.composite
def trees(draw: st.DrawFn) -> CourtTree:
    """Any tree: each court hangs under one made before it."""
    size = draw(st.integers(1, 15))
    parents = [None, *(f"c{draw(st.integers(0, number - 1))}" for number in range(1, size))]
    nodes = (CourtNode(f"c{number}", "", "", "", parent, BEGIN) for number, parent in enumerate(parents))
    return CourtTree(nodes, NOW)


def test_binchuan_stands_under_dali_yunnan_and_the_supreme_court() -> None:
    assert DEMO.ancestors("binchuan") == ["dali", "yunnan", "spc"]
    assert DEMO.ancestors("spc") == []


def test_two_counties_of_dali_meet_at_dali_and_a_forest_court_only_at_the_top() -> None:
    assert DEMO.common_superior("binchuan", "xiangyun") == "dali"
    assert DEMO.common_superior("binchuan", "baishishan") == "spc"


def test_the_common_superior_of_a_court_and_its_own_superior_stands_above_both() -> None:
    assert DEMO.common_superior("binchuan", "dali") == "yunnan"
    assert DEMO.common_superior("binchuan", "binchuan") == "dali"
    assert DEMO.common_superior("binchuan", "spc") is None


def test_the_courts_between_get_a_copy() -> None:
    assert DEMO.between("spc", "binchuan") == ["dali", "yunnan"]
    assert DEMO.between("dali", "binchuan") == []
    assert DEMO.between("xiangyun", "binchuan") == []


def test_dali_has_its_twelve_counties_below_it() -> None:
    below = DEMO.subtree("dali") - {"dali"}
    assert len(below) == 12
    assert "baishishan" not in below


def test_a_court_stands_from_its_first_instant_to_just_before_its_last() -> None:
    node = CourtNode("x", "", "", "", None, BEGIN, NOW)
    moment = timedelta(microseconds=1)
    assert [node.exists_at(at) for at in (BEGIN - moment, BEGIN, NOW - moment, NOW)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_court_that_ended_is_in_no_line_and_those_below_it_stand_alone() -> None:
    ended = [
        CourtNode("spc", "", "", "", None, BEGIN),
        CourtNode("old", "", "", "", "spc", BEGIN, NOW),
        CourtNode("county", "", "", "", "old", BEGIN),
    ]
    before, after = CourtTree(ended, NOW - timedelta(days=1)), CourtTree(ended, NOW)
    assert before.subtree("spc") == {"spc", "old", "county"}
    assert after.subtree("spc") == {"spc"}
    assert (after.ancestors("county"), after.ancestors("old"), after.subtree("old")) == ([], [], frozenset())


@given(trees())
def test_a_court_is_in_the_subtree_of_exactly_itself_and_its_ancestors(tree: CourtTree) -> None:
    for court in tree.nodes:
        holders = {other for other in tree.nodes if court in tree.subtree(other)}
        assert holders == {court, *tree.ancestors(court)}


@given(trees())
def test_ancestors_are_a_line_without_repetition_that_ends_at_the_root(tree: CourtTree) -> None:
    for court in tree.nodes:
        above = tree.ancestors(court)
        assert len(set(above)) == len(above) and court not in above
        assert [tree.nodes[one].parent_id for one in [court, *above]] == [*above, None]


@given(trees(), st.data())
def test_the_common_superior_is_the_same_both_ways_and_the_lowest_above_both(
    tree: CourtTree, data: st.DataObject
) -> None:
    names = sorted(tree.nodes)
    first, second = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    found = tree.common_superior(first, second)
    assert found == tree.common_superior(second, first)
    both = set(tree.ancestors(first)) & set(tree.ancestors(second))
    if found is None:
        assert not both
    else:
        assert found in both
        assert both == {found, *tree.ancestors(found)}


@given(trees(), st.data())
def test_between_and_the_two_ends_make_one_line(tree: CourtTree, data: st.DataObject) -> None:
    lower = data.draw(st.sampled_from(sorted(tree.nodes)))
    for upper in tree.ancestors(lower):
        line = [lower, *tree.between(upper, lower), upper]
        assert [tree.nodes[one].parent_id for one in line[:-1]] == line[1:]
        assert tree.is_ancestor(upper, lower) and not tree.is_ancestor(lower, upper)
