"""Figures of clocks for those who lead: a table and the same as CSV; of courts, never of people (BSS-6 to BSS-8)."""

import csv
import io
from typing import Any

from apiflask import APIBlueprint
from flask import Response

from backend.core.web import actor, requires, services
from backend.courts.views import visible_courts
from backend.deadlines.figures import clock_figures, courts_in_order, days_between
from backend.deadlines.figures_schemas import ClockFigures, FigureQuery, FigureRow
from backend.people.permissions import Permission

blueprint = APIBlueprint("figures", __name__, url_prefix="/api/statistics", tag="Deadlines")
CSV: dict[int | str, Any] = {200: {"description": "The same as a table", "content": {"text/csv": {}}}}
COLUMNS = (
    "法院",
    "规则",
    "条款",
    "时限",
    "性质",
    "期限（分钟）",
    "期限（工作日）",
    "开始",
    "按时",
    "超时",
    "超时待证实",
    "取消",
    "正在计时",
    "按时率",
    "计入用时",
    "用时中位数（秒）",
    "用时95百分位（秒）",
)
KINDS = {"rule": "规则", "target": "内部目标"}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/clocks")
@blueprint.input(FigureQuery, location="query")
@blueprint.output(ClockFigures)
@requires(Permission.STATISTICS_READ)
def show_figures(query_data: FigureQuery) -> ClockFigures:
    """Show how clocks of my court and those below it were kept, by clause, step, limit and court."""
    return _figures(query_data)


@blueprint.get("/clocks.csv")
@blueprint.input(FigureQuery, location="query")
@blueprint.doc(responses=CSV)
@requires(Permission.STATISTICS_READ)
def download_figures(query_data: FigureQuery) -> Response:
    """Give the same as CSV for a spreadsheet."""
    figures = _figures(query_data)
    response = Response(table_of(figures.rows), mimetype="text/csv")
    name = f"clocks-{figures.first}-{figures.last}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _figures(query: FigureQuery) -> ClockFigures:
    asking = actor()
    allowed = asking.courts(Permission.STATISTICS_READ)
    if query.court_id is not None:
        asking.demand(Permission.STATISTICS_READ, query.court_id)
        allowed = frozenset({query.court_id})
    with services().database.reading() as work:
        names = {court.id: court.name for court in visible_courts(work.session, asking, work.now)}
        begin, end = days_between(query.first, query.last)
        rows = clock_figures(work.session, courts_in_order(names, allowed), begin, end)
        return ClockFigures(first=query.first, last=query.last, at=work.now, rows=rows)


def table_of(rows: list[FigureRow]) -> str:
    """Rows as CSV that a spreadsheet opens: with the mark of UTF-8, and no cell that it would run."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = (
            row.court.name,
            row.rulebook,
            row.clause,
            row.clock,
            KINDS[row.kind],
            row.limit_minutes,
            row.working_days,
            row.started,
            row.met,
            row.breached,
            row.unconfirmed,
            row.cancelled,
            row.running,
            row.on_time_rate,
            row.timed,
            row.median_seconds,
            row.p95_seconds,
        )
        writer.writerow([harmless(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
