"""The Chinese words printed on slips for the codes of the wire, and times as the court reads them."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

WORDS = {
    "dispatch": "派出",
    "verify": "核查",
    "superior": "上级指令",
    "assistance": "协助执行",
    "instruction": "工作指示",
    "urgent": "紧急",
    "normal": "一般",
    "non_urgent": "非紧急",
    "inquiry": "咨询",
    "not_ours": "非本院",
    "property": "财产线索",
    "whereabouts": "下落线索",
    "both": "财产与下落",
    "phone": "电话",
    "visit": "来访",
    "web": "网络",
    "police": "公安",
    "grid_worker": "网格员",
    "handler": "承办人",
    "sealed_property_endangered": "已查封、扣押的财产正在被毁损、转移、隐匿",
    "valuable_movables_at_hand": "有可供执行的贵重动产",
    "high_consumption_now": "正在进行高消费活动",
    "other": "其他需要立即执行的情形",
    "weapons": "可能持械",
    "crowd": "可能聚众",
    "illness": "有疾病",
    "leader": "负责人",
    "officer": "干警",
    "driver": "驾驶员",
    "completed": "已完成",
    "partly": "部分完成",
    "not_possible": "未能执行",
    "basis_lead": "线索",
    "basis_directive": "上级指令",
    "basis_case": "案件",
    "basis_instruction": "指挥长指示",
    "state_issued": "已下达",
    "state_delivered": "已送达",
    "state_acknowledged": "已接令",
    "state_reported_to_leader": "已报领导",
    "state_dispatched": "已出发",
    "state_on_scene": "已到场",
    "state_completed": "执行完毕",
    "state_feedback_submitted": "已反馈",
    "state_returned": "反馈被退回",
    "state_accepted": "已办结",
    "state_objected": "有异议",
    "state_withdrawn": "已撤回",
    "state_superseded": "已被替代",
    "state_cancelled": "已召回",
}
DUTY_WORDS = {
    "A": "A 岗",
    "B": "B 岗",
    "week": "带班周",
    "leader": "带班领导",
    "officer": "值班干警",
    "technician": "技术人员",
    "standby": "备勤",
    "network": "网络",
    "phone": "电话",
    "video": "视频",
    "recorder": "记录仪",
    "vehicle": "车辆",
    "fine": "正常",
    "faulty": "有故障",
    "outgoing": "交班人",
    "incoming": "接班人",
    "weather": "天气",
    "kit": "装备",
    "visitor": "来访",
    "other": "其他",
    "untriaged": "线索待分流",
    "unanswered": "指令待签收",
    "open": "待办",
    "C1": "接听",
    "C2": "登记报告",
    "C3": "下令",
    "C4": "派出",
    "C5": "核查",
    "C6": "派出",
    "C7": "书面反馈",
    "C8": "提解出发",
    "lead.register": "登记线索",
    "lead.triage": "分流",
    "lead.report": "报告领导",
    "lead.close": "办结线索",
    "directive.issue": "下达指令",
    "directive.acknowledge": "签收指令",
    "directive.acknowledge_for": "代小组签收",
    "directive.complete": "执行完毕",
    "directive.feedback": "书面反馈",
    "directive.accept_feedback": "认可反馈",
    "directive.withdraw": "撤回指令",
    "directive.cancel": "召回小组",
}
"""The words of a handover (交接班), whose codes mean something else on other slips."""
DIGITS = "零一二三四五六七八九"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def court_time(text: str | datetime | None) -> str:
    """Write an instant in Beijing time to the second, or a dash."""
    if text is None:
        return "—"
    instant = datetime.fromisoformat(text) if isinstance(text, str) else text
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def clause_name(clause: str | None) -> str:
    """Name a clause as courts do: `BSS-7(1)` is 第七条（一）; anything else as it is written."""
    found = re.fullmatch(r"[A-Z]+-(\d+)(?:\((\d+)\))?[a-z]?", clause or "")
    if found is None:
        return clause or ""
    article, item = found.groups()
    return f"第{chinese_number(int(article))}条" + (f"（{chinese_number(int(item))}）" if item else "")


def chinese_number(value: int) -> str:
    """Write a number below 100 as an article does: 8 is 八, 12 is 十二, 27 is 二十七."""
    tens, ones = divmod(value, 10)
    if tens == 0:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")
