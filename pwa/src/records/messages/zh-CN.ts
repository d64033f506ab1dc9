export default {
  records: {
    title: "待说明", short_title: "待说明", of_mine: "与我有关", for: "对您有利的事实", for_them: "有利的事实", against: "不利的事实", neutral: "其他事实", none_for: "目前没有查到有利的事实，可在说明中补充。", none_against: "没有不利的事实。",
    clause: "条文", happened: "发生", limit: "期限", started: "起算", stopped: "办理", not_stopped: "尚未办理", late_by: "超过期限 {time}", in_time: "在期限内", told: "已告知 {time}", not_told: "未告知", heard_until: "可在 {time} 前说明", explained: "已说明", released: "已查明与此无关",
    nobody: "未确定当事人", explanation: "说明", explanation_n: "第 {version} 次说明", no_explanation: "还没有说明。", written: "写于 {time}", arrived: "{time} 送达", untrusted: "手机时间不准，按送达时间计", your_words: "用您自己的话说明", your_words_hint: "当时在哪里、在做什么、为什么没能按时。可以多次补充，每一次都会保留。",
    explain: "提交说明", explain_again: "补充说明", sent: "说明已送达", saved: "说明已存手机，有网络即送达", decision_of: "{name} · {time}", referred_to: "移送：{name}", contradicted: "期限内的办理后来才送达：结论需由决定人重新核对。", released_at: "{time} 已查明这件事与您无关，您不必再说明。", released_why: "理由：{words}（{name}）", released_carried: "期限到时，这件事由他人承办。", heard_until_you: "您可以在 {time} 前说明；在此之前，不听取您的说明就不会作出对您不利的结论。", former: "原结论：{decision}（期限内的办理后来送达，已重新核对）", frozen: "证据已固定 · SHA-256 {digest}",
    calm: "这里只是请您说明，不是处分。", offline: "没有网络：说明会先存在手机上。", none_mine: "没有与您有关的记录。", not_here: "没有找到这条记录。", person: "{name}：", by_system: "系统",
    minutes: "{minutes} 分钟", minutes_seconds: "{minutes} 分 {seconds} 秒", seconds: "{seconds} 秒", hours_minutes: "{hours} 小时 {minutes} 分", days_hours: "{days} 天 {hours} 小时",
    state: { open: "待说明", explained: "已说明", reason_accepted: "理由已采纳", decided: "已决定", disproved: "已自动撤销" },
    decision: { not_upheld: "不成立", reminder: "提醒", referred: "移送" },
    reason: { on_duty: "当时值班", duty_leader: "当时带班", responsible: "该指令的负责人", team_leader: "受令小组的组长", named: "由人指明" },
    ground: {
      misconduct_on_duty: "出警期间违法违纪", bad_attitude: "态度不好、方法不当", failed_to_report: "未按时报告领导", shirked_or_weak_response: "推诿、出警不力", abused_coercion: "滥用强制措施", leaked_secret: "泄漏执行机密", other: "其他情形",
      passive_on_superior_directive: "对上级指令消极拖延", passive_on_peer_request: "对同级请求消极拖延", passive_on_report_from_below: "对下级报请消极拖延", absent_from_post: "指令超时未接听", late_dispatch: "派出超时", late_verification: "核查安排超时", late_feedback: "书面反馈超时",
    },
    fact: {
      kept_after_all: "{time} 已按时办理，后来才送达。", late_by: "{time} 才办理，超过期限 {amount}。", not_done: "期限 {time} 已过，至今没有办理。", calendar_not_published: "这个期限所依据的年度放假安排当时尚未公布。", warned: "{time} 已发出提醒。", not_warned: "{time} 的提醒没有发出。", warned_others: "{time} 的提醒没有在期限内发给本人，当时也不在值班。", took_over_meanwhile: "起算时（{time}）尚未接班。",
      out_of_contact: "手机在期限内失联 {amount}（{time} 起）。", in_contact: "期限内手机一直有联系。", was_moving: "定位显示期限内已移动 {metres} 米（{count} 个定位点）。", stayed: "定位显示期限内移动 {metres} 米（{count} 个定位点）。", ordered_after_limit: "指令 {words} 在期限之后（{time}）才下达。", ordered_late: "指令 {words} 于 {time} 下达，离期限只剩 {amount}。",
      not_received: "指令 {words} 没有送达其手机。", received_after: "指令 {words} 在期限之后（{time}）才送达其手机。", received: "指令 {words} 于 {time} 送达其手机，离期限 {amount}。", clock_not_sure: "手机显示 {time} 已“{act}”，但手机时间不准，按 {until} 送达计。", acted_in_time: "{time} 已“{act}”，{until} 才送达。",
      was_on_duty: "当时在值班。", was_not_on_duty: "当时没有值班。", never_viewed: "此前没有看过这条线索。", had_viewed: "{time} 看过这条线索。",
    },
    act: { accept: "接令", take_over: "接手", decline: "不能前往", depart: "出发", arrive: "到场", complete: "完毕", feedback: "反馈", note: "备注", acknowledge: "签收", other: "办理" },
  },
};
