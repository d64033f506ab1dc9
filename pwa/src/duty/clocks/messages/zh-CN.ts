export default {
  clocks: {
    search: "查找线索或指令", search_example: "编号、被执行人或事由", none_found: "没有找到。", choose: "从左边选一条线索或指令，看它的每个时限怎样开始、提醒、到期和结束，期限为何如此。", no_clocks: "这一条没有时限。",
    print: "打印（PDF）", key: "浅色：期限 · 深色：已用 · 细线：提醒 · 粗线：到期", bar: "{name}：{start} 起，{due} 到期，{state}", detected: "{time} 发现", given: "已提醒", not_given: "未提醒", late: "迟", passes: "此时满{clause}时限", lines: "记录", system: "系统",
    kind: { lead: "线索", directive: "指令" },
    state: { running: "正在计时", met: "按时", breached: "超时，待说明", target_passed: "已过目标，只作提醒", unconfirmed: "超时待证实", cancelled: "已取消" },
    fact: { started: "开始", due: "到期", stopped: "停止", breached: "超时", cancelled: "取消", late_reason: "迟延说明", warning: "提醒", tell: "超时告知" },
    person: { duty_officer: "值班干警", standby: "备勤", duty_leader: "带班领导", commander: "指挥长", liaison: "专职联络员", responsible: "承办负责人", issuer: "发令法院" },
    event: {
      lead_received_at: "接到线索", directive_served_at: "指令送达", directive_acknowledged_at: "值班台签收", directive_departed_at: "小组出发", directive_completed_at: "指令执行完毕",
      directive_feedback_at: "书面反馈", verification_accepted_at: "有人接受核查", lead_reported_at: "报告领导", leader_decided_at: "领导作出决定", directive_issued_at: "下达指令", some: "起算的事",
    },
    limit: { minutes: "{count} 分钟", days: "{count} 个工作日" },
    regime: { working: "工作时间", off_hours: "工作时间外", holiday: "节假日（含周末）" },
    day: { working_day: "工作日", make_up_workday: "调休上班日", weekend: "周末", holiday: "节假日", off: "不计", start: "开始当日，不计", number: "第 {number} 个工作日" },
    line: { start: "开始计时", warn: "提醒", stop: "停止计时", cancel: "取消", reopen: "恢复", breach: "超时", unconfirmed: "超时待证实", disproved: "证明未超时", recompute: "按公布的安排重算" },
    why: {
      title: "期限为何如此", days: "逐日计算", rulebook: "依据《{title}》。", adopted: "依据《{title}》，本院自 {day} 起施行：", start: "自{event}起算：{time}，{weekday}，{kind}。",
      hours: "当日工作时间 {hours}（自 {day} 起）；起算时属{regime}，期限 {limit}，按分钟连续计算。", off_day: "当日不上班，属{regime}，期限 {limit}，按分钟连续计算。", night: "起算时属{regime}；本院施行文件规定紧急线索任何时候都是 {limit}。",
      any_hour: "不分工作时间内外，都是 {limit}，按分钟连续计算。", count: "{limit}：开始当日不计算在内，止于最后一日 24 时。",
      provisional: "{years} 年放假安排未公布，暂按推算，公布后重算。", target: "所依文本没有写数字，这是提醒用的目标，不作为问责依据。", differs: "按现在登记的工作时间和放假安排会得出不同结果；已开始的时限保持原来的期限。",
    },
    doubt: { step: "服务器时间在 {since} 跳变 {seconds} 秒，跨越此刻的用时存疑", offset: "服务器时间自 {since} 起相差约 {seconds} 秒，其间的判定存疑", until: "至 {until}", still: "仍未恢复" },
    if: {
      title: "假如", help: "假如某一时刻来了线索或指令，什么时候到期、为什么。只计算，不留记录。", clock: "什么事", at: "什么时候（北京时间）", court: "哪个法院", ask: "计算", due: "到期", warnings: "提醒：{times}",
      case: { C4: "紧急线索：派出", C5: "不紧急线索：安排核查", C6: "上级指令：派出", C1: "上级指令：值班台应答", C7: "执行完毕：书面反馈", C2: "线索：登记并报告领导", C3: "领导决定后：下令", C8: "本院被执行人被外地控制：提解出发" },
      none: { no_rulebook: "该法院当天还没有施行任何规则，没有时限。", no_limit: "该法院施行的规则对这件事没有规定时限。" },
    },
  },
};
