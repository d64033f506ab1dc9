"""The stage of the access tests: one installation with things of Binchuan on it, and everybody who may try them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from backend.core.clock import to_wire
from backend.core.outbox import sequence_events
from backend.notify.rules import NoticeKind
from backend.notify.service import give_notice
from tests.people.visitor import Visitor
from tests.support.world import Client, Phone, World

COURT, BESIDE, ABOVE = "binchuan", "xiangyun", "dali"
MARKER = "binchuan"
"""Stands in every answer about Binchuan: as court id, in accounts, in the texts made here."""


@dataclass(frozen=True)
class Ask:
    """One request about a thing of Binchuan, the same whoever makes it."""

    path: str
    body: Any = None
    query: tuple[tuple[str, str], ...] = ()


class Stage:
    """Everybody's sessions, and ways to make a fresh thing of Binchuan in the state a request needs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client: Callable[[str], Client] = cache(world.sign_in)
        self.phone: Callable[[str], Phone] = cache(world.phone)
        self.half_signed_in: Callable[[str], Visitor] = cache(self._give_password)
        self.serial = 0

    def _give_password(self, account: str) -> Visitor:
        """Return somebody who has given the password and no second factor; asked once, for sign-ins are limited."""
        visitor = Visitor(self.world, account)
        assert visitor.give_password().status_code == 200
        return visitor

    def person(self, name: str) -> Client:
        """Return the session of an account, or of a phone when written `phone <account>`."""
        kind, _, account = name.rpartition(" ")
        return self.phone(account) if kind == "phone" else self.client(account)

    def user_id(self, account: str) -> str:
        """Return the id of a person."""
        return self.world.user(account).id

    def name(self) -> str:
        """Return a name nothing has yet."""
        self.serial += 1
        return f"{MARKER} {self.serial}"

    def lead(self, **changes: Any) -> dict[str, Any]:
        """Register a lead at Binchuan."""
        return self.world.register_lead(
            self.client("binchuan.duty"), content=f"{self.name()} 的线索", **changes
        )

    def announced(self) -> None:
        """Register a lead and number its events, as a backend's tail does."""
        self.lead()
        sequence_events(self.world.database)

    def order(self, *acts: str) -> str:
        """Order Binchuan's first team out; its officer does the acts; return the order's id."""
        order = self.world.order_out(self.client("binchuan.commander"), title=self.name())
        officer = self.phone("binchuan.officer1")
        for act in acts:
            assert officer.do(f"directive.{act}", order["id"], ACT_BODIES.get(act))["result"] == "applied", (
                act
            )
        return str(order["id"])

    def from_above(self, *acts: str) -> str:
        """Let Dali's commander give Binchuan a directive; the duty desk does the acts; return its id."""
        row = self.world.directive_from_above(self.client("dali.commander"), title=self.name())
        for act in acts:
            body = {"revision": self.revision(row["id"]), **DESK_BODIES.get(act, {})}
            done = self.client("binchuan.duty").post(f"/api/directives/{row['id']}/{act}", body)
            assert done.status_code == 200, done.get_data(as_text=True)
        return str(row["id"])

    def revision(self, directive_id: str) -> int:
        """Return the revision a directive stands at."""
        shown = self.client("dali.commander").get(f"/api/directives/{directive_id}").get_json()
        return int(shown["revision"])

    def act(self, directive_id: str, act: str, **more: Any) -> Ask:
        """Return the request for a desk's act on a directive as it stands."""
        body = {"revision": self.revision(directive_id), **DESK_BODIES.get(act, {}), **more}
        return Ask(f"/api/directives/{directive_id}/{act}", body)

    def fix(self) -> dict[str, Any]:
        """Return a position that no phone has sent yet."""
        self.serial += 1
        return {
            "fixed_at": to_wire(self.world.clock.now()).replace(".000Z", f".{self.serial:03}Z"),
            "longitude": 100.57,
            "latitude": 25.83,
            "accuracy_m": 8,
        }

    def sent_fix(self) -> None:
        """Let an officer's phone of Binchuan send a position."""
        phone = self.phone("binchuan.officer1")
        kept = phone.post("/api/fixes", {"device_id": phone.device_id, "fixes": [self.fix()]})
        assert kept.get_json()["stored"] == 1

    def telephoned(self) -> str:
        """Let Binchuan's desk write down a directive that Dali telephoned, and return its id."""
        answer = self.client("binchuan.duty").post("/api/outside-directives", self.call())
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return str(answer.get_json()["id"])

    def call(self) -> dict[str, Any]:
        """Return what a desk writes down of a directive that Dali telephoned now."""
        return {
            "issuing_court_id": ABOVE,
            "channel": "phone",
            "caller_name": "值班员",
            "read_back": True,
            "received_at": to_wire(self.world.clock.now()),
            "title": "协助控制车辆",
            "facts": "车辆停在金牛镇。",
            "required_action": "控制车辆。",
            "legal_basis": "《规则》第八条",
        }

    def copy_of_call(self) -> Ask:
        """Join a directive of the system to one that was telephoned before."""
        written = self.telephoned()
        body = {"revision": self.revision(written), "copy_id": self.from_above()}
        return Ask(f"/api/directives/{written}/merge_copy", body)

    def notice(self, *accounts: str) -> str:
        """Tell people of Binchuan that a limit comes near, and return the notice's id."""
        lead = self.lead()
        with self.world.database.writing() as work:
            work.authorise_by_rule("the test stands in for the clock")
            return give_notice(
                work,
                court_id=COURT,
                kind=NoticeKind.CLOCK_WARNING,
                subject_kind="lead",
                subject_id=str(lead["id"]),
                title=self.name(),
                people={self.user_id(account): ["duty_officer"] for account in accounts},
                at=work.now,
            ).id

    def tracker(self) -> str:
        """Give an officer of Binchuan a tracker and return its id."""
        body = {"user_id": self.user_id("binchuan.officer1"), "label": self.name()}
        return str(self.client("binchuan.duty").post("/api/trackers", body).get_json()["id"])

    def record_form(self) -> dict[str, Any]:
        """Return the form of a record that concerns officer 4 of Binchuan."""
        return {
            "court_id": COURT,
            "ground": "bad_attitude",
            "happened_at": to_wire(self.world.clock.now()),
            "title": self.name(),
            "words": "来电人称被训斥。",
            "people": [self.user_id("binchuan.officer4")],
        }

    def record(self) -> dict[str, Any]:
        """Let Binchuan's commander open a record that concerns officer 4."""
        opened = self.client("binchuan.commander").post("/api/records", self.record_form())
        assert opened.status_code == 201, opened.get_data(as_text=True)
        found: dict[str, Any] = opened.get_json()
        return found

    def team(self) -> str:
        """Form an empty team at Binchuan and return its id."""
        body = {"court_id": COURT, "name": self.name(), "members": []}
        return str(self.client("binchuan.commander").post("/api/teams", body).get_json()["id"])

    def team_with(self, account: str) -> str:
        """Form a team of one person at Binchuan and return its id."""
        team = self.team()
        body = {"user_id": self.user_id(account), "duty": "officer"}
        assert self.client("binchuan.commander").post(f"/api/teams/{team}/members", body).status_code == 200
        return team


ACT_BODIES: dict[str, dict[str, Any]] = {
    "decline": {"reason": "在外地"},
    "note": {"text": "到路口"},
    "complete": {"result": "completed"},
    "feedback": {"text": "已控制核桃两吨。", "result": "completed"},
}
DESK_BODIES: dict[str, dict[str, Any]] = {
    "acknowledge_for": {"reason": "小组没有手机", "channel": "phone", "told_by": "李强"},
    "report": {"reported_to": "李局长", "channel": "phone", "instruction": "立即处置"},
    "object": {"reason": "管辖有误"},
    "withdraw": {"reason": "情况有变"},
    "cancel": {"reason": "人已离开"},
    "return_feedback": {"reason": "缺现场照片"},
    "note": {"text": "已电话联系"},
    "depart": {"reason": "小组手机没电"},
    "arrive": {"reason": "小组手机没电"},
    "complete": {"reason": "小组手机没电", "result": "completed"},
    "feedback": {"text": "已办结。", "result": "completed"},
}
