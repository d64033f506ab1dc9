"""The history of clocks as a page to print, in the court's words: bars on one axis, and why each limit is what it is (BSS-8)."""

from datetime import date, datetime, timedelta

from flask import render_template

from backend.deadlines.history_schemas import ClockHistory, ClockPast, CountedDayShape, DayShape, WhyShape
from backend.slip_words import court_time

CLOCKS = {
    "C1": "值班台应答",
    "C2": "登记并报告",
    "C3": "下达派出令",
    "C4": "紧急线索派出",
    "C5": "非紧急线索核查",
    "C6": "上级指令派出",
    "C7": "书面反馈",
    "C8": "接回本院被执行人",
    "C9": "询问",
}
STATES = {
    "running": "正在计时",
    "met": "按时",
    "breached": "超时（待说明）",
    "unconfirmed": "超时待证实",
    "cancelled": "已取消",
}
REGIMES = {"working": "工作时间", "off_hours": "工作时间外", "holiday": "节假日（含周末）"}
KINDS = {
    "working_day": "工作日",
    "make_up_workday": "调休上班日",
    "weekend": "周末",
    "holiday": "节假日",
}
EVENTS = {
    "lead.received_at": "接到线索",
    "lead.reported_at": "报告领导",
    "leader.decided_at": "领导作出决定",
    "directive.issued_at": "下达指令",
    "directive.served_at": "指令送达",
    "directive.acknowledged_at": "值班台签收",
    "directive.departed_at": "小组出发",
    "directive.completed_at": "指令执行完毕",
    "directive.feedback_at": "书面反馈",
    "verification.accepted_at": "有人接受核查",
}
LINES = {
    "clock.start": "开始计时",
    "clock.warn": "提醒",
    "clock.stop": "停止计时",
    "clock.cancel": "取消",
    "clock.reopen": "恢复",
    "clock.breach": "超时",
    "clock.unconfirmed": "超时待证实",
    "clock.disproved": "证明未超时",
    "clock.recompute": "按公布的节假日安排重算",
}
PEOPLE = {
    "duty_officer": "值班干警",
    "standby": "备勤",
    "duty_leader": "带班领导",
    "commander": "指挥长",
    "liaison": "专职联络员",
    "responsible": "承办负责人",
    "issuer": "发令法院",
}
WEEKDAYS = "一二三四五六日"
SHORTEST_AXIS = timedelta(minutes=1)
LATE_ARRIVAL = timedelta(minutes=1)
"""A line that took longer to be recorded says when it was."""


def clock_paper(history: ClockHistory) -> str:
    """The whole page as HTML; it names nothing outside itself."""
    begin, end = axis_of(history)
    return render_template(
        "clocks.html",
        history=history,
        begin=begin,
        end=end,
        words={"clocks": CLOCKS, "states": STATES, "lines": LINES},
        along=lambda at: along(at, begin, end),
        court_time=court_time,
        why=why_sentences,
        tell=lambda codes: "、".join(PEOPLE[code] for code in codes),
        limit=limit_words,
        late_arrival=LATE_ARRIVAL,
    )


def axis_of(history: ClockHistory) -> tuple[datetime, datetime]:
    """The first and last instant that the bars share; a running clock reaches to now."""
    instants = [history.subject.at]
    for past in history.clocks:
        clock = past.clock
        ends = (clock.started_at, clock.due_at, clock.stopped_at, past.cancelled_at)
        instants += [at for at in ends if at is not None]
        if clock.stopped_at is None and past.cancelled_at is None:
            instants.append(history.now)
    begin = min(instants)
    return begin, max(*instants, begin + SHORTEST_AXIS)


def along(at: datetime, begin: datetime, end: datetime) -> float:
    """How far along the axis an instant lies, in percent, never off it."""
    share = (at - begin) / (end - begin)
    return round(100 * min(1.0, max(0.0, share)), 3)


def limit_words(why: WhyShape) -> str:
    """`30分钟` or `2个工作日`."""
    return f"{why.limit_minutes}分钟" if why.limit_minutes is not None else f"{why.working_days}个工作日"


def why_sentences(past: ClockPast) -> list[str]:
    """Why the limit is what it is, one sentence for each fact."""
    why = past.why
    said = [_rulebook(why), _start(past)]
    if why.counted:
        said += _counted(why)
    elif why.regime_decides:
        said.append(_hours(why))
    else:
        said.append(f"该条不分工作时间内外，任何时候均为{limit_words(why)}，按经过的分钟连续计算。")
    if why.provisional_years:
        years = "、".join(str(year) for year in why.provisional_years)
        said.append(f"{years}年节假日安排尚未公布，期限为暂定，公布后重算。")
    if past.clock.kind == "target":
        said.append("所依文本没有规定数字，此期限是提醒用的目标，不作为问责依据。")
    if not past.counts_the_same:
        said.append("按现在登记的工作时间和节假日安排计算会得出不同结果；已开始的时限保持开始时的期限。")
    return said


def _rulebook(why: WhyShape) -> str:
    if why.adopted_by is None or why.adopted_from is None:
        return f"依据《{why.rulebook_title.zh}》。"
    return f"依据《{why.rulebook_title.zh}》，本院以{why.adopted_by}自{day_words(why.adopted_from)}起施行。"


def _start(past: ClockPast) -> str:
    event = EVENTS.get(past.why.start_event or "", "开始")
    return f"自{event}起算：{court_time(past.clock.started_at)}，{_day(past.why.start_day)}。"


def _hours(why: WhyShape) -> str:
    if why.article_7_at_night and why.regime != "working":
        return f"起算时为{REGIMES[why.regime]}；本院施行文件规定紧急线索任何时候均为{limit_words(why)}。"
    if why.regime == "holiday":
        return f"当日不上班，属{REGIMES[why.regime]}，期限为{limit_words(why)}，按经过的分钟连续计算。"
    hours = "、".join(why.sessions)
    return (
        f"当日工作时间为{hours}（自{day_words(why.sessions_from)}起施行）；起算时属{REGIMES[why.regime]}，"
        f"期限为{limit_words(why)}，按经过的分钟连续计算。"
    )


def _counted(why: WhyShape) -> list[str]:
    days = "；".join(f"{_day(one)}{_number(one)}" for one in why.counted)
    return [f"期限为{limit_words(why)}，开始当日不计算在内，止于最后一日24时。", f"逐日计算：{days}。"]


def _number(one: CountedDayShape) -> str:
    if one.number is None:
        return "，不计"
    return f"，第{one.number}个工作日" if one.number else "，开始当日，不计"


def _day(fact: DayShape) -> str:
    name = fact.name.zh if fact.name else ""
    source = f"，见{fact.source}" if fact.source and fact.published else ""
    return f"{day_words(fact.day)}（周{WEEKDAYS[fact.day.weekday()]}）为{KINDS[fact.kind]}{name}{source}"


def day_words(day: date) -> str:
    """`2026年10月10日`."""
    return f"{day.year}年{day.month}月{day.day}日"
