"""Figures of clocks: counts, rates and exact percentiles by clause, step, limit and court, on both databases; no persons."""

import csv
import io
from datetime import date

import pytest

from backend.deadlines.http_figures import harmless

ORDERS = [f"01900000-0000-7000-8000-0000000000{number:02}" for number in range(1, 60)]


@pytest.fixture
def leader(world):
    return world.sign_in("binchuan.leader")


def figures(client, first="2026-03-01", last="2026-03-31", **more):
    answer = client.get("/api/statistics/clocks", **{"from": first, "to": last, **more})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["rows"]


def directive(centre, order, started_at, stopped_at=None, court_id="binchuan", clock="C6"):
    centre.start(clock, order, f"2026-03-03 {started_at}", court_id=court_id)
    if stopped_at:
        centre.stop(order, f"2026-03-03 {stopped_at}", clock=clock)


def test_what_was_kept_late_called_off_and_still_runs_is_counted_apart(leader, centre):
    directive(centre, ORDERS[0], "09:00:00", "09:10:00")
    directive(centre, ORDERS[1], "09:00:00", "09:29:00")
    directive(centre, ORDERS[2], "09:00:00", "09:31:00")
    directive(centre, ORDERS[3], "09:10:00")
    centre.cancel(ORDERS[3], "2026-03-03 09:32:00")
    directive(centre, ORDERS[4], "09:32:00")
    directive(centre, ORDERS[5], "09:00:00", court_id="yangbi")
    (row,) = figures(leader)
    assert (row["court"]["id"], row["clause"], row["clock"], row["kind"]) == (
        "binchuan",
        "BSS-8",
        "C6",
        "rule",
    )
    assert (row["limit_minutes"], row["working_days"]) == (30, None)
    counted = {
        name: row[name] for name in ("started", "met", "breached", "cancelled", "running", "unconfirmed")
    }
    assert counted == {
        "started": 5,
        "met": 2,
        "breached": 1,
        "cancelled": 1,
        "running": 1,
        "unconfirmed": 0,
    }
    assert row["on_time_rate"] == 0.6667
    assert (row["timed"], row["median_seconds"], row["p95_seconds"]) == (3, 1740.0, 1860.0)


def test_a_breach_in_doubt_is_in_no_rate(leader, centre):
    centre.silent.add(ORDERS[0])
    directive(centre, ORDERS[0], "09:00:00")
    centre.watch("2026-03-03 09:31:00")
    (row,) = figures(leader)
    assert (row["unconfirmed"], row["breached"], row["on_time_rate"]) == (1, 0, None)
    assert (row["timed"], row["median_seconds"]) == (0, None)


def test_the_median_of_an_even_count_and_the_95th_percentile_are_times_that_happened(leader, centre):
    """Of 20 times of 1 to 20 minutes, ten took at most 10 minutes, and nineteen at most 19."""
    for number in range(20):
        minutes = (number * 7) % 20 + 1
        directive(centre, ORDERS[number], "09:00:00")
        centre.stop(ORDERS[number], f"2026-03-03 09:{minutes:02}:00", known_at="2026-03-03 09:25:00")
    (row,) = figures(leader)
    assert (row["timed"], row["median_seconds"], row["p95_seconds"]) == (20, 600.0, 1140.0)


@pytest.mark.parametrize(
    ("started_at", "stopped_at", "seconds"),
    [
        ("09:00:00", "09:00:59.9996", 60.0),
        ("09:00:00", "09:00:59.999400", 59.999),
        ("09:00:59.999999", "09:01:00.000999", 0.001),
        ("09:00:00.000001", "09:00:30", 30.0),
    ],
)
def test_parts_of_a_second_are_exact_on_both_databases(leader, centre, started_at, stopped_at, seconds):
    directive(centre, ORDERS[0], started_at, stopped_at)
    (row,) = figures(leader)
    assert (row["median_seconds"], row["p95_seconds"]) == (seconds, seconds)


def test_thirty_minutes_and_an_hour_of_one_clause_are_two_rows(leader, centre):
    directive(centre, ORDERS[0], "09:00:00", "09:10:00")
    directive(centre, ORDERS[1], "12:15:00", "12:55:00")
    rows = figures(leader)
    assert [(row["limit_minutes"], row["met"], row["median_seconds"]) for row in rows] == [
        (30, 1, 600.0),
        (60, 1, 2400.0),
    ]


