export default {
  command: {
    title: "执行指挥中心", out: "组在外", late: "超时", soon: "将到时", undelivered: "未送达", to_duty: "打开值班台", watch: "须盯住的", clocks: "时限 · 先到先处理",
    no_clocks: "没有正在走的时限。", leads_waiting: "待下令的线索", reports_waiting: "待认可的反馈", teams: "小组", no_teams: "本院还没有建立小组。",
    in_hand: "手头的事", whom: "给谁下令", nothing_chosen: "在地图或左侧点一条线索、一道令或一个小组。", direct: "向下级法院下令", order_team: "给这个组下令",
    no_picture: "连不上服务器，本机也没有上次的画面。正在不断重试。", hours: "{count} 小时", span: "时间跨度",
    nothing_happened: "最近 {count} 小时没有记录。",
    moment: { lead: "接报 {name}", issued: "下令 {name}", acknowledged: "签收 {name}", departed: "出发 {name}", arrived: "到场 {name}", completed: "完毕 {name}", feedback: "反馈 {name}", accepted: "认可 {name}", withdrawn: "撤回 {name}", breached: "超时 {name}" },
    keys: { next: "下一件、上一件到时的事", close: "关闭", fit: "全部看到" },
  },
};
