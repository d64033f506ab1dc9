"""What leaves the house, pure: the push (one payload for every browser) and the words of a message.

No case, no place, no name is ever in it. The push is in the declarative form, which Safari shows by itself and the
service worker reads everywhere else.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.core.clock import to_wire

TITLES = {
    ("directive", "urgent"): "令达 · 紧急指令",
    ("directive", "normal"): "令达 · 新指令",
    ("link_test", "normal"): "令达 · 通道测试",
    ("self_check", "normal"): "令达 · 自检",
}
BODIES = {
    "directive": "请打开令达查看并应答",
    "link_test": "手机通道正常，无须操作",
    "self_check": "推送可以送达本机",
}
SHORTEST_LIFE = timedelta(seconds=60)
LONGEST_LIFE = timedelta(hours=24)
TEST_LIFE = timedelta(minutes=2)


@dataclass(frozen=True)
class Alarm:
    """What a push or a message is about: ids, urgency and limit, nothing of the case."""

    subject_kind: str
    subject_id: str
    delivery_id: str
    urgency: str
    covert: bool
    deadline_at: datetime | None
    reference: str


def push_payload(alarm: Alarm, token: str, public_url: str, *, recall: bool) -> bytes:
    """Return the JSON of a push: the declarative notification, and under `lingda` what the service worker needs."""
    title, body = TITLES[alarm.subject_kind, alarm.urgency], BODIES[alarm.subject_kind]
    if recall:
        title, body = "令达", "指令已撤回"
    if alarm.covert:
        title, body = "令达", "有新消息"
    needed = {
        "kind": "recall" if recall else alarm.subject_kind,
        "subject_id": alarm.subject_id,
        "delivery_id": alarm.delivery_id,
        "urgency": alarm.urgency,
        "covert": alarm.covert,
        "token": token,
        "deadline": to_wire(alarm.deadline_at) if alarm.deadline_at else None,
    }
    rings = alarm.subject_kind == "directive" and alarm.urgency == "urgent" and not alarm.covert
    message: dict[str, Any] = {
        "web_push": 8030,
        "notification": {
            "title": title,
            "body": body,
            "lang": "zh-CN",
            "dir": "ltr",
            "navigate": address_of(alarm, public_url),
            "tag": f"{alarm.subject_kind}-{alarm.subject_id}",
            "requireInteraction": rings and not recall,
            "silent": not rings,
            # A browser that shows the notification by itself may hand on nothing else of the message.
            "data": {"lingda": needed},
        },
        "mutable": True,
        "lingda": needed,
    }
    if not recall:
        message["app_badge"] = 1
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def address_of(alarm: Alarm, public_url: str) -> str:
    """Return the page a tap on the notification opens."""
    page = f"order/{alarm.subject_id}" if alarm.subject_kind == "directive" else "me"
    return f"{public_url}/#/{page}"


def seconds_to_live(alarm: Alarm, now: datetime) -> int:
    """Return how long a push service keeps the push: until the limit; never 0, which drops it for a sleeping phone."""
    if alarm.subject_kind != "directive":
        return int(TEST_LIFE.total_seconds())
    until_limit = alarm.deadline_at - now if alarm.deadline_at else LONGEST_LIFE
    return int(min(max(until_limit, SHORTEST_LIFE), LONGEST_LIFE).total_seconds())


def message_text(alarm: Alarm, public_url: str) -> str:
    """Return the words of an SMS, a voice call or a messenger: that something waits, its number, and where."""
    if alarm.covert:
        return f"【令达】有新消息，请打开 {public_url}"
    pressing = "紧急指令" if alarm.urgency == "urgent" else "新指令"
    return f"【令达】您有{pressing}{alarm.reference}待接收，请立即打开 {public_url} 应答。"
