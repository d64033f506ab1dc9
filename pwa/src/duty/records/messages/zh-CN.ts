export default {
  duty_records: {
    tab: { records: "待说明", mine: "与我有关", complaints: "投诉", leaks: "谁看过线索" }, tabs: "待说明各部分",
    open_only: "未办结", all: "全部", empty: "没有待说明的记录。", empty_all: "还没有任何记录。", choose: "从左侧选择一条。", more: "更多", count_people: "告知 {names}", stale: "连不上服务器，显示的是 {time} 读到的内容。",
    open_one: "新建记录", open_title: "由人提出的记录", ground: "事由", when: "发生时间", subject_title: "一句话说明是什么事", words: "具体情况", people: "涉及的人", people_hint: "可以先不指明，指挥长会收到提示。", complaint: "依据投诉 {number}", submit_open: "记录并告知本人", cancel: "取消", court: "法院",
    acts: "处理", acts_words: "理由（本人会看到）", accept_reason: "采纳理由", not_upheld: "不成立", remind: "提醒", refer: "移送", refer_to: "移送给哪个部门", wait: "本人尚未说明，且告知未满三日：只能决定“不成立”。", changed: "记录有了新内容，已重新读取，请再看一遍。", name_person: "指明涉及的人", choose_person: "选择人员", receipt: "已登记：{number}。该院的记录由其自行查看。", release: "指错了人：解除{name}", name_act: "指明并告知",
    yours: "您是当事人，由其他人处理。", timeline: "经过", all_lines: "全部 {count} 条", fewer: "只看要点", phones: "手机情况", silences: "失联", no_silence: "没有失联", fixes: "定位点", moved: "移动", skew: "时间偏差", on_duty: "当时值班", no_roster: "本院当时没有排班记录。", evidence: "附带证据",
    complaint_new: "登记投诉", script: "接待用语", script_never: "不能说", received: "投诉时间", happened: "所指事情发生时间", channel: "方式", by_phone: "电话", in_person: "当面", about: "投诉对象（当时值班人员）", unknown: "不清楚是谁", content: "原话", recording: "录音编号或链接（可空）", who: "投诉人 · 单独保存", who_why: "不在任何页面显示；查看需要权限并留痕。", name: "姓名（可空）", phone: "电话（可空）", anonymous: "要求保密", reply: "需要答复", lead: "相关线索", no_lead: "无", register: "登记投诉", registered: "已登记 {number}", complaints_none: "还没有投诉。", open_on: "据此新建记录", see_who: "查看投诉人", record_opened: "已新建记录", past: "已登记的投诉",
    leak_title: "泄密查询", leak_why: "查明某个时间之前谁看过、列出、打印过一条线索；查询本身也会留痕（BSS-12(6)）。", leak_lead: "线索", leak_before: "此时间之前", leak_hours: "往前多少小时", search: "查询", nobody_saw: "这段时间里没有人看过。", way_title: "方式", who_title: "人员", at_title: "首次时间（每小时一条）", more_rows: "还有更多，请缩小时间范围。",
    way: { listed: "列表中看到", opened: "打开", printed: "打印", reporter: "查看举报人", exported: "导出", searched: "泄密查询", order_listed: "指令列表中看到", order_opened: "打开依据它的指令", order_printed: "打印依据它的指令", acted: "办理" },
    function: { leader: "带班", officer: "值班", technician: "技术", standby: "备勤" },
    action: {
      record: { open: "记录待说明", explain: "本人说明", accept_reason: "采纳理由", decide: "决定", disprove: "自动撤销", contradict: "期限内的办理后来送达", name: "指明涉及的人", reopen: "重新计时后再次超时" },
      clock: { start: "开始计时", warn: "提醒", breach: "超过期限", unconfirmed: "超过期限，待证实", stop: "停止计时", cancel: "取消计时", disproved: "查明未超时", recompute: "按公布的日历重算", reopen: "恢复计时" },
      lead: { register: "登记线索", triage: "分流", report: "报告领导", close: "办结线索" }, reporter: { view: "查看举报人" },
      directive: { issue: "下达指令", receive: "手机收到", accept: "接令", decline: "不能前往", take_over: "接手", depart: "出发", arrive: "到场", complete: "完毕", feedback: "书面反馈", note: "备注", acknowledge: "签收", acknowledge_for: "代为签收", report: "报告领导", object: "提出异议", confirm: "维持指令", withdraw: "撤回", cancel: "召回", accept_feedback: "接受反馈", return_feedback: "退回反馈", other: "办理" },
    },
  },
};
