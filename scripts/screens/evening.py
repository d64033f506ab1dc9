"""What people of Binchuan do in the course of an evening, through the real API: leads, orders, acts, positions."""

import json
from datetime import timedelta
from typing import Any

from backend.core.clock import SystemClock, to_wire
from backend.core.identifiers import new_identifier
from scripts.screens.people import People, said
from tests.support.world import Client

MINUTE = timedelta(minutes=1)
NOW = SystemClock().now
IN_THE_FIELD = ("teamleader1", "teamleader2", *(f"officer{number}" for number in range(1, 7)))
PLACES: dict[str, tuple[float, float]] = {
    "金牛镇 仁和村核桃仓库": (100.6021, 25.8466),
    "宾居镇 康家村 李某老宅": (100.4987, 25.7312),
    "州城镇 老街 47 号院": (100.5462, 25.7561),
    "乔甸镇 新庄加油站": (100.6874, 25.6903),
    "鸡足山镇 沙址村停车场": (100.3921, 25.9286),
    "力角镇 中营物流园": (100.5893, 25.9264),
    "州城镇 南薰桥头": (100.5311, 25.7804),
    "宾居镇 大罗城农家乐": (100.5418, 25.7095),
    "大营镇 萂村葡萄冷库": (100.4571, 25.7089),
    "平川镇 底么菜市场": (100.7386, 26.0162),
}
"""Where things happen: real towns of Binchuan, invented addresses, WGS-84 degrees."""


def place(text: str) -> dict[str, Any]:
    """Return a place as forms send it."""
    longitude, latitude = PLACES[text]
    return {"text": text, "longitude": longitude, "latitude": latitude, "accuracy_m": 30}


def desk_command(desk: Client, kind: str, subject_id: str, body: dict[str, Any]) -> None:
    """Send a command as the page of a desk does."""
    now = to_wire(NOW())
    payload = {
        "schema": 1,
        "command_id": new_identifier(),
        "device_id": f"desk-{new_identifier()}",
        "sequence": 1,
        "type": kind,
        "subject_id": subject_id,
        "base_revision": None,
        "body": body,
        "made_at": now,
        "made_at_device": now,
        "uncertainty_ms": 40,
        "position": None,
        "app_version": "screens",
    }
    command = {"payload": json.dumps(payload, ensure_ascii=False), "signature": None}
    (result,) = said(desk.post("/api/commands", {"commands": [command]}))["results"]
    assert result["result"] == "applied", result


class Evening:
    """Makes the night, act by act."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.duty = people.desk("binchuan.duty")
        self.commander = people.desk("binchuan.commander")
        self.phones = {post: people.phone(f"binchuan.{post}", "binchuan.duty") for post in IN_THE_FIELD}
        self.teams = {row["name"]: row["id"] for row in said(self.duty.get("/api/teams"))["items"]}

    def lead(self, minutes_ago: float, where: str, content: str, **more: Any) -> dict[str, Any]:
        """Register a lead that was phoned in some minutes ago."""
        form = {
            "received_at": to_wire(NOW() - minutes_ago * MINUTE),
            "channel": "phone",
            "kind": "property",
            "content": content,
            "place": place(where),
            **more,
        }
        return dict(said(self.duty.post("/api/leads", form)))

    def order(self, team: str, title: str, where: str, **more: Any) -> dict[str, Any]:
        """Order a team of the court out."""
        slip = {
            "kind": "dispatch",
            "target": {"court_id": "binchuan", "team_id": self.teams[team]},
            "title": title,
            "facts": "据报情况属实的可能性较大，现场人数不详。",
            "required_action": "控制财产，全程录像，至少两台记录仪。",
            "legal_basis": "《执行指挥中心工作规则》第八条",
            "place": place(where),
            "urgency": "urgent",
            **more,
        }
        return dict(said(self.commander.post("/api/directives", slip)))

    def desk_act(self, directive: dict[str, Any], act: str, **body: Any) -> dict[str, Any]:
        """Let the commander act on a directive as it stands now."""
        revision = said(self.commander.get(f"/api/directives/{directive['id']}"))["revision"]
        answer = self.commander.post(
            f"/api/directives/{directive['id']}/{act}", {"revision": revision, **body}
        )
        return dict(said(answer))

    def accept(self, order: dict[str, Any], *accounts: str) -> None:
        """Let the phones of the whole team take in an order, and some of its people accept it."""
        members = {member["user"]["id"] for member in order["members"]}
        for phone in self.phones.values():
            if phone.user_id in members:
                phone.do("directive.receive", order["id"])
        for account in accounts:
            self.phones[account].do("directive.accept", order["id"])

    def heard_of(self, account: str, minutes_ago: float, longitude: float, latitude: float) -> None:
        """Let a phone tell where it was some minutes ago."""
        phone = self.phones[account]
        fix = {
            "fixed_at": to_wire(NOW() - minutes_ago * MINUTE),
            "longitude": longitude,
            "latitude": latitude,
            "accuracy_m": 14.0,
            "battery_percent": 63.0,
        }
        answer = said(phone.post("/api/fixes", {"device_id": phone.device_id, "fixes": [fix]}))
        assert answer["stored"] == 1, answer
