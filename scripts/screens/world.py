"""One busy night at Binchuan: leads, orders and teams in every state a screen can show (domain 1.12, 1.16; A8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.core.clock import to_wire
from backend.core.identifiers import new_identifier
from scripts.screens.evening import MINUTE, NOW, Evening, desk_command
from scripts.screens.people import People, said
from scripts.screens.roster import Duty
from tests.support.world import Phone

CONTESTED = ("扣划现金租金 · 平川镇菜市场", "平川镇 底么菜市场", "有人看见被执行人段某在菜市场收租金，现金。")
"""Title, place and facts of the order that two people act on at once."""
NEW_COURT = "yongping"
"""A court of the demo without people: theirs are the screens with nothing on them."""


@dataclass
class Night:
    """What the stories find in the busy world."""

    evening: Evening
    duty: Duty
    unanswered: dict[str, Any]
    under_way: dict[str, Any]
    returned: dict[str, Any]
    untriaged: dict[str, Any]
    to_order: dict[str, Any]

    @property
    def teammate(self) -> Phone:
        """The phone of officer 2 of team one, on which somebody else of the team acts."""
        return self.evening.phones["officer2"]

    def contested(self) -> dict[str, Any]:
        """Order team one out on a new lead, so that two people can act on the order at once."""
        title, where, facts = CONTESTED
        lead = self.evening.lead(
            1, where, facts, triage="urgent", grounds=["valuable_movables_at_hand"], debtor_name="段某"
        )
        order = self.evening.order("快反一组", title, where, lead_id=lead["id"])
        self.evening.accept(order, "officer2")
        return order

    def out_of_reach(self) -> dict[str, Any]:
        """Order team two out, whose phones hear nothing of it."""
        title, where, facts = CONTESTED
        lead = self.evening.lead(
            1, where, facts, triage="urgent", grounds=["valuable_movables_at_hand"], debtor_name="段某"
        )
        return self.evening.order("快反二组", title, where, lead_id=lead["id"])

    def texts(self) -> list[Any]:
        """Return what the server says to the people of the night: all the data that a screen may show."""
        asked = {
            "binchuan.commander": [
                "/api/board",
                "/api/directives?state=all",
                "/api/leads?state=all",
                "/api/teams",
            ],
            "binchuan.duty": [
                "/api/courts/binchuan/people?limit=200",
                "/api/devices",
                "/api/me",
                "/api/duty/log?limit=200",
                "/api/duty/swaps?state=all",
            ],
            "dali.commander": ["/api/board", "/api/me"],
            f"{NEW_COURT}.duty": ["/api/board", "/api/me"],
        }
        asked["binchuan.commander"] += [f"/api/directives/{self.returned['id']}"]
        desk = self.evening.people.desk
        return [said(desk(account).get(path)) for account, paths in asked.items() for path in paths]


REPORT = {
    "text": "到场时冷库大门敞开，葡萄已装车一半。当场制止装运，清点贴封，交保管人看管。",
    "result": "partly",
    "property": "葡萄约四吨",
}


def make_night(people: People) -> Night:
    """Make the whole night and return what the stories need of it."""
    evening = Evening(people)
    limit = _limit_minutes(_rent(evening))
    # Team one was heard of a moment ago, team two twelve minutes ago, team three a good hour ago.
    evening.heard_of("officer1", 0.1, 100.5702, 25.8195)
    evening.heard_of("officer3", 12, 100.4815, 25.7702)
    evening.heard_of("officer5", 68, 100.6630, 25.7290)
    _quiet_part(evening)
    _late(evening, limit)
    _not_certain(evening, limit)
    _withdrawn(evening)
    _reported(evening)
    _from_above(people)
    duty = Duty(evening)
    duty.bring_to_today()
    duty.ask_swaps()
    return Night(
        evening=evening,
        duty=duty,
        returned=_returned(evening),
        under_way=_under_way(evening),
        untriaged=_untriaged(evening),
        to_order=_to_order(evening),
        unanswered=_almost_due(evening, limit),
    )


def _rent(evening: Evening) -> dict[str, Any]:
    return evening.lead(
        2, "宾居镇 大罗城农家乐", "被执行人赵某正在农家乐摆满月酒，二十桌，礼金在收。", triage="urgent",
        grounds=["high_consumption_now"], debtor_name="赵某", risks=["crowd", "illness"],
    )  # fmt: skip


def _limit_minutes(lead: dict[str, Any]) -> float:
    """How long an urgent lead of this hour gives: 30 minutes in working time, an hour outside."""
    clock = next(clock for clock in lead["clocks"] if clock["clock"] == "C4")
    begin, end = (datetime.fromisoformat(clock[name]) for name in ("started_at", "due_at"))
    return (end - begin) / MINUTE


def _quiet_part(evening: Evening) -> None:
    """What needs nobody now: an inquiry, a lead to be checked within two days, one that is not ours."""
    received_at = to_wire(NOW() - 97 * MINUTE)
    inquiry = {
        "received_at": received_at,
        "summary": "申请执行人询问退款进度，已告知承办人电话。",
        "caller": "赵女士",
    }
    desk_command(evening.duty, "inquiry.register", new_identifier(), inquiry)
    evening.lead(
        171, "州城镇 老街 47 号院", "邻居称被执行人杨某每周五回老宅住一晚。", triage="non_urgent",
        kind="whereabouts", debtor_name="杨某", case_number_text="(2026)云2924执406号",
    )  # fmt: skip
    lead = evening.lead(64, "州城镇 南薰桥头", "两车相撞后争执，要求法院到场。", channel="visit")
    body = {"revision": lead["revision"], "triage": "not_ours", "reason": "属交警管辖，已告知拨打 122"}
    said(evening.duty.post(f"/api/leads/{lead['id']}/triage", body))


def _late(evening: Evening, limit: float) -> None:
    """Late beyond doubt: the limit passed twelve minutes ago and the team's phones are in contact."""
    where = "大营镇 萂村葡萄冷库"
    lead = evening.lead(
        limit + 12, where, "冷库内查封的葡萄夜里正在往外拉。", triage="urgent", debtor_name="赵某",
        grounds=["sealed_property_endangered"], case_number_text="(2026)云2924执233号",
    )  # fmt: skip
    order = evening.order("快反二组", "查封葡萄正被运走 · 大营镇冷库", where, lead_id=lead["id"])
    evening.accept(order, "teamleader2", "officer3")


