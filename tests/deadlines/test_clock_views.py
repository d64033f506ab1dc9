"""Who sees which clocks: those of courts one may read, the next due first, each with its clause's words."""

from datetime import date

from backend.core.permissions import Actor
from backend.deadlines.rulebooks import rulebooks
from backend.deadlines.views import clocks_of, clocks_seen

ORDERS = [f"01900000-0000-7000-8000-00000000000{number}" for number in range(1, 6)]


def reader(*courts):
    return Actor("zhang", "binchuan.duty", "张静", courts[0], reach={"clock.read": frozenset(courts)})


def seen(centre, actor, **options):
    with centre.database.reading() as work:
        return [clock.subject_id for clock in clocks_seen(work.session, actor, **options)]


def test_binchuans_desk_sees_binchuans_clocks_and_not_yangbis(centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    centre.start("C6", ORDERS[1], "2026-03-03 09:00:00", court_id="yangbi")
    assert seen(centre, reader("binchuan")) == [ORDERS[0]]
    assert seen(centre, reader("dali", "binchuan", "yangbi")) == ORDERS[:2]
    assert seen(centre, reader("dali", "binchuan", "yangbi"), court_id="yangbi") == [ORDERS[1]]
    assert seen(centre, reader("binchuan"), court_id="yangbi") == []


def test_an_officer_without_the_permission_sees_none(centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    assert seen(centre, centre.officer) == []


def test_the_board_shows_what_is_owed_the_next_due_first_and_late_ones_until_they_happen(centre):
    for order, served_at in zip(ORDERS, ("09:20", "09:00", "09:10", "09:05", "09:15"), strict=True):
        centre.start("C6", order, f"2026-03-03 {served_at}:00")
    centre.stop(ORDERS[2], "2026-03-03 09:12:00")
    centre.cancel(ORDERS[3], "2026-03-03 09:12:00")
    centre.time("2026-03-03 09:31:00")
    centre.watch()
    assert seen(centre, reader("binchuan")) == [ORDERS[1], ORDERS[4], ORDERS[0]]
    assert len(seen(centre, reader("binchuan"), owed_only=False)) == 5


def test_a_list_goes_on_where_it_stopped_even_among_clocks_due_at_the_same_instant(centre):
    for order in ORDERS:
        centre.start("C6", order, "2026-03-03 09:00:00")
    found, after = [], None
    for _ in range(4):
        with centre.database.reading() as work:
            page = clocks_seen(work.session, reader("binchuan"), limit=2, after=after)
        found += [clock.subject_id for clock in page]
        after = (page[-1].due_at, page[-1].id) if page else after
    assert sorted(found) == ORDERS


def test_the_clocks_of_two_orders_come_together_with_clause_and_text(centre):
    centre.start("C6", ORDERS[0], "2026-03-03 09:00:00")
    centre.start("C7", ORDERS[0], "2026-03-03 10:00:00")
    centre.adopt("yangbi", "dali_2014", date(2026, 2, 1))
    centre.start("C6", ORDERS[1], "2026-03-03 09:00:00", court_id="yangbi")
    centre.start("C6", ORDERS[2], "2026-03-03 09:00:00")
    with centre.database.reading() as work:
        clocks = clocks_of(work.session, "directive", [ORDERS[0], ORDERS[1], ORDERS[4]])
    assert [clock.clock for clock in clocks[ORDERS[0]]] == ["C6", "C7"]
    assert [clock.clause for clock in clocks[ORDERS[1]]] == ["DL-10"]
    assert clocks[ORDERS[4]] == []
    assert set(clocks) == {ORDERS[0], ORDERS[1], ORDERS[4]}
    row = clocks[ORDERS[0]][0].model_dump(mode="json")
    assert row["clause"] == "BSS-8"
    assert row["clause_text"]["zh"] == rulebooks()["bss_2017"].clauses["BSS-8"].zh
    assert (row["started_at"], row["due_at"]) == ("2026-03-03T01:00:00.000Z", "2026-03-03T01:30:00.000Z")
    assert (row["rulebook"], row["kind"], row["regime"]) == ("bss_2017", "rule", "working")