def test_days_are_those_of_the_court_and_both_ends_count(world, centre):
    centre.start("C6", ORDERS[0], "2026-03-03 00:00:00")
    centre.start("C6", ORDERS[1], "2026-03-03 23:59:59")
    centre.start("C6", ORDERS[2], "2026-03-04 00:00:00")
    leader = world.sign_in("binchuan.leader")
    assert [row["started"] for row in figures(leader, "2026-03-03", "2026-03-03")] == [2]
    assert [row["started"] for row in figures(leader, "2026-03-04", "2026-03-04")] == [1]
    assert figures(leader, "2026-03-05", "2026-03-31") == []


def test_a_superior_sees_its_subtree_in_the_order_of_codes_and_a_neighbour_nothing(world, centre):
    for number, court in enumerate(("yangbi", "binchuan", "xiangyun")):
        directive(centre, ORDERS[number], "09:00:00", "09:10:00", court_id=court)
    dali = figures(world.sign_in("dali.leader"))
    assert [row["court"]["id"] for row in dali] == ["yangbi", "xiangyun", "binchuan"]
    one = figures(world.sign_in("dali.leader"), court_id="yangbi")
    assert [row["court"]["id"] for row in one] == ["yangbi"]
    assert [row["court"]["id"] for row in figures(world.sign_in("xiangyun.leader"))] == ["xiangyun"]
    assert figures(world.sign_in("baishishan.leader")) == []


def test_the_numbers_a_court_adopted_later_stand_apart_from_its_own_text(leader, centre):
    centre.adopt("binchuan", "dali_2014", date(2026, 3, 2))
    centre.adopt("binchuan", "bss_2017", date(2026, 3, 3))
    centre.start("C6", ORDERS[0], "2026-03-02 09:00:00")
    centre.start("C6", ORDERS[1], "2026-03-03 09:00:00")
    assert [(row["rulebook"], row["clause"], row["kind"]) for row in figures(leader)] == [
        ("bss_2017", "BSS-8", "rule"),
        ("dali_2014", "DL-10", "target"),
    ]


def test_no_figure_names_a_person(leader, centre, world):
    directive(centre, ORDERS[0], "09:00:00", "09:10:00")
    for path in ("/api/statistics/clocks", "/api/statistics/clocks.csv"):
        text = leader.get(path, **{"from": "2026-03-01", "to": "2026-03-31"}).get_data(as_text=True)
        assert centre.officer.name not in text and centre.officer.user_id not in text


def test_the_table_opens_in_a_spreadsheet(leader, centre):
    directive(centre, ORDERS[0], "09:00:00", "09:10:00")
    answer = leader.get("/api/statistics/clocks.csv", **{"from": "2026-03-01", "to": "2026-03-31"})
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="clocks-2026-03-01-2026-03-31.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True)) | {"规则": "", "条款": ""} == {
        "法院": "宾川县人民法院",
        "规则": "",
        "条款": "",
        "时限": "C6",
        "性质": "规则",
        "期限（分钟）": "30",
        "期限（工作日）": "",
        "开始": "1",
        "按时": "1",
        "超时": "0",
        "超时待证实": "0",
        "取消": "0",
        "正在计时": "0",
        "按时率": "1.0",
        "计入用时": "1",
        "用时中位数（秒）": "600.0",
        "用时95百分位（秒）": "600.0",
    }


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


def test_numbers_and_names_stay_as_they_are():
    assert (harmless(-5), harmless("宾川县人民法院"), harmless(None)) == (-5, "宾川县人民法院", None)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"from": "2026-03-02", "to": "2026-03-01"},
        {"from": "2025-01-01", "to": "2026-01-02"},
        {"from": "2026-02-30", "to": "2026-03-01"},
        {"from": "0001-01-01", "to": "0001-01-02"},
        {"from": "9999-12-31", "to": "9999-12-31"},
        {"from": "2026-03-01", "to": "2026-03-02", "user_id": "somebody"},
    ],
)
def test_a_stretch_that_makes_no_sense_gets_422(leader, query):
    answer = leader.get("/api/statistics/clocks", **query)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "422.1")


def test_a_whole_year_may_be_asked_for(leader):
    assert figures(leader, "2025-01-01", "2026-01-01") == []
