"""The Chinese words printed on slips for the codes of the wire, and times as the court reads them."""

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
SHANGHAI = ZoneInfo("Asia/Shanghai")


def court_time(text: str | datetime | None) -> str:
    """Write an instant in Beijing time to the second, or a dash."""
    if text is None:
        return "—"
    instant = datetime.fromisoformat(text) if isinstance(text, str) else text
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
