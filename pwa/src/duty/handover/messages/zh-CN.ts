export default {
  handover: {
    title: "交接班", print: "打印交接表", print_last: "打印接班时的交接表", as_of: "连不上服务器，画面停在 {time}；现在不能在这里签字。", on_post: "在岗，{time} 起", nobody: "现在无人在岗",
    next: "接班：{names}，{time}", no_next: "还没有排下一班", no_next_plan: "还没有排下一班，请先排班。", no_roster: "现在没有人值班，也没有排班。", no_roster_plan: "现在没有人值班，也没有排班。请到“排班”里排上。",
    overdue: "应于 {time} 交接，已过 {late}。双方签字以前，所有时限仍由本班负责。", first: "接班", first_why: "这个岗位现在没有人值守，由您一人签字即可接班。", take_over: "接班，签字",
    not_begun: "还没有开始交接", begin_help: "开始后，系统列出待办和已办；您检查装备、写几句话，再由双方签字。", wait_begin: "由交班人员（{names}）开始。开始后，这里会列出您要接的全部事项。", begin: "开始交接",
    taken: "{time} 已交接：{out} 交班，{in} 接班。", pending: "待办 {count} 项", frozen: "{time} 首次签字时的清单；之后有变化的已标出。", since: "{time} 起", fresh: "签字后新增", settled: "已办", no_title: "（内容不在您的权限内）", nothing_pending: "没有待办事项，可以放心接班。",
    kind: { clock: "时限", untriaged: "线索待分流", unanswered: "指令待签收", open: "待办" },
    done: "本班已办 {count} 项", all_done: "看全部 {count} 项", nothing_done: "本班还没有办理事项。",
    act: {
      lead: { register: "登记线索", triage: "分流", report: "报告领导", close: "办结线索" },
      directive: { issue: "下达指令", acknowledge: "签收指令", acknowledge_for: "代小组签收", complete: "执行完毕", feedback: "书面反馈", accept_feedback: "认可反馈", withdraw: "撤回指令", cancel: "召回小组" },
    },
    kit: { title: "装备检查", all_fine: "都正常", network: "网络", phone: "电话", video: "视频", recorder: "记录仪", vehicle: "车辆", fine: "正常", faulty: "有故障", unseen: "未查", what: "什么故障、找了谁" },
    remarks: "交接说明", remarks_example: "要特别交代的事", no_remarks: "没有写交接说明。", saving: "正在保存…", unsaved: "离开输入框即保存", kept: "已保存",
    sign: {
      title: "双方签字", outgoing: "交班人", incoming: "接班人", do_outgoing: "交班，签字", do_incoming: "接班，签字", wait: "待 {names} 签字", from_desk: "{time} 值班台签字", from_phone: "{time} 手机签字",
      rule: "第一人签字时，清单即固定；双方签字后，值班才移交。", until_second: "还差一方签字。双方签字以前，时限仍由交班一方负责。", for_outgoing: "交班人员无人能签字…", for_outgoing_rule: "由您以带班领导身份代签。原因将印在交接班表上，并记入值班日志。", do_for_outgoing: "代交班方签字", on_behalf: "代签：{reason}", on_behalf_alone: "代签", why: "交班人员不能签字的原因", look_again: "清单不对，退回重看…", send_back: "退回重看",
    },
    roll: {
      title: "点名", start: "开始点名", rule: "每班至多一次；15 分钟内应答，没有应答只作提醒。", by: "{name} {time} 点名 · {answered}/{all} 人已应答", left: "还剩 {time}", answer: "我在岗，应答",
      from_phone: "{time} 手机应答", from_desk: "{time} 值班台应答", late: "{time} 应答（超过 15 分钟）", waiting: "尚未应答", unanswered: "没有应答", out_of_contact: "手机失联",
    },
  },
};