def _not_certain(evening: Evening, limit: float) -> None:
    """The limit has passed, and the team's phones, silent since, may still hold the departure."""
    where = "乔甸镇 新庄加油站"
    lead = evening.lead(
        limit - 0.1, where, "被执行人的宝马车停在加油站，司机说一会儿走。", triage="urgent",
        grounds=["valuable_movables_at_hand"], debtor_name="王某某",
    )  # fmt: skip
    order = evening.order("快反三组", "被执行人车辆在新庄加油站", where, lead_id=lead["id"])
    evening.accept(order, "officer5", "officer6")


def _withdrawn(evening: Evening) -> None:
    order = evening.order(
        "快反一组", "核实货车去向 · 力角镇物流园", "力角镇 中营物流园", kind="verify", urgency="normal"
    )
    evening.desk_act(order, "withdraw", reason="货车已被交警查获")


def _from_above(people: People) -> None:
    """Dali sends a directive that nobody at Binchuan has acknowledged yet."""
    said(
        people.desk("dali.commander").post(
            "/api/directives",
            {
                "kind": "superior",
                "target": {"court_id": "binchuan"},
                "title": "协助控制被执行人车辆，车牌云L·6M8**",
                "facts": "高速卡口十分钟前拍到该车驶入宾川。",
                "required_action": "立即派员到客运站附近查找并控制车辆。",
                "legal_basis": "《执行指挥中心工作规则》第六条",
                "urgency": "urgent",
            },
        )
    )


