"""What happens in the simulated demo: invented leads at real places of Dali prefecture, and the orders they lead to."""

from dataclasses import dataclass

MARK = "【演示】"
"""Stands before everything the simulation makes, so that nobody takes it for a case, and it finds its own again."""


@dataclass(frozen=True)
class StoryLead:
    """A lead that comes in: what the caller says, what it turns out to be, and what the team is to do.

    `place` names the town; where exactly, the simulation says, so that the team's recorded way passes there.
    """

    court_id: str
    channel: str
    kind: str
    content: str
    place: str
    triage: str
    debtor_name: str | None = None
    case_number: str | None = None
    grounds: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    title: str = ""
    action: str = ""
    report: str = ""


SEALED, MOVABLES, SPENDING = "sealed_property_endangered", "valuable_movables_at_hand", "high_consumption_now"
STORY = (
    StoryLead(
        "binchuan",
        "phone",
        "property",
        "金牛镇一冷库内已查封的葡萄正在装车，两辆厢式货车，司机称今晚发往昆明。",
        "金牛镇郊",
        "urgent",
        "杨某某",
        "(2026)云2924执118号",
        (SEALED,),
        (),
        "查封葡萄正被转移",
        "控制货物和车辆，清点拍照，全程录像。",
        "葡萄六百箱已控制，车辆钥匙已收存，被执行人到场签收笔录。",
    ),
    StoryLead(
        "xiangyun",
        "grid_worker",
        "whereabouts",
        "网格员看到被执行人在祥城镇集市摆摊，答应留意到收摊。",
        "祥城镇集市",
        "urgent",
        "李某某",
        "(2026)云2923执86号",
        ("other",),
        (),
        "被执行人现身集市",
        "查找并传唤被执行人，责令报告财产。",
        "已找到被执行人，当场履行八千元，余款签订分期协议。",
    ),
    StoryLead(
        "dalishi",
        "phone",
        "property",
        "下关一小区地下车库停着被执行人名下的越野车，车身有灰，疑似长期停放。",
        "下关",
        "non_urgent",
        "赵某",
        "(2026)云2901执203号",
    ),
    StoryLead(
        "dalishi",
        "police",
        "both",
        "交警在凤仪镇检查站拦下被执行人驾驶的轿车，请法院派人到场。",
        "凤仪镇",
        "urgent",
        "段某某",
        "(2026)云2901执177号",
        (MOVABLES,),
        ("crowd",),
        "交警查控被执行人车辆",
        "到场交接车辆，办理扣押手续。",
        "车辆已扣押并拖至指定停车场，被执行人已送达限制消费令。",
    ),
    StoryLead(
        "binchuan",
        "web",
        "property",
        "有人在短视频里卖被执行人承包果园的沃柑，画面里有州城镇的路牌。",
        "州城镇",
        "non_urgent",
        "张某某",
        "(2025)云2924执恢41号",
    ),
    StoryLead("xiangyun", "phone", "both", "询问本人案件的执行款什么时候发放。", "", "inquiry"),
    StoryLead(
        "xiangyun",
        "handler",
        "property",
        "云南驿镇仓库的查封封条被撕，门口有叉车作业。",
        "云南驿镇方向",
        "urgent",
        "杞某某",
        "(2026)云2923执57号",
        (SEALED,),
        ("weapons",),
        "封条被撕，货物可能转移",
        "恢复查封，固定证据，调取监控。",
        "现场已恢复查封，监控录像已复制，货物未短少。",
    ),
    StoryLead(
        "dalishi",
        "phone",
        "whereabouts",
        "古城一家酒楼正在为被执行人的孩子办满月酒，摆了二十多桌。",
        "大理古城",
        "urgent",
        "董某",
        "(2026)云2901执152号",
        (SPENDING,),
        ("crowd", "illness"),
        "被执行人高消费宴请",
        "到场核实，送达限制消费令，注意在场群众和老人。",
        "宴席费用两万六千元已由被执行人自愿交付执行，现场平稳。",
    ),
    StoryLead("binchuan", "visit", "both", "来电人举报邻居占地，已告知向自然资源部门反映。", "", "not_ours"),
)
LEGAL_BASIS = "《规则》第七条第（一）项"