def _reported(evening: Evening) -> None:
    """Carried out and reported; the commander has not accepted the report yet."""
    where = "宾居镇 康家村 李某老宅"
    order = evening.order("快反二组", "送达拍卖裁定 · 宾居镇", where, kind="verify", urgency="normal")
    evening.accept(order, "teamleader2", "officer4")
    _carry_out(evening.phones["officer4"], order, {"result": "completed"})
    evening.phones["officer4"].do(
        "directive.feedback", order["id"], {"text": "裁定已由本人签收。", "result": "completed"}
    )


def _carry_out(phone: Phone, order: dict[str, Any], result: dict[str, str]) -> None:
    for act in ("depart", "arrive"):
        phone.do(f"directive.{act}", order["id"])
    phone.do("directive.complete", order["id"], result)


def _returned(evening: Evening) -> dict[str, Any]:
    """Carried out and reported, but the report came back."""
    where = "大营镇 萂村葡萄冷库"
    order = evening.order("快反一组", "清点冷库查封物 · 大营镇", where, kind="verify", urgency="normal")
    evening.accept(order, "officer1", "officer2")
    one = evening.phones["officer1"]
    _carry_out(one, order, {"result": "partly", "reason": "冷库二层没有钥匙"})
    one.do("directive.feedback", order["id"], REPORT)
    return evening.desk_act(order, "return_feedback", reason="请补充保管人姓名和封条编号")


def _under_way(evening: Evening) -> dict[str, Any]:
    """On the way to check where a debtor is; C5 is stopped, the report will be due once it is done."""
    where = "宾居镇 康家村 李某老宅"
    lead = evening.lead(
        44, where, "被执行人李某今晚回老宅给母亲过生日。", triage="non_urgent", kind="whereabouts",
        debtor_name="李某", case_number_text="(2025)云2924执1187号",
    )  # fmt: skip
    order = evening.order(
        "快反一组", "李某今晚回老宅 · 宾居镇康家村", where, kind="verify", urgency="normal", lead_id=lead["id"],
        required_action="确认本人在家，送达报告财产令；不惊动老人。", requirements={"officers": 2, "woman": True},
    )  # fmt: skip
    evening.accept(order, "officer1", "officer2")
    evening.phones["officer1"].do("directive.depart", order["id"])
    return order


def _untriaged(evening: Evening) -> dict[str, Any]:
    return evening.lead(
        6, "鸡足山镇 沙址村停车场", "被执行人杨某在停车场给人看车，收现金，开一辆白色皮卡。", debtor_name="杨某",
        case_number_text="(2026)云2924执318号", channel="police",
        reporter={"name": "沙址派出所 陈警官", "phone": "0872-7350***", "wants_reply": True},
    )  # fmt: skip


def _to_order(evening: Evening) -> dict[str, Any]:
    return evening.lead(
        4, "力角镇 中营物流园", "被查封的三台挖掘机正在装板车，车头朝永仁方向。", triage="urgent",
        grounds=["sealed_property_endangered"], debtor_name="张某", case_number_text="(2026)云2924执77号",
        risks=["crowd"], reporter={"name": "周某", "phone": "138****2290", "wants_anonymity": True},
    )  # fmt: skip


def _almost_due(evening: Evening, limit: float) -> dict[str, Any]:
    """An urgent order just given, with some minutes left to depart, which no phone has answered."""
    where = "金牛镇 仁和村核桃仓库"
    lead = evening.lead(
        limit - 9, where, "仓库内已查封核桃正在装车，约两吨，厢式货车一辆，现场四五人。", triage="urgent",
        grounds=["sealed_property_endangered"], debtor_name="王某某", case_number_text="(2026)云2924执118号",
        risks=["crowd"],
    )  # fmt: skip
    return evening.order(
        "快反一组", "查封核桃正被装车 · 金牛镇仁和村", where, lead_id=lead["id"], case_number="（2026）云2924执118号",
        facts="仓库内已查封核桃正在装车，约两吨，厢式货车一辆，现场四五人。",
    )  # fmt: skip
